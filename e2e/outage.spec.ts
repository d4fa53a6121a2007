// When something stops or goes wrong: the mail server, the portal itself at the worst moment, its clock. A world of its own, which the tests may break.
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startResetPath } from '../app/paths.ts';
import { minutes } from '../lib/duration.ts';
import { expect, expectAccessible, expectNoSidewaysScroll, type Stage, testOnStage } from './fixtures.ts';
import { readCode, readLetter } from './mailbox.ts';
import { arrivesWithPhone, comesBack, numberOn } from './phone-person.ts';
import { type RunningWorld, startWorld } from './world.ts';

/** What two time servers say of the portal's clock: by how many milliseconds it is ahead. */
interface Timed extends RunningWorld {
  readonly clocks: { ahead: number };
}

const withTimeServers: Stage<Timed> = async (place, use) => {
  const clocks = { ahead: 0 };
  const servers = await Promise.all(
    ['one', 'another'].map(async () => {
      const server = createSocket('udp4');
      server.on('message', (question, { port, address }) => {
        const answer = Buffer.alloc(48);
        answer.writeUInt8((4 << 3) | 4, 0);
        answer.writeUInt8(2, 1);
        question.copy(answer, 24, 40, 48);
        for (const offset of [32, 40]) answer.writeUInt32BE(Math.round((Date.now() - clocks.ahead) / 1000) + 2_208_988_800, offset);
        server.send(answer, port, address);
      });
      await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound));
      return server;
    }),
  );
  const timeServer = servers.map((server) => `127.0.0.1:${server.address().port}`);
  const world = await startWorld({ ...place, accounts: 8, settings: { timeServer } });
  await use({ ...world, clocks });
  await world.stop();
  for (const server of servers) server.close();
};

const test = testOnStage('outage', 20, withTimeServers);

test('the portal’s clock is wrong: no code of an app is judged by it, nobody is blamed, and the next one is right once it is mended: SEC-115', async ({
  person,
  world,
}, info) => {
  const log = () => readFileSync(join(world.folder, 'portal.log'), 'utf8');
  await person.arrives('cloud');
  world.clocks.ahead = minutes(3);
  await world.restartPortal();
  await expect.poll(log, { timeout: 30_000 }).toContain('The clock is not trusted');
  await person.page.context().clearCookies();
  await person.opens('cloud');
  await person.givesPassword();
  await person.sees(person.words.secondFactorTitle);
  const code = await person.readsApp();
  for (let n = 0; n < 5; n++) {
    await person.givesCode(code);
    await expect(person.page.getByRole('main').getByRole('alert')).toContainText('L’horloge du portail n’est pas à l’heure');
  }
  await expect(person.page.getByRole('main').getByRole('alert')).toContainText('Choisissez un autre moyen proposé sur cette page');
  await expectAccessible(person.page);
  await expectNoSidewaysScroll(person.page);
  await person.page.screenshot({ path: info.outputPath('portal-clock.png'), fullPage: true });
  expect((await readLetter(world, 'assistance@inserm.fr', /^Alerte\sdu\sportail/)).text).toMatch(/avance de 3\sminutes/);
  world.clocks.ahead = 0;
  await world.restartPortal();
  await person.givesAppCode();
  await person.isSignedInTo('cloud');
});

test('mail server down: the page says so, nothing is lost, and the code leaves when the server is back: REL-03, REL-04', async ({
  person,
  world,
}) => {
  await world.mailServer('stop');
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.sees(person.words.emailCodeTitle);
  await expect(async () => {
    await person.page.reload();
    await expect(person.page.getByText(person.words.mailDown)).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await expectAccessible(person.page);
  await world.mailServer('start');
  await person.givesEmailCode();
  await person.sees(person.words.welcomeTitle);
});

test('mail server down: a forgotten password says so, whether or not the address is anybody’s, and goes on when it is back: REL-04, SEC-07', async ({
  person,
  world,
  browser,
}) => {
  await world.mailServer('stop');
  const stranger = person.at(await (await browser.newContext({ locale: 'fr-FR' })).newPage());
  for (const [at, address] of [
    [person, person.account.address],
    [stranger, 'personne.du-tout@inserm.fr'],
  ] as const) {
    await at.page.goto(world.portal + startResetPath(null));
    await at.hands.type(at.field(at.words.address), address);
    await at.press('Recevoir un code');
    await at.sees(at.words.emailCodeTitle);
    await expect(async () => {
      await at.page.reload();
      await expect(at.page.getByText(at.words.mailDown)).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 30_000 });
  }
  await expectAccessible(person.page);
  await world.mailServer('start');
  await person.givesEmailCode();
  await person.sees('L’assistance va confirmer que c’est vous');
});

test('mail server down: whoever has a code app signs in all the same: REL-04', async ({ person, world }) => {
  await person.arrives('cloud');
  await world.mailServer('stop');
  await person.page.context().clearCookies();
  await person.opens('cloud');
  await person.givesPassword();
  await person.givesAppCode();
  await person.isSignedInTo('cloud');
  await world.mailServer('start');
});

test.describe('while nobody listens', () => {
  // The page that waits asks again meanwhile.
  test.use({ tolerated: [/ERR_CONNECTION_REFUSED/] });

  test('told to stop with 200 pages waiting for a telephone, the portal stops within five seconds, and they come back: REL-06', async ({
    person,
    world,
  }) => {
    const phone = await arrivesWithPhone(person, 'cloud');
    await comesBack(person, 'cloud');
    const cookies = (await person.page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const streams = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const response = await fetch(`${person.page.url()}/state`, { headers: { accept: 'text/event-stream', cookie: cookies } });
        expect(response.headers.get('content-type')).toContain('text/event-stream');
        const reader = response.body?.getReader();
        await reader?.read();
        return reader;
      }),
    );
    const took = await world.restartPortal('SIGTERM');
    expect(took).toBeLessThan(5000);
    for (const reader of streams) {
      try {
        while (!(await reader?.read())?.done);
      } catch {
        // Cut off rather than closed: over, either way.
      }
    }
    expect(await phone.accepts(await numberOn(person.page))).toBe('approved');
    await person.isSignedInTo('cloud');
  });
});

test('portal killed at every step of the wizard: the person goes on where they were: REL-06, REL-07', async ({ person, world }) => {
  const killed = async () => {
    await world.restartPortal('SIGKILL');
    await person.page.reload();
  };
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.sees(person.words.emailCodeTitle);
  // A letter that was just leaving would leave again two minutes later.
  await readCode(world, person.account.address);
  await killed();
  await person.givesEmailCode();
  await person.sees(person.words.welcomeTitle);
  await killed();
  await person.beginsEnrolment();
  await person.choosesApp();
  await person.sees(person.words.scanCodeTitle);
  await killed();
  await person.scansCode();
  await person.sees(person.words.questionsTitle);
  await killed();
  await person.answersQuestions();
  await person.sees(person.words.recoveryCodesTitle);
  await killed();
  await person.keepsRecoveryCodes();
  await person.sees(person.words.doneTitle);
  await killed();
  await person.goesOn();
  await expect(person.button(person.words.allow)).toBeVisible();
  await killed();
  await person.agrees();
  await person.isSignedInTo('insermbiblio');
});
