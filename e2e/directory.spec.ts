// People who are in an LDAP directory and nowhere else: they arrive, change, forget their password, leave; and the directory stops in the middle.
import { type Slapd, slapdProgram, startSlapd } from '../lib/directory/slapd.testing.ts';
import { expect, expectAccessible, expectNoSidewaysScroll, type Stage, testOnStage } from './fixtures.ts';
import { mailOf } from './mailbox.ts';
import { mouse, Person } from './person.ts';
import { type Account, type RunningWorld, runCli, startWorld } from './world.ts';

const newPassword = 'sept hérons lisent des romans policiers';
/** As the wizard's journey gave them. */
const rightAnswers = ['Capitaine Patate', 'Bérengère', 'Rocamadour', 'Le Roi et l’Oiseau'];
let people = 0;

const withDirectory: Stage<RunningWorld & { readonly slapd: Slapd }> = async (place, use) => {
  const slapd = await startSlapd();
  const { password, ...directory } = slapd.asSettings();
  const roles = { agent: await slapd.group('assistance', []) };
  const settings = { directory: { ...directory, roles } };
  const world = await startWorld({ ...place, accounts: 0, settings, environment: { LDAP_PASSWORD: password } });
  await use({ ...world, slapd });
  await world.stop();
  await slapd.close();
};

const test = testOnStage('directory', 80, withDirectory).extend<{ slapd: Slapd }>({
  missing: slapdProgram ? null : 'slapd is not installed (apt-get install slapd).',
  slapd: async ({ world }, use) => {
    await use(world.slapd);
  },
  account: async ({ slapd }, use, { parallelIndex }) => {
    const n = `${parallelIndex}-${++people}`;
    const account: Account = {
      address: `anais.essai-${n}@inserm.fr`,
      password: 'quatre tortues dans la brume',
      givenName: 'Anaïs',
      familyName: `Essai-${n}`,
    };
    const { address: mail, givenName, familyName: sn, password } = account;
    await slapd.add({ uid: uidOf(account), mail, givenName, sn, password, affiliations: ['member', 'faculty'] });
    await use(account);
  },
});
const uidOf = ({ familyName }: Account) => familyName.toLowerCase();

const dnOf = (account: Account) => `uid=${uidOf(account)},ou=people,dc=inserm,dc=fr`;
const alert = ({ page }: Person, text: string | RegExp) => page.getByRole('alert').filter({ hasText: text });
const looksRight = async ({ page }: Person) => {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
};
/** The next day, at another computer. */
async function comesBack(person: Person) {
  await person.page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.sees(person.words.signInTitle);
}
/** From the sign-in page to where a new password is chosen. */
async function provesBeforeReset(person: Person) {
  const { page, hands } = person;
  await hands.press(page.getByRole('main').getByRole('link', { name: 'Mot de passe oublié ?' }));
  await person.sees('Choisissez un nouveau mot de passe');
  await hands.type(person.field(person.words.address), person.account.address);
  await person.press('Recevoir un code');
  await person.givesEmailCode();
  await person.sees('Comment voulez-vous confirmer que c’est vous ?');
  await hands.tick(page.getByRole('radio', { name: /^Mes quatre questions secrètes/ }));
  await person.press(person.words.continue);
  await person.sees('Répondez à vos quatre questions');
  const fields = page.getByRole('main').getByRole('textbox');
  await expect(fields).toHaveCount(4);
  for (const [i, text] of rightAnswers.entries()) await hands.type(fields.nth(i), text);
  await person.press(person.words.continue);
  await person.sees('Choisissez votre nouveau mot de passe');
}

