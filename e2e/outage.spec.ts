// When something stops: the mail server, or the portal itself, at the worst moment. A world of its own, which the tests may break.
import { startResetPath } from '../app/paths.ts';
import { expect, expectAccessible, testInOwnWorld } from './fixtures.ts';
import { readCode } from './mailbox.ts';
import { arrivesWithPhone, comesBack, numberOn } from './phone-person.ts';

const test = testInOwnWorld('outage', 20);

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
