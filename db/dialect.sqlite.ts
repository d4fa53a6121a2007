// The column kit of SQLite. `schema.ts` is called with this one or with PostgreSQL's; `#dialect` names the one being type-checked.
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const kit = {
  table: sqliteTable,
  index,
  uniqueIndex,
  primaryKey,
  text: () => text(),
  oneOf: <const V extends [string, ...string[]]>(values: V) => text({ enum: values }),
  int: () => integer(),
  /** Epoch milliseconds. */
  instant: () => integer(),
  bool: () => integer({ mode: 'boolean' }),
  json: <T>() => text({ mode: 'json' }).$type<T>(),
  bytes: () => blob({ mode: 'buffer' }),
};
// biome-ignore lint/suspicious/noExplicitAny: drizzle's own result and schema parameters, which no caller reads
export type Db = BaseSQLiteDatabase<'sync', any>;
