// Every row of every table, out of one database and into another, of either engine: for backups, restores and moving house.
// Like store.ts and migrate.ts, it sees one dialect's objects through the other's types.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { and, asc, getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { toSnakeCase } from 'drizzle-orm/casing';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { type PgDatabase, type PgQueryResultHKT, getTableConfig as postgresTable } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteTable } from 'drizzle-orm/sqlite-core';
import type { Db } from '#dialect';
import type { Schema } from './schema.ts';
import type { Store, Tx } from './unit.ts';

const seenAs = <T>(x: unknown) => x as T;
const clientOf = <T>(store: Store) => (store.db as unknown as { $client: T }).$client;
type Postgres = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** A value as JSON knows it: bytes and JSON columns say that they are such. */
export type CopiedValue = string | number | boolean | null | { readonly bytes: string } | { readonly json: unknown };

export interface CopiedRows {
  /** As the database calls them. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CopiedValue[])[];
}

const page = 500;
/** SQLite takes at most 32,766 bound values in one statement. */
const mostValues = 30_000;
const tableName = (table: Schema[keyof Schema]) => getTableName(table as Schema['accounts']);

/** Filled by trigger, and emptied again by what the chain has: it is not copied. */
const derived: ReadonlySet<keyof Schema> = new Set(['unsealedEvents']);

/** Tables in an order in which each comes after those that it refers to. */
export const copiedTables = (s: Schema): readonly (keyof Schema)[] => {
  const names = (Object.keys(s) as (keyof Schema)[]).filter((name) => !derived.has(name));
  const ordered: (keyof Schema)[] = [];
  const visit = (name: keyof Schema) => {
    if (ordered.includes(name)) return;
    for (const other of referred(s, name)) if (other !== name) visit(other);
    ordered.push(name);
  };
  for (const name of names) visit(name);
  return ordered;
};

function referred(s: Schema, name: keyof Schema): (keyof Schema)[] {
  const { foreignKeys } = configOf(s, name);
  const targets = foreignKeys.map((key) => key.reference().foreignTable as unknown);
  return (Object.keys(s) as (keyof Schema)[]).filter((other) => targets.includes(s[other]));
}

type Config = ReturnType<typeof sqliteTable>;
/** Tables of PostgreSQL have a schema's name, if only the default one. */
const configOf = (s: Schema, name: keyof Schema): Config =>
  'enableRLS' in s[name] ? seenAs<Config>(postgresTable(s[name] as never)) : sqliteTable(s[name] as never);

/**
 * Reads of one moment, however long they take and whatever is written meanwhile.
 * @param work reads through what it is given, and through nothing else
 */
export async function inSnapshot<T>(store: Store, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (store.engine === 'postgres') {
    const engine = seenAs<Postgres>(store.db);
    const options = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;
    return engine.transaction((inner) => work({ db: seenAs<Db>(inner), s: store.s }), options);
  }
  const client = clientOf<Database.Database>(store);
  const copy = client.memory ? new Database(client.serialize()) : new Database(client.name, { readonly: true });
  try {
    copy.exec('BEGIN');
    return await work({ db: seenAs<Db>(drizzleSqlite(copy, { casing: 'snake_case' })), s: store.s });
  } finally {
    copy.close();
  }
}

/** All or nothing, by whoever has the database to themselves: it may await in between. */
export async function inOneTransaction<T>(store: Store, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (store.engine === 'postgres') return seenAs<Postgres>(store.db).transaction((inner) => work({ db: seenAs<Db>(inner), s: store.s }));
  const client = clientOf<Database.Database>(store);
  client.exec('BEGIN IMMEDIATE');
  try {
    const value = await work({ db: store.db, s: store.s });
    client.exec('COMMIT');
    return value;
  } catch (error) {
    if (client.inTransaction) client.exec('ROLLBACK');
    throw error;
  }
}

/** A page at a time, in the order of the primary key. */
export async function* readRows(tx: Tx, name: keyof Schema, most = page): AsyncGenerator<CopiedRows> {
  // Seen as one of the tables: drizzle's builders take no union of them.
  const table = tx.s[name] as unknown as Schema['accounts'];
  const { primaryKeys, columns: all } = configOf(tx.s, name);
  const names = Object.keys(getTableColumns(table)) as (keyof typeof table.$inferSelect)[];
  const keyColumns: readonly unknown[] = primaryKeys[0]?.columns ?? all.filter(({ primary }) => primary);
  const keys = names.filter((column) => keyColumns.includes(table[column]));
  const key = keys.map((column) => sql`${table[column]}`);
  const columns = names.map((column) => toSnakeCase(column));
  for (let after: SQL | undefined, full = true; full; ) {
    const rows = await tx.db
      .select()
      .from(table)
      .where(and(after))
      .orderBy(...keys.map((column) => asc(table[column])))
      .limit(most);
    const last = rows.at(-1);
    if (last) {
      const values = keys.map((column) => sql`${last[column]}`);
      after = sql`(${sql.join(key, sql`, `)}) > (${sql.join(values, sql`, `)})`;
    }
    if (rows.length || !after) yield { table: tableName(tx.s[name]), columns, rows: rows.map((row) => names.map((column) => copied(row[column]))) };
    full = rows.length === most;
  }
}

function copied(value: unknown): CopiedValue {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  if (typeof value === 'object' && value !== null) return { json: value };
  return value as CopiedValue;
}

/** Writes rows as they were read from the same tables, possibly of an earlier portal. Refuses tables and columns that the database has not. */
export async function writeRows(tx: Tx, engine: Store['engine'], { table, columns, rows }: CopiedRows): Promise<void> {
  const names = sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  );
  const bound = (value: CopiedValue) => {
    if (typeof value === 'boolean') return engine === 'sqlite' ? Number(value) : value;
    if (typeof value !== 'object' || value === null) return value;
    return 'bytes' in value ? Buffer.from(value.bytes, 'base64') : JSON.stringify(value.json);
  };
  const chunk = Math.floor(mostValues / columns.length);
  for (let i = 0; i < rows.length; i += chunk) {
    const values = rows.slice(i, i + chunk).map(
      (row) =>
        sql`(${sql.join(
          row.map((value) => sql`${bound(value)}`),
          sql`, `,
        )})`,
    );
    await execute(tx, engine, sql`insert into ${sql.identifier(table)} (${names}) values ${sql.join(values, sql`, `)}`);
  }
}

