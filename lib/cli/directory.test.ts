// Leavers, and accounts that change hands, as whoever runs the portal types it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findAccountAt } from '../accounts/facts.ts';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { DirectoryUnavailable } from '../directory/directory.ts';
import { examine } from '../operations/examine.ts';
import { events, snapshot, type TestPortal, testAccount, testOperator, testPortal } from '../portal.testing.ts';
import { parseSettingsFile } from '../settings.ts';
import { typed } from './command.testing.ts';

let portal: TestPortal;
/** Whom the directory has; null: it does not answer. */
let there: Set<string> | null;
const asked: string[] = [];
beforeEach(async () => {
  portal = await testPortal();
  there = new Set();
  asked.splice(0);
});
afterEach(() => portal.close());

const ldap = parseSettingsFile(
  JSON.stringify({ directory: { kind: 'ldap', urls: ['ldaps://ldap.inserm.fr'], bindDn: 'cn=portal', base: 'dc=inserm,dc=fr' } }),
  'x',
).directory;
const elsewhere = (): TestPortal => {
  const unavailable = new DirectoryUnavailable('ldaps://ldap.inserm.fr can’t be reached: start it.');
  return {
    ...portal,
    settings: { ...portal.settings, directory: ldap },
    directory: {
      ...portal.directory,
      async verifyPassword() {
        if (!there) throw unavailable;
        return { outcome: 'wrong', accountId: null };
      },
      async stillThere({ address }) {
        asked.push(address);
        if (!there) throw unavailable;
        return there.has(address);
      },
      async personOf({ address }) {
        if (!there) throw unavailable;
        if (!there.has(address)) return null;
        return { directoryId: `of ${address}`, addresses: [address], givenName: 'A', familyName: 'B', affiliations: [] };
      },
      complaints: async () => ['Something to know.'],
    },
  };
};

const run = (words: readonly string[], world = elsewhere(), input = '') => typed(world, words, input);
const people = (...names: string[]) => Promise.all(names.map((name) => testAccount(portal, { address: `${name}.x@inserm.fr` })));

test('who has left is frozen, the others are not, and the log says why', async () => {
  const [anna] = await people('anna', 'bruno', 'chloe');
  there = new Set(['bruno.x@inserm.fr', 'chloe.x@inserm.fr']);
  expect(await run(['directory', 'check'])).toEqual({
    code: 0,
    out: 'anna.x@inserm.fr',
    told: '3 accounts looked for, 1 no longer in the directory, 1 frozen.',
  });
  expect(await findAccountAt(portal, 'anna.x@inserm.fr')).toMatchObject({ status: 'disabled' });
  expect(await findAccountAt(portal, 'bruno.x@inserm.fr')).toMatchObject({ status: 'active' });
  expect((await events(portal)).at(-1)).toMatchObject({
    type: 'account-disabled',
    accountId: anna?.id,
    actor: 'cli:test',
    data: { because: 'left-directory' },
  });
  expect(JSON.parse((await run(['directory', 'check', '--json'])).out)).toEqual({ checked: 2, leavers: [], frozen: 0 });
});

test('a dry run changes nothing', async () => {
  await people('anna');
  const before = await snapshot(portal);
  expect((await run(['directory', 'check', '--dry-run'])).out).toBe('anna.x@inserm.fr');
  expect(await snapshot(portal)).toBe(before);
});

test('more leavers than said is a mistake until somebody says otherwise: nobody is frozen', async () => {
  await people('anna', 'bruno', 'chloe');
  const before = await snapshot(portal);
  const { code, told } = await run(['directory', 'check', '--at-most', '2']);
  expect(code).toBe(1);
  expect(told).toContain('nobody was frozen');
  expect(await snapshot(portal)).toBe(before);
  expect((await run(['directory', 'check', '--at-most', '3'])).code).toBe(0);
  expect((await findAccountAt(portal, 'chloe.x@inserm.fr'))?.status).toBe('disabled');
});

test('a directory that does not answer freezes nobody, and its reason is said', async () => {
  await people('anna');
  there = null;
  const before = await snapshot(portal);
  expect(await run(['directory', 'check'])).toMatchObject({ code: 1, told: expect.stringMatching(/^ldaps:.* Nothing was changed\.$/) as string });
  expect(await snapshot(portal)).toBe(before);
});

test('frozen accounts are looked for no more, and nobody is opened again by a check', async () => {
  await people('anna');
  await setAccountStatus(portal, testOperator(), 'anna.x@inserm.fr', 'disabled');
  there = new Set(['anna.x@inserm.fr']);
  expect((await run(['directory', 'check'])).told).toContain('0 accounts looked for');
  expect(asked).toEqual([]);
  expect((await findAccountAt(portal, 'anna.x@inserm.fr'))?.status).toBe('disabled');
});

