// Brings a database to the current tables.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import type { Sql } from 'postgres';
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
    const client = clientOf<Database.Database>(store);
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
