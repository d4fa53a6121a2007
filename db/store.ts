// Opens either engine. The only place, with migrate.ts, where one dialect's objects are seen through the other's types.
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Db, kit as Kit } from '#dialect';
import { kit as postgresKit } from './dialect.postgres.ts';
import { kit as sqliteKit } from './dialect.sqlite.ts';
import { describe } from './schema.ts';
import { q, type Script, type Store, type Tx } from './unit.ts';

const seenAs = <T>(x: unknown) => x as T;
/** For whoever holds a database open without a store. */
export const sqliteTables = describe(seenAs<typeof Kit>(sqliteKit));
const postgresTables = describe(seenAs<typeof Kit>(postgresKit));

/** @param file a path, or `:memory:`. Throws with SQLite's own code when the file can't be opened. */
export function openSqlite(file: string): Store {
  const client = new Database(file);
  // FULL: in WAL mode this build defaults to NORMAL, and a consumed code must not come back after a power cut.
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 5000']) client.pragma(pragma);
  const db = seenAs<Db>(drizzleSqlite(client, { casing: 'snake_case' }));
  const tx: Tx = { db, s: sqliteTables };

  const play = <T>(script: (tx: Tx) => Script<T>): T => {
    const steps = script(tx);
    let step = steps.next();
    while (!step.done) {
      let rows: unknown;
      try {
        rows = seenAs<SyncQuery>(step.value).prepare().execute().sync();
      } catch (error) {
        step = steps.throw(error);
        continue;
      }
      step = steps.next(rows);
    }
    return step.value;
  };
  const playInSavepoint = client.transaction(play);

  // Group commit: the units of one event-loop turn share one BEGIN IMMEDIATE … COMMIT, hence one fsync; each has its savepoint.
  type Job = { script: (tx: Tx) => Script<unknown>; settle?: () => void; resolve: (value: never) => void; reject: (error: unknown) => void };
  let jobs: Job[] = [];
  const flush = () => {
    const batch = jobs;
    jobs = [];
    try {
      client
        .transaction(() => {
          for (const job of batch) {
            try {
              const value = playInSavepoint(job.script) as never;
              job.settle = () => job.resolve(value);
            } catch (error) {
              if (!client.inTransaction) throw error; // the engine gave the whole transaction up
              job.settle = () => job.reject(error);
            }
          }
        })
        .immediate();
      for (const job of batch) job.settle?.();
    } catch (error) {
      for (const job of batch) job.reject(error); // BEGIN or COMMIT failed: nobody was told 'done'
    }
  };
  const unit = <T>(_key: string, script: (tx: Tx) => Script<T>) =>
    new Promise<T>((resolve, reject) => {
      if (jobs.push({ script, resolve, reject }) === 1) setImmediate(flush);
    });

  return {
    engine: 'sqlite',
    s: sqliteTables,
    db,
    read: async (script) => play(script),
    unit,
    write: (query) => unit('', () => q(query)),
    async close() {
      if (jobs.length) flush();
      client.close();
    },
  };
}
type SyncQuery = { prepare(): { execute(): { sync(): unknown } } };

/** How the portal's connections are told from others' on the server. */
export const applicationName = 'account-portal';

/** @param url `postgres://…` @param connections at most, per process */
export function openPostgres(url: string, connections = 10): Store {
  // Every statement is short, whatever a planner without statistics expects of it: compiling one takes longer than running it.
  const connection = { application_name: applicationName, jit: 'off' };
  const client = postgres(url, { max: connections, onnotice() {}, connection });
  const engine = drizzlePostgres(client, { casing: 'snake_case' }) as unknown as PgDatabase<PgQueryResultHKT, Record<string, never>>;
  const db = seenAs<Db>(engine);
  return {
    engine: 'postgres',
    s: postgresTables,
    db,
    read: (script) => drive(script({ db, s: postgresTables })),
    async write(query) {
      try {
        return await query;
      } catch (error) {
        throw withoutValues(error);
      }
    },
    async unit(key, script) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await engine.transaction(async (inner) => {
            // Taken first, released after COMMIT is visible; READ COMMITTED, so every later statement sees the previous unit.
            await inner.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
            return drive(script({ db: seenAs<Db>(inner), s: postgresTables }));
          });
        } catch (error) {
          if (attempt >= 4 || !['40001', '40P01'].includes(sqlState(error) ?? '')) throw error; // deadlock or failover: again
          await sleep(5 * 2 ** attempt);
        }
      }
    },
    close: () => client.end(),
  };
}

async function drive<T>(steps: Script<T>): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    let rows: unknown;
    try {
      rows = await step.value;
    } catch (error) {
      step = steps.throw(withoutValues(error));
      continue;
    }
    step = steps.next(rows);
  }
  return step.value;
}

/**
 * Errors end in the log: the values of the statement, which may be addresses and hashes, must not come along (SEC-111). PostgreSQL's driver and
 * drizzle name them.
 */
export function withoutValues(error: unknown): unknown {
  const found = error as { message?: string; stack?: string; params?: unknown; detail?: unknown; where?: unknown; cause?: unknown } | null;
  if (typeof found !== 'object' || found === null) return error;
  if ('params' in found) {
    const [statement = ''] = (found.message ?? '').split('\nparams:');
    if (found.stack !== undefined && found.message !== undefined) found.stack = found.stack.replace(found.message, () => statement);
    found.message = statement;
    delete found.params;
  }
  delete found.detail;
  delete found.where;
  withoutValues(found.cause);
  return error;
}

/** The engine's own code (`SQLITE_FULL`, `23505`), however deeply the error is wrapped. */
export function sqlState(error: unknown): string | undefined {
  for (let e = error as { code?: unknown; cause?: unknown } | undefined; e; e = e.cause as typeof e) if (typeof e.code === 'string') return e.code;
  return undefined;
}

/** Whether a statement failed because such a row is already there. */
export const isDuplicate = (error: unknown) => ['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(sqlState(error) ?? '');
