// A proof that grows old while a form is filled in: who has a passkey proves with it there, and nothing of what was typed is lost.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import type { Person } from './person.ts';

const said = {
  fr: {
    choice: 'Une clé d’accès ou une clé de sécurité',
    make: 'Créer ma clé',
    title: 'Changez vos quatre questions secrètes',
    submit: 'Remplacer mes réponses',
    stale: /trop ancienne/,
    use: 'Utiliser ma clé',
    cancelled: /Rien n’a été envoyé/,
    done: 'Vos nouvelles questions secrètes sont enregistrées',
  },
  en: {
    choice: 'A passkey or a security key',
    make: 'Create my key',
    title: 'Change your four secret questions',
    submit: 'Replace my answers',
    stale: /too long ago/,
    use: 'Use my key',
    cancelled: /Nothing was sent/,
    done: /new secret questions/,
  },
} as const;
const answers = ['Ours bleu', 'Geneviève', 'Conques', 'Mon oncle'];

async function plugIn(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

/** Eleven minutes pass for the proof, and for nothing else. */
function letProofGrowOld({ world, account }: Person) {
  const database = new Database(join(world.folder, 'portal.db'), { timeout: 5000 });
  const aged = database.prepare(
    'update portal_sessions set proven_at = proven_at - 660000 where account_id = (select id from accounts where address = ?)',
  );
  expect(aged.run(account.address).changes).toBeGreaterThan(0);
  database.close();
}

async function fillsIn(person: Person) {
  await person.page.goto(`${person.world.portal}/account/questions`);
  await person.sees(said[person.language].title);
  for (const [i, answer] of answers.entries()) {
    await person.hands.select(person.page.getByRole('combobox', { name: person.words.question(i + 1), exact: true }), i + 1);
    await person.hands.type(person.field(person.words.answer(i + 1)), answer);
  }
  letProofGrowOld(person);
  await person.press(said[person.language].submit);
  await expect(person.page.getByText(said[person.language].stale).first()).toBeVisible();
}

/** Enrolled with a passkey alone, and signed in to the account. */
async function arrivesWithPasskey(person: Person) {
  await person.page.goto(`${person.world.portal}/account`);
  await person.givesPassword();
  await person.givesEmailCode();
  await person.beginsEnrolment();
  await person.hands.tick(person.page.getByRole('radio', { name: said[person.language].choice }));
  await person.press(person.words.continue);
  await person.press(said[person.language].make);
  await person.answersQuestions();
  await person.keepsRecoveryCodes();
  await person.goesOn();
  await expect(person.page).toHaveURL(`${person.world.portal}/account`);
}

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'in English, on a phone, in the dark', use: { locale: 'en-GB', viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
]) {
  test.describe(name, () => {
    test.use(use);

    test('SEC-36: who has only a passkey confirms with it in the middle of a form, and what was typed goes through', async ({ person, page }, {
      project,
    }) => {
      const words = said[person.language];
      const { cdp, authenticatorId } = await plugIn(page);
      await arrivesWithPasskey(person);
      await fillsIn(person);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await page.screenshot({ path: `${project.outputDir}/stale-proof-${person.language}.png`, fullPage: true });

      // Cancelled, or gone from the device: it says so, and the form still holds.
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
      await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
      await person.hands.press(person.button(words.use));
      await expect(page.getByText(words.cancelled)).toBeVisible();
      await expectAccessible(page);
      for (const credential of credentials) await cdp.send('WebAuthn.addCredential', { authenticatorId, credential });
      await expect(person.field(person.words.answer(4))).toHaveValue('Mon oncle');

      await person.hands.press(person.button(words.use));
      await expect(page.getByText(words.done)).toBeVisible();
    });
  });
}

test('SEC-36: who has an app is asked for its code, and for no passkey', async ({ person, page }) => {
  await page.goto(`${person.world.portal}/account`);
  await person.givesPassword();
  await person.givesEmailCode();
  await person.enrols();
  await expect(page).toHaveURL(`${person.world.portal}/account`);
  await fillsIn(person);
  await expect(person.button(said.fr.use)).toHaveCount(0);
  await person.hands.type(person.field('Confirmez que c’est vous'), await person.readsApp());
  await person.press(said.fr.submit);
  await expect(page.getByText(said.fr.done)).toBeVisible();
});

test('without JavaScript a passkey explains itself, and a recovery code does', async ({ person, page, browser, world }) => {
  await plugIn(page);
  await arrivesWithPasskey(person);
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR', storageState: await page.context().storageState() });
  const plain = person.at(await context.newPage());
  await fillsIn(plain);
  await expect(plain.button(said.fr.use)).toHaveCount(0);
  expect(await plain.page.locator('form noscript').innerHTML()).toContain('a besoin de JavaScript');
  for (const [i, answer] of answers.entries()) {
    // Answers are not shown again by the server; the questions are.
    await expect(plain.page.getByRole('combobox', { name: plain.words.question(i + 1), exact: true })).not.toHaveValue('');
    await plain.hands.type(plain.field(plain.words.answer(i + 1)), answer);
  }
  await plain.hands.type(plain.field('Confirmez que c’est vous'), person.recoveryCodes[0] ?? '');
  await plain.press(said.fr.submit);
  await expect(plain.page.getByText(said.fr.done)).toBeVisible();
  expect(plain.page.url()).toContain(world.portal);
  await context.close();
});
