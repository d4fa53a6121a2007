// Fresh, migrated stores for the suites that must hold on both engines.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { execute } from './copy.ts';
import { migrate } from './migrate.ts';
import { openPostgres, openSqlite } from './store.ts';
import type { Store } from './unit.ts';

export interface Engine {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** An empty, migrated store of its own; `close` also throws its data away. */
  open(): Promise<Store>;
  /** Two stores on the same data, as two nodes (or a node and the CLI) have. Close both. */
  openTwice(): Promise<[Store, Store]>;
}

const sqlite: Engine = {
  name: 'SQLite',
  async open() {
    const store = openSqlite(':memory:');
    await migrate(store);
    return store;
  },
  async openTwice() {
    const folder = mkdtempSync(join(tmpdir(), 'portal-'));
    const stores: [Store, Store] = [openSqlite(join(folder, 'portal.db')), openSqlite(join(folder, 'portal.db'))];
    await migrate(stores[0]);
    return afterBoth(stores, async () => rmSync(folder, { recursive: true }));
  },
};

/** An empty database on a server, for whoever opens it by its address. @param server `postgres://…` of a role that may make databases */
export async function emptyDatabase(server: string): Promise<{ readonly database: string; remove(): Promise<void> }> {
  const name = `portal_${randomBytes(8).toString('hex')}`;
  const run = async (statement: string) => {
    const client = postgres(server, { max: 1, onnotice() {} });
    await client.unsafe(statement);
    await client.end();
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { database: url.href, remove: () => run(`drop database ${name} with (force)`) };
}

/** @param server as in `emptyDatabase` */
const postgresOn = (server: string): Engine => {
  return {
    name: 'PostgreSQL',
    async open() {
      const { database, remove } = await emptyDatabase(server);
      const store = openPostgres(database, 5);
      await migrate(store);
      const close = async () => {
        await store.close();
        await remove();
      };
      return { ...store, close };
    },
    async openTwice() {
      const { database, remove } = await emptyDatabase(server);
      const stores: [Store, Store] = [openPostgres(database, 5), openPostgres(database, 5)];
      await migrate(stores[0]);
      return afterBoth(stores, remove);
    },
  };
};

/** The same stores; closing the last one runs `end`. */
function afterBoth(stores: [Store, Store], end: () => Promise<void>): [Store, Store] {
  let open = stores.length;
  const closing = (store: Store): Store => ({
    ...store,
    async close() {
      await store.close();
      open -= 1;
      if (open === 0) await end();
    },
  });
  return [closing(stores[0]), closing(stores[1])];
}

/** SQLite, and PostgreSQL when TEST_DATABASE_URL says where a server is. */
export function engines(server = process.env.TEST_DATABASE_URL): readonly Engine[] {
  return server ? [sqlite, postgresOn(server)] : [sqlite];
}

/** How many rows PostgreSQL's planner takes a table to have; -1 when nobody told it. Null on SQLite, which asks nobody. */
export async function plannedRows({ engine, db, s }: Store, table: string): Promise<number | null> {
  const rows = engine === 'postgres' ? await execute({ db, s }, engine, sql`select reltuples from pg_class where oid = to_regclass(${table})`) : [];
  return rows[0] ? Number(rows[0].reltuples) : null;
}

/** For a store that is filled with more than anybody types: a crash would spoil it, and nothing waits for the disk. */
export function inBulk({ engine, db }: Store): void {
  if (engine !== 'sqlite') return;
  const { run } = db as unknown as { run(statement: SQL): unknown };
  for (const pragma of ['synchronous = off', 'cache_size = -1500000']) run.call(db, sql.raw(`pragma ${pragma}`));
}
