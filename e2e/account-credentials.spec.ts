// Credentials in the account: a proof asked again, factors added, renamed and removed, a new phone, recovery codes, questions.
import { keyOf, scanQr } from './code-app.ts';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import type { Person } from './person.ts';

const link = (person: Person, name: string | RegExp) => person.page.getByRole('main').getByRole('link', { name });
const row = (person: Person, name: string) => person.page.getByRole('listitem').filter({ hasText: name });

/** Enrolled, and signed in to the account itself. */
async function isAtHome(person: Person) {
  await person.arrives('insermbiblio');
  await person.page.goto(`${person.world.portal}/account`);
  await person.sees(/protégé|protected/);
}

async function looksRight(person: Person) {
  await expectAccessible(person.page);
  await expectNoSidewaysScroll(person.page);
}

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  { name: 'on a phone, 390 px wide, dark', use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
]) {
  test.describe(`credentials ${name}`, () => {
    test.use(use);

    test('a second app is added, renamed, and takes over from the first', async ({ person, javaScriptEnabled }) => {
      await isAtHome(person);
      if (javaScriptEnabled !== false) await looksRight(person);
      await person.page.goto(`${person.world.portal}/account/factors`);
      await person.sees('Moyens de connexion');
      if (javaScriptEnabled !== false) await looksRight(person);

      // The only one can't go.
      await person.hands.press(link(person, /^Retirer Google/));
      await person.sees('C’est votre seul moyen de connexion');
      if (javaScriptEnabled !== false) await looksRight(person);
      await person.hands.press(link(person, 'Ajouter un moyen'));

      await person.sees(person.words.installAppTitle);
      await person.hands.tick(person.page.getByRole('radio', { name: 'Une autre application' }));
      await person.press('Continuer');
      const first = person.secret;
      await person.scansCode();
      await expect(person.page.getByText('Votre nouveau moyen de connexion est en place')).toBeVisible();
      expect(person.secret).not.toBe(first);
      await expect(row(person, 'Application d’authentification').first()).toBeVisible();

      await person.hands.press(link(person, /^Renommer Google/));
      await person.sees(/^Renommer/);
      await person.hands.type(person.field('Nouveau nom'), '<b>Vieux</b> téléphone');
      await person.press('Enregistrer');
      await expect(person.page.getByText('Le nouveau nom est enregistré')).toBeVisible();
      await expect(row(person, '<b>Vieux</b> téléphone')).toBeVisible();

      await person.hands.press(link(person, /^Retirer <b>Vieux/));
      await person.sees(/^Retirer/);
      if (javaScriptEnabled !== false) await looksRight(person);
      await person.press('Retirer ce moyen');
      await expect(person.page.getByText('Ce moyen de connexion est retiré')).toBeVisible();
      await expect(row(person, '<b>Vieux</b> téléphone')).toHaveCount(0);
    });

    test('a new phone replaces the old one, and a stop on the way loses nothing', async ({ person }) => {
      await isAtHome(person);
      await person.page.goto(`${person.world.portal}/account/change-phone`);
      await person.sees('Changez de téléphone');
      await person.hands.tick(person.page.getByRole('radio', { name: 'Une autre application' }));
      await person.press('Continuer');
      await person.sees('Scannez ce QR code avec votre application');
      const shown = keyOf(await scanQr(person.page)).secret;
      // Away and back: the same key.
      await person.page.goto(`${person.world.portal}/account`);
      await person.page.goto(`${person.world.portal}/account/change-phone`);
      await person.scansCode();
      expect(person.secret).toBe(shown);
      await person.sees(/^Retirer « Google Authenticator »/);
      await person.press('Retirer l’ancien');
      await expect(person.page.getByText('Votre nouveau téléphone a remplacé l’ancien')).toBeVisible();
      await expect(row(person, 'Google Authenticator')).toHaveCount(0);
    });

    test('ten new recovery codes replace the old ones', async ({ person }) => {
      await isAtHome(person);
      const before = person.recoveryCodes;
      await person.page.goto(`${person.world.portal}/account/factors/recovery-codes`);
      await person.sees('Créer dix codes de secours');
      await person.press('Créer dix codes');
      await person.keepsRecoveryCodes();
      await expect(person.page.getByText('Vos nouveaux codes de secours sont en place')).toBeVisible();
      expect(person.recoveryCodes).toHaveLength(10);
      expect(person.recoveryCodes).not.toEqual(before);
    });

    test('all four questions are replaced', async ({ person }) => {
      await isAtHome(person);
      await person.page.goto(`${person.world.portal}/account/questions`);
      await person.sees('Changez vos quatre questions secrètes');
      for (const [i, answer] of ['Ours bleu', 'Geneviève', 'Conques', 'Mon oncle'].entries()) {
        await person.hands.select(person.page.getByRole('combobox', { name: `Question ${i + 1}`, exact: true }), i + 1);
        await person.hands.type(person.field(`Votre réponse à la question ${i + 1}`), answer);
      }
      await person.press('Remplacer mes réponses');
      await expect(person.page.getByText('Vos nouvelles questions secrètes sont enregistrées')).toBeVisible();
    });
  });
}

