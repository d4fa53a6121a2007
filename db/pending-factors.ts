// Rows of factors being put in place, one per account.
import { eq } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type PendingFactorRow = Schema['pendingFactors']['$inferSelect'];

/** One past its time too: look at `expiresAt`. */
export function* findPendingFactor(tx: Tx, accountId: string): Script<PendingFactorRow | null> {
  const { pendingFactors } = tx.s;
  const rows = yield* q(tx.db.select().from(pendingFactors).where(eq(pendingFactors.accountId, accountId)).limit(1));
  return rows[0] ?? null;
}

/** Makes or replaces. */
export function* setPendingFactor(tx: Tx, row: PendingFactorRow): Script<void> {
  const { accountId: _, ...rest } = row;
  yield* q(tx.db.insert(tx.s.pendingFactors).values(row).onConflictDoUpdate({ target: tx.s.pendingFactors.accountId, set: rest }));
}

export function* setPendingFactorName(tx: Tx, accountId: string, name: string): Script<void> {
  const { pendingFactors } = tx.s;
  yield* q(tx.db.update(pendingFactors).set({ name }).where(eq(pendingFactors.accountId, accountId)));
}

export function* deletePendingFactor(tx: Tx, accountId: string): Script<void> {
  yield* q(tx.db.delete(tx.s.pendingFactors).where(eq(tx.s.pendingFactors.accountId, accountId)));
}
