// Rows of the browsers behind the provider's sessions.
import { eq } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type SessionBrowserRow = Schema['sessionBrowsers']['$inferSelect'];

/** @param id the session's uid, hashed */
export function* findSessionBrowser(tx: Tx, id: string): Script<SessionBrowserRow | null> {
  const { sessionBrowsers: t } = tx.s;
  const rows = yield* q(tx.db.select().from(t).where(eq(t.id, id)).limit(1));
  return rows[0] ?? null;
}

export function* listSessionBrowsers(tx: Tx, accountId: string): Script<SessionBrowserRow[]> {
  const { sessionBrowsers: t } = tx.s;
  return yield* q(tx.db.select().from(t).where(eq(t.accountId, accountId)));
}

/** Makes, or replaces all but `createdAt`. */
export function* setSessionBrowser(tx: Tx, row: SessionBrowserRow): Script<void> {
  const { accountId, userAgent, network, seenAt } = row;
  yield* q(
    tx.db
      .insert(tx.s.sessionBrowsers)
      .values(row)
      .onConflictDoUpdate({ target: tx.s.sessionBrowsers.id, set: { accountId, userAgent, network, seenAt } }),
  );
}

export function* deleteSessionBrowser(tx: Tx, id: string): Script<void> {
  yield* q(tx.db.delete(tx.s.sessionBrowsers).where(eq(tx.s.sessionBrowsers.id, id)));
}
