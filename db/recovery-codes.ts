// Rows of recovery codes: kept ones, hashed, and the set on screen that is not kept yet, sealed.
import { and, eq, isNull } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type RecoveryCodeRow = Schema['recoveryCodes']['$inferSelect'];
export type PendingRecoveryCodesRow = Schema['pendingRecoveryCodes']['$inferSelect'];

/** Used ones too. */
export function* listRecoveryCodes(tx: Tx, accountId: string): Script<RecoveryCodeRow[]> {
  const { recoveryCodes } = tx.s;
  return yield* q(tx.db.select().from(recoveryCodes).where(eq(recoveryCodes.accountId, accountId)));
}

/** Puts a whole set in the place of whatever was there. */
export function* setRecoveryCodes(tx: Tx, accountId: string, rows: readonly RecoveryCodeRow[]): Script<void> {
  const { recoveryCodes } = tx.s;
  yield* q(tx.db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId)));
  if (rows.length > 0) yield* q(tx.db.insert(recoveryCodes).values([...rows]));
}

/** Checks and consumes in one statement. @returns whether this caller was the one. @param at epoch milliseconds */
export function* consumeRecoveryCode(tx: Tx, accountId: string, hash: string, at: number): Script<boolean> {
  const { recoveryCodes } = tx.s;
  const rows = yield* q(
    tx.db
      .update(recoveryCodes)
      .set({ usedAt: at })
      .where(and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.hash, hash), isNull(recoveryCodes.usedAt)))
      .returning({ id: recoveryCodes.id }),
  );
  return rows.length === 1;
}

export function* findPendingRecoveryCodes(tx: Tx, accountId: string): Script<PendingRecoveryCodesRow | null> {
  const { pendingRecoveryCodes } = tx.s;
  const rows = yield* q(tx.db.select().from(pendingRecoveryCodes).where(eq(pendingRecoveryCodes.accountId, accountId)).limit(1));
  return rows[0] ?? null;
}

/** Does nothing when a set is there: what is on screen must stay what is written on paper. */
export function* insertPendingRecoveryCodes(tx: Tx, row: PendingRecoveryCodesRow): Script<void> {
  yield* q(tx.db.insert(tx.s.pendingRecoveryCodes).values(row).onConflictDoNothing());
}

export function* deletePendingRecoveryCodes(tx: Tx, accountId: string): Script<void> {
  yield* q(tx.db.delete(tx.s.pendingRecoveryCodes).where(eq(tx.s.pendingRecoveryCodes.accountId, accountId)));
}
