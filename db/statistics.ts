// What PostgreSQL's planner knows of tables that were just filled: nothing, until the server's own upkeep comes round to them.
import { getTableName, sql } from 'drizzle-orm';
import { execute } from './copy.ts';
import type { Schema } from './schema.ts';
import type { Store } from './unit.ts';

/**
 * Reads samples of them, and marks what everybody sees, so that indexes answer alone. For PostgreSQL; SQLite plans by its indexes and needs none. What
 * was filled stays when this fails: the server's upkeep does the same within minutes.
 * @param names the tables that were filled; all when left out
 */
export async function refreshStatistics(store: Store, names?: readonly (keyof Schema)[]): Promise<void> {
  if (store.engine === 'sqlite') return;
  const tables = (names ?? (Object.keys(store.s) as (keyof Schema)[])).map((name) => getTableName(store.s[name] as Schema['accounts']));
  const list = sql.join(
    tables.map((table) => sql.identifier(table)),
    sql`, `,
  );
  // Outside a transaction, where alone it is allowed.
  await execute({ db: store.db, s: store.s }, 'postgres', sql`vacuum (analyze) ${list}`).catch(() => []);
}
