// The console's door and its search: who gets in, how long for, and how a caller is found with the keyboard, without script, on a phone.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import { accountIdOf, becomesAgent, giveRole, inDatabase, letProofGrowOld, letSessionsIdle, takeRole } from './helpdesk-person.ts';
import type { Person } from './person.ts';
import { runCli, type World } from './world.ts';

const said = {
  fr: {
    title: 'Rechercher un compte',
    label: 'Nom ou adresse e-mail',
    submit: 'Rechercher',
    empty: /Chaque recherche est enregistrée/,
    found: (n: number) => new RegExp(`^${n}\u00a0compte`),
    none: /Aucun compte pour/,
    tooShort: /au moins deux lettres/,
    tooLong: /au plus cent caractères/,
    unreadable: /qu’aucun nom ne contient/,
    external: 'Externe',
    notBegun: 'Pas commencée',
    toFinish: 'À terminer',
    next: 'Suite des comptes',
    first: 'Revenir aux premiers',
    confirm: 'Confirmez que c’est vous',
    factorNeeded: /un code de secours ne suffit pas/,
    needsFactor: 'Il vous faut un moyen de connexion',
    notThere: /Cette page n’existe pas|introuvable/,
  },
  en: {
    title: 'Find an account',
    label: 'Name or e-mail address',
    submit: 'Search',
    empty: /Each search is recorded/,
    found: (n: number) => new RegExp(`^${n} account`),
    none: /No account for/,
    tooShort: /at least two letters/,
    tooLong: /at most one hundred characters/,
    unreadable: /that no name has/,
    external: 'External',
    notBegun: 'Not begun',
    toFinish: 'To finish',
    next: 'More accounts',
    first: 'Back to the first',
    confirm: 'Confirm that it is you',
    factorNeeded: /a recovery code is not enough/,
    needsFactor: 'You need a way to sign in',
    notThere: /This page|not found/,
  },
} as const;

/** A family name that nobody else has, and so many people of it. */
async function family(world: World, count: number): Promise<string> {
  const name = `Quém${randomBytes(4)
    .toString('hex')
    .replace(/\d/g, (d) => 'ghijklmnop'.charAt(Number(d)))}`;
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const people = Array.from({ length: count }, (_, n) => ['Anaïs', 'Bruno', 'Chloé', 'Driss', 'Élise'][n % 5] ?? '').map(
    (given, n) => `p${n}.${plain}@${n % 5 === 1 ? 'ext.' : ''}inserm.fr,${given},${name}-Saïdi`,
  );
  const file = join(world.folder, `${plain}.csv`);
  writeFileSync(file, ['address,given_name,family_name', ...people, ''].join('\n'));
  await runCli(world, ['accounts', 'import', file]);
  return name;
}

const field = ({ page, language }: Person) => page.getByRole('searchbox', { name: said[language].label });
const rows = (page: Page) => page.getByRole('main').locator('tbody tr');

async function searches(person: Person, typed: string) {
  await person.hands.type(field(person), typed);
  await person.hands.press(person.button(said[person.language].submit));
}

