// Puts a new database in the place of one that nobody has open, whole or not at all, and keeps the old one beside it (decision 0029).
import { chmodSync, chownSync, closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Db } from '#dialect';
import { execute, knownMigrations } from './copy.ts';
import { refreshStatistics } from './statistics.ts';
import { applicationName, openPostgres, openSqlite, sqliteTables, sqlState } from './store.ts';
import type { Store, Tx } from './unit.ts';

const seenAs = <T>(x: unknown) => x as T;

/** Why a database can't be replaced: a program has it open; its tables can't be read as today's, or are not tables at all. */
export type NotReplaceable = 'open' | 'unreadable';
export class DatabaseNotReplaceable extends Error {
  constructor(readonly problem: NotReplaceable) {
    super(problem);
  }
}

export interface Replacing {
  readonly engine: Store['engine'];
  /** The new one: no tables yet. */
  readonly made: Tx;
  /** The one in place; null when there is none, or it is not to be looked at. */
  readonly inPlace: Tx | null;
}

export interface ReplacingOptions {
  /** A name for what is kept: letters, digits and underscores. */
  readonly suffix: string;
  /** Whether the one in place is not to be read: it may then be anything. */
  readonly blindly: boolean;
  /** The folder that holds db/. */
  readonly root?: string;
}

/**
 * Throws DatabaseNotReplaceable before `fill` begins. Whatever `fill` throws leaves everything as it was.
 * @returns what `fill` gave, and what the old database is called now; null when there was none
 */
export function replaceDatabase<T>(database: string, options: ReplacingOptions, fill: (replacing: Replacing) => Promise<T>) {
  return /^postgres(ql)?:/.test(database) ? replacePostgres(database, options, fill) : replaceSqlite(database, options, fill);
}

async function replaceSqlite<T>(file: string, { suffix, blindly, root }: ReplacingOptions, fill: (replacing: Replacing) => Promise<T>) {
  const there = existsSync(file) && statSync(file).size > 0;
  const held = there ? holdSqlite(file, blindly, root) : null;
  const next = `${file}.restoring`;
  const parts = (name: string) => [name, `${name}-wal`, `${name}-shm`];
  for (const part of parts(next)) rmSync(part, { force: true });
  try {
    const store = openSqlite(next);
    const client = seenAs<{ $client: Database.Database }>(store.db).$client;
    let value: T;
    try {
      // A half-made file is thrown away: nothing is lost with it.
      client.pragma('synchronous = OFF');
      client.pragma('foreign_keys = OFF');
      value = await fill({ engine: 'sqlite', made: { db: store.db, s: store.s }, inPlace: held?.tx ?? null });
      const dangling = client.pragma('foreign_key_check') as unknown[];
      if (dangling.length) throw new Error(`The copy has ${dangling.length} dangling references.`);
      client.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      await store.close();
    }
    if (there) ownAs(file, next);
    sync(next);
    const aside = there ? `${file}.before-${suffix}` : null;
    // A second name first, then the new one over it: at every moment there is a database.
    if (aside) linkSync(file, aside);
    held?.close();
    for (const stale of parts(file).slice(1)) if (existsSync(stale)) aside ? renameSync(stale, stale.replace(file, aside)) : rmSync(stale);
    renameSync(next, file);
    sync(dirname(file));
    return { value, aside };
  } catch (error) {
    held?.close();
    for (const part of parts(next)) rmSync(part, { force: true });
    throw error;
  }
}

/** Restored by an administrator, it is still the portal's: whose the old one was. Only root may give a file away. */
function ownAs(old: string, made: string): void {
  const { uid, gid, mode } = statSync(old);
  const { uid: mine, gid: group } = statSync(made);
  chmodSync(made, mode & 0o777);
  if (uid !== mine || gid !== group) chownSync(made, uid, gid);
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** Leaving WAL asks for a database that nobody else has open; then nobody else gets in until it is closed. */
function holdSqlite(file: string, blindly: boolean, root?: string): { readonly tx: Tx | null; close(): void } {
  let client: Database.Database | null = null;
  try {
    client = new Database(file, { timeout: 1000 });
    client.pragma('journal_mode = DELETE');
    client.exec('BEGIN EXCLUSIVE');
    const held = client;
    const db = drizzle(held, { casing: 'snake_case' });
    const close = () => {
      held.exec('ROLLBACK');
      held.close();
    };
    const tables = held.prepare("select count(*) from sqlite_master where name = 'accounts'").pluck().get();
    if (blindly || tables === 0) return { tx: null, close };
    const last = held.prepare('select max(created_at) from __drizzle_migrations').pluck().get();
    if (Number(last) !== newestMigration('sqlite', root)) throw new DatabaseNotReplaceable('unreadable');
    return { tx: { db: seenAs<Db>(db), s: sqliteTables }, close };
  } catch (error) {
    if (client?.open) client.close();
    if (error instanceof DatabaseNotReplaceable) throw error;
    const code = sqlState(error) ?? '';
    if (code.startsWith('SQLITE_BUSY')) throw new DatabaseNotReplaceable('open');
    if (!['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_ERROR'].includes(code)) throw error;
    if (!blindly) throw new DatabaseNotReplaceable('unreadable');
    return { tx: null, close() {} };
  }
}

async function replacePostgres<T>(url: string, { suffix, blindly, root }: ReplacingOptions, fill: (replacing: Replacing) => Promise<T>) {
  const store = openPostgres(url, 1);
  let reading: Store | null = null;
  try {
    const tx: Tx = { db: store.db, s: store.s };
    const others = sql`select count(*) as n from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name = ${applicationName}`;
    if (Number((await execute(tx, 'postgres', others))[0]?.n) > 0) throw new DatabaseNotReplaceable('open');
    const there = (await execute(tx, 'postgres', sql`select to_regclass('public.accounts') is not null as there`))[0]?.there === true;
    if (there && !blindly) {
      const last = await execute(tx, 'postgres', sql`select max(created_at) as last from drizzle.__drizzle_migrations`).catch(() => []);
      if (Number(last[0]?.last) !== newestMigration('postgres', root)) throw new DatabaseNotReplaceable('unreadable');
      reading = openPostgres(url, 1);
    }
    const inPlace: Tx | null = reading ? { db: reading.db, s: reading.s } : null;
    const aside = there ? `before_${suffix}` : null;
    const value = await seenAs<PgDatabase<PgQueryResultHKT, Record<string, never>>>(store.db).transaction(async (inner) => {
      const made: Tx = { db: seenAs<Db>(inner), s: store.s };
      // The lock of migrate.ts: a portal that starts meanwhile waits, and then finds the new tables.
      await execute(made, 'postgres', sql`select pg_advisory_xact_lock(727001)`);
      if (aside) {
        await execute(made, 'postgres', sql`alter schema public rename to ${sql.identifier(aside)}`);
        await execute(made, 'postgres', sql`create schema public`);
        await execute(made, 'postgres', sql`alter schema drizzle rename to ${sql.identifier(`${aside}_drizzle`)}`);
      }
      return fill({ engine: 'postgres', made, inPlace });
    });
    await refreshStatistics(store);
    return { value, aside };
  } finally {
    await reading?.close();
    await store.close();
  }
}

function newestMigration(engine: Store['engine'], root?: string): number {
  return knownMigrations(engine, root).at(-1)?.when ?? 0;
}
