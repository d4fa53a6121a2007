// Messages waiting to leave, and what became of them.
import { and, asc, desc, eq, inArray, isNotNull, lte } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type OutboxRow = Schema['outbox']['$inferSelect'];

export function* insertOutboxMessage(tx: Tx, row: Schema['outbox']['$inferInsert']): Script<void> {
  yield* q(tx.db.insert(tx.s.outbox).values(row));
}

/** Messages to be tried now, the longest due first. */
export function* listDueMessages(tx: Tx, now: number, limit: number): Script<Pick<OutboxRow, 'id' | 'dueAt' | 'tries'>[]> {
  const { outbox } = tx.s;
  return yield* q(
    tx.db
      .select({ id: outbox.id, dueAt: outbox.dueAt, tries: outbox.tries })
      .from(outbox)
      .where(lte(outbox.dueAt, now))
      .orderBy(asc(outbox.dueAt), asc(outbox.id))
      .limit(limit),
  );
}

/**
 * Takes messages that are due, for one process alone: until `leaseEnd` nobody else's call answers them. One statement, whose
 * condition holds again after waiting for another node's. @returns what was taken, the oldest first
 */
export function* claimDueMessages(tx: Tx, ids: readonly string[], now: number, leaseEnd: number): Script<OutboxRow[]> {
  if (ids.length === 0) return [];
  const { outbox } = tx.s;
  const rows = yield* q(
    tx.db
      .update(outbox)
      .set({ dueAt: leaseEnd })
      .where(and(inArray(outbox.id, [...ids]), lte(outbox.dueAt, now)))
      .returning(),
  );
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A server has taken it: the body dies. */
export function* setMessageSent(tx: Tx, id: string, at: number, tries: number): Script<void> {
  const { outbox } = tx.s;
  yield* q(tx.db.update(outbox).set({ message: null, dueAt: null, sentAt: at, tries, failure: null }).where(eq(outbox.id, id)));
}

/** @param dueAt the next try; null gives up, and the body dies */
export function* setMessageFailed(tx: Tx, id: string, failed: { dueAt: number | null; tries: number; failure: string }): Script<void> {
  const { outbox } = tx.s;
  const body = failed.dueAt === null ? { message: null } : {};
  yield* q(
    tx.db
      .update(outbox)
      .set({ ...failed, ...body })
      .where(eq(outbox.id, id)),
  );
}

/** One that has not left yet is not sent at all. */
export function* deleteOutboxMessage(tx: Tx, id: string): Script<void> {
  yield* q(tx.db.delete(tx.s.outbox).where(eq(tx.s.outbox.id, id)));
}

/** Messages of a kind that still wait after a try that failed. */
export function* listFailingMessages(tx: Tx, kind: string, limit: number): Script<Pick<OutboxRow, 'failure'>[]> {
  const { outbox } = tx.s;
  return yield* q(
    tx.db
      .select({ failure: outbox.failure })
      .from(outbox)
      .where(and(isNotNull(outbox.dueAt), isNotNull(outbox.failure), eq(outbox.kind, kind)))
      .limit(limit),
  );
}

/** The newest message of one kind to an account; null when there is none. */
export function* findLatestMessage(tx: Tx, accountId: string, kind: string): Script<OutboxRow | null> {
  const { outbox } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(outbox)
      .where(and(eq(outbox.accountId, accountId), eq(outbox.kind, kind)))
      .orderBy(desc(outbox.createdAt), desc(outbox.id))
      .limit(1),
  );
  return rows[0] ?? null;
}
