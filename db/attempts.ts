// Rows that count failures.
import { eq } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type AttemptsRow = Omit<Schema['attempts']['$inferSelect'], 'knockedAt'>;

export function* findAttempts(tx: Tx, subject: string): Script<AttemptsRow | null> {
  const rows = yield* q(tx.db.select().from(tx.s.attempts).where(eq(tx.s.attempts.subject, subject)).limit(1));
  return rows[0] ?? null;
}

/** Makes or replaces. */
export function* setAttempts(tx: Tx, row: AttemptsRow): Script<void> {
  const { subject: _, ...counts } = row;
  yield* q(tx.db.insert(tx.s.attempts).values(row).onConflictDoUpdate({ target: tx.s.attempts.subject, set: counts }));
}

export function* deleteAttempts(tx: Tx, subject: string): Script<void> {
  yield* q(tx.db.delete(tx.s.attempts).where(eq(tx.s.attempts.subject, subject)));
}

/** Consecutive failures start anew; the day's count stays. */
export function* setNoFailures(tx: Tx, subject: string): Script<void> {
  yield* q(tx.db.update(tx.s.attempts).set({ failures: 0 }).where(eq(tx.s.attempts.subject, subject)));
}

/** A try came that nobody looks at. @param at epoch milliseconds */
export function* setKnocked(tx: Tx, subject: string, at: number): Script<void> {
  yield* q(tx.db.update(tx.s.attempts).set({ knockedAt: at }).where(eq(tx.s.attempts.subject, subject)));
}

/** Nobody waits any more. Consecutive failures stay counted: only a right try forgets them. */
export function* setNoWait(tx: Tx, subject: string): Script<void> {
  yield* q(tx.db.update(tx.s.attempts).set({ dayFailures: 0, waitUntil: 0 }).where(eq(tx.s.attempts.subject, subject)));
}