/** Events that have their place in the chain do not wait for one. After rows were written. */
export async function settleUnsealed(tx: Tx): Promise<void> {
  const { auditChain, unsealedEvents } = tx.s;
  const placed = tx.db.select({ id: auditChain.eventId }).from(auditChain);
  await tx.db.delete(unsealedEvents).where(sql`${unsealedEvents.id} in ${placed}`);
}

/** @returns a statement's rows on PostgreSQL; nothing on SQLite */
export async function execute(tx: Tx, engine: Store['engine'], statement: SQL): Promise<readonly Record<string, unknown>[]> {
  if (engine === 'postgres') return [...((await seenAs<Postgres>(tx.db).execute(statement)) as unknown as Record<string, unknown>[])];
  seenAs<{ run(statement: SQL): void }>(tx.db).run(statement);
  return [];
}

/** How many rows each table has, by the database's name of it. */
export async function countRows(tx: Tx): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const name of copiedTables(tx.s)) {
    const table = tx.s[name] as unknown as Schema['accounts'];
    const rows = await tx.db.select({ n: sql<number | string>`count(*)` }).from(table);
    counts[tableName(tx.s[name])] = Number(rows[0]?.n ?? 0);
  }
  return counts;
}

/** The migrations that this portal knows, oldest first; tags are the same on both engines. @param root the folder that holds db/ */
export function knownMigrations(engine: Store['engine'], root = process.cwd()): readonly { readonly tag: string; readonly when: number }[] {
  const file = join(root, 'db/migrations', engine, 'meta/_journal.json');
  return (JSON.parse(readFileSync(/* turbopackIgnore: true */ file, 'utf8')) as { entries: { tag: string; when: number }[] }).entries;
}

/**
 * Brings an empty database, or one of an earlier portal, to the tables as they were after one migration.
 * @param through its tag; the newest when left out
 */
export async function migrateThrough(tx: Tx, engine: Store['engine'], through?: string, root = process.cwd()): Promise<void> {
  const tags = knownMigrations(engine, root);
  const all = readMigrationFiles({ migrationsFolder: join(root, 'db/migrations', engine) });
  const wanted = through === undefined ? all : all.slice(0, tags.findIndex(({ tag }) => tag === through) + 1);
  // drizzle's own migrator, on the transaction that is open.
  const { dialect, session } = seenAs<{ dialect: { migrate(files: unknown, session: unknown, config: object): unknown }; session: unknown }>(tx.db);
  if (engine === 'sqlite') {
    await dialect.migrate(wanted, session, {});
    return;
  }
  const inner = seenAs<Postgres>(tx.db);
  const run = (statement: SQL) => inner.execute(statement);
  await dialect.migrate(wanted, { execute: run, all: run, transaction: (work: (inner: Postgres) => Promise<void>) => work(inner) }, {});
}
