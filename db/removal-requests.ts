// Rows of factors that one agent asks to remove and another one decides on.
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type RemovalRequestRow = Schema['removalRequests']['$inferSelect'];
export type RemovalDecision = NonNullable<RemovalRequestRow['decision']>;

export function* insertRemovalRequest(tx: Tx, row: RemovalRequestRow): Script<void> {
  yield* q(tx.db.insert(tx.s.removalRequests).values(row));
}

/** Decided and expired ones too. */
export function* findRemovalRequest(tx: Tx, id: string): Script<RemovalRequestRow | null> {
  const { removalRequests: t } = tx.s;
  const rows = yield* q(tx.db.select().from(t).where(eq(t.id, id)).limit(1));
  return rows[0] ?? null;
}

/** Those that can still be decided, the oldest first. @param at epoch milliseconds. @param accountId null: everybody's */
export function* listOpenRemovalRequests(tx: Tx, at: number, limit: number, accountId: string | null): Script<RemovalRequestRow[]> {
  const { removalRequests: t } = tx.s;
  return yield* q(
    tx.db
      .select()
      .from(t)
      .where(and(isNull(t.decidedAt), gt(t.expiresAt, at), accountId === null ? undefined : eq(t.accountId, accountId)))
      .orderBy(asc(t.expiresAt), asc(t.id))
      .limit(limit),
  );
}

/** Check and decide in one statement. @param at epoch milliseconds. @returns whether this caller was the one */
export function* decideRemovalRequest(tx: Tx, id: string, decidedBy: string, decision: RemovalDecision, at: number): Script<boolean> {
  const { removalRequests: t } = tx.s;
  const rows = yield* q(
    tx.db
      .update(t)
      .set({ decidedBy, decidedAt: at, decision })
      .where(and(eq(t.id, id), isNull(t.decidedAt), gt(t.expiresAt, at)))
      .returning({ id: t.id }),
  );
  return rows.length === 1;
}

/** Nobody decides on them any more: their owner disowned what happened. @param at epoch milliseconds */
export function* closeRemovalRequests(tx: Tx, accountId: string, at: number): Script<void> {
  const { removalRequests: t } = tx.s;
  yield* q(
    tx.db
      .update(t)
      .set({ decidedAt: at, decision: 'withdrawn' })
      .where(and(eq(t.accountId, accountId), isNull(t.decidedAt))),
  );
}
