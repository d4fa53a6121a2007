// Rows of the key pair by which push services know the portal.
import { asc } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type VapidKeysRow = Schema['vapidKeys']['$inferSelect'];

export function* insertVapidKeys(tx: Tx, row: Schema['vapidKeys']['$inferInsert']): Script<void> {
  yield* q(tx.db.insert(tx.s.vapidKeys).values(row));
}

/** Oldest first: the first is the one in use. */
export function* listVapidKeys(tx: Tx): Script<VapidKeysRow[]> {
  const { vapidKeys: t } = tx.s;
  return yield* q(tx.db.select().from(t).orderBy(asc(t.createdAt), asc(t.id)));
}
