// Rows of re-enrolments: the leave to put a new factor in place of all old ones.
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type ReEnrolmentRow = Schema['reEnrolments']['$inferSelect'];

export function* insertReEnrolment(tx: Tx, row: ReEnrolmentRow): Script<void> {
  yield* q(tx.db.insert(tx.s.reEnrolments).values(row));
}

/** The one that is neither finished, nor cancelled, nor past its time: open, or still waiting. @param now epoch milliseconds */
export function* findLiveReEnrolment(tx: Tx, accountId: string, now: number): Script<ReEnrolmentRow | null> {
  const { reEnrolments: t } = tx.s;
  const live = and(eq(t.accountId, accountId), isNull(t.cancelledAt), isNull(t.finishedAt), gt(t.expiresAt, now));
  const rows = yield* q(tx.db.select().from(t).where(live).orderBy(desc(t.openedAt), desc(t.id)).limit(1));
  return rows[0] ?? null;
}

/** @returns those that this call cancelled: none twice. @param at epoch milliseconds. @param openedBy only those */
export function* cancelReEnrolments(tx: Tx, accountId: string, at: number, openedBy?: ReEnrolmentRow['openedBy']): Script<ReEnrolmentRow[]> {
  const { reEnrolments: t } = tx.s;
  const open = and(
    eq(t.accountId, accountId),
    isNull(t.cancelledAt),
    isNull(t.finishedAt),
    gt(t.expiresAt, at),
    openedBy && eq(t.openedBy, openedBy),
  );
  return yield* q(tx.db.update(t).set({ cancelledAt: at }).where(open).returning());
}

/** Whatever is live. */
export function* setReEnrolmentStolen(tx: Tx, accountId: string): Script<void> {
  const { reEnrolments: t } = tx.s;
  yield* q(
    tx.db
      .update(t)
      .set({ stolen: true })
      .where(and(eq(t.accountId, accountId), isNull(t.cancelledAt), isNull(t.finishedAt))),
  );
}

/** Checks and finishes in one statement. @returns whether this caller was the one. @param at epoch milliseconds */
export function* finishReEnrolment(tx: Tx, id: string, at: number): Script<boolean> {
  const { reEnrolments: t } = tx.s;
  const rows = yield* q(
    tx.db
      .update(t)
      .set({ finishedAt: at })
      .where(and(eq(t.id, id), isNull(t.cancelledAt), isNull(t.finishedAt), gt(t.expiresAt, at)))
      .returning({ id: t.id }),
  );
  return rows.length === 1;
}
