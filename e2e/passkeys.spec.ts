// Passkeys and security keys, with Chromium's virtual authenticator: in the wizard, after the password, and without an address.
import type { CDPSession, Page } from '@playwright/test';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import type { Person } from './person.ts';

const mfa = 'https://refeds.org/profile/mfa';

const said = {
  fr: {
    choice: 'Une clé d’accès ou une clé de sécurité',
    makeTitle: 'Créez votre clé d’accès',
    make: 'Créer ma clé',
    proveTitle: 'Confirmez avec votre clé',
    prove: 'Utiliser ma clé',
    alone: 'Utiliser une clé d’accès',
    cancelled: 'Rien n’a été envoyé',
    copied: 'Cette clé a peut-être été copiée',
    noScript: /a besoin de JavaScript/,
  },
  en: {
    choice: 'A passkey or a security key',
    makeTitle: 'Create your passkey',
    make: 'Create my key',
    proveTitle: 'Confirm with your key',
    prove: 'Use my key',
    alone: 'Use a passkey',
    cancelled: 'Nothing was sent',
    copied: 'This key may have been copied',
    noScript: /needs JavaScript/,
  },
} as const;
const wordsOf = (person: Person) => said[person.language];

interface Authenticator {
  readonly cdp: CDPSession;
  readonly id: string;
}

/** A phone or computer that verifies its owner, or a plain security key that does not. Belongs to the page. */
async function plugIn(page: Page, verifies = true): Promise<Authenticator> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: verifies ? 'internal' : 'usb',
      hasResidentKey: verifies,
      hasUserVerification: verifies,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, id: authenticatorId };
}
/** Whether the authenticator answers by itself, as its owner would. */
const present = ({ cdp, id }: Authenticator, enabled: boolean) =>
  cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: id, enabled });

async function choosesPasskey(person: Person) {
  await person.sees(person.words.installAppTitle);
  await person.hands.tick(person.page.getByRole('radio', { name: wordsOf(person).choice }));
  await person.press(person.words.continue);
  await person.sees(wordsOf(person).makeTitle);
}

/** From the application to enrolled with a passkey, and back. */
async function arrives(person: Person, application = 'insermbiblio') {
  await person.opens(application);
  await person.givesPassword();
  await person.givesEmailCode();
  await person.beginsEnrolment();
  await choosesPasskey(person);
  await person.press(wordsOf(person).make);
  await person.answersQuestions();
  await person.keepsRecoveryCodes();
  await person.goesOn();
  await person.agrees();
  await person.isSignedInTo(application);
}

/** The next day: the browser has forgotten the session. On the sign-in page, the authenticator waits to be asked. */
async function nextDay(person: Person, authenticator: Authenticator) {
  await present(authenticator, false);
  await person.page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.sees(person.words.signInTitle);
}

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'in English, on a phone, in the dark', use: { locale: 'en-GB', viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
]) {
  test.describe(`a passkey ${name}`, () => {
    test.use(use);

    test('is made in the wizard, confirms the password the next day, and the day after replaces it', async ({ person, page }) => {
      const authenticator = await plugIn(page);
      await arrives(person);
      expect(await person.toldClaim('acr')).toBe(mfa);

      await nextDay(person, authenticator);
      await person.givesPassword();
      await person.sees(wordsOf(person).proveTitle);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await present(authenticator, true);
      await person.press(wordsOf(person).prove);
      await person.isSignedInTo('insermbiblio');
      expect(await person.toldClaim('acr')).toBe(mfa);
      expect(await person.toldClaim('amr')).toEqual(['pwd', 'pop', 'user', 'mfa']);

      await nextDay(person, authenticator);
      await expect(person.button(wordsOf(person).alone)).toBeVisible();
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await present(authenticator, true);
      await person.press(wordsOf(person).alone);
      await person.isSignedInTo('insermbiblio');
      expect(await person.toldClaim('amr')).toEqual(['pop', 'user', 'mfa']);
    });
  });
}

