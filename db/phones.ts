// Rows of what a telephone adds to a factor of kind phone.
import { and, asc, eq, isNull, lt, or } from 'drizzle-orm';
import type { FactorRow } from './factors.ts';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type PhoneRow = Schema['phones']['$inferSelect'];
/** A telephone with the factor that it belongs to. */
export interface HeldPhone {
  readonly phone: PhoneRow;
  readonly factor: FactorRow;
}

/** Locked and frozen ones too. */
export function* findPhone(tx: Tx, factorId: string): Script<HeldPhone | null> {
  const { phones, factors } = tx.s;
  const rows = yield* q(
    tx.db
      .select({ phone: phones, factor: factors })
      .from(phones)
      .innerJoin(factors, eq(factors.id, phones.factorId))
      .where(eq(phones.factorId, factorId))
      .limit(1),
  );
  return rows[0] ?? null;
}

/** Of an account, the oldest first; locked and frozen ones too. */
export function* listPhones(tx: Tx, accountId: string): Script<HeldPhone[]> {
  const { phones, factors } = tx.s;
  return yield* q(
    tx.db
      .select({ phone: phones, factor: factors })
      .from(phones)
      .innerJoin(factors, eq(factors.id, phones.factorId))
      .where(eq(factors.accountId, accountId))
      .orderBy(asc(factors.createdAt), asc(factors.id)),
  );
}

/** Whether a WebAuthn credential is anybody's telephone's. */
export function* findPhoneOfCredential(tx: Tx, credentialId: string): Script<PhoneRow | null> {
  const rows = yield* q(tx.db.select().from(tx.s.phones).where(eq(tx.s.phones.credentialId, credentialId)).limit(1));
  return rows[0] ?? null;
}

export function* insertPhone(tx: Tx, row: Schema['phones']['$inferInsert']): Script<void> {
  yield* q(tx.db.insert(tx.s.phones).values(row));
}

/** A signed call was heard. @param at epoch milliseconds */
export function* setPhoneCall(tx: Tx, factorId: string, call: Pick<PhoneRow, 'counter' | 'calls'>, at: number): Script<void> {
  yield* q(
    tx.db
      .update(tx.s.phones)
      .set({ ...call, seenAt: at })
      .where(eq(tx.s.phones.factorId, factorId)),
  );
}

/**
 * Compare-and-set: a count of signatures only goes forward, or stays 0 with an authenticator that does not count (WebAuthn §6.1.1).
 * @returns whether this signature was accepted
 */
export function* acceptPhoneSignature(tx: Tx, factorId: string, seen: { readonly counter: number; readonly backedUp: boolean }): Script<boolean> {
  const { phones: p } = tx.s;
  const forward = seen.counter === 0 ? eq(p.signCount, 0) : or(eq(p.signCount, 0), lt(p.signCount, seen.counter));
  const rows = yield* q(
    tx.db
      .update(p)
      .set({ signCount: seen.counter, backedUp: seen.backedUp })
      .where(and(eq(p.factorId, factorId), forward))
      .returning({ id: p.factorId }),
  );
  return rows.length === 1;
}

/** The factor is frozen with it. @param at epoch milliseconds. @returns whether this caller was the one */
export function* lockPhone(tx: Tx, factorId: string, why: NonNullable<PhoneRow['lockedWhy']>, at: number): Script<boolean> {
  const { phones, factors } = tx.s;
  const rows = yield* q(
    tx.db
      .update(phones)
      .set({ lockedAt: at, lockedWhy: why })
      .where(and(eq(phones.factorId, factorId), isNull(phones.lockedAt)))
      .returning({ id: phones.factorId }),
  );
  if (rows.length === 0) return false;
  yield* q(
    tx.db
      .update(factors)
      .set({ frozenAt: at })
      .where(and(eq(factors.id, factorId), isNull(factors.frozenAt))),
  );
  return true;
}

/** @param subscription sealed for the factor's id; null when none works any more. @param at epoch milliseconds */
export function* setPhoneSubscription(tx: Tx, factorId: string, subscription: Buffer | null, at: number): Script<void> {
  const subscribedAt = subscription === null ? null : at;
  yield* q(tx.db.update(tx.s.phones).set({ subscription, subscribedAt }).where(eq(tx.s.phones.factorId, factorId)));
}

/** The push service no longer knows it. Not one that was put in its place meanwhile. */
export function* forgetPhoneSubscription(tx: Tx, factorId: string, subscribedAt: number): Script<void> {
  const { phones: p } = tx.s;
  yield* q(
    tx.db
      .update(p)
      .set({ subscription: null, subscribedAt: null })
      .where(and(eq(p.factorId, factorId), eq(p.subscribedAt, subscribedAt))),
  );
}

export function* setPhonePin(tx: Tx, factorId: string, pinHash: string): Script<void> {
  yield* q(tx.db.update(tx.s.phones).set({ pinHash }).where(eq(tx.s.phones.factorId, factorId)));
}

/** @param at epoch milliseconds */
export function* setPhoneTest(tx: Tx, factorId: string, testId: string, at: number): Script<void> {
  yield* q(tx.db.update(tx.s.phones).set({ testId, testedAt: at }).where(eq(tx.s.phones.factorId, factorId)));
}

/** @param at epoch milliseconds */
export function* setPhoneNotified(tx: Tx, factorId: string, at: number): Script<void> {
  yield* q(tx.db.update(tx.s.phones).set({ notifiedAt: at }).where(eq(tx.s.phones.factorId, factorId)));
}
