// A person's own copy of everything held about them: complete, explained, theirs alone, and without a secret.
import { eq, getTableColumns } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kit } from '#db/dialect.sqlite';
import { describe as tablesOf } from '#db/schema';
import { engines } from '#db/testing';
import { languages, words } from '../language/language.ts';
import { events, snapshot, type TestPortal, testAccount, testPortal, testStart, testVisitor } from '../portal.testing.ts';
import { mint, type RecentlyProven } from '../visitor.ts';
import { type documentationIn, downloadData } from './download-data.ts';
import { decisions, partsInOrder } from './facts.ts';
import type { LeftOut, Part } from './rules.ts';

type Row = Record<string, unknown>;
type Table = keyof typeof decisions;
const tableOf = (part: Part): Table => (part === 'account' ? 'accounts' : part);
const decisionsOf = (table: Table) => Object.entries(decisions[table] ?? {}) as [string, 'kept' | 'instant' | LeftOut][];
const isLeftOut = (decision: string) => decision !== 'kept' && decision !== 'instant';
const canary = (who: string, table: string, column: string) => `canary-${who}-${table}-${column}`;

// PostgreSQL's columns don't say what they hold.
const shapes = tablesOf(kit as never);

/** A row with a canary in every column that can hold one. */
function rowWithCanaries(table: Table, who: string, fixed: Row): Row {
  const row: Row = {};
  for (const [name, column] of Object.entries(getTableColumns(shapes[table]))) {
    const text = canary(who, table, name);
    if (name in fixed) row[name] = fixed[name];
    else if (column.enumValues?.length) row[name] = column.enumValues[0];
    else if (column.dataType === 'json') row[name] = ['affiliations', 'scopes', 'transports', 'calls'].includes(name) ? [text] : { name: text };
    else if (column.dataType === 'buffer') row[name] = Buffer.from(text);
    else if (column.dataType === 'boolean') row[name] = true;
    else row[name] = column.dataType === 'string' ? text : testStart;
  }
  return row;
}

/** Every row that the portal can hold of a person. */
async function fill(portal: TestPortal, accountId: string, who: string) {
  const { db, s } = portal.store;
  const factorId = canary(who, 'factors', 'id');
  const order = partsInOrder.map(tableOf).filter((table) => table !== 'accounts');
  for (const table of order) {
    const row = rowWithCanaries(table, who, {
      accountId,
      factorId,
      caseId: canary(who, 'cases', 'id'),
      ...(table === 'events' && { type: 'factor-added' }),
    });
    if (table === 'passwords') await portal.store.write(db.delete(s.passwords).where(eq(s.passwords.accountId, accountId)));
    await portal.store.write(db.insert(s[table] as typeof s.logoutTokens).values(row as never));
  }
}

const read = async (portal: TestPortal, accountId: string, language: 'fr' | 'en' = 'fr') => {
  const member = mint<RecentlyProven>({ accountId, sessionId: 'x', provenAt: portal.now(), visitor: { ...testVisitor, language } });
  let text = '';
  for await (const piece of await downloadData(portal, member)) text += piece;
  return {
    text,
    copy: JSON.parse(text) as Record<Part, Row[]> & { documentation: ReturnType<typeof documentationIn>; account: Row; madeAt: string },
  };
};

describe('what is decided', () => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await testPortal();
  });
  afterEach(() => portal.close());

  test('SEC-116: every table that names an account is in the copy, or named as left out with its reason', () => {
    const left = Object.keys(words('fr').account.data.leftOutTables);
    const inCopy = partsInOrder.map(tableOf);
    for (const [table, columns] of Object.entries(portal.store.s)) {
      const names = Object.keys(getTableColumns(columns));
      const personal =
        names.some((name) => /^(account|factor)Id$/.test(name)) || ['accounts', 'attempts', 'codeSendings', 'caseNotes'].includes(table);
      expect(inCopy.includes(table as Table) || left.includes(table), `${table}: decide in lib/my-data/facts.ts`).toBe(personal);
      if (inCopy.includes(table as Table))
        expect(
          decisionsOf(table as Table)
            .map(([column]) => column)
            .sort(),
          table,
        ).toEqual(names.sort());
    }
    expect(new Set(inCopy).size).toBe(inCopy.length);
  });

  test.each(languages)('every field of the copy is explained, and nothing else is (%s)', async (language) => {
    const { id } = await testAccount(portal);
    await fill(portal, id, 'claire');
    const { copy } = await read(portal, id, language);
    expect(Object.keys(copy).sort()).toEqual(['documentation', 'madeAt', ...partsInOrder].sort());
    expect(Object.keys(copy.documentation.parts)).toEqual(partsInOrder);
    for (const part of partsInOrder) {
      const { fields, leftOut } = copy.documentation.parts[part] as { fields: Record<string, string>; leftOut: Record<string, LeftOut> };
      const entry = (part === 'account' ? copy.account : copy[part][0]) as Row;
      expect(Object.keys(entry).sort(), part).toEqual(Object.keys(fields).sort());
      for (const reason of Object.values(leftOut)) expect(copy.documentation.leftOut[reason]).toMatch(/\S/);
    }
  });
});

