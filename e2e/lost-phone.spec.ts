// A lost phone, and a stolen one: from the page of the second factor to signed in with a new one; and what half of a way is worth.
import { lostPhonePath, lostPhoneProofPath } from '../app/paths.ts';
import { lostPhoneSteps, proofPlaces } from '../lib/lost-phone/steps.ts';
import { codeOf } from './code-app.ts';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import { mailOf, readLetter } from './mailbox.ts';
import { givePass, letWait, loseRecoveryCodes } from './pass.ts';
import type { Person } from './person.ts';
import { runCli } from './world.ts';

const mfa = 'https://refeds.org/profile/mfa';

const said = {
  fr: {
    lost: 'Vous n’avez plus votre téléphone ?',
    whatTitle: 'Qu’est-il arrivé à votre téléphone ?',
    isLost: /^Il est perdu/,
    isStolen: /^Il est volé/,
    choiceTitle: 'Comment voulez-vous confirmer que c’est vous ?',
    recoveryCode: /^Un code de secours/,
    answers: /^Mon adresse e-mail et mes quatre/,
    pass: /^Un accès provisoire/,
    answersTitle: 'Répondez à vos quatre questions',
    answersWrong: /Ces réponses ne correspondent pas toutes/,
    recoveryCodeTitle: 'Saisissez un code de secours',
    recoveryCodeField: 'Code de secours',
    passTitle: 'Saisissez votre accès provisoire',
    passField: 'Accès provisoire',
    replacedTitle: 'Votre moyen de connexion est remplacé',
    replacedLetter: 'Un nouveau moyen de connexion remplace les anciens',
    openedLetter: 'Quelqu’un remplace le téléphone de votre compte',
    found: 'Vous avez retrouvé votre téléphone ?',
    cancel: 'Oui, annuler le remplacement',
    step: (n: number, of: number) => `Étape ${n} sur ${of}`,
    wrongCode: /Ce code ne correspond pas/,
    waitTitle: /^Revenez à partir du/,
    helpdeskTitle: 'L’assistance va confirmer que c’est vous',
  },
  en: {
    lost: 'No longer have your phone?',
    whatTitle: 'What happened to your phone?',
    isLost: /^It is lost/,
    isStolen: /^It is stolen/,
    choiceTitle: 'How do you want to confirm that it is you?',
    recoveryCode: /^A recovery code/,
    answers: /^My e-mail address and my four/,
    pass: /^A temporary pass/,
    answersTitle: 'Answer your four questions',
    answersWrong: /These answers don’t all match/,
    recoveryCodeTitle: 'Enter a recovery code',
    recoveryCodeField: 'Recovery code',
    passTitle: 'Enter your temporary pass',
    passField: 'Temporary pass',
    replacedTitle: 'Your way to sign in is replaced',
    replacedLetter: 'A new way to sign in replaces the old ones',
    openedLetter: 'Somebody is replacing the phone of your account',
    found: 'Have you found your phone?',
    cancel: 'Yes, cancel the replacement',
    step: (n: number, of: number) => `Step ${n} of ${of}`,
    wrongCode: /This code does not match/,
    waitTitle: /^Come back from/,
    helpdeskTitle: 'The helpdesk will confirm that it is you',
  },
} as const;
const wordsOf = (person: Person) => said[person.language];
/** As the wizard's journey gave them. */
const rightAnswers = ['capitaine patate', 'BERENGERE', 'rocamadour !', 'le roi et l oiseau'];

const link = (person: Person, name: string | RegExp) => person.page.getByRole('main').getByRole('link', { name, exact: true });
const uidOf = (person: Person) => new URL(person.page.url()).pathname.split('/')[2] ?? '';

async function looksRight(person: Person, scripted = true) {
  if (scripted) await expectAccessible(person.page);
  await expectNoSidewaysScroll(person.page);
}

/** At another computer, as far as the second factor, and on from there. */
async function loses(person: Person, application = 'insermbiblio') {
  await person.page.context().clearCookies();
  await person.opens(application);
  await person.givesPassword();
  await person.sees(person.words.secondFactorTitle);
  await person.hands.press(link(person, wordsOf(person).lost));
}

async function says(person: Person, happened: RegExp) {
  await person.sees(wordsOf(person).whatTitle);
  await person.hands.tick(person.page.getByRole('radio', { name: happened }));
  await person.press(person.words.continue);
}

async function chooses(person: Person, way: RegExp) {
  await person.sees(wordsOf(person).choiceTitle);
  await person.hands.tick(person.page.getByRole('radio', { name: way }));
  await person.press(person.words.continue);
}

async function answers(person: Person, given: readonly string[]) {
  await person.sees(wordsOf(person).answersTitle);
  const fields = person.page.getByRole('main').getByRole('textbox');
  await expect(fields).toHaveCount(4);
  for (const [i, text] of given.entries()) await person.hands.type(fields.nth(i), text);
  await person.press(person.words.continue);
}

