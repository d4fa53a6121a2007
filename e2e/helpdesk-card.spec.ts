// An account's card and the verification of who calls, from both ends of the line: the agent's console, and the caller's telephone and mailbox.
import type { Browser, Page } from '@playwright/test';
import { en } from '../lib/language/en.ts';
import { fr } from '../lib/language/fr.ts';
import { questionKeys } from '../lib/questions/rules.ts';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import { accountIdOf, becomesAgent, inDatabase, letProofGrowOld, type Role } from './helpdesk-person.ts';
import { readCode, readLetter } from './mailbox.ts';
import { mouse, Person } from './person.ts';
import { arrivesWithPhone, numberOn } from './phone-person.ts';
import { runCli, takeAccount, type World } from './world.ts';

const wordsOf = (person: Person) => (person.language === 'fr' ? fr : en).helpdeskCard;
const main = (person: Person) => person.page.getByRole('main');
/** Spaces that don't break are spaces to whoever reads. */
const spaced = (text: string) => new RegExp(text.replace(/[.?()|[\]\\+*^$]/g, '\\$&').replaceAll(/[ \u00a0]/g, '\\s'));
const reads = (person: Person, text: string) => expect(main(person)).toContainText(spaced(text));
const link = (person: Person, name: string | RegExp) => main(person).getByRole('link', { name });
const first = (sentence: string) => sentence.split('\n')[0] ?? '';

/** Somebody who calls, with a browser of their own. */
async function caller(browser: Browser, world: World): Promise<Person> {
  const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris' });
  const page = await context.newPage();
  return new Person(page, world, takeAccount(world), 'fr', mouse(page));
}

async function opensCard(agent: Person, of: Person, more = '') {
  await agent.page.goto(`${agent.world.portal}/helpdesk/${accountIdOf(agent.world, of.account.address)}${more}`);
}

async function asks(agent: Person, of: Person, method: 'phone' | 'email-code' | 'answers') {
  const said = wordsOf(agent).verifyCaller;
  await opensCard(agent, of);
  await agent.hands.press(link(agent, spaced(wordsOf(agent).verify)).or(link(agent, spaced(wordsOf(agent).verifyAgain))));
  await agent.sees(spaced(said.heading(of.name)));
  await agent.hands.press(main(agent).getByRole('button', { name: said.methods[method].act }));
}

/** What the caller dictates: of the wizard's four, the nth answers the nth question of the list. */
const answers = ['Capitaine Patate', 'Bérengère', 'Rocamadour', 'Le Roi et l’Oiseau'];
async function dictates(agent: Person, wrong = false) {
  const { questions } = agent.language === 'fr' ? fr : en;
  let asked = 0;
  for (const [i, key] of questionKeys.slice(0, 4).entries()) {
    const field = main(agent).getByRole('textbox', { name: spaced(questions[key]) });
    if (!(await field.count())) continue;
    asked += 1;
    await agent.hands.type(field, wrong ? 'Autre chose' : (answers[i] ?? '').toUpperCase());
  }
  expect(asked, 'two of the four').toBe(2);
  await agent.hands.press(main(agent).getByRole('button', { name: wordsOf(agent).verifyCaller.answers.submit }));
}

