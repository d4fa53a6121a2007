// Rows that say what was proven within a flow.
import { and, eq, gt } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type ProofRow = Schema['proofs']['$inferSelect'];

/** @param since epoch milliseconds: older proofs are left out */
export function* listProofs(tx: Tx, flow: string, since: number): Script<ProofRow[]> {
  const { proofs } = tx.s;
  return yield* q(
    tx.db
      .select()
      .from(proofs)
      .where(and(eq(proofs.flow, flow), gt(proofs.at, since))),
  );
}

/** Makes or replaces the flow's proof of this kind. */
export function* setProof(tx: Tx, row: ProofRow): Script<void> {
  const { flow: _flow, kind: _kind, ...facts } = row;
  yield* q(
    tx.db
      .insert(tx.s.proofs)
      .values(row)
      .onConflictDoUpdate({ target: [tx.s.proofs.flow, tx.s.proofs.kind], set: facts }),
  );
}

/** In whatever flows. */
export function* deleteProofsOfKind(tx: Tx, accountId: string, kind: ProofRow['kind']): Script<void> {
  const { proofs } = tx.s;
  yield* q(tx.db.delete(proofs).where(and(eq(proofs.accountId, accountId), eq(proofs.kind, kind))));
}

/** With what was said and proven of a lost phone on the way: who starts again starts all of it again. */
export function* deleteProofs(tx: Tx, flow: string): Script<void> {
  yield* q(tx.db.delete(tx.s.proofs).where(eq(tx.s.proofs.flow, flow)));
  yield* q(tx.db.delete(tx.s.lostPhones).where(eq(tx.s.lostPhones.flow, flow)));
}

/** Every sign-in of the person that is under way starts again. */
export function* deleteProofsOfAccount(tx: Tx, accountId: string): Script<void> {
  yield* q(tx.db.delete(tx.s.proofs).where(eq(tx.s.proofs.accountId, accountId)));
  yield* q(tx.db.delete(tx.s.lostPhones).where(eq(tx.s.lostPhones.accountId, accountId)));
}
