// Rows of browsers in which accounts' owners have signed in.
import { and, eq, gte } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type KnownBrowserRow = Schema['knownBrowsers']['$inferSelect'];

export function* findKnownBrowser(tx: Tx, accountId: string, browser: string): Script<KnownBrowserRow | null> {
  const { knownBrowsers } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(knownBrowsers)
      .where(and(eq(knownBrowsers.accountId, accountId), eq(knownBrowsers.browser, browser)))
      .limit(1),
  );
  return rows[0] ?? null;
}

export function* listKnownBrowsers(tx: Tx, accountId: string): Script<KnownBrowserRow[]> {
  const { knownBrowsers } = tx.s;
  return yield* q(tx.db.select().from(knownBrowsers).where(eq(knownBrowsers.accountId, accountId)));
}

/** No factor is proposed first any more, in any browser of the account. */
export function* forgetFactorKinds(tx: Tx, accountId: string): Script<void> {
  const { knownBrowsers } = tx.s;
  yield* q(tx.db.update(knownBrowsers).set({ factorKind: null }).where(eq(knownBrowsers.accountId, accountId)));
}

/** @param since epoch milliseconds: those seen then or later are forgotten */
export function* deleteKnownBrowsersSeen(tx: Tx, accountId: string, since: number): Script<void> {
  const { knownBrowsers } = tx.s;
  yield* q(tx.db.delete(knownBrowsers).where(and(eq(knownBrowsers.accountId, accountId), gte(knownBrowsers.seenAt, since))));
}

/** Makes or replaces. */
export function* setKnownBrowser(tx: Tx, row: KnownBrowserRow): Script<void> {
  const { factorKind, seenAt } = row;
  yield* q(
    tx.db
      .insert(tx.s.knownBrowsers)
      .values(row)
      .onConflictDoUpdate({ target: [tx.s.knownBrowsers.accountId, tx.s.knownBrowsers.browser], set: { factorKind, seenAt } }),
  );
}
