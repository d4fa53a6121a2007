// By what the engines find rows while they know nothing of how many there are: right after a million accounts were imported, say.
import { type SQL, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countTerms, findWindowEnd, listAccountsByTerms } from './account-search.ts';
import { execute } from './copy.ts';
import { listEvents } from './events.ts';
import { listProgress } from './figures.ts';
import { refreshStatistics } from './statistics.ts';
import { engines } from './testing.ts';
import type { Script, Store, Tx } from './unit.ts';

describe.each(engines())('$name', ({ open }) => {
  let store: Store;
  let tx: Tx;
  const run = (statement: SQL) => execute(tx, store.engine, statement);
  beforeEach(async () => {
    store = await open();
    tx = { db: store.db, s: store.s };
    const { accounts, accountTerms, events } = store.s;
    if (store.engine === 'postgres')
      for (const table of [accounts, accountTerms, events]) await run(sql`alter table ${table} set (autovacuum_enabled = off)`);
    const numbers = (to: number) =>
      sql`with recursive n(i) as (select cast(0 as bigint) union all select i + 1 from n where i + 1 < cast(${to} as bigint))`;
    const id = (i: SQL) => sql`'a' || cast(100000 + ${i} as text)`;
    await run(
      sql`insert into accounts (id, address, given_name, family_name, kind, affiliations, status, created_at) ${numbers(10_000)} select ${id(sql`i`)}, ${id(sql`i`)}, 'M', 'N', 'internal', '[]', 'active', 1 from n`,
    );
    await run(
      sql`insert into account_terms (term, account_id) ${numbers(30_000)} select case i % 3 when 0 then 'marie' when 1 then 'martin' else 'm' || cast(i as text) end, ${id(sql`i / 3`)} from n`,
    );
    await run(
      sql`insert into events (id, at, type, account_id, data) ${numbers(50_000)} select cast(1000000 + i as text), i, case i % 3 when 0 then 'app-chosen' else 'signed-in' end, ${id(sql`i % 10000`)}, '{}' from n`,
    );
  }, 60_000);
  afterEach(() => store.close());

  /** Of a script's first statement. */
  async function planOf(script: Script<unknown>): Promise<string> {
    const { value } = script.next() as { value: { getSQL(): SQL } };
    const explain = store.engine === 'postgres' ? sql`explain ` : sql`explain query plan `;
    const statement = sql`${explain}${value.getSQL()}`;
    if (store.engine === 'postgres') return (await run(statement)).map((row) => row['QUERY PLAN']).join('\n');
    const { all } = store.db as unknown as { all(statement: SQL): { detail: string }[] };
    return all
      .call(store.db, statement)
      .map(({ detail }) => detail)
      .join('\n');
  }
  const another = /Sort|Bitmap|Seq Scan|TEMP B-TREE|SCAN (?!looked|some|\()/;

  test('a search goes along the index of words, and from each account to its own', async () => {
    const search = { prefix: 'mar', others: ['ma'], window: 400, limit: 21 };
    for (const after of [null, { term: 'marie', accountId: 'a100500' }])
      for (const script of [listAccountsByTerms(tx, { ...search, after }), findWindowEnd(tx, { ...search, after })])
        expect(await planOf(script)).not.toMatch(another);
    expect(await planOf(countTerms(tx, 'mar', 200))).not.toMatch(another);
  });

  test('figures and a person’s events of one kind are read by indexes that hold what is asked', async () => {
    const progress = await planOf(listProgress(tx, 'a100000', 250, 1));
    expect(progress).toMatch(/events_progress/);
    expect(progress).not.toMatch(/events_type|events_account|Seq Scan on events/);
    const some = await planOf(listEvents(tx, 'a100001', 50, undefined, ['app-chosen']));
    expect(some).toMatch(/events_account/);
    expect(some).not.toMatch(/events_type/);
  });

  test('once statistics were asked for, PostgreSQL has them; SQLite goes on without', async () => {
    await refreshStatistics(store, ['accountTerms', 'events']);
    if (store.engine === 'sqlite') return;
    const [row] = await run(
      sql`select count(distinct tablename) as n from pg_stats where schemaname = 'public' and tablename in ('account_terms', 'events')`,
    );
    expect(Number(row?.n)).toBe(2);
    const [seen] = await run(sql`select relallvisible = relpages as all from pg_class where relname = 'account_terms'`);
    expect(seen?.all).toBe(true);
  });
});
