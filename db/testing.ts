// Fresh, migrated stores for the suites that must hold on both engines.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
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

/** @param server `postgres://…` of a role that may make databases */
const postgresOn = (server: string): Engine => {
  const make = async () => {
    const name = `portal_${randomBytes(8).toString('hex')}`;
    const run = async (statement: string) => {
      const client = postgres(server, { max: 1, onnotice() {} });
      await client.unsafe(statement);
      await client.end();
    };
    await run(`create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
  };
  return {
    name: 'PostgreSQL',
    async open() {
      const { url, drop } = await make();
      const store = openPostgres(url, 5);
      await migrate(store);
      const close = async () => {
        await store.close();
        await drop();
      };
      return { ...store, close };
    },
    async openTwice() {
      const { url, drop } = await make();
      const stores: [Store, Store] = [openPostgres(url, 5), openPostgres(url, 5)];
      await migrate(stores[0]);
      return afterBoth(stores, drop);
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
