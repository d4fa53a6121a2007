// Rows of many people at once.
import { inArray } from 'drizzle-orm';
import { insertAccountTerms, type TermRow } from './account-search.ts';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

/** Rows per statement: fifteen columns of these stay below both engines' limits of bound values. */
export const batchSize = 500;

/** @param addresses folded, at most `batchSize`. @returns those that are taken */
export function* listTakenAddresses(tx: Tx, addresses: readonly string[]): Script<string[]> {
  const { accounts } = tx.s;
  const rows = yield* q(tx.db.select({ address: accounts.address }).from(accounts).where(inArray(accounts.address, addresses)));
  return rows.map((row) => row.address);
}

export interface AccountBatch {
  readonly accounts: readonly Schema['accounts']['$inferInsert'][];
  /** The words by which they are found (lib/search/rules.ts); several each. */
  readonly terms: readonly TermRow[];
  readonly passwords: readonly Schema['passwords']['$inferInsert'][];
  readonly events: readonly Schema['events']['$inferInsert'][];
}

/** At most `batchSize` of each, but for terms. */
export function* insertAccountBatch(tx: Tx, { accounts, terms, passwords, events }: AccountBatch): Script<void> {
  if (accounts.length) yield* q(tx.db.insert(tx.s.accounts).values([...accounts]));
  yield* insertAccountTerms(tx, terms);
  if (passwords.length) yield* q(tx.db.insert(tx.s.passwords).values([...passwords]));
  if (events.length) yield* q(tx.db.insert(tx.s.events).values([...events]));
}
