// Rows of people.
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { insertAccountTerms, setAccountTerms } from './account-search.ts';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type AccountRow = Schema['accounts']['$inferSelect'];

/** @param terms the words by which it is found (lib/search/rules.ts) */
export function* insertAccount(tx: Tx, row: Schema['accounts']['$inferInsert'], terms: readonly string[]): Script<void> {
  yield* q(tx.db.insert(tx.s.accounts).values(row));
  yield* insertAccountTerms(
    tx,
    terms.map((term) => ({ term, accountId: row.id })),
  );
}

export function* findAccountRow(tx: Tx, id: string): Script<AccountRow | null> {
  const rows = yield* q(tx.db.select().from(tx.s.accounts).where(eq(tx.s.accounts.id, id)).limit(1));
  return rows[0] ?? null;
}

/** In no order. @param ids some */
export function* listAccountsById(tx: Tx, ids: readonly string[]): Script<AccountRow[]> {
  if (ids.length === 0) return [];
  return yield* q(
    tx.db
      .select()
      .from(tx.s.accounts)
      .where(inArray(tx.s.accounts.id, [...ids])),
  );
}

/** @param address folded */
export function* findAccountByAddress(tx: Tx, address: string): Script<AccountRow | null> {
  const rows = yield* q(tx.db.select().from(tx.s.accounts).where(eq(tx.s.accounts.address, address)).limit(1));
  return rows[0] ?? null;
}

/** @param directoryId of a directory elsewhere */
export function* findAccountByDirectoryId(tx: Tx, directoryId: string): Script<AccountRow | null> {
  const rows = yield* q(tx.db.select().from(tx.s.accounts).where(eq(tx.s.accounts.directoryId, directoryId)).limit(1));
  return rows[0] ?? null;
}

/** What a directory elsewhere says of a person: their link, address, names, kind and affiliations. @param terms as in `insertAccount` */
export function* setAccountIdentity(
  tx: Tx,
  id: string,
  identity: Pick<AccountRow, 'directoryId' | 'address' | 'givenName' | 'familyName' | 'kind' | 'affiliations'>,
  terms: readonly string[],
): Script<void> {
  yield* q(tx.db.update(tx.s.accounts).set(identity).where(eq(tx.s.accounts.id, id)));
  yield* setAccountTerms(tx, id, terms);
}

/** In order of address. @param after an address */
export function* listAccountRows(tx: Tx, limit: number, after?: string): Script<AccountRow[]> {
  const { accounts } = tx.s;
  return yield* q(
    tx.db
      .select()
      .from(accounts)
      .where(and(after === undefined ? undefined : gt(accounts.address, after)))
      .orderBy(asc(accounts.address))
      .limit(limit),
  );
}

/** @returns whether it changed */
export function* setAccountStatusRow(tx: Tx, id: string, from: AccountRow['status'], to: AccountRow['status']): Script<boolean> {
  const { accounts } = tx.s;
  const rows = yield* q(
    tx.db
      .update(accounts)
      .set({ status: to })
      .where(and(eq(accounts.id, id), eq(accounts.status, from)))
      .returning({ id: accounts.id }),
  );
  return rows.length === 1;
}

export function* setAccountLanguage(tx: Tx, id: string, language: string): Script<void> {
  yield* q(tx.db.update(tx.s.accounts).set({ language }).where(eq(tx.s.accounts.id, id)));
}

/** @param at epoch milliseconds; null: it counts again */
export function* setPasswordFrozen(tx: Tx, id: string, at: number | null): Script<void> {
  yield* q(tx.db.update(tx.s.accounts).set({ passwordFrozenAt: at }).where(eq(tx.s.accounts.id, id)));
}

/** @param at epoch milliseconds */
export function* setAccountEnrolled(tx: Tx, id: string, at: number): Script<void> {
  yield* q(tx.db.update(tx.s.accounts).set({ enrolledAt: at }).where(eq(tx.s.accounts.id, id)));
}