async function givesRecoveryCode(person: Person, code = person.recoveryCodes[0] ?? '') {
  await person.sees(wordsOf(person).recoveryCodeTitle);
  await person.hands.type(person.field(wordsOf(person).recoveryCodeField), code);
  await person.press(person.words.continue);
}

/** In the wizard. */
async function replaces(person: Person) {
  await person.choosesApp();
  await person.scansCode();
}

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  { name: 'on a phone, 390 px wide, dark', use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
  { name: 'in English', use: { locale: 'en-GB' } },
]) {
  test.describe(`a lost phone ${name}`, () => {
    test.use(use);

    test('known by the mailbox and the answers: the new app takes the place of the old one, and signs in', async ({ person, javaScriptEnabled }) => {
      const scripted = javaScriptEnabled !== false;
      await person.arrives('insermbiblio');
      const old = person.secret ?? '';
      await loses(person);
      await person.sees(wordsOf(person).whatTitle);
      await expect(person.page.getByText(wordsOf(person).step(1, 4))).toBeVisible();
      await looksRight(person, scripted);
      await says(person, wordsOf(person).isLost);
      await person.sees(wordsOf(person).choiceTitle);
      await looksRight(person, scripted);
      await chooses(person, wordsOf(person).answers);
      await looksRight(person, scripted);
      await person.givesEmailCode();
      await answers(person, ['Rennes', 'Bérengère', 'Rocamadour', 'Le Roi et l’Oiseau']);
      await expect(person.page.getByText(wordsOf(person).answersWrong).first()).toBeVisible();
      await looksRight(person, scripted);
      await answers(person, rightAnswers);

      await person.sees(person.words.installAppTitle);
      await expect(person.page.getByText(wordsOf(person).step(3, 4))).toBeVisible();
      await looksRight(person, scripted);
      await replaces(person);
      await person.sees(wordsOf(person).replacedTitle);
      await looksRight(person, scripted);
      await person.hands.press(person.way(person.words.goOn));
      await person.isSignedInTo('insermbiblio');
      expect(await person.toldClaim('acr')).toBe(mfa);
      expect((await readLetter(person.world, person.account.address, wordsOf(person).openedLetter)).text).toContain('/not-me/');
      expect((await readLetter(person.world, person.account.address, wordsOf(person).replacedLetter)).text).toContain('/not-me/');

      // The next day: the old app is nobody's any more.
      await person.page.context().clearCookies();
      await person.opens('insermbiblio');
      await person.givesPassword();
      await person.sees(person.words.secondFactorTitle);
      await person.givesCode(await codeOf(old));
      await expect(person.page.getByText(wordsOf(person).wrongCode).first()).toBeVisible();
      await person.givesAppCode();
      await person.isSignedInTo('insermbiblio');
    });

    test('stolen, known by a recovery code: the old app is worth nothing at once, and a new set of codes is kept', async ({
      person,
      browser,
      locale,
    }) => {
      await person.arrives('insermbiblio');
      const old = person.secret ?? '';
      const [code = ''] = person.recoveryCodes;
      const unused = person.recoveryCodes[5] ?? '';
      await loses(person);
      await says(person, wordsOf(person).isStolen);
      await chooses(person, wordsOf(person).recoveryCode);
      await givesRecoveryCode(person, code);
      await person.sees(person.words.installAppTitle);
      await expect(person.page.getByText(wordsOf(person).step(3, 5))).toBeVisible();
      // Not for a stolen one.
      await expect(link(person, wordsOf(person).found)).toHaveCount(0);

      const context = await browser.newContext({ ...(locale && { locale }) });
      const thief = person.at(await context.newPage());
      await thief.opens('insermbiblio');
      await thief.givesPassword();
      await expect(thief.page).toHaveURL(/\/second-factor/);
      const uid = uidOf(thief);
      await thief.page.goto(`${person.world.portal}/sign-in/${uid}/second-factor/code-app`);
      await expect(thief.page).toHaveURL(new RegExp(`/sign-in/${uid}/second-factor$`));
      await thief.page.goto(`${person.world.portal}/sign-in/${uid}/second-factor/recovery-code`);
      await expect(thief.page).toHaveURL(new RegExp(`/sign-in/${uid}/second-factor$`));
      expect([old, unused].every(Boolean)).toBe(true);
      await context.close();

      await replaces(person);
      await person.keepsRecoveryCodes();
      expect(person.recoveryCodes).not.toContain(unused);
      await person.sees(wordsOf(person).replacedTitle);
      await person.hands.press(person.way(person.words.goOn));
      await person.isSignedInTo('insermbiblio');
    });
  });
}

test('known by a pass: once, for an hour, to replace the phone and for nothing else', async ({ person }) => {
  await person.arrives('insermbiblio');
  await loses(person);
  await says(person, said.fr.isLost);
  await chooses(person, said.fr.pass);
  await person.sees(said.fr.passTitle);
  await looksRight(person);
  const pass = await givePass(person.world, person.account.address);
  await person.hands.type(person.field(said.fr.passField), 'AAAA-BBBB-CCCC-DDDD');
  await person.press('Continuer');
  await expect(person.page.getByText(/Cet accès provisoire ne correspond pas/).first()).toBeVisible();
  await person.hands.type(person.field(said.fr.passField), pass.toLowerCase().replaceAll('-', ' '));
  await person.press('Continuer');
  await replaces(person);
  await person.sees(said.fr.replacedTitle);
  await person.hands.press(person.way(person.words.goOn));
  await person.isSignedInTo('insermbiblio');
});

