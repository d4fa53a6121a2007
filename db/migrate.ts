// Brings a database to the current tables.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite, { type Database } from 'better-sqlite3';
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import postgres, { type Sql } from 'postgres';
import type { Store } from './unit.ts';

/** Any number, the same on every node: nodes that start together migrate one after another. */
const lockKey = 727_001;
const clientOf = <T>(store: Store) => (store.db as unknown as { $client: T }).$client;

/** @param root the folder that holds db/ (the project's). Safe to call at every start. */
export async function migrate(store: Store, root = process.cwd()): Promise<void> {
  const migrationsFolder = join(root, 'db/migrations', store.engine);
  if (!existsSync(/* turbopackIgnore: true */ migrationsFolder))
    throw new Error(`No migrations in ${migrationsFolder}: start from the project's folder.`);
  if (store.engine === 'sqlite') {
    // drizzle runs the files in a transaction, where PRAGMA foreign_keys does nothing: left on, a rebuild's DROP TABLE deletes every child row.
    const client = clientOf<Database>(store);
    client.pragma('foreign_keys = OFF');
    try {
      migrateSqlite(store.db as never, { migrationsFolder });
      const dangling = client.pragma('foreign_key_check') as unknown[];
      if (dangling.length) throw new Error(`The migration left ${dangling.length} dangling references.`);
    } finally {
      client.pragma('foreign_keys = ON');
    }
  } else {
    const connection = await clientOf<Sql>(store).reserve();
    try {
      await connection`select pg_advisory_lock(${lockKey})`;
      await migratePostgres(store.db as never, { migrationsFolder });
    } finally {
      await connection`select pg_advisory_unlock(${lockKey})`;
      connection.release();
    }
  }
}

/**
 * Looks at a database and changes nothing, not even whether it is there.
 * @returns the instant of the newest migration that was applied; 0 when there are no tables; null when it can't be looked at
 */
export async function newestApplied(database: string): Promise<number | null> {
  if (/^postgres(ql)?:/.test(database)) {
    const client = postgres(database, { max: 1, onnotice() {}, connect_timeout: 5 });
    try {
      const [there] = await client`select to_regclass('drizzle.__drizzle_migrations') is not null as yes`;
      if (!there?.yes) return 0;
      const [last] = await client`select max(created_at) as at from drizzle.__drizzle_migrations`;
      return Number(last?.at ?? 0);
    } catch {
      return null;
    } finally {
      await client.end({ timeout: 1 });
    }
  }
  if (database === ':memory:' || !existsSync(/* turbopackIgnore: true */ database)) return 0;
  try {
    const client = new BetterSqlite(database, { readonly: true });
    try {
      const there = client.prepare("select count(*) from sqlite_master where name = '__drizzle_migrations'").pluck().get();
      return there ? Number(client.prepare('select max(created_at) from __drizzle_migrations').pluck().get() ?? 0) : 0;
    } finally {
      client.close();
    }
  } catch {
    return null;
  }
}
