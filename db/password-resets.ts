// Rows of browsers on their way to a new password.
import { and, eq, gt, isNotNull, isNull, ne } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type PasswordResetRow = Schema['passwordResets']['$inferSelect'];
export type ResetProof = NonNullable<PasswordResetRow['provenBy']>;

export function* insertPasswordReset(tx: Tx, row: Schema['passwordResets']['$inferInsert']): Script<void> {
  yield* q(tx.db.insert(tx.s.passwordResets).values(row));
}

export function* findPasswordReset(tx: Tx, id: string): Script<PasswordResetRow | null> {
  const { passwordResets } = tx.s;
  const rows = yield* q(tx.db.select().from(passwordResets).where(eq(passwordResets.id, id)).limit(1));
  return rows[0] ?? null;
}

export function* deletePasswordReset(tx: Tx, id: string): Script<void> {
  yield* q(tx.db.delete(tx.s.passwordResets).where(eq(tx.s.passwordResets.id, id)));
}

/** @param except the one that goes on; null: none does */
export function* deletePasswordResetsOfAccount(tx: Tx, accountId: string, except: string | null): Script<void> {
  const { passwordResets } = tx.s;
  yield* q(
    tx.db.delete(passwordResets).where(and(eq(passwordResets.accountId, accountId), except === null ? undefined : ne(passwordResets.id, except))),
  );
}

/** @param at epoch milliseconds */
export function* setMailboxProven(tx: Tx, id: string, at: number): Script<void> {
  yield* q(tx.db.update(tx.s.passwordResets).set({ mailboxProvenAt: at }).where(eq(tx.s.passwordResets.id, id)));
}

/** @param at epoch milliseconds */
export function* setIdentityProven(tx: Tx, id: string, by: ResetProof, at: number): Script<void> {
  yield* q(tx.db.update(tx.s.passwordResets).set({ provenBy: by, provenAt: at }).where(eq(tx.s.passwordResets.id, id)));
}

/** Check and consume in one statement. @returns what was proven beside the mailbox; null when this caller was not the one. @param at epoch milliseconds */
export function* finishPasswordReset(tx: Tx, id: string, at: number): Script<ResetProof | null> {
  const { passwordResets: t } = tx.s;
  const rows = yield* q(
    tx.db
      .update(t)
      .set({ finishedAt: at })
      .where(and(eq(t.id, id), isNull(t.finishedAt), isNotNull(t.mailboxProvenAt), isNotNull(t.provenAt), gt(t.expiresAt, at)))
      .returning({ by: t.provenBy }),
  );
  return rows[0]?.by ?? null;
}
