// The main journey: from an application to enrolled and back, and every day after.
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import type { Person } from './person.ts';

const mfa = 'https://refeds.org/profile/mfa';

async function firstArrival(person: Person) {
  await person.arrives('insermbiblio');
  expect(person.recoveryCodes).toHaveLength(10);
  expect(new Set(person.recoveryCodes).size).toBe(10);
  expect(await person.toldClaim('acr')).toBe(mfa);
  expect(await person.toldClaim('amr')).toEqual(expect.arrayContaining(['pwd', 'otp', 'mfa']));
  expect(await person.toldClaim('email')).toBe(person.account.address);
  expect(await person.toldClaim('name')).toBe(person.name);
}

async function everyDay(person: Person) {
  await person.page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.givesAppCode();
  // The agreement of the first day is remembered.
  await person.isSignedInTo('insermbiblio');
  expect(await person.toldClaim('acr')).toBe(mfa);
}

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  { name: 'on a phone, 390 px wide', use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  { name: 'in English', use: { locale: 'en-GB' } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
]) {
  test.describe(`the main journey ${name}`, () => {
    test.use(use);

    test('from an application to enrolled, and the next day password and code do', async ({ person }) => {
      await firstArrival(person);
      await everyDay(person);
    });
  });
}

test('a second application of the session asks for nothing but consent', async ({ person }) => {
  await person.arrives('insermbiblio');
  await person.opens('cloud');
  await person.agrees();
  await person.isSignedInTo('cloud');
  await person.opens('cloud', '?prompt=none');
  await person.isSignedInTo('cloud');
});

test('who refuses to share goes back to the application, which says so politely', async ({ person }) => {
  await person.arrives('insermbiblio');
  await person.opens('sifac');
  await person.refuses();
  await person.sees('Vous avez refusé');
  await expect(person.page.locator('[data-error]')).toHaveText('access_denied');
  expect(person.page.url()).toContain(`${person.world.applications.sifac}/callback`);
});

test('an application that needs no second factor is told so: SEC-21', async ({ person }) => {
  await person.opens('share');
  await person.givesPassword();
  await person.givesEmailCode();
  await person.agrees();
  await person.isSignedInTo('share');
  expect(await person.toldClaim('acr')).toBe('https://refeds.org/profile/sfa');
  expect(await person.toldClaim('amr')).not.toContain('mfa');
});

test('whoever stops after a step goes on there the next day, in another browser, from another application', async ({ person, browser }) => {
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.givesEmailCode();
  await person.beginsEnrolment();
  await person.choosesApp();
  await person.scansCode();
  await person.sees(person.words.questionsTitle);

  const context = await browser.newContext({ locale: 'fr-FR' });
  const elsewhere = person.at(await context.newPage());
  await elsewhere.opens('cloud');
  await elsewhere.givesPassword();
  await elsewhere.givesAppCode();
  await elsewhere.answersQuestions();
  await elsewhere.keepsRecoveryCodes();
  await elsewhere.goesOn();
  await elsewhere.agrees();
  await elsewhere.isSignedInTo('cloud');
  expect(await elsewhere.toldClaim('acr')).toBe(mfa);
  await context.close();
});

test('signing out of an application ends the session everywhere', async ({ person }) => {
  await person.arrives('insermbiblio');
  await person.opens('cloud');
  await person.agrees();
  await person.isSignedInTo('cloud');
  await person.press('Se déconnecter');
  await person.sees(person.words.signOutTitle);
  await expectAccessible(person.page);
  await person.press(person.words.signOut);
  await person.sees('Vous êtes déconnecté');
  await person.page.goto(`${person.world.applications.insermbiblio}/`);
  await person.sees('Vous avez été déconnecté');
  await person.opens('cloud', '?prompt=none');
  await expect(person.page.locator('[data-error]')).toHaveText('login_required');
});

for (const locale of ['fr-FR', 'en-GB']) {
  for (const { size, viewport } of [
    { size: 'on a computer', viewport: { width: 1280, height: 900 } },
    { size: '320 px wide', viewport: { width: 320, height: 700 } },
  ]) {
    test.describe(`every page ${size} (${locale})`, () => {
      test.use({ locale, viewport });

      test('is accessible and fits: A11Y-01, A11Y-25', async ({ person }) => {
        const check = async () => {
          await expectAccessible(person.page);
          await expectNoSidewaysScroll(person.page);
        };
        await person.opens('insermbiblio');
        await person.sees(person.words.signInTitle);
        await check();
        await person.press(person.words.signIn);
        await expect(person.page.getByRole('alert').first()).toBeVisible();
        await check();
        await person.givesPassword();
        await person.sees(person.words.emailCodeTitle);
        await check();
        await person.givesCode('12');
        await expect(person.page.getByRole('alert').first()).toBeVisible();
        await check();
        await person.givesEmailCode();
        await person.sees(person.words.welcomeTitle);
        await check();
        await person.beginsEnrolment();
        await person.sees(person.words.installAppTitle);
        await check();
        await person.choosesApp();
        await person.sees(person.words.scanCodeTitle);
        await check();
        await person.scansCode();
        await person.sees(person.words.questionsTitle);
        await check();
        await person.press(person.words.continue);
        await expect(person.page.getByRole('alert').first()).toBeVisible();
        await check();
        await person.answersQuestions();
        await person.sees(person.words.recoveryCodesTitle);
        await check();
        await person.keepsRecoveryCodes();
        await person.sees(person.words.doneTitle);
        await check();
        await person.goesOn();
        await expect(person.button(person.words.allow)).toBeVisible();
        await check();
      });
    });
  }
}
