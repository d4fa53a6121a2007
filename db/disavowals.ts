// Rows of links with which an owner disowns an event.
import { and, eq, isNull } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type DisavowalRow = Schema['disavowals']['$inferSelect'];

export function* insertDisavowal(tx: Tx, row: Schema['disavowals']['$inferInsert']): Script<void> {
  yield* q(tx.db.insert(tx.s.disavowals).values(row));
}

/** Used and expired ones too. @param id hashed */
export function* findDisavowal(tx: Tx, id: string): Script<DisavowalRow | null> {
  const { disavowals: t } = tx.s;
  const rows = yield* q(tx.db.select().from(t).where(eq(t.id, id)).limit(1));
  return rows[0] ?? null;
}

/** Every link about one event is spent, whichever was followed. @param at epoch milliseconds */
export function* setDisavowalsUsed(tx: Tx, accountId: string, eventId: string, at: number): Script<void> {
  const { disavowals: t } = tx.s;
  yield* q(
    tx.db
      .update(t)
      .set({ usedAt: at })
      .where(and(eq(t.accountId, accountId), eq(t.eventId, eventId), isNull(t.usedAt))),
  );
}
