// Rows that belong to an account, whichever table they are in: for the person's own copy of everything held about them.
import { eq, inArray, type SQL } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

/** Tables whose rows name the account that they belong to. */
export type OwnedTable = { [T in keyof Schema]: Schema[T]['$inferSelect'] extends { accountId: unknown } ? T : never }[keyof Schema];

type AnyRow = Readonly<Record<string, unknown>>;

export function* listOwnedRows(tx: Tx, table: OwnedTable, accountId: string): Script<AnyRow[]> {
  return yield* listRows(tx, table, eq(tx.s[table].accountId as Schema['outbox']['accountId'], accountId));
}

/** What is kept of a person's factors beside the factors themselves. */
export function* listRowsOfFactors(tx: Tx, table: 'passkeys' | 'phones', accountId: string): Script<AnyRow[]> {
  const { factors } = tx.s;
  const own = tx.db.select({ id: factors.id }).from(factors).where(eq(factors.accountId, accountId));
  return yield* listRows(tx, table, inArray(tx.s[table].factorId, own));
}

/** What was noted of a person's cases. */
export function* listRowsOfCases(tx: Tx, table: 'caseNotes', accountId: string): Script<AnyRow[]> {
  const { cases } = tx.s;
  const own = tx.db.select({ id: cases.id }).from(cases).where(eq(cases.accountId, accountId));
  return yield* listRows(tx, table, inArray(tx.s[table].caseId, own));
}

function* listRows(tx: Tx, table: keyof Schema, of: SQL): Script<AnyRow[]> {
  // Seen as one of the tables: drizzle's builders take no union of them.
  return yield* q(
    tx.db
      .select()
      .from(tx.s[table] as Schema['outbox'])
      .where(of),
  );
}
