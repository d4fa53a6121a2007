// The end of a session: told two minutes before, put off with one key, for every tab; nothing typed is lost; without script the next page
// says what happened. The browser's clock is moved by hand, and the session's last use in the database.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import type { Person } from './person.ts';

const minute = 60_000;
const question = 'Vous avez besoin de plus de temps ?';

/** Changes the sessions of the person at the portal, and no other's. @param set assignments, e.g. `seen_at = ?` */
function setSession({ world, account }: Person, set: string, value: number) {
  const database = new Database(join(world.folder, 'portal.db'));
  try {
    database.pragma('busy_timeout = 5000');
    const of = 'account_id = (select id from accounts where address = ?)';
    return database.prepare(`update portal_sessions set ${set} where ${of}`).run(value, account.address).changes;
  } finally {
    database.close();
  }
}
const seenAt = ({ world, account }: Person): number => {
  const database = new Database(join(world.folder, 'portal.db'), { readonly: true });
  try {
    const of = 'account_id = (select id from accounts where address = ?)';
    return (database.prepare(`select max(seen_at) as at from portal_sessions where ${of}`).get(account.address) as { at: number }).at;
  } finally {
    database.close();
  }
};
/** As if nobody had touched the session for so long. */
const leaves = (person: Person, milliseconds: number) => expect(setSession(person, 'seen_at = ?', Date.now() - milliseconds)).toBeGreaterThan(0);

/** At home, with a page of the account open. @param page one with a form */
async function isAt(person: Person, path: string) {
  await person.arrives('insermbiblio');
  await person.page.clock.install();
  await person.page.goto(`${person.world.portal}${path}`);
  await expect(person.page.getByRole('heading', { level: 1 })).toBeVisible();
}
const dialog = (page: Page) => page.getByRole('alertdialog');
/** Past the moment at which the page expects the end to be near. */
const waits = (page: Page) => page.clock.fastForward(28 * minute + 5000);

const password = '/account/password';
const typed = 'Un héron compte ses truites violettes';
const field = (page: Page) => page.getByLabel('Nouveau mot de passe', { exact: true });

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'on a phone, 390 px wide, dark', use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
]) {
  test.describe(name, () => {
    test.use(use);

    test('SEC-62, A11Y-15: two minutes before, a dialog; one key puts it off, and the form is as it was', async ({ person }) => {
      await isAt(person, password);
      const { page } = person;
      await field(page).fill(typed);
      await leaves(person, 28 * minute + 10_000);
      await waits(page);
      await expect(dialog(page)).toHaveAccessibleName(question);
      await expect(dialog(page)).toContainText(/Sans réponse, votre session prendra fin à \d+\sh\s\d\d, dans 2\sminutes/);
      await expect(dialog(page).getByRole('button', { name: 'Rester connecté' })).toBeFocused();
      await expect(dialog(page).getByRole('button')).toHaveCount(2);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await page.screenshot({ path: `test-results/session-end-${name.slice(0, 10)}.png` });

      const before = seenAt(person);
      await page.keyboard.press('Enter');
      await expect(dialog(page)).toHaveCount(0);
      await expect(field(page)).toBeFocused();
      await expect(field(page)).toHaveValue(typed);
      expect(seenAt(person) - before).toBeGreaterThan(28 * minute);
    });
  });
}

test('A11Y-15: the keyboard stays in the dialog, Escape is the safe answer, and a minute before the end it is said', async ({ person }) => {
  await isAt(person, password);
  const { page } = person;
  await leaves(person, 28 * minute + 10_000);
  await waits(page);
  const buttons = dialog(page).getByRole('button');
  await expect(buttons.first()).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(buttons.last()).toBeFocused();
  for (const _ of 'abc') {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement === document.body || !!document.activeElement?.closest('dialog'))).toBe(true);
  }
  // Answers that come meanwhile, every fifteen seconds, start the minute anew.
  await page.clock.runFor(minute + 10_000);
  await expect(dialog(page).getByRole('status')).toHaveText('Il reste une minute.');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  expect(Date.now() - seenAt(person)).toBeLessThan(minute);
});

test('SEC-62: what another tab does keeps this one; the dialog does not open, or closes', async ({ person }) => {
  await isAt(person, password);
  const { page } = person;
  const other = await page.context().newPage();
  await leaves(person, 20 * minute);
  const asked = page.waitForResponse(/session-end/);
  await waits(page);
  await asked;
  await expect(dialog(page)).toHaveCount(0);

  await leaves(person, 28 * minute + 10_000);
  await page.clock.fastForward(9 * minute);
  await expect(dialog(page)).toHaveAccessibleName(question);
  await other.goto(`${person.world.portal}/account`);
  await page.clock.fastForward(20_000);
  await expect(dialog(page)).toHaveCount(0);
  await other.close();
});