test('the confirmation page takes a recovery code, and brings back to where one was', async ({ person }) => {
  await isAtHome(person);
  await person.page.goto(`${person.world.portal}/account/confirm?returnTo=/account/questions`);
  await person.sees('Confirmez que c’est vous');
  await looksRight(person);
  const cookies = async () => (await person.page.context().cookies()).find(({ name }) => name.endsWith('portal-session'))?.value;
  const before = await cookies();
  await person.givesCode('000000');
  await expect(person.page.getByText('Ce code ne correspond pas').first()).toBeVisible();
  await person.hands.press(link(person, 'Utiliser un code de secours'));
  await person.hands.type(person.field('Code de secours'), person.recoveryCodes[0] ?? '');
  await person.press('Continuer');
  await person.sees('Changez vos quatre questions secrètes');
  // SEC-61: the session goes on under another id.
  expect(await cookies()).not.toBe(before);
});

test('SEC-70: after the confirmation nobody is sent elsewhere', async ({ person }) => {
  await isAtHome(person);
  await person.page.goto(`${person.world.portal}/account/confirm?returnTo=//evil.example`);
  await person.hands.press(link(person, 'Utiliser un code de secours'));
  await person.hands.type(person.field('Code de secours'), person.recoveryCodes[0] ?? '');
  await person.press('Continuer');
  await person.sees('Votre compte est bien protégé');
});

test('a new password is judged while it is typed, with dictionaries that come only then, and the account opens with it alone', async ({
  person,
  page,
}) => {
  await isAtHome(person);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(`${person.world.portal}/account/password`, { waitUntil: 'networkidle' });
  await person.sees('Changez votre mot de passe');
  await looksRight(person);
  expect(bytes).toBeLessThan(180 * 1024);
  const before = bytes;

  const next = page.getByLabel('Nouveau mot de passe', { exact: true });
  const hint = page.locator('main p[role=status]');
  await person.hands.type(next, 'court');
  await expect(hint).toHaveText(/15 caractères/);
  expect(bytes).toBe(before);
  await person.hands.type(next, `${person.account.givenName} ${person.account.familyName} 2026`);
  await expect(hint).not.toHaveText('');
  await person.hands.type(next, 'Les quatre lapins mangent');
  await expect(hint).toHaveText(/devine/);
  expect(bytes).toBeGreaterThan(before);
  await person.hands.type(next, 'quarante girafes sous un parapluie jaune');
  await expect(hint).toHaveText('Ce mot de passe résiste bien.');
  await looksRight(person);

  await person.hands.type(page.getByLabel('Mot de passe actuel', { exact: true }), person.account.password);
  await person.press('Changer mon mot de passe');
  await expect(page.getByText('Votre mot de passe est changé')).toBeVisible();

  await page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.givesPassword();
  await expect(page.getByText('Adresse e-mail ou mot de passe').first()).toBeVisible();
  await person.givesPassword('quarante girafes sous un parapluie jaune');
  await person.sees(person.words.secondFactorTitle);
});
