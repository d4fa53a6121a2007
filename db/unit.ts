// Units of work: several statements, all or nothing, written once for both engines (docs/decisions/0002).
import type { Db } from '#dialect';
import type { Schema } from './schema.ts';

/**
 * A transaction script: yields queries, receives their rows. It cannot await, so no mail or LDAP call can happen while the
 * write lock is held. It may be run again after a conflict, so ids, instants and hashes come from outside.
 */
export type Script<T> = Generator<PromiseLike<unknown>, T, unknown>;

/** `const rows = yield* q(db.select()…)`: hands one query to the engine and gives back its typed rows. */
export function* q<T>(query: PromiseLike<T>): Script<T> {
  return (yield query) as T;
}

/** What a script works with: the transaction's connection and the tables. */
export interface Tx {
  readonly db: Db;
  readonly s: Schema;
  /** The audit log's lines that this run of the unit has written, for whoever runs it: once it is kept, they have happened. */
  readonly written?: WrittenEvent[];
}

export interface WrittenEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  readonly s: Schema;
  /** Reads outside a unit: `await store.db.select()…`. Writes go through `unit` or `write`. */
  readonly db: Db;
  /** Plays one read-only or self-contained script outside a transaction. */
  read<T>(script: (tx: Tx) => Script<T>): Promise<T>;
  /**
   * A transaction. Units with the same key (normally the account's id) run one after another, on every node. The script starts no
   * other unit and catches no failed statement (PostgreSQL has aborted by then).
   */
  unit<T>(key: string, script: (tx: Tx) => Script<T>): Promise<T>;
  /** One writing statement, atomic by itself; don't await the query first. */
  write<T>(query: PromiseLike<T>): Promise<T>;
  close(): Promise<void>;
}