const eventsBy = (world: World, actor: string, type: string) =>
  inDatabase(
    world,
    (database) => database.prepare('select data from events where actor = ? and type = ? order by id').pluck().all(actor, type) as string[],
  ).map((data) => JSON.parse(data) as Record<string, unknown>);

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'in English, with the keyboard alone', use: { locale: 'en-GB', handsOf: 'keyboard' as const } },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  { name: 'on a phone, 390 px wide, dark', use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
]) {
  test.describe(`a caller is found ${name}`, () => {
    test.use(use);

    test('by any word and by the start of an address, masked; each search is on record', async ({ person, world, javaScriptEnabled }) => {
      const words = said[person.language];
      const accessible = async () => {
        if (javaScriptEnabled !== false) await expectAccessible(person.page);
        await expectNoSidewaysScroll(person.page);
      };
      const surname = await family(world, 3);
      const plain = surname.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
      await becomesAgent(person);
      await person.sees(words.title);
      await expect(person.page.getByText(words.empty)).toBeVisible();
      await accessible();

      await searches(person, plain.slice(0, 8));
      await expect(person.page.getByText(words.found(3))).toBeVisible();
      await expect(rows(person.page)).toHaveCount(3);
      const bruno = rows(person.page).filter({ hasText: 'Bruno' });
      await expect(bruno).toContainText(`Bruno ${surname}-Saïdi`);
      await expect(bruno).toContainText(`p•••${plain.slice(-1)}@ext.inserm.fr`);
      for (const word of [words.external, words.notBegun, words.toFinish]) await expect(bruno).toContainText(word);
      expect(await person.page.content()).not.toContain(`p1.${plain}`);
      await accessible();

      await searches(person, `saidi brun ${plain}`);
      await expect(rows(person.page)).toHaveCount(1);
      await searches(person, `P2.${plain}@ins`);
      await expect(rows(person.page)).toHaveCount(1);
      await expect(rows(person.page)).toContainText('Chloé');

      await searches(person, `${plain} zzyzx`);
      await expect(person.page.getByText(words.none)).toBeVisible();
      await accessible();
      await searches(person, '%');
      await expect(person.page.getByText(words.tooShort).first()).toBeVisible();
      await accessible();

      const agent = accountIdOf(world, person.account.address);
      expect(eventsBy(world, agent, 'account-searched')).toEqual([
        { query: plain.slice(0, 8), found: 3 },
        { query: `saidi brun ${plain}`, found: 1 },
        { query: `P2.${plain}@ins`, found: 1 },
        { query: `${plain} zzyzx`, found: 0 },
      ]);
    });
  });
}

test('the keyboard first: type, Enter, arrows through what was found, Enter opens the card', async ({ person, world }) => {
  const surname = await family(world, 4);
  await becomesAgent(person);
  const { keyboard } = person.page;
  await expect(field(person)).toBeFocused();
  await keyboard.type(surname);
  await keyboard.press('Enter');
  await expect(rows(person.page)).toHaveCount(4);
  await expect(field(person)).toBeFocused();
  const link = (n: number) => rows(person.page).nth(n).getByRole('link');
  for (const n of [0, 1, 2]) {
    await keyboard.press('ArrowDown');
    await expect(link(n)).toBeFocused();
  }
  await keyboard.press('ArrowUp');
  await expect(link(1)).toBeFocused();
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await expect(field(person)).toBeFocused();
  await keyboard.press('ArrowUp');
  await expect(field(person)).toBeFocused();
  await keyboard.press('ArrowDown');
  const href = (await link(0).getAttribute('href')) ?? '';
  expect(href).toMatch(/^\/helpdesk\/[\w-]+\?from=search&q=[\w%]+$/);
  await keyboard.press('Enter');
  await person.page.waitForURL(`${world.portal}${href}`);
  // The wrong one of two namesakes: what was found is one press away.
  await person.page.getByRole('link', { name: 'Retour' }).click();
  await expect(rows(person.page)).not.toHaveCount(0);
  await expect(field(person)).toHaveValue(/./);
});

test('more than a page: what follows, and the way back', async ({ person, world }) => {
  const surname = await family(world, 45);
  await becomesAgent(person);
  await searches(person, surname);
  const seen = new Set<string>();
  const read = async () => {
    for (const href of await rows(person.page)
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '')))
      seen.add(href);
  };
  await expect(rows(person.page)).toHaveCount(20);
  await read();
  await expectAccessible(person.page);
  await person.page.getByRole('link', { name: said.fr.next }).click();
  await expect(person.page.getByRole('link', { name: said.fr.first })).toBeVisible();
  await expect(rows(person.page)).toHaveCount(20);
  await read();
  await person.page.getByRole('link', { name: said.fr.next }).click();
  await expect(rows(person.page)).toHaveCount(5);
  await read();
  expect(seen.size).toBe(45);
  expect(person.page.url()).not.toContain(encodeURIComponent('@'));
  await person.page.getByRole('link', { name: said.fr.first }).click();
  await expect(rows(person.page)).toHaveCount(20);
});

