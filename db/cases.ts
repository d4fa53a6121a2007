// Rows of what the helpdesk must look at.
import { desc, eq } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type CaseRow = Schema['cases']['$inferSelect'];

/** @returns false when there is a case about the same event already: nothing is changed then */
export function* insertCase(tx: Tx, row: Schema['cases']['$inferInsert']): Script<boolean> {
  const { cases } = tx.s;
  const rows = yield* q(tx.db.insert(cases).values(row).onConflictDoNothing({ target: cases.eventId }).returning({ id: cases.id }));
  return rows.length === 1;
}

export function* findCaseOfEvent(tx: Tx, eventId: string): Script<CaseRow | null> {
  const { cases } = tx.s;
  const rows = yield* q(tx.db.select().from(cases).where(eq(cases.eventId, eventId)).limit(1));
  return rows[0] ?? null;
}

/** The newest first. */
export function* listCasesOfAccount(tx: Tx, accountId: string): Script<CaseRow[]> {
  const { cases } = tx.s;
  return yield* q(tx.db.select().from(cases).where(eq(cases.accountId, accountId)).orderBy(desc(cases.openedAt)));
}
