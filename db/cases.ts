// Rows of what the helpdesk must look at.
import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, lt, max, min, or } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type CaseRow = Schema['cases']['$inferSelect'];
export type CaseNoteRow = Schema['caseNotes']['$inferSelect'];

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

export function* findCase(tx: Tx, id: string): Script<CaseRow | null> {
  const { cases } = tx.s;
  const rows = yield* q(tx.db.select().from(cases).where(eq(cases.id, id)).limit(1));
  return rows[0] ?? null;
}

/** Of cases not closed, the oldest first; of closed ones, the one closed last first. A page goes on after `after`, by key. */
export type CaseList =
  | { readonly which: 'open'; readonly takenBy: string | null; readonly after: Pick<CaseRow, 'openedAt' | 'id'> | null }
  | { readonly which: 'closed'; readonly after: { readonly closedAt: number; readonly id: string } | null };

/** A case with whom it is about. */
export interface CaseOfPerson {
  readonly case: CaseRow;
  readonly person: { readonly address: string; readonly givenName: string; readonly familyName: string };
}

export function* listCases(tx: Tx, list: CaseList, limit: number): Script<CaseOfPerson[]> {
  const { cases, accounts } = tx.s;
  const { address, givenName, familyName } = accounts;
  const where =
    list.which === 'open'
      ? and(
          isNull(cases.closedAt),
          list.takenBy === null ? undefined : eq(cases.takenBy, list.takenBy),
          list.after
            ? or(gt(cases.openedAt, list.after.openedAt), and(eq(cases.openedAt, list.after.openedAt), gt(cases.id, list.after.id)))
            : undefined,
        )
      : and(
          isNotNull(cases.closedAt),
          list.after
            ? or(lt(cases.closedAt, list.after.closedAt), and(eq(cases.closedAt, list.after.closedAt), lt(cases.id, list.after.id)))
            : undefined,
        );
  const order = list.which === 'open' ? [asc(cases.openedAt), asc(cases.id)] : [desc(cases.closedAt), desc(cases.id)];
  return yield* q(
    tx.db
      .select({ case: cases, person: { address, givenName, familyName } })
      .from(cases)
      .innerJoin(accounts, eq(accounts.id, cases.accountId))
      .where(where)
      .orderBy(...order)
      .limit(limit),
  );
}

/** One statement: of all who take it at once, one gets it. @param at epoch milliseconds. @returns whether it was this agent */
export function* takeCaseRow(tx: Tx, id: string, takenBy: string, at: number): Script<boolean> {
  const { cases } = tx.s;
  const rows = yield* q(
    tx.db
      .update(cases)
      .set({ takenBy, takenAt: at })
      .where(and(eq(cases.id, id), isNull(cases.takenBy), isNull(cases.closedAt)))
      .returning({ id: cases.id }),
  );
  return rows.length === 1;
}

/** @param takenBy who has it. @returns whether that was still so */
export function* giveBackCaseRow(tx: Tx, id: string, takenBy: string): Script<boolean> {
  const { cases } = tx.s;
  const rows = yield* q(
    tx.db
      .update(cases)
      .set({ takenBy: null, takenAt: null })
      .where(and(eq(cases.id, id), eq(cases.takenBy, takenBy), isNull(cases.closedAt)))
      .returning({ id: cases.id }),
  );
  return rows.length === 1;
}

/** @param by who has it, and closes it. @param at epoch milliseconds. @returns whether it was open and theirs */
export function* closeCaseRow(tx: Tx, id: string, by: string, at: number, outcome: NonNullable<CaseRow['outcome']>): Script<boolean> {
  const { cases } = tx.s;
  const rows = yield* q(
    tx.db
      .update(cases)
      .set({ closedBy: by, closedAt: at, outcome })
      .where(and(eq(cases.id, id), eq(cases.takenBy, by), isNull(cases.closedAt)))
      .returning({ id: cases.id }),
  );
  return rows.length === 1;
}

/** It is nobody's then. @returns whether it was closed */
export function* reopenCaseRow(tx: Tx, id: string): Script<boolean> {
  const { cases } = tx.s;
  const rows = yield* q(
    tx.db
      .update(cases)
      .set({ takenBy: null, takenAt: null, closedBy: null, closedAt: null, outcome: null })
      .where(and(eq(cases.id, id), isNotNull(cases.closedAt)))
      .returning({ id: cases.id }),
  );
  return rows.length === 1;
}

/** The call for help of a person that is not closed; null when there is none. */
export function* findOpenHelp(tx: Tx, accountId: string): Script<CaseRow | null> {
  const { cases } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(cases)
      .where(and(eq(cases.accountId, accountId), eq(cases.kind, 'help'), isNull(cases.closedAt)))
      .orderBy(asc(cases.openedAt))
      .limit(1),
  );
  return rows[0] ?? null;
}

/** When a person called for help, closed cases included, the oldest first. @param since epoch milliseconds */
export function* listHelpSince(tx: Tx, accountId: string, since: number): Script<number[]> {
  const { cases } = tx.s;
  const rows = yield* q(
    tx.db
      .select({ at: cases.openedAt })
      .from(cases)
      .where(and(eq(cases.accountId, accountId), eq(cases.kind, 'help'), gt(cases.openedAt, since)))
      .orderBy(asc(cases.openedAt)),
  );
  return rows.map(({ at }) => at);
}

export function* insertCaseNote(tx: Tx, row: CaseNoteRow): Script<void> {
  yield* q(tx.db.insert(tx.s.caseNotes).values(row));
}

/** The oldest first. */
export function* listCaseNotes(tx: Tx, caseId: string): Script<CaseNoteRow[]> {
  const { caseNotes } = tx.s;
  return yield* q(tx.db.select().from(caseNotes).where(eq(caseNotes.caseId, caseId)).orderBy(asc(caseNotes.id)));
}

/** When each of those who wrote notes of these cases last did. */
export function* listLastNotes(
  tx: Tx,
  caseIds: readonly string[],
): Script<{ readonly caseId: string; readonly writtenBy: string; readonly at: number }[]> {
  const { caseNotes } = tx.s;
  const { caseId, writtenBy } = caseNotes;
  if (caseIds.length === 0) return [];
  const rows = yield* q(
    tx.db
      .select({ caseId, writtenBy, at: max(caseNotes.at) })
      .from(caseNotes)
      .where(inArray(caseId, [...caseIds]))
      .groupBy(caseId, writtenBy),
  );
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/** @returns how many are not closed, how many of them nobody has taken, and since when the oldest is open (epoch milliseconds) */
export function* countOpenCases(tx: Tx): Script<{ readonly open: number; readonly free: number; readonly oldest: number | null }> {
  const { cases } = tx.s;
  const rows = yield* q(
    tx.db
      .select({ open: count(), taken: count(cases.takenBy), oldest: min(cases.openedAt) })
      .from(cases)
      .where(isNull(cases.closedAt)),
  );
  const [row] = rows;
  const open = row?.open ?? 0;
  return { open, free: open - (row?.taken ?? 0), oldest: row?.oldest == null ? null : Number(row.oldest) };
}
