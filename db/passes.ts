// Rows of passes that the helpdesk gave to callers.
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type PassRow = Schema['passes']['$inferSelect'];

export function* insertPass(tx: Tx, row: PassRow): Script<void> {
  yield* q(tx.db.insert(tx.s.passes).values(row));
}

/** Checks and consumes in one statement. @returns the pass, to whoever was the one. @param at epoch milliseconds */
export function* consumePass(tx: Tx, accountId: string, hash: string, at: number): Script<PassRow | null> {
  const { passes } = tx.s;
  const rows = yield* q(
    tx.db
      .update(passes)
      .set({ usedAt: at })
      .where(and(eq(passes.accountId, accountId), eq(passes.hash, hash), isNull(passes.usedAt), gt(passes.expiresAt, at)))
      .returning(),
  );
  return rows[0] ?? null;
}

/** Used and expired ones too: so that a person is told what is wrong with the one they hold. */
export function* findPass(tx: Tx, accountId: string, hash: string): Script<PassRow | null> {
  const { passes } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(passes)
      .where(and(eq(passes.accountId, accountId), eq(passes.hash, hash)))
      .limit(1),
  );
  return rows[0] ?? null;
}

/** Accounts' ids of who gave those that may still be used. @param at epoch milliseconds */
export function* listIssuers(tx: Tx, accountId: string, at: number): Script<string[]> {
  const { passes } = tx.s;
  const rows = yield* q(
    tx.db
      .selectDistinct({ issuedBy: passes.issuedBy })
      .from(passes)
      .where(and(eq(passes.accountId, accountId), isNull(passes.usedAt), gt(passes.expiresAt, at))),
  );
  return rows.map(({ issuedBy }) => issuedBy);
}

/** By the row's own name. */
export function* findPassRow(tx: Tx, id: string): Script<PassRow | null> {
  const rows = yield* q(tx.db.select().from(tx.s.passes).where(eq(tx.s.passes.id, id)).limit(1));
  return rows[0] ?? null;
}

/** Those that were not used are worth nothing from now on. @param at epoch milliseconds */
export function* expirePasses(tx: Tx, accountId: string, at: number): Script<void> {
  const { passes } = tx.s;
  yield* q(
    tx.db
      .update(passes)
      .set({ expiresAt: at })
      .where(and(eq(passes.accountId, accountId), isNull(passes.usedAt), gt(passes.expiresAt, at))),
  );
}
