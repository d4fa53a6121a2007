// Rows of proven factors.
import { and, asc, eq, isNull, lt, ne } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type FactorRow = Schema['factors']['$inferSelect'];

export function* insertFactor(tx: Tx, row: Schema['factors']['$inferInsert']): Script<void> {
  yield* q(tx.db.insert(tx.s.factors).values(row));
}

/** The oldest first. */
export function* listFactors(tx: Tx, accountId: string): Script<FactorRow[]> {
  const { factors } = tx.s;
  return yield* q(tx.db.select().from(factors).where(eq(factors.accountId, accountId)).orderBy(asc(factors.createdAt), asc(factors.id)));
}

/** Compare-and-set: a time step is accepted once, and only forward. @returns whether this caller was the one. @param at epoch milliseconds */
export function* acceptStep(tx: Tx, id: string, step: number, at: number): Script<boolean> {
  const { factors } = tx.s;
  const rows = yield* q(
    tx.db
      .update(factors)
      .set({ lastStep: step, lastUsedAt: at })
      .where(and(eq(factors.id, id), lt(factors.lastStep, step)))
      .returning({ id: factors.id }),
  );
  return rows.length === 1;
}

/** @param at epoch milliseconds */
export function* setFactorUsed(tx: Tx, id: string, at: number): Script<void> {
  const { factors } = tx.s;
  yield* q(tx.db.update(factors).set({ lastUsedAt: at }).where(eq(factors.id, id)));
}

/** It has proven beside the mailbox: it proves by itself again. */
export function* setMailboxProven(tx: Tx, id: string): Script<void> {
  const { factors } = tx.s;
  yield* q(tx.db.update(factors).set({ mailboxWantedAt: null }).where(eq(factors.id, id)));
}

/** All that are not frozen yet. @param at epoch milliseconds */
export function* freezeFactors(tx: Tx, accountId: string, at: number): Script<void> {
  const { factors } = tx.s;
  yield* q(
    tx.db
      .update(factors)
      .set({ frozenAt: at })
      .where(and(eq(factors.accountId, accountId), isNull(factors.frozenAt))),
  );
}

/** Every factor of the account but one, frozen ones too, with what hangs on them. @returns how many */
export function* deleteOtherFactors(tx: Tx, accountId: string, keep: string): Script<number> {
  const { factors } = tx.s;
  const rows = yield* q(
    tx.db
      .delete(factors)
      .where(and(eq(factors.accountId, accountId), ne(factors.id, keep)))
      .returning({ id: factors.id }),
  );
  return rows.length;
}

/** @returns whether the account has this factor */
export function* setFactorName(tx: Tx, accountId: string, id: string, name: string): Script<boolean> {
  const { factors } = tx.s;
  const rows = yield* q(
    tx.db
      .update(factors)
      .set({ name })
      .where(and(eq(factors.id, id), eq(factors.accountId, accountId)))
      .returning({ id: factors.id }),
  );
  return rows.length === 1;
}

/** One that is frozen already keeps its instant. @param at epoch milliseconds */
export function* setFactorFrozen(tx: Tx, accountId: string, id: string, at: number): Script<void> {
  const { factors } = tx.s;
  yield* q(
    tx.db
      .update(factors)
      .set({ frozenAt: at })
      .where(and(eq(factors.id, id), eq(factors.accountId, accountId), isNull(factors.frozenAt))),
  );
}

/** With what hangs on it. @returns whether the account had this factor */
export function* deleteFactor(tx: Tx, accountId: string, id: string): Script<boolean> {
  const { factors } = tx.s;
  const rows = yield* q(
    tx.db
      .delete(factors)
      .where(and(eq(factors.id, id), eq(factors.accountId, accountId)))
      .returning({ id: factors.id }),
  );
  return rows.length === 1;
}