test('whoever exists only in the directory arrives: an account appears, is protected, and follows the directory afterwards', async ({
  person,
  slapd,
}) => {
  await person.opens('insermbiblio');
  await person.givesPassword('une autre phrase longue');
  await expect(alert(person, 'Adresse e-mail ou mot de passe incorrect')).toBeVisible();
  expect(await runCli(person.world, ['accounts', 'list', '--json'])).not.toContain(person.account.address);
  await person.givesPassword();
  await person.givesEmailCode();
  await person.enrols();
  await person.agrees();
  await person.isSignedInTo('insermbiblio');
  const sub = await person.toldClaim('sub');
  expect(await runCli(person.world, ['accounts', 'list', '--json'])).toContain(person.account.address);

  await slapd.set(dnOf(person.account), { sn: 'Essai-Mariée', givenName: 'Anaïs Éléonore' });
  await comesBack(person);
  await person.givesPassword();
  await person.givesAppCode();
  await person.page.waitForURL(`${person.world.applications.insermbiblio}/`);
  await expect(person.page.locator('[data-signed-in]')).toHaveText('Anaïs Éléonore Essai-Mariée');
  expect(await person.toldClaim('sub')).toBe(sub);
});

test('whose password is to be changed is told so, and only with the right one; the new one is set in the directory', async ({ person, slapd }) => {
  await person.arrives('insermbiblio');
  await slapd.set(dnOf(person.account), { pwdReset: 'TRUE' });
  await slapd.policy({ pwdMustChange: 'TRUE' });
  try {
    await comesBack(person);
    await person.givesPassword('une autre phrase longue');
    await expect(alert(person, 'Adresse e-mail ou mot de passe incorrect')).toBeVisible();
    await person.givesPassword();
    await expect(alert(person, 'L’annuaire vous demande un nouveau mot de passe')).toBeVisible();
    await looksRight(person);

    await provesBeforeReset(person);
    await person.hands.type(person.page.getByLabel('Nouveau mot de passe', { exact: true }), newPassword);
    await person.press('Enregistrer ce mot de passe');
    await person.sees('Votre mot de passe est changé');
    await comesBack(person);
    await person.givesPassword();
    await expect(alert(person, 'Adresse e-mail ou mot de passe incorrect')).toBeVisible();
    await person.givesPassword(newPassword);
    await person.givesAppCode();
    await person.isSignedInTo('insermbiblio');
    expect(await slapd.accepts(dnOf(person.account), newPassword)).toBe(true);
    expect(await slapd.accepts(dnOf(person.account), person.account.password)).toBe(false);
  } finally {
    await slapd.policy({});
  }
});

test('a new password that the directory’s own rules refuse is refused with the reason, and nothing that was typed is asked again', async ({
  person,
  slapd,
}) => {
  await person.arrives('insermbiblio');
  await comesBack(person);
  await provesBeforeReset(person);
  await slapd.policy({ pwdCheckQuality: '1', pwdMinLength: '60' });
  try {
    await person.hands.type(person.page.getByLabel('Nouveau mot de passe', { exact: true }), newPassword);
    await person.press('Enregistrer ce mot de passe');
    await expect(alert(person, 'L’annuaire trouve ce mot de passe trop court')).toBeVisible();
    await looksRight(person);
  } finally {
    await slapd.policy({});
  }
  await person.hands.type(person.page.getByLabel('Nouveau mot de passe', { exact: true }), newPassword);
  await person.press('Enregistrer ce mot de passe');
  await person.sees('Votre mot de passe est changé');
});

test('the directory stops: it is said plainly, no try is counted, and whoever is signed in notices nothing', async ({
  person,
  slapd,
  world,
  browser,
}) => {
  await person.arrives('insermbiblio');
  await person.page.goto(`${world.portal}/account`);
  await person.sees('Votre compte est bien protégé');
  const elsewhere = person.at(await (await browser.newContext({ locale: 'fr-FR' })).newPage());
  await elsewhere.opens('cloud');
  await slapd.signal('SIGKILL');
  try {
    for (let i = 0; i < 6; i++) {
      await elsewhere.givesPassword();
      await expect(alert(elsewhere, 'L’annuaire ne répond pas')).toBeVisible();
      await expect(alert(elsewhere, 'cet essai ne compte pas')).toBeVisible();
    }
    await looksRight(elsewhere);
    // In their browser, the session goes on, here and into an application that they had not opened yet.
    await person.page.reload();
    await person.sees('Votre compte est bien protégé');
    await person.opens('cloud');
    await person.agrees();
    await person.isSignedInTo('cloud');
  } finally {
    await slapd.start();
  }
  await elsewhere.givesPassword();
  await elsewhere.givesAppCode();
  await elsewhere.isSignedInTo('cloud');
});

