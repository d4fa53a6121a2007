// Rows of browsers in which accounts' owners have signed in.
import { and, eq } from 'drizzle-orm';
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
