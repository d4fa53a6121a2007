// The five commonest calls, played to their end: an agent at one browser, the caller at another. Then what two agents decide, and what an act is to
// whoever may not, sends it twice, or from elsewhere.
import type { Browser } from '@playwright/test';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import { accountIdOf, becomesAgent, inDatabase, letProofGrowOld } from './helpdesk-person.ts';
import { mailOf, readCode, readLetter } from './mailbox.ts';
import { mouse, Person } from './person.ts';
import { takeAccount, type World } from './world.ts';

const reason = 'Ticket 4711, la personne a appelé';
const newPassword = 'sept hérons lisent des romans policiers';
/** A call is over within this, from the agent's first look to the caller's relief. */
const aMinute = 60_000;

const main = ({ page }: Person) => page.getByRole('main');
const link = (person: Person, name: string | RegExp) => main(person).getByRole('link', { name });

async function somebody(browser: Browser, world: World): Promise<Person> {
  const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  return new Person(page, world, takeAccount(world), 'fr', mouse(page));
}
const colleague = async (browser: Browser, world: World, role: 'agent' | 'lead-agent' = 'agent') =>
  becomesAgent(await somebody(browser, world), role);

/** At another computer. */
async function elsewhere(caller: Person, browser: Browser, javaScriptEnabled = true): Promise<Person> {
  return caller.at(await (await browser.newContext({ locale: 'fr-FR', javaScriptEnabled })).newPage());
}

/** Types the name that the caller says, and opens their card. */
async function finds(agent: Person, caller: Person) {
  await agent.page.goto(`${agent.world.portal}/helpdesk`);
  await agent.page.getByRole('searchbox').fill(caller.name);
  await agent.page.getByRole('searchbox').press('Enter');
  await main(agent)
    .locator(`a[href^="/helpdesk/${accountIdOf(agent.world, caller.account.address)}?"]`)
    .click();
  await agent.sees(caller.name);
}

/** By the mailbox: the caller reads the code out. */
async function verifies(agent: Person, caller: Person) {
  const before = (await mailOf(agent.world, caller.account.address)).filter(({ subject }) => /^\d{3}\s?\d{3}/u.test(subject)).length;
  await link(agent, /^Vérifier/)
    .first()
    .click();
  await agent.press('Envoyer le code');
  await agent.hands.type(agent.field('Code à 6 chiffres'), await readCode(agent.world, caller.account.address, before + 1));
  await agent.press('Comparer');
  await agent.sees(caller.name);
}

/** As if the agent had just verified the caller, where the test is about something else. */
function isVerified(agent: Person, caller: Person, minutesAgo = 0) {
  const { world } = agent;
  const at = Date.now() - minutesAgo * 60_000;
  const [account, by] = [accountIdOf(world, caller.account.address), accountIdOf(world, agent.account.address)];
  inDatabase(world, (database) =>
    database
      .prepare('insert into caller_verifications (id, account_id, agent_id, method, begun_at, expires_at, proven_at) values (?, ?, ?, ?, ?, ?, ?)')
      .run(crypto.randomUUID(), account, by, 'email-code', at, at, at),
  );
}

const pageOf = (person: Person, act: string) => `${person.world.portal}/helpdesk/${accountIdOf(person.world, person.account.address)}/${act}`;

/** On the page of an act. */
async function acts(agent: Person, button: string, why = reason) {
  await agent.hands.type(agent.field('Motif'), why);
  await agent.press(button);
}

async function looksRight(agent: Person, scripted = true) {
  if (scripted) await expectAccessible(agent.page);
  await expectNoSidewaysScroll(agent.page);
}

const passOn = async (agent: Person) => {
  await agent.sees('Lisez cet accès à la personne');
  return /(?:[0-9A-HJKMNP-TV-Z]{4}\s+){4}/.exec(`${await main(agent).textContent()} `)?.[0].trim() ?? '';
};