test('whoever leaves gets in no more, not with a passkey either, and the check closes their account', async ({ person, page, slapd, world }) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  const present = (enabled: boolean) => cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.givesEmailCode();
  await person.beginsEnrolment();
  await person.sees(person.words.installAppTitle);
  await person.hands.tick(page.getByRole('radio', { name: 'Une clé d’accès ou une clé de sécurité' }));
  await person.press(person.words.continue);
  await person.press('Créer ma clé');
  await person.answersQuestions();
  await person.keepsRecoveryCodes();
  await person.goesOn();
  await person.agrees();
  await person.isSignedInTo('insermbiblio');

  const byPasskey = async () => {
    await present(false);
    await comesBack(person);
    await expect(person.button('Utiliser une clé d’accès')).toBeVisible();
    await present(true);
    await person.press('Utiliser une clé d’accès');
  };
  await byPasskey();
  await person.isSignedInTo('insermbiblio');

  await slapd.remove(uidOf(person.account));
  await byPasskey();
  await expect(alert(person, /clé/)).toBeVisible();
  await looksRight(person);
  await comesBack(person);
  await person.givesPassword();
  await expect(alert(person, 'Adresse e-mail ou mot de passe incorrect')).toBeVisible();

  expect(await runCli(world, ['directory', 'check', '--json', '--dry-run'])).toContain(person.account.address);
  expect(JSON.parse(await runCli(world, ['directory', 'check', '--json']))).toMatchObject({ leavers: [person.account.address], frozen: 1 });
  expect(await runCli(world, ['accounts', 'list', '--json'])).toMatch(new RegExp(`"${person.account.address}"[^}]*"disabled"`));
});

test.describe('the console', () => {
  test.use({ tolerated: [/status of 404/] });

  test('SEC-75: whoever is in the group has the console, and at the next request no more; while the directory is down, it says so', async ({
    person,
    slapd,
    world,
  }) => {
    const { page } = person;
    const console = `${world.portal}/helpdesk`;
    await page.goto(`${world.portal}/account`);
    await person.givesPassword();
    await person.givesEmailCode();
    await person.enrols();
    await person.sees('Votre compte est bien protégé');
    await page.goto(console);
    await person.sees('Cette page n’existe pas');

    await slapd.group('assistance', [dnOf(person.account)]);
    await page.goto(console);
    await person.sees('Rechercher un compte');
    expect(await runCli(world, ['roles', 'list'])).toMatch(new RegExp(`${person.account.address}\\tagent\\t.*\\tby directory`));
    await slapd.signal('SIGKILL');
    try {
      await page.goto(console);
      await person.sees('L’annuaire de l’institut ne répond pas');
      await looksRight(person);
      await page.goto(`${world.portal}/account`);
      await person.sees('Votre compte est bien protégé');
    } finally {
      await slapd.start();
    }
    await page.goto(console);
    await person.sees('Rechercher un compte');
    await slapd.group('assistance', []);
    await page.goto(console);
    await person.sees('Cette page n’existe pas');
    expect(await runCli(world, ['roles', 'list'])).not.toContain(person.account.address);
  });
});

test('the same on a telephone, in English, in the dark: the page of a directory that is down', async ({ world, slapd, account, browser }) => {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  const page = await context.newPage();
  const person = new Person(page, world, account, 'en', mouse(page));
  await person.opens('cloud');
  await slapd.signal('SIGKILL');
  try {
    await person.givesPassword();
    await expect(alert(person, 'The directory does not answer')).toBeVisible();
    await looksRight(person);
    expect(await mailOf(world, account.address)).toEqual([]);
  } finally {
    await slapd.start();
  }
});
