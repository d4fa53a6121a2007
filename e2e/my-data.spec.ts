// A person's own copy of everything held about them: asked for on its page, after a proof, and read as a file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import type { Person } from './person.ts';

const says = {
  fr: {
    menu: 'Mes données',
    submit: 'Télécharger mes données',
    name: /^mes-donnees-\d{4}-\d\d-\d\d\.json$/,
    kept: 'Ce que nous gardons',
    back: 'C’est confirmé',
    sessions: 'Sessions',
    here: 'Ce navigateur',
  },
  en: {
    menu: 'My data',
    submit: 'Download my data',
    name: /^my-data-\d{4}-\d\d-\d\d\.json$/,
    kept: 'What we keep',
    back: 'Confirmed',
    sessions: 'Sessions',
    here: 'This browser',
  },
};

/** As if the person had proven nothing for so long. */
function provedLongAgo({ world, account }: Person) {
  const database = new Database(join(world.folder, 'portal.db'));
  try {
    database.pragma('busy_timeout = 5000');
    const of = 'account_id = (select id from accounts where address = ?)';
    database.prepare(`update portal_sessions set proven_at = ? where ${of}`).run(Date.now() - 11 * 60_000, account.address);
  } finally {
    database.close();
  }
}

async function downloads(person: Person): Promise<Record<string, unknown>> {
  const started = person.page.waitForEvent('download');
  await person.press(says[person.language].submit);
  const file = await started;
  expect(file.suggestedFilename()).toMatch(says[person.language].name);
  return JSON.parse(readFileSync(await file.path(), 'utf8')) as Record<string, unknown>;
}

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  { name: 'on a phone, 390 px wide, dark', use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
  { name: 'in English', use: { locale: 'en-GB' } },
]) {
  test.describe(name, () => {
    test.use(use);

    test('SEC-116: from the menu to the file, which says everything and no secret', async ({ person, javaScriptEnabled }) => {
      const said = says[person.language];
      const { page } = person;
      await person.arrives('insermbiblio');
      await page.goto(`${person.world.portal}/account`);
      // The places of the account stand on its home, whatever the size of the screen.
      await person.hands.press(page.getByRole('main').getByRole('link', { name: new RegExp(`${said.menu}$`, 'i') }));
      await person.sees(said.menu);
      await expect(page.getByRole('heading', { level: 2, name: said.kept })).toBeVisible();
      if (javaScriptEnabled !== false) await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await page.screenshot({ path: `test-results/my-data-${name.slice(0, 12)}.png`, fullPage: true });

      const copy = await downloads(person);
      expect(copy.account).toMatchObject({ address: person.account.address, familyName: person.account.familyName });
      expect(copy.factors).toHaveLength(1);
      expect(copy.recoveryCodes).toHaveLength(10);
      expect(copy.consents).toHaveLength(1);
      expect((copy.events as { type: string }[])[0]?.type).toBe('data-downloaded');
      const text = JSON.stringify(copy);
      for (const secret of [person.account.password, person.secret ?? 'none', ...person.recoveryCodes, 'Capitaine Patate', '$argon2'])
        expect(text.includes(secret), secret.slice(0, 4)).toBe(false);

      // It stands in the activity.
      await page.goto(`${person.world.portal}/account/activity`);
      await expect(
        page.getByRole('main').getByText(person.language === 'fr' ? 'Données téléchargées' : 'Data downloaded', { exact: true }),
      ).toBeVisible();
    });
  });
}

test('SEC-36: without a recent proof it asks for one, and comes back to the page', async ({ person }) => {
  await person.arrives('insermbiblio');
  const { page, world } = person;
  await page.goto(`${world.portal}/account/data`);
  provedLongAgo(person);
  await person.press(says.fr.submit);
  await person.sees('Confirmez que c’est vous');
  await page.goBack();
  await person.press(says.fr.submit);
  await page.getByRole('main').getByRole('link', { name: 'Utiliser un code de secours' }).click();
  await person.hands.type(person.field('Code de secours'), person.recoveryCodes[0] ?? '');
  await person.press('Continuer');
  await expect(page.getByText(says.fr.back)).toBeVisible();
  expect((await downloads(person)).account).toMatchObject({ address: person.account.address });
});

test('SEC-66, SEC-67: no link, no other site and nobody without a session gets the file', async ({ person, playwright }) => {
  await person.arrives('insermbiblio');
  const { page, world } = person;
  await page.goto(`${world.portal}/account/data`);
  const address = `${world.portal}/account/data/file`;
  expect((await page.request.get(address)).status()).toBe(405);
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site', origin: world.portal }])
    expect((await page.request.post(address, { headers, maxRedirects: 0 })).status()).toBe(403);
  const stranger = await playwright.request.newContext();
  const answer = await stranger.post(address, { headers: { origin: world.portal, 'sec-fetch-site': 'same-origin' }, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  expect(answer.headers().location).toBe(`${world.portal}/account/sign-in?returnTo=%2Faccount%2Fdata`);
  await stranger.dispose();
});

test.describe('sessions, in English', () => {
  test.use({
    locale: 'en-GB',
    viewport: { width: 390, height: 844 },
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  });

  test('by a tap from the home of the account', async ({ person }) => {
    await person.arrives('insermbiblio');
    const { page, world } = person;
    await page.goto(`${world.portal}/account`);
    await person.hands.press(page.getByRole('main').getByRole('link', { name: /sessions$/i }));
    await person.sees(says.en.sessions);
    await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: says.en.here })).toContainText('Firefox on Linux');
    await expect(page.getByText('You are signed in in no other browser.')).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});