const isVerified = async (agent: Person) => {
  await reads(agent, wordsOf(agent).verifyCaller.done.title);
  await expect(main(agent)).toContainText(agent.language === 'fr' ? /Appelant\svérifié\spar/ : /Caller\sverified\sby/);
};
/** As if the agent had just verified the caller, where the test is about something else. */
function isVerifiedBy(agent: Person, of: Person) {
  const { world } = agent;
  const row = [accountIdOf(world, of.account.address), accountIdOf(world, agent.account.address), 'email-code', Date.now(), Date.now(), Date.now()];
  inDatabase(world, (database) =>
    database
      .prepare('insert into caller_verifications (id, account_id, agent_id, method, begun_at, expires_at, proven_at) values (?, ?, ?, ?, ?, ?, ?)')
      .run(crypto.randomUUID(), ...row),
  );
}
const eventsOf = (world: World, address: string, type: string) =>
  inDatabase(
    world,
    (database) =>
      database
        .prepare('select actor, data from events where type = ? and account_id = (select id from accounts where address = ?) order by id')
        .all(type, address) as { actor: string; data: string }[],
  ).map(({ actor, data }): Record<string, unknown> => ({ ...(JSON.parse(data) as Record<string, unknown>), actor }));

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  { name: 'on a phone, 390 px wide, dark', use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'in English, with the keyboard alone', use: { locale: 'en-GB', handsOf: 'keyboard' as const } },
]) {
  test.describe(`who calls is made sure of ${name}`, () => {
    test.use(use);

    test('by the telephone, by the mailbox, by two answers; each stands on the card and on record', async ({
      person: agent,
      browser,
      javaScriptEnabled,
      world,
    }, { project }) => {
      test.slow();
      const script = javaScriptEnabled !== false;
      const looks = async (state: string, page: Page = agent.page) => {
        if (script) await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        await page.screenshot({ path: `${project.outputDir}/card-${state}-${name.replace(/\W+/g, '-')}.png`, fullPage: true });
      };
      const claire = await caller(browser, world);
      const phone = await arrivesWithPhone(claire, 'cloud');
      await becomesAgent(agent);
      const said = wordsOf(agent).verifyCaller;

      await opensCard(agent, claire);
      await agent.sees(claire.name);
      await reads(agent, wordsOf(agent).notVerified);
      await reads(agent, wordsOf(agent).whyNot['caller-not-verified']);
      await looks('before');
      expect(await agent.page.content()).not.toContain(claire.account.address);

      await asks(agent, claire, 'phone');
      await agent.sees(said.phone.heading);
      await looks('number');
      const request = await phone.request();
      expect(request.application).toBe('Assistance Inserm');
      expect(await phone.accepts(await numberOn(agent.page))).toBe('approved');
      if (!script) {
        await agent.sees(said.phone.approved);
        await looks('approved');
        await agent.press(said.phone.continue);
      }
      await isVerified(agent);
      await looks('verified');
      await expect(link(agent, (agent.language === 'fr' ? fr : en).helpdeskActs.names.unlock)).toBeVisible();

      await asks(agent, claire, 'email-code');
      await agent.sees(said.code.heading);
      await looks('code');
      await agent.hands.type(agent.field(said.code.code), '000000');
      await agent.press(said.code.submit);
      await expect(
        main(agent)
          .getByRole('alert')
          .or(main(agent).getByText(/ne correspond pas|does not match/))
          .first(),
      ).toBeVisible();
      await looks('wrong-code');
      const code = await readCode(world, claire.account.address, 2);
      const letter = await readLetter(world, claire.account.address, /code\sà\slire\sà\sl’assistance/);
      expect(letter.text).toContain('Il n’ouvre rien par lui-même');
      await agent.hands.type(agent.field(said.code.code), code);
      await agent.press(said.code.submit);
      await isVerified(agent);

      await asks(agent, claire, 'answers');
      await agent.sees(said.answers.heading);
      await looks('answers');
      await dictates(agent, true);
      await reads(agent, agent.language === 'fr' ? 'Ces deux réponses ne correspondent pas' : 'These two answers do not match');
      await looks('wrong-answers');
      await dictates(agent);
      await isVerified(agent);

      const actor = accountIdOf(world, agent.account.address);
      expect(eventsOf(world, claire.account.address, 'caller-verified').map((event) => [event.actor, event.method])).toEqual([
        [actor, 'phone'],
        [actor, 'email-code'],
        [actor, 'answers'],
      ]);
      await readLetter(world, claire.account.address, 'Quelqu’un a appelé l’assistance en votre nom');

      await agent.hands.press(link(agent, spaced(wordsOf(agent).allEvents)));
      await agent.sees(spaced(wordsOf(agent).eventsTitle(claire.name)));
      await looks('events');
      await claire.page.context().close();
    });
  });
}

test('« Ce n’est pas moi » on the telephone: the agent is told plainly, and the caller stays a stranger', async ({ person: agent, browser, world }, {
  project,
}) => {
  const claire = await caller(browser, world);
  const phone = await arrivesWithPhone(claire, 'cloud');
  await becomesAgent(agent);
  const said = wordsOf(agent).verifyCaller.phone;
  await asks(agent, claire, 'phone');
  await agent.sees(said.heading);
  expect(await phone.says('report')).toBe('reported');
  await reads(agent, first(said.ended.reported));
  await expectAccessible(agent.page);
  await agent.page.screenshot({ path: `${project.outputDir}/card-reported.png`, fullPage: true });
  await opensCard(agent, claire);
  await reads(agent, wordsOf(agent).notVerified);
  await reads(agent, wordsOf(agent).cases);
  expect(eventsOf(world, claire.account.address, 'caller-not-verified')).toMatchObject([{ method: 'phone', why: 'reported' }]);
  await readLetter(world, claire.account.address, 'Quelqu’un a appelé l’assistance en votre nom');

  await asks(agent, claire, 'phone');
  const number = await numberOn(agent.page);
  const other = number === 99 ? 98 : number + 1;
  await phone.accepts(other);
  await phone.accepts(other);
  await reads(agent, first(said.ended.number));
});

