// Rows of telephones being put in place, one per account.
import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type PairingRow = Schema['pairings']['$inferSelect'];

/** One past its time too: look at `expiresAt`. */
export function* findPairing(tx: Tx, accountId: string): Script<PairingRow | null> {
  const { pairings } = tx.s;
  const rows = yield* q(tx.db.select().from(pairings).where(eq(pairings.accountId, accountId)).limit(1));
  return rows[0] ?? null;
}

/** By what a telephone knows of it. All hashed; claimed, finished and expired ones too. */
export function* findPairingBy(tx: Tx, by: 'id' | 'codeHash' | 'claim', hash: string): Script<PairingRow | null> {
  const { pairings } = tx.s;
  const rows = yield* q(tx.db.select().from(pairings).where(eq(pairings[by], hash)).limit(1));
  return rows[0] ?? null;
}

/** In place of the account's one before. */
export function* setPairing(tx: Tx, row: PairingRow): Script<void> {
  yield* q(tx.db.delete(tx.s.pairings).where(eq(tx.s.pairings.accountId, row.accountId)));
  yield* q(tx.db.insert(tx.s.pairings).values(row));
}

/** Check and consume in one statement: of two telephones, one. @param now epoch milliseconds. @returns whether this caller was the one */
export function* claimPairing(tx: Tx, id: string, claim: string, now: number): Script<boolean> {
  const { pairings: p } = tx.s;
  const rows = yield* q(
    tx.db
      .update(p)
      .set({ claim, claimedAt: now, shown: null })
      .where(and(eq(p.id, id), isNull(p.claimedAt), gt(p.expiresAt, now)))
      .returning({ id: p.id }),
  );
  return rows.length === 1;
}

/** @param phone sealed for `id`. @param now epoch milliseconds. @returns whether this caller was the one */
export function* finishPairing(tx: Tx, id: string, claim: string, phone: Buffer, now: number): Script<boolean> {
  const { pairings: p } = tx.s;
  const rows = yield* q(
    tx.db
      .update(p)
      .set({ phone, finishedAt: now })
      .where(and(eq(p.id, id), eq(p.claim, claim), isNull(p.finishedAt), gt(p.expiresAt, now)))
      .returning({ id: p.id }),
  );
  return rows.length === 1;
}

/** @param now epoch milliseconds. @returns whether this caller was the one */
export function* confirmPairing(tx: Tx, id: string, place: string, now: number): Script<boolean> {
  const { pairings: p } = tx.s;
  const rows = yield* q(
    tx.db
      .update(p)
      .set({ phone: null, confirmedAt: now })
      .where(and(eq(p.id, id), eq(p.place, place), isNotNull(p.finishedAt), isNull(p.confirmedAt), gt(p.expiresAt, now)))
      .returning({ id: p.id }),
  );
  return rows.length === 1;
}

/** @returns whether there was one, begun in this place and not confirmed */
export function* deletePairing(tx: Tx, accountId: string, place: string): Script<boolean> {
  const { pairings: p } = tx.s;
  const rows = yield* q(
    tx.db
      .delete(p)
      .where(and(eq(p.accountId, accountId), eq(p.place, place), isNull(p.confirmedAt)))
      .returning({ id: p.id }),
  );
  return rows.length === 1;
}