test('SEC-47: a session that may only replace the phone is refused by every application and by the account', async ({ person }) => {
  await person.arrives('insermbiblio');
  await loses(person);
  await says(person, said.fr.isLost);
  await chooses(person, said.fr.recoveryCode);
  await givesRecoveryCode(person);
  await person.sees(person.words.installAppTitle);
  for (const application of ['insermbiblio', 'share', 'cloud', 'sifac']) {
    await person.opens(application);
    await person.sees(person.words.installAppTitle);
    await person.opens(application, '?prompt=none');
    await expect(person.page.locator('[data-error]')).toHaveText('interaction_required');
  }
  for (const place of ['', '/factors', '/questions', '/password', '/data']) {
    await person.page.goto(`${person.world.portal}/account${place}`);
    await person.sees(person.words.installAppTitle);
  }
  // Nothing else of the wizard either.
  const uid = uidOf(person);
  for (const step of ['welcome', 'answer-questions', 'save-recovery-codes', 'done']) {
    await person.page.goto(`${person.world.portal}/enrol/${uid}/${step}`);
    await person.sees(person.words.installAppTitle);
  }
});

test('« Je l’ai retrouvé »: the replacement is cancelled, and the phone signs in as before', async ({ person }) => {
  await person.arrives('insermbiblio');
  const old = person.secret;
  await loses(person);
  await says(person, said.fr.isLost);
  await chooses(person, said.fr.recoveryCode);
  await givesRecoveryCode(person);
  await person.choosesApp();
  await person.sees(person.words.scanCodeTitle);
  await person.hands.press(link(person, said.fr.found));
  await person.sees(said.fr.found);
  await looksRight(person);
  await person.press(said.fr.cancel);
  await person.givesPassword();
  expect(person.secret).toBe(old);
  await person.givesAppCode();
  await person.isSignedInTo('insermbiblio');
});

test('leaving on the way changes nothing, and Back after the swap shows no key', async ({ person }) => {
  await person.arrives('insermbiblio');
  await loses(person);
  await says(person, said.fr.isLost);
  await chooses(person, said.fr.recoveryCode);
  await givesRecoveryCode(person);
  await person.choosesApp();
  await person.sees(person.words.scanCodeTitle);
  await person.page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.givesAppCode();
  await person.isSignedInTo('insermbiblio');
});

test('SEC-33: no page of a lost phone is open before its turn', async ({ person }) => {
  await person.arrives('insermbiblio');
  await person.page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.sees(person.words.signInTitle);
  const { portal } = person.world;
  const uid = uidOf(person);
  const all = [
    ...lostPhoneSteps.filter((step) => step !== 'password').map((step) => lostPhonePath(uid, step)),
    ...proofPlaces.map((place) => lostPhoneProofPath(uid, place)),
  ];
  for (const path of all) {
    await person.page.goto(`${portal}${path}`);
    await person.sees(person.words.signInTitle);
  }
  await person.givesPassword();
  await person.sees(person.words.secondFactorTitle);
  for (const path of all) {
    await person.page.goto(`${portal}${path}`);
    await person.sees(said.fr.whatTitle);
  }
  await says(person, said.fr.isLost);
  await person.sees(said.fr.choiceTitle);
  for (const path of [lostPhoneProofPath(uid, 'answers'), lostPhonePath(uid, 'wait'), lostPhonePath(uid, 'done')]) {
    await person.page.goto(`${portal}${path}`);
    await person.sees(said.fr.choiceTitle);
  }
});

test('SEC-50: a waiting period says from when, and what needs no wait', async ({ person }) => {
  await person.arrives('insermbiblio');
  letWait(person.world, person.account.address, 48);
  await loses(person);
  await person.sees(said.fr.waitTitle);
  await looksRight(person);
  await person.hands.press(link(person, 'Confirmer sans attendre'));
  await person.sees(said.fr.choiceTitle);
  await expect(person.page.getByRole('radio')).toHaveCount(2);
  await chooses(person, said.fr.recoveryCode);
  await givesRecoveryCode(person);
  await person.sees(person.words.installAppTitle);
});

test('who has nothing left is told what to bring to the helpdesk', async ({ person }) => {
  await person.arrives('insermbiblio');
  loseRecoveryCodes(person.world, person.account.address);
  await runCli(person.world, ['roles', 'give', person.account.address, 'agent']);
  await loses(person);
  await says(person, said.fr.isLost);
  await person.sees(said.fr.helpdeskTitle);
  await expect(person.page.getByText(/pièce d’identité/)).toBeVisible();
  await looksRight(person);
  expect((await mailOf(person.world, person.account.address)).some(({ subject }) => subject === said.fr.openedLetter)).toBe(false);
});