test('a verification is one agent’s alone, and half an hour old it is none', async ({ person: agent, browser, world }) => {
  const claire = await caller(browser, world);
  await claire.arrives('cloud');
  await becomesAgent(agent);
  await asks(agent, claire, 'email-code');
  const code = await readCode(world, claire.account.address, 2);

  const nadia = await caller(browser, world);
  await becomesAgent(nadia);
  await opensCard(nadia, claire, '/verify-caller/email-code');
  await expect(nadia.page, 'what another agent asked is not there').toHaveURL(/\/verify-caller$/);

  await agent.hands.type(agent.field(wordsOf(agent).verifyCaller.code.code), code);
  await agent.press(wordsOf(agent).verifyCaller.code.submit);
  await isVerified(agent);
  await opensCard(nadia, claire);
  await reads(nadia, wordsOf(nadia).notVerified);

  inDatabase(world, (database) =>
    database
      .prepare('update caller_verifications set proven_at = proven_at - ? where account_id = (select id from accounts where address = ?)')
      .run(30 * 60_000, claire.account.address),
  );
  await opensCard(agent, claire);
  await reads(agent, wordsOf(agent).notVerified);
});

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
]) {
  test.describe(`SEC-78: an agent’s proof that grows old while a caller is made sure of, ${name}`, () => {
    test.use(use);
    test('is asked for where they are: at the telephone and at another code', async ({ person: agent, browser, javaScriptEnabled, world }, {
      project,
    }) => {
      const script = javaScriptEnabled !== false;
      const looks = async (state: string) => {
        if (script) await expectAccessible(agent.page);
        await expectNoSidewaysScroll(agent.page);
        await agent.page.screenshot({ path: `${project.outputDir}/card-old-proof-${state}-${script ? 'js' : 'plain'}.png`, fullPage: true });
      };
      const claire = await caller(browser, world);
      const phone = await arrivesWithPhone(claire, 'cloud');
      await becomesAgent(agent);
      const said = wordsOf(agent).verifyCaller;
      const proof = agent.page.locator('#proof');

      await opensCard(agent, claire, '/verify-caller/phone');
      letProofGrowOld(agent, 16);
      await agent.press(said.phone.ask);
      await expect(proof).toBeVisible();
      await looks('ask');
      if (!script) await expect(main(agent)).not.toContainText(claire.name);
      await agent.hands.type(proof, await agent.readsApp());
      await agent.press(said.phone.ask);
      await agent.sees(said.phone.heading);
      if (script) {
        // The answer comes a quarter of an hour after the proof: it is not lost.
        letProofGrowOld(agent, 16);
        expect(await phone.accepts(await numberOn(agent.page))).toBe('approved');
        await expect(proof).toBeVisible();
        await looks('answered');
        letProofGrowOld(agent, -16);
        await agent.press(said.phone.continue);
        await isVerified(agent);
      }

      await asks(agent, claire, 'email-code');
      await agent.sees(said.code.heading);
      letProofGrowOld(agent, 16);
      await agent.press(said.code.again);
      await expect(proof).toBeVisible();
      await looks('again');
      await agent.hands.type(proof, '000000');
      await agent.press(said.code.again);
      await expect(proof).toBeVisible();
      letProofGrowOld(agent, -16);
      // With the proof, the answer is the ordinary one: a minute has not passed yet.
      await agent.press(said.code.again);
      await expect(
        main(agent)
          .getByText(/Un code vient de partir/)
          .first(),
      ).toBeVisible();
      await expect(proof).toHaveCount(0);
      await claire.page.context().close();
    });
  });
}

