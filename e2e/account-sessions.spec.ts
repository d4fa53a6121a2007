// The browsers signed in: listed, ended one by one or all others at once; and everything that hung on them answers as signed out.
import type { Browser } from '@playwright/test';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import type { Person } from './person.ts';

const row = (person: Person, name: string | RegExp) => person.page.getByRole('main').getByRole('listitem').filter({ hasText: name });
const other = (person: Person) => row(person, 'Safari sur iPhone');

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1';
test.use({ userAgent: firefox });

/** Enrolled and at home here; in another browser signed in to two applications and to the account. */
async function isInTwoBrowsers(person: Person, browser: Browser): Promise<Person> {
  await person.arrives('insermbiblio');
  const there = person.at(await (await browser.newContext({ userAgent: safari })).newPage());
  await there.opens('insermbiblio');
  await there.givesPassword();
  await there.givesAppCode();
  await there.isSignedInTo('insermbiblio');
  await there.opens('cloud');
  await there.agrees();
  await there.isSignedInTo('cloud');
  await there.page.goto(`${person.world.portal}/account`);
  await there.sees(/protégé/);
  await person.page.goto(`${person.world.portal}/account`);
  await person.sees(/protégé/);
  return there;
}

async function isSignedOutEverywhere(there: Person) {
  const { portal, applications } = there.world;
  expect((await there.page.request.get(`${portal}/account`, { maxRedirects: 0 })).status()).toBe(307);
  for (const application of ['insermbiblio', 'cloud']) {
    await there.page.goto(`${applications[application]}/`);
    await there.sees('Vous avez été déconnecté');
    await there.opens(application, '?prompt=none');
    await expect(there.page.locator('[data-error]')).toHaveText('login_required');
  }
}

async function isStillSignedIn(person: Person) {
  await person.page.goto(`${person.world.applications.insermbiblio}/`);
  await person.isSignedInTo('insermbiblio');
  await person.page.goto(`${person.world.portal}/account/sessions`);
  await person.sees('Sessions');
}

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  { name: 'on a phone, 390 px wide, dark', use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
]) {
  test.describe(`sessions ${name}`, () => {
    test.use(use);

    test('SEC-64: all others end: portal, applications and silent sign-in answer as signed out there, and go on here', async ({
      person,
      browser,
      javaScriptEnabled,
    }) => {
      const there = await isInTwoBrowsers(person, browser);
      await person.page.goto(`${person.world.portal}/account/sessions`);
      await person.sees('Sessions');
      await expect(row(person, 'Ce navigateur')).toContainText('Firefox sur Windows');
      await expect(row(person, 'Ce navigateur').getByRole('button')).toHaveCount(0);
      await expect(other(person)).toHaveCount(1);
      if (javaScriptEnabled !== false) await expectAccessible(person.page);
      await expectNoSidewaysScroll(person.page);

      await person.press('Fermer toutes les autres');
      await expect(person.page.getByText('Toutes vos autres sessions sont fermées')).toBeVisible();
      await expect(person.page.getByText('Vous n’êtes connecté dans aucun autre navigateur.')).toBeVisible();
      if (javaScriptEnabled !== false) await expectAccessible(person.page);
      await isSignedOutEverywhere(there);
      await isStillSignedIn(person);
      await there.page.context().close();
    });
  });
}

test('SEC-64: one ends; a press in a window that was left open finds it gone', async ({ person, browser }) => {
  const there = await isInTwoBrowsers(person, browser);
  await person.page.goto(`${person.world.portal}/account/sessions`);
  const late = person.at(await person.page.context().newPage());
  await late.page.goto(`${person.world.portal}/account/sessions`);
  await other(person).getByRole('button').click();
  await expect(person.page.getByText('La session est fermée')).toBeVisible();
  await expect(other(person)).toHaveCount(0);
  await isSignedOutEverywhere(there);
  await other(late).getByRole('button').click();
  await expect(late.page.getByText('Cette session était déjà fermée')).toBeVisible();
  await isStillSignedIn(person);
  await there.page.context().close();
});

test('SEC-12: a changed password ends the other browser’s session, and its applications’', async ({ person, browser }) => {
  const there = await isInTwoBrowsers(person, browser);
  await person.page.goto(`${person.world.portal}/account/password`);
  await person.page.getByLabel('Mot de passe actuel', { exact: true }).fill(person.account.password);
  await person.page.getByLabel('Nouveau mot de passe', { exact: true }).fill('Un héron compte ses truites violettes');
  await person.press('Changer mon mot de passe');
  await expect(person.page.getByText('Votre mot de passe est changé')).toBeVisible();
  await isSignedOutEverywhere(there);
  await isStillSignedIn(person);
  await there.page.context().close();
});