const eventsOf = (world: World, address: string, type: string) =>
  inDatabase(world, (database) =>
    database
      .prepare('select actor, data from events where type = ? and account_id = (select id from accounts where address = ?) order by id')
      .all(type, address),
  ) as { actor: string; data: string }[];

/** What the person reads of it, afterwards. */
async function isTold(caller: Person, letter: string, activity: string) {
  const { text } = await readLetter(caller.world, caller.account.address, letter);
  expect(text).toContain('/not-me/');
  await caller.page.goto(`${caller.world.portal}/account/activity`);
  await expect(main(caller).getByText(activity).first()).toBeVisible();
  await expect(main(caller).getByText('Fait par l’assistance ou un administrateur.').first()).toBeVisible();
}

test.describe('the five commonest calls', () => {
  test('locked out: five wrong passwords, unlocked, in with the sixth', async ({ person: caller, browser, world }) => {
    await caller.arrives('insermbiblio');
    const agent = await colleague(browser, world);
    const there = await elsewhere(caller, browser);
    await there.opens('insermbiblio');
    for (let i = 0; i < 5; i++) {
      await there.givesPassword('ce n’est pas le bon du tout');
      await expect(main(there).getByText('Adresse e-mail ou mot de passe incorrect').first()).toBeVisible();
    }
    await there.givesPassword();
    await expect(main(there).getByText('Adresse e-mail ou mot de passe incorrect').first()).toBeVisible();
    const began = Date.now();
    await finds(agent, caller);
    await expect(main(agent).getByText('Trop de mots de passe faux').first()).toBeVisible();
    await verifies(agent, caller);
    await link(agent, 'Débloquer').first().click();
    await agent.sees('Débloquer ce compte ?');
    await expect(main(agent).getByText(/Le mot de passe\s:\sattente jusqu’à/)).toBeVisible();
    await acts(agent, 'Débloquer');
    await agent.sees('Blocages levés');
    await there.givesPassword();
    await there.givesAppCode();
    await there.isSignedInTo('insermbiblio');
    expect(Date.now() - began).toBeLessThan(aMinute);
    await isTold(caller, 'L’assistance a levé les blocages de votre compte', 'Blocages levés par l’assistance');
    // Nothing is left to lift: said, and no act.
    await agent.page.goto(pageOf(caller, 'unlock'));
    await agent.sees('Il n’y a rien à débloquer');
    expect(eventsOf(world, caller.account.address, 'unlocked')).toHaveLength(1);
  });

  test('a new phone: a pass read out, and the new app takes the place of the old one', async ({ person: caller, browser, world }) => {
    await caller.arrives('insermbiblio');
    const agent = await colleague(browser, world);
    const there = await elsewhere(caller, browser);
    await there.opens('insermbiblio');
    await there.givesPassword();
    await there.sees(there.words.secondFactorTitle);
    const began = Date.now();
    await finds(agent, caller);
    await verifies(agent, caller);
    await link(agent, 'Donner un accès provisoire').first().click();
    await agent.sees('Donner un accès provisoire ?');
    await looksRight(agent);
    await acts(agent, 'Donner l’accès');
    const pass = await passOn(agent);
    await expect(agent.page).toHaveURL(/\/give-pass$/);
    await looksRight(agent);
    await link(there, /^Vous n’avez plus votre téléphone/).click();
    await there.hands.tick(there.page.getByRole('radio', { name: /^Il est perdu/ }));
    await there.press(there.words.continue);
    await there.hands.tick(there.page.getByRole('radio', { name: /^Un accès provisoire/ }));
    await there.press(there.words.continue);
    await there.sees('Saisissez votre accès provisoire');
    await there.hands.type(there.field('Accès provisoire'), pass.toLowerCase());
    await there.press(there.words.continue);
    await there.choosesApp();
    await there.scansCode();
    await there.sees('Votre moyen de connexion est remplacé');
    await there.hands.press(there.way(there.words.goOn));
    await there.isSignedInTo('insermbiblio');
    expect(Date.now() - began).toBeLessThan(aMinute);
    // Not after a reload, nor in anything that is kept.
    await agent.page.reload();
    await agent.sees('Donner un accès provisoire ?');
    await expect(agent.page.locator('body')).not.toContainText(pass.slice(0, 9));
    const kept = inDatabase(world, (database) => [
      ...database.prepare('select data from events').pluck().all(),
      ...(database.prepare('select hash from passes').pluck().all() as string[]),
    ]).join();
    expect(kept).not.toContain(pass.replaceAll(/\s+/g, '-'));
    for (const { text, html } of await mailOf(world, caller.account.address))
      expect(`${text}${html}`.replaceAll(/[\s-]/g, '')).not.toContain(pass.replaceAll(/\s/g, ''));
    await isTold(there, 'L’assistance a donné un accès provisoire pour votre compte', 'Accès provisoire donné par l’assistance');
  });

  test('no mail: the card says that a code has left and when; the caller finds it', async ({ person: caller, browser, world }) => {
    const agent = await colleague(browser, world);
    await caller.opens('insermbiblio');
    await caller.givesPassword();
    await caller.sees(caller.words.emailCodeTitle);
    const began = Date.now();
    await finds(agent, caller);
    await expect(main(agent).getByText('Un code est parti par e-mail, et n’a pas été saisi')).toBeVisible();
    await expect(main(agent).getByText(/Faites chercher dans les indésirables/)).toBeVisible();
    await caller.givesEmailCode();
    await caller.sees(caller.words.welcomeTitle);
    expect(Date.now() - began).toBeLessThan(aMinute);
    // Nothing was done, and only the look is written down.
    expect(eventsOf(world, caller.account.address, 'account-seen')).toHaveLength(1);
  });

  test('stuck at scanning: the card says why, and the caller’s next code is right', async ({ person: caller, browser, world }) => {
    const agent = await colleague(browser, world);
    await caller.comesToScan('insermbiblio');
    for (const code of ['000000', '000001']) {
      await caller.hands.type(caller.field(caller.words.appCode), code);
      await caller.press(caller.words.continue);
      await expect(
        main(caller)
          .getByText(/Ce code ne correspond pas/)
          .first(),
      ).toBeVisible();
    }
    const began = Date.now();
    await finds(agent, caller);
    await expect(main(agent).getByText(/Arrêtée au QR code\s:\s2\scodes faux/)).toBeVisible();
    await expect(main(agent).getByText(/l’heure du téléphone n’est pas automatique/)).toBeVisible();
    await caller.scansCode();
    await caller.sees(caller.words.questionsTitle);
    expect(Date.now() - began).toBeLessThan(aMinute);
  });

  test('forgotten answers: a link for a new password, confirmed by the app instead', async ({ person: caller, browser, world }) => {
    await caller.arrives('insermbiblio');
    const agent = await colleague(browser, world);
    const began = Date.now();
    await finds(agent, caller);
    await verifies(agent, caller);
    await link(agent, 'Envoyer un lien de nouveau mot de passe').first().click();
    await looksRight(agent);
    await acts(agent, 'Envoyer le message');
    await agent.sees('Message envoyé');
    const there = await elsewhere(caller, browser);
    const { text } = await readLetter(world, caller.account.address, 'Choisissez un nouveau mot de passe');
    const address = text.split('\n').find((line) => line.endsWith('/reset-password/start')) ?? '';
    expect(address).toBe(`${world.portal}/reset-password/start`);
    await there.page.goto(address);
    const codes = (await mailOf(world, caller.account.address)).filter(({ subject }) => /^\d{3}\s?\d{3}/u.test(subject)).length;
    await there.hands.type(there.field(there.words.address), caller.account.address);
    await there.press('Recevoir un code');
    await there.givesCode(await readCode(world, caller.account.address, codes + 1));
    await there.hands.tick(there.page.getByRole('radio', { name: /^Mon application d’authentification/ }));
    await there.press(there.words.continue);
    await there.givesAppCode();
    await there.hands.type(there.page.getByLabel('Nouveau mot de passe', { exact: true }), newPassword);
    await there.press('Enregistrer ce mot de passe');
    await there.sees('Votre mot de passe est changé');
    expect(Date.now() - began).toBeLessThan(aMinute);
    // A pass the same day is a lead's affair.
    await agent.page.goto(pageOf(caller, 'give-pass'));
    await expect(main(agent).getByText(/Avant, demandez à un responsable de l’assistance/)).toBeVisible();
    await expect(main(agent).getByRole('button')).toHaveCount(0);
  });
});