test('whatever is asked for gets a clear answer, never an error of ours', async ({ person, world }) => {
  await becomesAgent(person);
  const ask = async (query: string) => {
    const answer = await person.page.request.get(`${world.portal}/helpdesk?${query}`);
    expect(answer.status(), query.slice(0, 40)).toBe(200);
    return answer.text();
  };
  const q = (typed: string) => ask(new URLSearchParams({ q: typed }).toString());
  for (const typed of ['', ' ', 'a', '%', "'", '_', '*', '\\', '🙂', '﷽', '-- ;', '" or 1=1']) {
    const page = await q(typed);
    if (typed !== '" or 1=1' && typed !== '﷽') expect(page, typed).toMatch(said.fr.tooShort);
  }
  for (const typed of ["' or '1'='1", '%%lef%%', 'l_f', '<script>alert(1)</script>', '\u202eabc', 'نادية', '李小龙']) await q(typed);
  expect(await q('<b>abc</b>')).not.toContain('<b>abc');
  expect(await q('x'.repeat(10_000))).toMatch(said.fr.tooLong);
  for (const odd of ['q=a%00bc', 'q=%1b%5babc', 'q=abc%7f']) expect(await ask(odd), odd).toMatch(said.fr.unreadable);
  for (const odd of ['q=%ff%fe', 'q=abc&q=def', 'q[]=abc', 'after=x', 'q=abc&after=x', 'q=abc&after=%00', `q=abc&after=${'x'.repeat(5000)}`])
    await ask(odd);
});

test.describe('the door', () => {
  test.use({ tolerated: [/status of 404/] });

  test('SEC-75, SEC-98: without a role there is no such page, and it is on record; a role counts from the next request, and ends at the next', async ({
    person,
    world,
  }) => {
    await person.page.goto(`${world.portal}/account`);
    await person.givesPassword();
    await person.givesEmailCode();
    await person.enrols();
    await person.page.waitForURL(`${world.portal}/account`);
    await expect(person.page.getByRole('navigation').getByRole('link', { name: 'Assistance', exact: true })).toHaveCount(0);
    const places = ['/helpdesk', '/helpdesk?q=martin', '/helpdesk/acts'];
    const statuses = async () => {
      const answers: number[] = [];
      for (const path of places) answers.push((await person.page.request.get(world.portal + path, { maxRedirects: 0 })).status());
      return answers;
    };
    expect(await statuses()).toEqual([404, 404, 404]);
    const id = accountIdOf(world, person.account.address);
    expect(eventsBy(world, id, 'helpdesk-refused')).toEqual([
      { action: 'search', why: 'not-your-role' },
      { action: 'search', why: 'not-your-role' },
      { action: 'see-own-acts', why: 'not-your-role' },
    ]);
    expect(eventsBy(world, id, 'account-searched')).toEqual([]);
    const answer = await person.page.goto(`${world.portal}/helpdesk`);
    expect(answer?.status()).toBe(404);
    await giveRole(world, person.account.address, 'agent');
    expect(await statuses()).toEqual([200, 200, 200]);
    await person.page.goto(`${world.portal}/account`);
    await person.page.getByRole('navigation').getByRole('link', { name: 'Assistance', exact: true }).click();
    await person.sees(said.fr.title);
    await takeRole(world, person.account.address);
    expect(await statuses()).toEqual([404, 404, 404]);
  });
});

test('SEC-78: who has just signed in with password and factor is not asked again', async ({ person, world, browser }) => {
  await becomesAgent(person);
  const there = person.at(await (await browser.newContext({ locale: 'fr-FR' })).newPage());
  await there.page.goto(`${world.portal}/helpdesk?q=saidi`);
  await there.givesPassword();
  await there.givesAppCode();
  await there.sees(said.fr.title);
  await expect(field(there)).toHaveValue('saidi');
  await there.page.context().close();
});

