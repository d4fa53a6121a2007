// Rows of the provider's signing keys.
import { and, asc, eq, isNotNull, lt } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type SigningKeyRow = Schema['signingKeys']['$inferSelect'];

export function* insertSigningKey(tx: Tx, row: Schema['signingKeys']['$inferInsert']): Script<void> {
  yield* q(tx.db.insert(tx.s.signingKeys).values(row));
}

/** Oldest first. */
export function* listSigningKeys(tx: Tx): Script<SigningKeyRow[]> {
  const { signingKeys: t } = tx.s;
  return yield* q(tx.db.select().from(t).orderBy(asc(t.createdAt), asc(t.kid)));
}

/** Without the keys themselves: cheap enough to ask every two seconds. */
export function* listSigningKeyStates(tx: Tx): Script<Pick<SigningKeyRow, 'kid' | 'state' | 'retiredAt'>[]> {
  const { signingKeys: t } = tx.s;
  return yield* q(tx.db.select({ kid: t.kid, state: t.state, retiredAt: t.retiredAt }).from(t).orderBy(asc(t.createdAt), asc(t.kid)));
}

/** @param retiredAt epoch milliseconds; null for a key in use */
export function* setSigningKeyState(tx: Tx, kid: string, state: SigningKeyRow['state'], retiredAt: number | null): Script<void> {
  yield* q(tx.db.update(tx.s.signingKeys).set({ state, retiredAt }).where(eq(tx.s.signingKeys.kid, kid)));
}

/** @param before epoch milliseconds */
export function* deleteRetiredSigningKeys(tx: Tx, before: number): Script<void> {
  const { signingKeys: t } = tx.s;
  yield* q(tx.db.delete(t).where(and(isNotNull(t.retiredAt), lt(t.retiredAt, before))));
}