test.describe('a card says what is wrong', () => {
  const shows = async (agent: Person, of: Person, title: string, outputDir: string) => {
    await opensCard(agent, of);
    await reads(agent, title);
    await expectAccessible(agent.page);
    await expectNoSidewaysScroll(agent.page);
    await agent.page.screenshot({ path: `${outputDir}/card-is-${title.replace(/\W+/g, '-')}.png`, fullPage: true });
  };
  const details = { now: 0, at: null, until: null, reason: null, count: 2, drift: 0, step: '', questions: true, role: false };

  test('nothing in place, stuck at the QR code, locked out, disabled, frozen, well', async ({ person: agent, browser, world }, { project }) => {
    test.slow();
    await becomesAgent(agent);
    const said = wordsOf(agent);
    const title = (key: keyof typeof said.diagnoses) => said.diagnoses[key](details)[0];
    const claire = await caller(browser, world);
    await shows(agent, claire, title('never-came'), project.outputDir);

    await claire.opens('cloud');
    await claire.givesPassword();
    await expect(claire.page.getByRole('heading', { level: 1 })).toHaveText(claire.words.emailCodeTitle);
    await shows(agent, claire, title('code-untyped'), project.outputDir);
    await claire.givesEmailCode();
    await claire.beginsEnrolment();
    await claire.choosesApp();
    await claire.sees(claire.words.scanCodeTitle);
    for (let i = 0; i < 2; i++) {
      await claire.hands.type(claire.field(claire.words.appCode), '000000');
      await claire.press(claire.words.continue);
      await expect(
        claire.page
          .getByRole('main')
          .getByText(/ne correspond pas/)
          .first(),
      ).toBeVisible();
    }
    await shows(agent, claire, title('wrong-first-codes'), project.outputDir);
    await reads(agent, said.enrolment.title(2, 4));
    await reads(agent, said.notProven);

    await claire.scansCode();
    await claire.answersQuestions();
    await claire.keepsRecoveryCodes();
    await claire.goesOn();
    await claire.agrees();
    await shows(agent, claire, title('fine'), project.outputDir);
    await reads(agent, said.codesLeft(10, 10));

    const stranger = claire.at(await (await browser.newContext({ locale: 'fr-FR' })).newPage());
    for (let i = 0; i < 4; i++) {
      await stranger.page.context().clearCookies();
      await stranger.opens('cloud');
      await stranger.givesPassword('un autre mot de passe');
      await expect(
        stranger.page
          .getByRole('main')
          .getByText(/incorrect|Trop d’essais/)
          .first(),
      ).toBeVisible();
    }
    await shows(agent, claire, title('password-waits'), project.outputDir);

    isVerifiedBy(agent, claire);
    await opensCard(agent, claire, '/freeze');
    await agent.hands.type(agent.field('Motif'), 'Ticket 4711 : téléphone volé');
    await agent.press('Geler le compte');
    await agent.sees('Compte gelé');
    await shows(agent, claire, title('frozen'), project.outputDir);
    await reads(agent, 'Ticket 4711 : téléphone volé');
    await expect(link(agent, fr.helpdeskActs.names.unfreeze).first()).toBeVisible();
    await expect(link(agent, fr.helpdeskActs.names.freeze)).toHaveCount(0);

    await runCli(world, ['accounts', 'disable', claire.account.address]);
    await shows(agent, claire, title('disabled'), project.outputDir);
  });

  test.describe('or none', () => {
    test.use({ tolerated: [/status of 404/] });
    test('nobody’s card, one’s own, a colleague’s; and none to whoever has no role', async ({ person: agent, browser, world }) => {
      await becomesAgent(agent);
      for (const path of ['nobody', 'nobody/events', 'nobody/verify-caller', 'nobody/verify-caller/phone']) {
        const answer = await agent.page.goto(`${world.portal}/helpdesk/${path}`);
        expect(answer?.status(), path).toBe(404);
      }
      await opensCard(agent, agent);
      await reads(agent, wordsOf(agent).yourself);
      await expect(link(agent, spaced(wordsOf(agent).verify))).toHaveCount(0);
      await opensCard(agent, agent, '/verify-caller');
      await expect(agent.page, 'one’s own caller').not.toHaveURL(/verify-caller/);

      const nadia = await caller(browser, world);
      await becomesAgent(nadia, 'lead-agent' satisfies Role);
      await opensCard(agent, nadia);
      await reads(agent, wordsOf(agent).colleague);
      await expectAccessible(agent.page);

      const claire = await caller(browser, world);
      await claire.arrives('cloud');
      await claire.page.goto(`${world.portal}/account`);
      const answer = await claire.page.goto(`${world.portal}/helpdesk/${accountIdOf(world, agent.account.address)}`);
      expect(answer?.status()).toBe(404);
    });
  });
});