describe.each(engines())('the copy, on $name', (engine) => {
  let portal: TestPortal;
  let claire: { id: string };
  beforeEach(async () => {
    portal = await testPortal({ store: await engine.open() });
    claire = await testAccount(portal);
  });
  afterEach(() => portal.close());

  test('SEC-111: holds no secret, no hash of one, and nothing of anybody else', async () => {
    const paul = await testAccount(portal, { address: 'paul.durand@inserm.fr', givenName: 'Paul', familyName: 'Durand' });
    await fill(portal, claire.id, 'claire');
    await fill(portal, paul.id, 'paul');
    const { text } = await read(portal, claire.id);
    expect(text).not.toMatch(/canary-paul|Durand/);
    expect(text).not.toContain(Buffer.from('canary').toString('hex'));
    expect(text).not.toContain(Buffer.from('canary-claire').toString('base64').slice(0, 12));
    for (const table of partsInOrder.map(tableOf)) {
      for (const [column, decision] of decisionsOf(table)) {
        const planted = canary('claire', table, column);
        if (isLeftOut(decision)) expect(text, `${table}.${column}`).not.toContain(planted);
      }
    }
    // The canaries sing where they may.
    for (const sings of ['factors-name', 'consents-applicationId', 'events-data', 'portalSessions-userAgent', 'outbox-failure'])
      expect(text).toContain(`canary-claire-${sings}`);
  });

  test('says who, since when and what happened, in the person’s language', async () => {
    await fill(portal, claire.id, 'claire');
    const { copy } = await read(portal, claire.id, 'en');
    expect(copy.account).toMatchObject({
      id: claire.id,
      address: 'claire.martin@inserm.fr',
      kind: 'internal',
      createdAt: '2027-03-09T13:02:14.000Z',
    });
    expect(copy.madeAt).toBe('2027-03-09T13:02:14.000Z');
    expect(copy.events.map(({ sentence }) => sentence)).toContain('Way to sign in added: canary-claire-events-data');
    expect(copy.events).toContainEqual(expect.objectContaining({ type: 'factor-added', byOthers: true }));
    expect(copy.events).toContainEqual(expect.objectContaining({ type: 'data-downloaded', sentence: 'Data downloaded', byOthers: false }));
    expect(copy.documentation.parts.factors?.name).toBe('Ways to sign in');
  });

  test('stands in the activity, and changes nothing else', async () => {
    const before = await snapshot(portal, 'events');
    await read(portal, claire.id);
    expect(await snapshot(portal, 'events')).toBe(before);
    expect((await events(portal)).at(-1)).toMatchObject({ type: 'data-downloaded', accountId: claire.id, browser: testVisitor.userAgent });
  });

  test('is empty where nothing is held, and still whole', async () => {
    const { copy } = await read(portal, claire.id);
    expect(copy.factors).toEqual([]);
    expect(copy.passwords).toHaveLength(1);
  });

  test('of a year of events each is there once, and never more than a few hundred are in memory', async () => {
    const { db, s } = portal.store;
    const rows = Array.from({ length: 1234 }, (_, n) => ({
      id: `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`,
      at: testStart + n,
      type: 'password-right',
      accountId: claire.id,
      actor: null,
      flow: null,
      network: null,
      browser: null,
      data: {},
    }));
    for (let from = 0; from < rows.length; from += 100) await portal.store.write(db.insert(s.events).values(rows.slice(from, from + 100)));
    let most = 0;
    const store = {
      ...portal.store,
      async read<T>(script: Parameters<typeof portal.store.read<T>>[0]) {
        const found = await portal.store.read(script);
        if (Array.isArray(found)) most = Math.max(most, found.length);
        return found;
      },
    };
    const { copy } = await read({ ...portal, store }, claire.id);
    const ids = copy.events.map(({ id }) => id);
    expect(rows.filter(({ id }) => !ids.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(most).toBeLessThanOrEqual(500);
  });
});
