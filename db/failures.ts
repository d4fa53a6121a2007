// Failures of everybody's, by the minute; and when the helpdesk was last told of something.
import { gt, lte, sql } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type AlertKind = Schema['alerts']['$inferSelect']['kind'];

/** One statement: however many nodes add to a minute, none is lost. @param minute its beginning, epoch milliseconds */
export function* addFailures(tx: Tx, minute: number, failures: number): Script<void> {
  const { failureMinutes: t } = tx.s;
  yield* q(
    tx.db
      .insert(t)
      .values({ minute, failures })
      .onConflictDoUpdate({ target: t.minute, set: { failures: sql`${t.failures} + ${failures}` } }),
  );
}

/** Minutes that began after this instant, epoch milliseconds. */
export function* listFailureMinutes(tx: Tx, after: number): Script<Schema['failureMinutes']['$inferSelect'][]> {
  const { failureMinutes: t } = tx.s;
  return yield* q(tx.db.select().from(t).where(gt(t.minute, after)));
}

/** One statement: of all nodes, one is answered yes. @param before only when the last time was then or earlier */
export function* tryAlert(tx: Tx, kind: AlertKind, now: number, before: number): Script<boolean> {
  const { alerts: t } = tx.s;
  const rows = yield* q(
    tx.db
      .insert(t)
      .values({ kind, raisedAt: now })
      .onConflictDoUpdate({ target: t.kind, set: { raisedAt: now }, setWhere: lte(t.raisedAt, before) })
      .returning({ kind: t.kind }),
  );
  return rows.length > 0;
}
