// Rows of what WebAuthn adds to a factor of kind passkey.
import { and, eq, lt, or } from 'drizzle-orm';
import type { FactorRow } from './factors.ts';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type PasskeyRow = Schema['passkeys']['$inferSelect'];
/** A passkey with the factor that it belongs to. */
export interface HeldPasskey {
  readonly passkey: PasskeyRow;
  readonly factor: FactorRow;
}

/** Of an account, the oldest first. */
export function* listPasskeys(tx: Tx, accountId: string): Script<HeldPasskey[]> {
  const { passkeys, factors } = tx.s;
  return yield* q(
    tx.db
      .select({ passkey: passkeys, factor: factors })
      .from(passkeys)
      .innerJoin(factors, eq(factors.id, passkeys.factorId))
      .where(eq(factors.accountId, accountId))
      .orderBy(factors.createdAt, factors.id),
  );
}

/** Whoever's it is: credential ids are unique among all people (SEC-32). */
export function* findPasskey(tx: Tx, credentialId: string): Script<HeldPasskey | null> {
  const { passkeys, factors } = tx.s;
  const rows = yield* q(
    tx.db
      .select({ passkey: passkeys, factor: factors })
      .from(passkeys)
      .innerJoin(factors, eq(factors.id, passkeys.factorId))
      .where(eq(passkeys.credentialId, credentialId))
      .limit(1),
  );
  return rows[0] ?? null;
}

/** Look first whose the credential is: an id that is there already is a defect here. */
export function* insertPasskey(tx: Tx, row: PasskeyRow): Script<void> {
  yield* q(tx.db.insert(tx.s.passkeys).values(row));
}

/**
 * Compare-and-set: a count of signatures only goes forward, or stays 0 with an authenticator that does not count (WebAuthn §6.1.1).
 * @returns whether this signature was accepted
 */
export function* acceptSignature(tx: Tx, credentialId: string, seen: { readonly counter: number; readonly backedUp: boolean }): Script<boolean> {
  const { passkeys: p } = tx.s;
  const { counter, backedUp } = seen;
  const forward = counter === 0 ? eq(p.counter, 0) : or(eq(p.counter, 0), lt(p.counter, counter));
  const rows = yield* q(
    tx.db
      .update(p)
      .set({ counter, backedUp })
      .where(and(eq(p.credentialId, credentialId), forward))
      .returning({ id: p.credentialId }),
  );
  return rows.length === 1;
}