test('SEC-80: one agent asks, a colleague at another browser approves: the factor is gone, and both letters have arrived', async ({
  person: caller,
  browser,
  world,
}) => {
  await caller.arrives('insermbiblio');
  const [karim, nora] = [await colleague(browser, world), await colleague(browser, world)];
  // A second way to sign in, so that the first one may go.
  inDatabase(world, (database) =>
    database
      .prepare(
        "insert into factors (id, account_id, kind, name, secret, last_step, created_at) select 'f-' || hex(randomblob(8)), account_id, kind, 'Tablette', secret, last_step, created_at from factors where account_id = (select id from accounts where address = ?)",
      )
      .run(caller.account.address),
  );
  isVerified(karim, caller);
  await finds(karim, caller);
  await link(karim, /^Supprimer.*Tablette/).click();
  await karim.sees(/Demander la suppression de .*Tablette/);
  await looksRight(karim);
  await acts(karim, 'Demander la suppression');
  await karim.sees('Demande envoyée');
  await looksRight(karim);
  await readLetter(world, caller.account.address, 'L’assistance prépare la suppression d’un moyen de connexion');

  await karim.page.goto(`${world.portal}/helpdesk/removals`);
  await main(karim).getByRole('row').filter({ hasText: caller.name }).getByRole('link').click();
  await expect(karim.button('Supprimer ce moyen')).toHaveCount(0);
  await expect(karim.button('Retirer ma demande')).toBeVisible();

  await nora.page.goto(`${world.portal}/helpdesk/removals`);
  await nora.sees('Demandes à approuver');
  await looksRight(nora);
  await main(nora).getByRole('row').filter({ hasText: caller.name }).getByRole('link').click();
  await nora.sees(/Supprimer .*Tablette/);
  await expect(main(nora).getByText(reason)).toBeVisible();
  await expect(main(nora).getByText('un code reçu par e-mail')).toBeVisible();
  await looksRight(nora);
  await nora.press('Supprimer ce moyen');
  await expect(main(nora).getByText('Le moyen de connexion est supprimé. La personne est prévenue.')).toBeVisible();
  await readLetter(world, caller.account.address, 'L’assistance a supprimé un moyen de connexion de votre compte');
  // Too late to take it back.
  await karim.press('Retirer ma demande');
  await expect(
    main(karim)
      .getByText(/Cette demande n’est plus là/)
      .first(),
  ).toBeVisible();
  expect(eventsOf(world, caller.account.address, 'removal-decided')).toHaveLength(1);
  // Her sessions ended with it.
  await caller.page.goto(`${world.portal}/account`);
  await caller.givesPassword();
  await caller.givesAppCode();
  await caller.page.goto(`${world.portal}/account/factors`);
  await expect(main(caller).getByText('Tablette')).toHaveCount(0);
  // What is left is the last one: not even asked for.
  const left = inDatabase(world, (database) =>
    database.prepare('select id from factors where account_id = (select id from accounts where address = ?)').pluck().get(caller.account.address),
  );
  await karim.page.goto(pageOf(caller, `remove/${left}`));
  await expect(main(karim).getByText('C’est le seul moyen de connexion qui fonctionne')).toBeVisible();
});