test('everybody of more than one page is looked for once', async () => {
  const rows = Array.from({ length: 1203 }, (_, i) => ({
    id: `id-${i}`,
    address: `p${i}@inserm.fr`,
    givenName: 'P',
    familyName: 'X',
    kind: 'internal' as const,
    affiliations: ['member'],
    status: 'active' as const,
    language: null,
    createdAt: 1,
    enrolledAt: null,
  }));
  for (let i = 0; i < rows.length; i += 400) await portal.store.write(portal.store.db.insert(portal.store.s.accounts).values(rows.slice(i, i + 400)));
  there = new Set(rows.map(({ address }) => address));
  expect((await run(['directory', 'check'])).told).toContain('1203 accounts looked for, 0 no longer');
  expect(new Set(asked).size).toBe(1203);
  expect(asked).toHaveLength(1203);
});

test('with the embedded directory there is nothing to compare', async () => {
  expect(await run(['directory', 'check'], portal)).toMatchObject({ code: 1, told: expect.stringContaining('embedded') as string });
  expect((await run(['directory', 'check', '--at-most', 'many'], portal)).code).toBe(2);
});

test('an account is freed for the entry that was made anew, and it is recorded', async () => {
  const [anna] = await people('anna');
  await portal.store.write(portal.store.db.update(portal.store.s.accounts).set({ directoryId: 'of old' }));
  expect((await run(['directory', 'unlink', 'Anna.X@inserm.fr'])).code).toBe(0);
  expect(await findAccountAt(portal, 'anna.x@inserm.fr')).toMatchObject({ id: anna?.id, directoryId: null });
  expect((await events(portal)).at(-1)).toMatchObject({ type: 'account-refreshed', actor: 'cli:test', data: { what: 'directoryId' } });
  expect((await run(['directory', 'unlink', 'anna.x@inserm.fr'])).out).toContain('was no entry’s');
  expect((await run(['directory', 'unlink', 'nobody@inserm.fr'])).told).toBe('no account has this address');
});

test('accounts from before are linked; whoever is not there is named, and the exit code says so', async () => {
  await people('anna', 'bruno');
  there = new Set(['bruno.x@inserm.fr']);
  const before = await snapshot(portal);
  const dry = await run(['directory', 'link', '--dry-run']);
  expect(dry).toEqual({ code: 1, out: 'anna.x@inserm.fr\tabsent', told: '2 accounts looked for, 1 could be linked, 1 absent, 0 ambiguous.' });
  expect(await snapshot(portal)).toBe(before);
  expect((await run(['directory', 'link'])).told).toBe('2 accounts looked for, 1 linked, 1 absent, 0 ambiguous.');
  expect(await findAccountAt(portal, 'bruno.x@inserm.fr')).toMatchObject({ directoryId: 'of bruno.x@inserm.fr' });
  there.add('anna.x@inserm.fr');
  const { code, out } = await run(['directory', 'link', '--json']);
  expect([code, JSON.parse(out)]).toEqual([0, { checked: 1, linked: ['anna.x@inserm.fr'], absent: [], ambiguous: [] }]);
  await people('chloe');
  there = null;
  expect(await run(['directory', 'link'])).toMatchObject({ code: 1, told: expect.stringContaining('Nothing was changed.') as string });
  expect(await run(['directory', 'link'], portal)).toMatchObject({ code: 1, told: expect.stringContaining('embedded') as string });
});

test('accounts are made without a password there', async () => {
  const words = ['accounts', 'create', 'anna.x@inserm.fr', '--given-name', 'Anna', '--family-name', 'X'];
  expect(await run([...words, '--password-stdin'], elsewhere(), 'un nuage passe au-dessus\n')).toMatchObject({
    code: 1,
    told: expect.stringContaining('in the directory') as string,
  });
  expect((await run(words)).code).toBe(0);
});

test('the doctor says what is wrong with it, or what should be known', async () => {
  const findings = async () => (await examine(portal.settings, async () => elsewhere())).filter(({ what }) => what === 'directory');
  expect(await findings()).toEqual([
    { what: 'directory', state: 'good', sentence: 'It answers, ldaps://ldap.inserm.fr.' },
    { what: 'directory', state: 'notice', sentence: 'Something to know.' },
  ]);
  there = null;
  expect(await findings()).toEqual([
    { what: 'directory', state: 'wrong', sentence: expect.stringContaining('can’t be reached: start it.') as string },
  ]);
});
