// The embedded directory's rows.
import { and, eq } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export interface Credential {
  readonly accountId: string;
  readonly status: Schema['accounts']['$inferSelect']['status'];
  /** Null while nobody has given the account a password. */
  readonly hash: string | null;
}

/** @param address folded */
export function* findCredential(tx: Tx, address: string): Script<Credential | null> {
  const { accounts, passwords } = tx.s;
  const rows = yield* q(
    tx.db
      .select({ accountId: accounts.id, status: accounts.status, hash: passwords.hash })
      .from(accounts)
      .leftJoin(passwords, eq(passwords.accountId, accounts.id))
      .where(eq(accounts.address, address))
      .limit(1),
  );
  return rows[0] ?? null;
}

/** @returns epoch milliseconds; null where no password is kept here */
export function* findPasswordChange(tx: Tx, accountId: string): Script<number | null> {
  const { passwords } = tx.s;
  const rows = yield* q(tx.db.select({ at: passwords.changedAt }).from(passwords).where(eq(passwords.accountId, accountId)).limit(1));
  return rows[0]?.at ?? null;
}

/** Makes or replaces. @param at epoch milliseconds */
export function* setPasswordHash(tx: Tx, accountId: string, hash: string, at: number): Script<void> {
  yield* q(
    tx.db
      .insert(tx.s.passwords)
      .values({ accountId, hash, changedAt: at })
      .onConflictDoUpdate({ target: tx.s.passwords.accountId, set: { hash, changedAt: at } }),
  );
}

/** Another hash of the same password; nothing when the password was changed meanwhile. */
export function* replacePasswordHash(tx: Tx, accountId: string, from: string, to: string): Script<void> {
  const { passwords } = tx.s;
  yield* q(
    tx.db
      .update(passwords)
      .set({ hash: to })
      .where(and(eq(passwords.accountId, accountId), eq(passwords.hash, from))),
  );
}