test('SEC-62: asking when the session ends does not keep it', async ({ person }) => {
  await isAt(person, password);
  await leaves(person, 20 * minute);
  const before = seenAt(person);
  const answer = await person.page.request.get(`${person.world.portal}/account/session-end`);
  expect(answer.headers()['cache-control']).toContain('no-store');
  expect((await answer.json()).left).toBeGreaterThan(9 * minute);
  expect(seenAt(person)).toBe(before);
  const foreign = await person.page.request.post(`${person.world.portal}/account/session-end`, { headers: { origin: 'https://evil.example' } });
  expect(foreign.status()).toBe(403);
  expect(seenAt(person)).toBe(before);
});

test('SEC-62: twelve hours can’t be put off: it is said, and the page can be finished', async ({ person }) => {
  await isAt(person, password);
  const { page } = person;
  setSession(person, 'expires_at = ?', Date.now() + 100_000);
  await waits(page);
  await expect(dialog(page)).toHaveAccessibleName(/^Votre session prend fin à \d+\sh\s\d\d$/);
  await expect(dialog(page)).toContainText('12 heures au plus et ne peut pas être prolongée');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await field(page).fill(typed);
  await page.clock.fastForward(30_000);
  await expect(field(page)).toHaveValue(typed);
  await expect(dialog(page)).toHaveCount(0);
});

test('SEC-62, A11Y-15: after the end the page says so, keeps what was typed, and goes on once signed in again elsewhere', async ({ person }) => {
  await isAt(person, password);
  const { page } = person;
  await page.getByLabel('Mot de passe actuel', { exact: true }).fill(person.account.password);
  await field(page).fill(typed);
  await leaves(person, 31 * minute);
  await waits(page);
  await expect(dialog(page)).toHaveAccessibleName('Votre session a pris fin');
  await expect(dialog(page)).toContainText('30 minutes sans activité. Rien n’a changé dans votre compte.');
  await expectAccessible(page);
  await page.screenshot({ path: 'test-results/session-ended.png' });
  await dialog(page).getByRole('button', { name: 'Continuer' }).click();
  await expect(dialog(page).getByRole('status')).toContainText('Vous n’êtes pas encore connecté');

  await page.context().clearCookies({ name: 'provider-session' });
  const opened = page.waitForEvent('popup');
  await dialog(page).getByRole('link', { name: 'Se connecter dans un autre onglet' }).click();
  const there = person.at(await opened);
  await there.givesPassword();
  await there.givesAppCode();
  await there.sees(/protégé/);
  await page.bringToFront();
  await dialog(page).getByRole('button', { name: 'Continuer' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(field(page)).toHaveValue(typed);
  await person.press('Changer mon mot de passe');
  await expect(page.getByText('Votre mot de passe est changé')).toBeVisible();
});

test('a page of one person is not gone on with in the session of another', async ({ person, world }) => {
  await isAt(person, password);
  const { page } = person;
  await field(page).fill(typed);
  await page.route('**/account/session-end', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), owner: 'somebody else', left: 30 * minute } });
  });
  const loaded = page.waitForEvent('load');
  await waits(page);
  await loaded;
  await expect(field(page)).toHaveValue('');
  expect(page.url()).toBe(`${world.portal}${password}`);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('SEC-62: the next page says what happened, and signing in returns to the place', async ({ person }) => {
    await person.arrives('insermbiblio');
    const { page, world } = person;
    await page.goto(`${world.portal}/account/applications`);
    await page.goto(`${world.portal}/account/sessions`);
    await leaves(person, 31 * minute);
    await page.context().clearCookies({ name: 'provider-session' });
    await page
      .getByRole('main')
      .getByRole('button')
      .or(page.getByRole('link', { name: 'Activité' }))
      .first()
      .click();
    await person.sees('Votre session a pris fin');
    await expect(page.getByRole('main')).toContainText('30 minutes sans activité. Rien n’a changé dans votre compte.');
    await expectNoSidewaysScroll(page);
    await page.getByRole('main').getByRole('link', { name: 'Se connecter de nouveau' }).click();
    await person.givesPassword();
    await person.givesAppCode();
    await expect(page).toHaveURL(/\/account\/activity$/);
  });

  test('a form that comes too late changes nothing, says so, and leads back to its page', async ({ person }) => {
    await person.arrives('insermbiblio');
    const { page, world } = person;
    await page.goto(`${world.portal}${password}`);
    await page.getByLabel('Mot de passe actuel', { exact: true }).fill(person.account.password);
    await field(page).fill(typed);
    await leaves(person, 31 * minute);
    await person.press('Changer mon mot de passe');
    await person.sees('Votre session a pris fin');
    await expect(page).toHaveURL(/returnTo=%2Faccount%2Fpassword/);
    await page.getByRole('main').getByRole('link', { name: 'Se connecter de nouveau' }).click();
    await expect(page).toHaveURL(`${world.portal}${password}`);
  });
});
