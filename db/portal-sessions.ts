// Rows of browsers signed in to the portal itself.
import { and, desc, eq, gt } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type PortalSessionRow = Schema['portalSessions']['$inferSelect'];

export function* insertPortalSession(tx: Tx, row: Schema['portalSessions']['$inferInsert']): Script<void> {
  yield* q(tx.db.insert(tx.s.portalSessions).values(row));
}

/** @param id hashed. @param now and @param seenSince epoch milliseconds: neither expired, nor unseen for longer */
export function* findLivePortalSession(tx: Tx, id: string, now: number, seenSince: number): Script<PortalSessionRow | null> {
  const { portalSessions: t } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(t)
      .where(and(eq(t.id, id), gt(t.expiresAt, now), gt(t.seenAt, seenSince)))
      .limit(1),
  );
  return rows[0] ?? null;
}

/** Newest first. */
export function* listPortalSessions(tx: Tx, accountId: string): Script<PortalSessionRow[]> {
  const { portalSessions: t } = tx.s;
  return yield* q(tx.db.select().from(t).where(eq(t.accountId, accountId)).orderBy(desc(t.createdAt)));
}

/** @param leftAlone it was left long enough for its proof to be nobody's any more, where that matters */
export function* setPortalSessionSeen(tx: Tx, id: string, at: number, leftAlone: boolean): Script<void> {
  const seen = leftAlone ? { seenAt: at, provenBy: null } : { seenAt: at };
  yield* q(tx.db.update(tx.s.portalSessions).set(seen).where(eq(tx.s.portalSessions.id, id)));
}

/** @returns the row that was there */
export function* deletePortalSession(tx: Tx, id: string): Script<PortalSessionRow | null> {
  const rows = yield* q(tx.db.delete(tx.s.portalSessions).where(eq(tx.s.portalSessions.id, id)).returning());
  return rows[0] ?? null;
}

/** @param sid of the provider's session, as in a logout token. @returns how many there were */
export function* deletePortalSessionsOfSid(tx: Tx, sid: string): Script<number> {
  const rows = yield* q(tx.db.delete(tx.s.portalSessions).where(eq(tx.s.portalSessions.sid, sid)).returning({ id: tx.s.portalSessions.id }));
  return rows.length;
}

/** @returns how many there were */
export function* deletePortalSessionsOfAccount(tx: Tx, accountId: string): Script<number> {
  const { portalSessions: t } = tx.s;
  const rows = yield* q(tx.db.delete(t).where(eq(t.accountId, accountId)).returning({ id: t.id }));
  return rows.length;
}
