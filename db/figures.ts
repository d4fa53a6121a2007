// What the helpdesk's figures are counted from, some accounts at a time, and the figures themselves.
import { and, asc, type Column, desc, eq, gt, gte, lt, or, sql } from 'drizzle-orm';
import { ofProgress, type Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type FiguresRow = Schema['figures']['$inferSelect'];

/** How far an account is. Instants are epoch milliseconds, null where there is none. */
export interface ProgressRow {
  readonly id: string;
  readonly status: 'active' | 'frozen' | 'disabled';
  readonly enrolledAt: number | null;
  readonly factors: number;
  /** Of them, those that prove something. */
  readonly working: number;
  readonly lastFactorAt: number | null;
  readonly answers: number;
  readonly lastAnswerAt: number | null;
  readonly recoveryCodes: number;
  readonly lastRecoveryCodeAt: number | null;
  /** Until when a factor may still be proven that is being put in place. */
  readonly pendingUntil: number | null;
  /** Of who has not finished: when the mailbox was last proven, and a factor last chosen. */
  readonly lastMailboxAt: number | null;
  readonly lastChoiceAt: number | null;
  /** Of who finished since `since`: when a factor was first chosen. */
  readonly firstChoiceAt: number | null;
}

/**
 * In order of id: each row by its key and by indexes of what belongs to it, so that a page of accounts takes as long whatever their number.
 * @param after an id; the empty text: from the first
 * @param since epoch milliseconds
 */
export function* listProgress(tx: Tx, after: string, limit: number, since: number): Script<ProgressRow[]> {
  const { accounts, factors, answers, recoveryCodes, pendingFactors, events } = tx.s;
  // Nested, because of one table alone drizzle writes columns without their table.
  const own = ({ accountId }: { readonly accountId: Column }) => sql`${accountId} = ${accounts.id}`;
  const of = (query: ReturnType<typeof sql>) => sql<number | string | null>`(${query})`;
  // Which of them within the aggregate: as a condition, it would lead an engine that knows nothing of the tables to the index of types, event after event.
  const choice = sql`${events.type} <> 'email-code-right'`;
  const theirs = sql`${events} where ${own(events)} and ${ofProgress}`;
  const rows = yield* q(
    tx.db
      .select({
        id: accounts.id,
        status: accounts.status,
        enrolledAt: accounts.enrolledAt,
        factors: of(sql`select count(*) from ${factors} where ${own(factors)}`),
        working: of(sql`select count(*) from ${factors} where ${own(factors)} and ${factors.frozenAt} is null`),
        lastFactorAt: of(sql`select max(${factors.createdAt}) from ${factors} where ${own(factors)}`),
        answers: of(sql`select count(*) from ${answers} where ${own(answers)}`),
        lastAnswerAt: of(sql`select max(${answers.changedAt}) from ${answers} where ${own(answers)}`),
        recoveryCodes: of(sql`select count(*) from ${recoveryCodes} where ${own(recoveryCodes)}`),
        lastRecoveryCodeAt: of(sql`select max(${recoveryCodes.createdAt}) from ${recoveryCodes} where ${own(recoveryCodes)}`),
        pendingUntil: of(sql`select ${pendingFactors.expiresAt} from ${pendingFactors} where ${own(pendingFactors)}`),
        lastMailboxAt: of(
          sql`select max(case when ${events.type} = 'email-code-right' then ${events.at} end) from ${theirs} and ${sql`${accounts.enrolledAt}`} is null`,
        ),
        lastChoiceAt: of(sql`select max(case when ${choice} then ${events.at} end) from ${theirs} and ${sql`${accounts.enrolledAt}`} is null`),
        firstChoiceAt: of(sql`select min(case when ${choice} then ${events.at} end) from ${theirs} and ${sql`${accounts.enrolledAt}`} >= ${since}`),
      })
      .from(accounts)
      .where(gt(accounts.id, after))
      .orderBy(asc(accounts.id))
      .limit(limit),
  );
  const instant = (value: number | string | null) => (value === null ? null : Number(value));
  return rows.map((row) => ({
    ...row,
    factors: Number(row.factors),
    working: Number(row.working),
    lastFactorAt: instant(row.lastFactorAt),
    answers: Number(row.answers),
    lastAnswerAt: instant(row.lastAnswerAt),
    recoveryCodes: Number(row.recoveryCodes),
    lastRecoveryCodeAt: instant(row.lastRecoveryCodeAt),
    pendingUntil: instant(row.pendingUntil),
    lastMailboxAt: instant(row.lastMailboxAt),
    lastChoiceAt: instant(row.lastChoiceAt),
    firstChoiceAt: instant(row.firstChoiceAt),
  }));
}

/** How often something happened. @param since epoch milliseconds */
export function* countEvents(tx: Tx, type: string, since: number): Script<number> {
  const { events } = tx.s;
  const rows = yield* q(
    tx.db
      .select({ n: sql<number | string>`count(*)` })
      .from(events)
      .where(and(eq(events.type, type), gte(events.at, since))),
  );
  return Number(rows[0]?.n ?? 0);
}

/** How many things of a kind take no try now. @param prefix of their subjects, with its colon. @param cap consecutive failures, then for good */
export function* countWaiting(tx: Tx, prefix: `${string}:`, now: number, cap: number): Script<number> {
  const { attempts } = tx.s;
  const rows = yield* q(
    tx.db
      .select({ n: sql<number | string>`count(*)` })
      .from(attempts)
      .where(
        and(
          gte(attempts.subject, prefix),
          lt(attempts.subject, `${prefix.slice(0, -1)};`),
          or(gt(attempts.waitUntil, now), gte(attempts.failures, cap)),
        ),
      ),
  );
  return Number(rows[0]?.n ?? 0);
}

/** The newest first. */
export function* listFigures(tx: Tx, limit: number): Script<FiguresRow[]> {
  const { figures } = tx.s;
  return yield* q(tx.db.select().from(figures).orderBy(desc(figures.at)).limit(limit));
}

export function* insertFigures(tx: Tx, row: FiguresRow): Script<void> {
  yield* q(tx.db.insert(tx.s.figures).values(row));
}

/** @param at of the row. @returns whether it was still there */
export function* setFigures(tx: Tx, at: number, counts: FiguresRow['counts']): Script<boolean> {
  const { figures } = tx.s;
  const rows = yield* q(tx.db.update(figures).set({ counts }).where(eq(figures.at, at)).returning({ at: figures.at }));
  return rows.length === 1;
}

/** Those from `from` on and before `to`, epoch milliseconds. */
export function* deleteFigures(tx: Tx, from: number, to: number): Script<void> {
  const { figures } = tx.s;
  yield* q(tx.db.delete(figures).where(and(gte(figures.at, from), lt(figures.at, to))));
}