for (const { name, use } of [
  { name: 'without JavaScript, 390 px wide', use: { javaScriptEnabled: false, viewport: { width: 390, height: 844 } } },
  { name: 'on a phone, 390 px wide, dark', use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
]) {
  test.describe(`every act ${name}`, () => {
    test.use(use);
    test('each is asked about, needs a reason, and says what it did', async ({ person: agent, browser, world, javaScriptEnabled }, info) => {
      const scripted = javaScriptEnabled !== false;
      const caller = await somebody(browser, world);
      await caller.arrives('insermbiblio');
      await becomesAgent(agent);
      const shot = (what: string) => agent.page.screenshot({ path: info.outputPath(`${what}.png`), fullPage: true });

      await agent.page.goto(pageOf(caller, 'freeze'));
      await expect(main(agent).getByText(/Vérifiez d’abord l’appelant/)).toBeVisible();
      await looksRight(agent, scripted);
      await shot('not-verified');
      isVerified(agent, caller);

      await agent.page.goto(pageOf(caller, 'end-sessions'));
      await agent.sees('Fermer des sessions ?');
      await looksRight(agent, scripted);
      await shot('end-sessions');
      await acts(agent, 'Fermer', 'abc');
      await expect(
        main(agent)
          .getByText(/Donnez le motif/)
          .first(),
      ).toBeVisible();
      await expect(agent.field('Motif')).toHaveValue('abc');
      await looksRight(agent, scripted);
      await shot('reason-needed');
      await acts(agent, 'Fermer');
      await agent.sees('Sessions fermées');
      await looksRight(agent, scripted);
      await shot('done');

      await agent.page.goto(pageOf(caller, 'give-pass'));
      await shot('give-pass');
      // A proof that has grown old is asked for in the form, and the reason stays.
      letProofGrowOld(agent, 20);
      await acts(agent, 'Donner l’accès');
      const proof = agent.page.locator('#proof');
      await expect(proof).toBeVisible();
      await expect(agent.field('Motif')).toHaveValue(reason);
      if (!scripted) await expect(main(agent)).not.toContainText(caller.name);
      await agent.hands.type(proof, await agent.readsApp());
      await agent.press('Donner l’accès');
      expect((await passOn(agent)).replaceAll(/\s/g, '')).toHaveLength(16);
      await looksRight(agent, scripted);
      await shot('pass');
      expect(eventsOf(world, caller.account.address, 'pass-given')).toHaveLength(1);

      await agent.page.goto(pageOf(caller, 'send-reset'));
      await expect(main(agent).getByText(/Un accès provisoire vient d’être donné/)).toBeVisible();
      await looksRight(agent, scripted);

      await agent.page.goto(pageOf(caller, 'freeze'));
      await looksRight(agent, scripted);
      await shot('freeze');
      await acts(agent, 'Geler le compte');
      await agent.sees('Compte gelé');
      await caller.page.goto(`${world.portal}/account`);
      await caller.givesPassword();
      await expect(main(caller).getByText('Adresse e-mail ou mot de passe incorrect').first()).toBeVisible();

      await agent.page.goto(pageOf(caller, 'freeze'));
      await expect(main(agent).getByText(/Ce compte est gelé ou désactivé/)).toBeVisible();
      await agent.page.goto(pageOf(caller, 'unfreeze'));
      await looksRight(agent, scripted);
      await acts(agent, 'Rouvrir le compte');
      await agent.sees('Compte rouvert');
      await caller.givesPassword();
      await caller.sees(caller.words.secondFactorTitle);
    });
  });
}

test.describe('in English', () => {
  test.use({ locale: 'en-GB' });
  test('the pages of acts, and a pass spelt as on English telephones', async ({ person: agent, browser, world }) => {
    const caller = await somebody(browser, world);
    await caller.arrives('insermbiblio');
    await becomesAgent(agent);
    isVerified(agent, caller);
    for (const [act, heading] of [
      ['unlock', 'There is nothing to unlock'],
      ['end-sessions', 'End sessions?'],
      ['freeze', 'Freeze this account?'],
      ['unfreeze', 'Open the account again'],
      ['send-reset', 'Send a link for a new password?'],
      ['give-pass', 'Give a temporary pass?'],
    ] as const) {
      await agent.page.goto(pageOf(caller, act));
      await agent.sees(heading);
      await looksRight(agent);
    }
    await agent.hands.type(agent.field('Reason'), 'Ticket 4711, new phone');
    await agent.press('Give the pass');
    await agent.sees('Read this pass to the person');
    await expect(main(agent).getByRole('listitem')).toHaveCount(4);
    await expect(main(agent).getByRole('listitem').first()).toContainText(/zero|one|two|three|four|five|six|seven|eight|nine|[A-Z] for /);
  });
});

test.describe('who may not', () => {
  test.use({ tolerated: [/status of 40[134]/] });

  test('SEC-66, SEC-67, SEC-76: by GET, from elsewhere, from nowhere, for another account, or twice: nothing happens, or it happens once', async ({
    person: agent,
    browser,
    world,
  }) => {
    const caller = await somebody(browser, world);
    await caller.arrives('insermbiblio');
    const other = await somebody(browser, world);
    await other.arrives('insermbiblio');
    await becomesAgent(agent);
    isVerified(agent, caller);
    const frozen = () =>
      inDatabase(world, (database) => database.prepare('select status from accounts where address = ?').pluck().get(caller.account.address));

    // The form as a browser without script would send it.
    const still = agent.at(await (await browser.newContext({ locale: 'fr-FR', javaScriptEnabled: false })).newPage());
    await still.page.context().addCookies(await agent.page.context().cookies());
    await still.page.goto(pageOf(caller, 'freeze'));
    const fields = Object.fromEntries(
      await still.page
        .locator('form:has([name=reason]) input')
        .evaluateAll((inputs) => (inputs as HTMLInputElement[]).map((input) => [input.name, input.value] as const)),
    );
    const post = (url: string, headers: Record<string, string>, more: Record<string, string> = {}) =>
      still.page.context().request.post(url, { multipart: { ...fields, reason, ...more }, headers, maxRedirects: 0 });
    const here = { origin: world.portal, 'sec-fetch-site': 'same-origin' };
    const at = pageOf(caller, 'freeze');
    for (const headers of [{}, { origin: 'null' }, { origin: 'https://evil.example' }, { ...here, 'sec-fetch-site': 'cross-site' }])
      expect((await post(at, headers)).status(), JSON.stringify(headers)).toBeGreaterThanOrEqual(400);
    for (const url of [at, `${at}?reason=${encodeURIComponent(reason)}`, `${at}?account=x&reason=y`])
      await still.page.context().request.get(url, { maxRedirects: 0 });
    expect(frozen()).toBe('active');

    // Another account, whose caller was not verified; then one that is not there.
    const foreign = accountIdOf(world, other.account.address);
    expect(await (await post(at, here, { account: foreign })).text()).toContain('Vérifiez d’abord');
    expect(await (await post(at, here, { account: 'nobody' })).text()).toContain('n’existe pas');
    expect(eventsOf(world, other.account.address, 'account-frozen')).toEqual([]);
    expect(eventsOf(world, other.account.address, 'helpdesk-refused')).toHaveLength(1);

    // Twice at once.
    await Promise.all([post(at, here), post(at, here), post(at, here)]);
    expect(frozen()).toBe('frozen');
    expect(eventsOf(world, caller.account.address, 'account-frozen')).toHaveLength(1);

    // Somebody signed in, without a role.
    await other.page.goto(`${world.portal}/account`);
    await expect(main(other).getByRole('heading', { level: 1 })).toBeVisible();
    const stranger = accountIdOf(world, caller.account.address);
    for (const act of ['unlock', 'send-reset', 'give-pass', 'end-sessions', 'freeze', 'unfreeze', 'remove/x', 'done?act=freeze']) {
      const answer = await other.page.context().request.get(`${world.portal}/helpdesk/${stranger}/${act}`, { maxRedirects: 0 });
      expect(answer.status(), act).toBe(404);
    }
    for (const path of ['removals', 'removals/x']) {
      const answer = await other.page.context().request.get(`${world.portal}/helpdesk/${path}`, { maxRedirects: 0 });
      expect(answer.status(), path).toBe(404);
    }
  });
});