test('SEC-78: a proof of a quarter of an hour ago is asked for again; a recovery code neither offered, nor taken, nor spent', async ({
  person,
  world,
}) => {
  await becomesAgent(person);
  letProofGrowOld(person, 14);
  await person.page.goto(`${world.portal}/helpdesk?q=saidi`);
  await person.sees(said.fr.title);
  letProofGrowOld(person, 1);
  await person.page.goto(`${world.portal}/helpdesk?q=saidi`);
  await person.sees(said.fr.confirm);
  await expect(person.page.getByText('La console de l’assistance demande')).toBeVisible();
  await expect(person.page.getByText('Utiliser un code de secours')).toHaveCount(0);
  await expectAccessible(person.page);
  const unused = () =>
    inDatabase(world, (database) =>
      database
        .prepare('select count(*) from recovery_codes where used_at is null and account_id = ?')
        .pluck()
        .get(accountIdOf(world, person.account.address)),
    );
  await person.givesCode(person.recoveryCodes[0] ?? '');
  await expect(person.page.getByText(said.fr.factorNeeded).first()).toBeVisible();
  expect(unused()).toBe(10);
  await person.page.goto(`${world.portal}/account/confirm?returnTo=%2Fhelpdesk&way=recovery-code`);
  await expect(person.page.getByLabel('Code de secours')).toHaveCount(0);
  await person.page.goto(`${world.portal}/helpdesk?q=saidi`);
  await person.givesCode(await person.readsApp());
  await person.sees(said.fr.title);
  await expect(field(person)).toHaveValue('saidi');
});

test('SEC-78: a recovery code for the account opens nothing of the console', async ({ person, world }) => {
  await becomesAgent(person);
  letProofGrowOld(person, 20);
  await person.page.goto(`${world.portal}/account/confirm?returnTo=%2Faccount%2Ffactors&way=recovery-code`);
  await person.page.getByLabel('Code de secours').fill(person.recoveryCodes[0] ?? '');
  await person.press('Continuer');
  await person.page.waitForURL('**/account/factors');
  await person.page.goto(`${world.portal}/helpdesk`);
  await person.sees(said.fr.confirm);
  inDatabase(world, (database) => database.prepare('delete from factors where account_id = ?').run(accountIdOf(world, person.account.address)));
  await person.page.goto(`${world.portal}/helpdesk`);
  await person.sees(said.fr.needsFactor);
  await expectAccessible(person.page);
});

test('SEC-78: left alone for ten minutes it asks again, also when the account was opened first', async ({ person, world }) => {
  await becomesAgent(person);
  letSessionsIdle(person, 9);
  await person.page.goto(`${world.portal}/helpdesk`);
  await person.sees(said.fr.title);
  letSessionsIdle(person, 11);
  await person.page.goto(`${world.portal}/account`);
  await person.page.goto(`${world.portal}/helpdesk`);
  await person.sees(said.fr.confirm);
  await person.page.goto(`${world.portal}/helpdesk/acts`);
  await person.sees(said.fr.confirm);
  await person.givesCode(await person.readsApp());
  await person.sees('Mes actes');
});

test('an agent reads their own acts; a lead everybody’s, by agent', async ({ person, world, browser }) => {
  const surname = await family(world, 1);
  await becomesAgent(person);
  await searches(person, surname);
  await person.page.getByRole('link', { name: 'Mes actes' }).click();
  await person.sees('Mes actes');
  const acts = (page: Page) => page.getByRole('main').getByRole('listitem');
  await expect(acts(person.page)).toHaveCount(1);
  await expect(acts(person.page)).toContainText(`Recherche : ${surname} (1 à l’écran)`);
  await expect(person.page.getByLabel('Actes de')).toHaveCount(0);
  await expectAccessible(person.page);
  const other = await person.page.request.get(`${world.portal}/helpdesk/acts?by=${accountIdOf(world, person.account.address)}x`);
  expect(other.status()).toBe(200);

  await giveRole(world, person.account.address, 'lead-agent');
  await person.page.goto(`${world.portal}/helpdesk/acts`);
  await person.sees('Actes de l’assistance');
  await person.page.getByLabel('Actes de').selectOption(accountIdOf(world, person.account.address));
  await person.press('Afficher');
  await expect(acts(person.page)).toHaveCount(1);
  await expect(acts(person.page)).toContainText(surname);
  await expectAccessible(person.page);
  const narrow = await browser.newContext({ storageState: await person.page.context().storageState(), viewport: { width: 390, height: 844 } });
  const page = await narrow.newPage();
  await page.goto(`${world.portal}/helpdesk/acts`);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await narrow.close();
});
