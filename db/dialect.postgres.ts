// The column kit of PostgreSQL: the same names and JavaScript types as dialect.sqlite.ts.
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { bigint, boolean, customType, index, jsonb, pgTable, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core';

// COLLATE "C": the byte order of SQLite's BINARY, so that ranges, prefixes and keysets agree on both engines.
const binaryText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
const bytea = customType<{ data: Buffer }>({
  dataType: () => 'bytea',
  fromDriver: (value) => (value instanceof Buffer ? value : Buffer.from(value as Uint8Array)),
});

export const kit = {
  table: pgTable,
  index,
  uniqueIndex,
  primaryKey,
  text: () => binaryText(),
  oneOf: <const V extends [string, ...string[]]>(_values: V) => binaryText().$type<V[number]>(),
  int: () => bigint({ mode: 'number' }),
  /** Epoch milliseconds. */
  instant: () => bigint({ mode: 'number' }),
  bool: () => boolean(),
  json: <T>() => jsonb().$type<T>(),
  bytes: () => bytea(),
};
// biome-ignore lint/suspicious/noExplicitAny: drizzle's own result and schema parameters, which no caller reads
export type Db = PgDatabase<any, any>;
