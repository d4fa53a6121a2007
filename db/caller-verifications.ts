// Rows of how agents made sure of who called.
import { and, desc, eq, gt, isNotNull, isNull, ne, or } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type CallerVerificationRow = Schema['callerVerifications']['$inferSelect'];

export function* insertVerification(tx: Tx, row: CallerVerificationRow): Script<void> {
  yield* q(tx.db.insert(tx.s.callerVerifications).values(row));
}

export function* findVerification(tx: Tx, id: string): Script<CallerVerificationRow | null> {
  const { callerVerifications: t } = tx.s;
  const rows = yield* q(tx.db.select().from(t).where(eq(t.id, id)).limit(1));
  return rows[0] ?? null;
}

/** An agent's latest by this method, whatever became of it. */
export function* findLatestVerification(
  tx: Tx,
  accountId: string,
  agentId: string,
  method: CallerVerificationRow['method'],
): Script<CallerVerificationRow | null> {
  const { callerVerifications: t } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(t)
      .where(and(eq(t.accountId, accountId), eq(t.agentId, agentId), eq(t.method, method)))
      .orderBy(desc(t.begunAt), desc(t.id))
      .limit(1),
  );
  return rows[0] ?? null;
}

/** Of an agent's questions to this account's callers, only the next one counts. @param at epoch milliseconds */
export function* endOpenVerifications(tx: Tx, accountId: string, agentId: string, at: number): Script<void> {
  const { callerVerifications: t } = tx.s;
  yield* q(
    tx.db
      .update(t)
      .set({ expiresAt: at })
      .where(and(eq(t.accountId, accountId), eq(t.agentId, agentId), isNull(t.provenAt), isNull(t.failedAt), gt(t.expiresAt, at))),
  );
}

/** @param expiresAt epoch milliseconds */
export function* setVerificationExpiry(tx: Tx, id: string, expiresAt: number): Script<void> {
  const { callerVerifications: t } = tx.s;
  yield* q(tx.db.update(t).set({ expiresAt }).where(eq(t.id, id)));
}

/** One statement: of many answers at once, one decides, and none after its time. @returns whether this caller was the one */
export function* decideVerification(tx: Tx, id: string, decision: 'provenAt' | 'failedAt', at: number): Script<boolean> {
  const { callerVerifications: t } = tx.s;
  const rows = yield* q(
    tx.db
      .update(t)
      .set({ [decision]: at })
      .where(and(eq(t.id, id), isNull(t.provenAt), isNull(t.failedAt), gt(t.expiresAt, at)))
      .returning({ id: t.id }),
  );
  return rows.length === 1;
}

/** Whose questions to an account's callers. */
export type Whose = 'everybody' | { readonly of: string } | { readonly notOf: string };

/** What was proven counts no more, nor what still waits for an answer. @param whose agents by their accounts' ids. @param at epoch milliseconds */
export function* voidVerifications(tx: Tx, accountId: string, whose: Whose, at: number): Script<void> {
  const { callerVerifications: t } = tx.s;
  const theirs = whose === 'everybody' ? undefined : 'of' in whose ? eq(t.agentId, whose.of) : ne(t.agentId, whose.notOf);
  yield* q(
    tx.db
      .update(t)
      .set({ failedAt: at })
      .where(and(eq(t.accountId, accountId), theirs, isNull(t.failedAt), or(isNotNull(t.provenAt), gt(t.expiresAt, at)))),
  );
}

/** The last one that succeeded, and was not made void since. @param since epoch milliseconds: not before */
export function* findProvenVerification(tx: Tx, accountId: string, agentId: string, since: number): Script<CallerVerificationRow | null> {
  const { callerVerifications: t } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(t)
      .where(and(eq(t.accountId, accountId), eq(t.agentId, agentId), isNull(t.failedAt), isNotNull(t.provenAt), gt(t.provenAt, since)))
      .orderBy(desc(t.provenAt))
      .limit(1),
  );
  return rows[0] ?? null;
}