test('SEC-36: who has only a passkey confirms with it before a change, and comes back to where they were', async ({ person, page }) => {
  const authenticator = await plugIn(page);
  await arrives(person);
  await page.goto(`${person.world.portal}/account`);
  await person.sees('Votre compte est bien protégé');
  const cookie = async () => (await page.context().cookies()).find(({ name }) => name.endsWith('portal-session'))?.value;
  const before = await cookie();
  await page.goto(`${person.world.portal}/account/confirm?returnTo=/account/questions`);
  await person.sees('Confirmez que c’est vous');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await expect(page.getByRole('main').getByRole('link', { name: 'Utiliser un code de secours' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'Utiliser mon application' })).toHaveCount(0);

  const { credentials } = await authenticator.cdp.send('WebAuthn.getCredentials', { authenticatorId: authenticator.id });
  await authenticator.cdp.send('WebAuthn.clearCredentials', { authenticatorId: authenticator.id });
  await person.press(wordsOf(person).prove);
  await expect(page.getByText(wordsOf(person).cancelled)).toBeVisible();
  for (const credential of credentials) await authenticator.cdp.send('WebAuthn.addCredential', { authenticatorId: authenticator.id, credential });
  await person.press(wordsOf(person).prove);
  await person.sees('Changez vos quatre questions secrètes');
  // SEC-61: the session goes on under another id.
  expect(await cookie()).not.toBe(before);
});

test('SEC-31: a security key that does not verify its owner is one factor: it completes the password, and does not replace it', async ({
  person,
  page,
}) => {
  const authenticator = await plugIn(page, false);
  await arrives(person);
  await nextDay(person, authenticator);
  await present(authenticator, true);
  await person.press(wordsOf(person).alone);
  await expect(page.getByText(wordsOf(person).cancelled)).toBeVisible();
  await person.givesPassword();
  await person.sees(wordsOf(person).proveTitle);
  await person.press(wordsOf(person).prove);
  await person.isSignedInTo('insermbiblio');
  expect(await person.toldClaim('amr')).toEqual(['pwd', 'pop', 'mfa']);
});

test('who closes the browser’s request, or has removed the key from the device, is told so and can start again', async ({ person, page }) => {
  const { cdp, id } = await plugIn(page);
  await arrives(person);
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: id });
  await cdp.send('WebAuthn.clearCredentials', { authenticatorId: id });
  await page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.press(wordsOf(person).prove);
  await expect(page.getByText(wordsOf(person).cancelled)).toBeVisible();
  await expectAccessible(page);
  for (const credential of credentials) await cdp.send('WebAuthn.addCredential', { authenticatorId: id, credential });
  await person.press(wordsOf(person).prove);
  await person.isSignedInTo('insermbiblio');
});

test('SEC-32: a key whose count goes backwards is refused', async ({ person, page }) => {
  const { cdp, id } = await plugIn(page);
  await arrives(person);
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: id });
  await cdp.send('WebAuthn.clearCredentials', { authenticatorId: id });
  const copy = async (signCount: number) => {
    for (const credential of credentials) await cdp.send('WebAuthn.addCredential', { authenticatorId: id, credential: { ...credential, signCount } });
  };
  await page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.sees(wordsOf(person).proveTitle);
  await copy(40);
  await person.press(wordsOf(person).prove);
  await person.isSignedInTo('insermbiblio');

  await cdp.send('WebAuthn.clearCredentials', { authenticatorId: id });
  await page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.sees(wordsOf(person).proveTitle);
  await copy(7);
  await person.press(wordsOf(person).prove);
  await expect(page.getByText(wordsOf(person).copied)).toBeVisible();
});

test('a forgotten password is one’s own with the mailbox and the key', async ({ person, page }) => {
  await plugIn(page);
  await arrives(person);
  await page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.hands.press(page.getByRole('main').getByRole('link', { name: 'Mot de passe oublié ?', exact: true }));
  await person.sees('Choisissez un nouveau mot de passe');
  await person.hands.type(person.field(person.words.address), person.account.address);
  await person.press('Recevoir un code');
  await person.givesEmailCode();
  await person.hands.tick(page.getByRole('radio', { name: /clé d’accès/ }));
  await person.press(person.words.continue);
  await person.sees(wordsOf(person).proveTitle);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await person.press(wordsOf(person).prove);
  await person.sees('Choisissez votre nouveau mot de passe');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the choice of a passkey explains itself, and another one is a link away', async ({ person, page }) => {
    await person.opens('insermbiblio');
    await person.givesPassword();
    await person.givesEmailCode();
    await person.beginsEnrolment();
    // Playwright reads no text of it, but sees it.
    const explained = page.locator('form noscript');
    await expect(explained).toBeVisible();
    expect(await explained.innerHTML()).toMatch(wordsOf(person).noScript);
    await choosesPasskey(person);
    await expect(explained).toBeVisible();
    expect(await explained.innerHTML()).toMatch(wordsOf(person).noScript);
    await expect(person.button(wordsOf(person).make)).toHaveCount(0);
    await page.getByRole('link', { name: 'Choisir un autre moyen' }).click();
    await person.choosesApp();
    await person.scansCode();
  });
});
