// Finding accounts by the words of their names, or by the beginning of their address; and what a list of them says of each. All by index.
import { and, asc, eq, gt, gte, inArray, lt, lte, notExists, sql } from 'drizzle-orm';
import type { AccountRow } from './accounts.ts';
import type { AttemptsRow } from './attempts.ts';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type TermRow = Schema['accountTerms']['$inferSelect'];

/** After every text that begins so: the last character that there is. */
const after = (prefix: string) => `${prefix}\u{10ffff}`;

/** Takes the place of the words that an account had. @param terms folded, each once */
export function* setAccountTerms(tx: Tx, accountId: string, terms: readonly string[]): Script<void> {
  const { accountTerms } = tx.s;
  yield* q(tx.db.delete(accountTerms).where(eq(accountTerms.accountId, accountId)));
  yield* insertAccountTerms(
    tx,
    terms.map((term) => ({ term, accountId })),
  );
}

/** Those that are there already stay. @param rows any number */
export function* insertAccountTerms(tx: Tx, rows: readonly TermRow[]): Script<void> {
  const some = 5000;
  for (let i = 0; i < rows.length; i += some)
    yield* q(
      tx.db
        .insert(tx.s.accountTerms)
        .values(rows.slice(i, i + some))
        .onConflictDoNothing(),
    );
}

/** @param most where counting ends. @returns how many words of accounts begin so, at most `most` */
export function* countTerms(tx: Tx, prefix: string, most: number): Script<number> {
  const some = from(tx, prefix, null).limit(most).as('some');
  const rows = yield* q(
    tx.db
      .select({ n: sql<number | string>`count(*)` })
      .from(some)
      .where(lt(some.term, after(prefix))),
  );
  return Number(rows[0]?.n ?? 0);
}

export interface TermSearch {
  /** Folded beginning of a word. */
  readonly prefix: string;
  /** Of other words that the same account has to have. */
  readonly others: readonly string[];
  /** The row to go on after. */
  readonly after: TermRow | null;
  /** How many rows are looked at: those of `prefix`, and where there are fewer, the next ones in vain. */
  readonly window: number;
  readonly limit: number;
}

/** Accounts with such words, each once, in order of the word that begins with `prefix`. */
export function* listAccountsByTerms(tx: Tx, { prefix, others, after: position, window, limit }: TermSearch): Script<TermRow[]> {
  const { accountTerms: t } = tx.s;
  const looked = from(tx, prefix, position).limit(window).as('looked');
  // Scalar subqueries: planners may not turn them into joins over all accounts.
  const earlier = sql`(select 1 from ${t} as e where e.account_id = ${looked.accountId} and e.term >= ${prefix} and e.term < ${looked.term} limit 1) is null`;
  const also = others.map(
    (other) =>
      sql`(select 1 from ${t} as o where o.account_id = ${looked.accountId} and o.term >= ${other} and o.term < ${after(other)} limit 1) is not null`,
  );
  return yield* q(
    tx.db
      .select()
      .from(looked)
      // What most rows fail at comes first.
      .where(and(lt(looked.term, after(prefix)), ...also, earlier))
      .orderBy(asc(looked.term), asc(looked.accountId))
      .limit(limit),
  );
}

/** @returns the last row of such a window; null when it is not of `prefix` any more */
export function* findWindowEnd(tx: Tx, { prefix, after: position, window }: TermSearch): Script<TermRow | null> {
  const [end] = yield* q(
    from(tx, prefix, position)
      .limit(1)
      .offset(window - 1),
  );
  return end?.term.startsWith(prefix) ? end : null;
}

/**
 * Rows in their order, from the first of `prefix` or after `position`. Where the prefix ends is for the caller: a planner that is told expects few rows
 * (of what it can't know: a two-hundredth), and fetches and sorts all of them, of a common beginning hundreds of thousands, instead of following the index.
 */
function from(tx: Tx, prefix: string, position: TermRow | null) {
  const { accountTerms: t } = tx.s;
  return (
    tx.db
      .select()
      .from(t)
      // A row value: the engine begins at this very row.
      .where(position ? sql`(${t.term}, ${t.accountId}) > (${position.term}, ${position.accountId})` : gte(t.term, prefix))
      .orderBy(asc(t.term), asc(t.accountId))
  );
}

/** In order of address. @param start folded. @param position the id of the account to go on after */
export function* listAccountsByAddressStart(tx: Tx, start: string, position: string | null, limit: number): Script<AccountRow[]> {
  const { accounts } = tx.s;
  const before = position === null ? null : ((yield* q(tx.db.select().from(accounts).where(eq(accounts.id, position)).limit(1)))[0]?.address ?? null);
  return yield* q(
    tx.db
      .select()
      .from(accounts)
      .where(and(gte(accounts.address, start), lt(accounts.address, after(start)), before === null ? undefined : gt(accounts.address, before)))
      .orderBy(asc(accounts.address))
      .limit(limit),
  );
}

/** What is in place of each of some accounts; theirs alone who have anything. */
export interface InPlaceRows {
  readonly factors: readonly { readonly accountId: string; readonly id: string; readonly frozenAt: number | null }[];
  readonly pending: readonly { readonly accountId: string; readonly expiresAt: number }[];
  readonly answers: readonly { readonly accountId: string; readonly n: number }[];
  /** Who has kept recovery codes. */
  readonly codes: readonly string[];
}

/** @param ids some */
export function* listInPlace(tx: Tx, ids: readonly string[]): Script<InPlaceRows> {
  const { factors, pendingFactors, answers, recoveryCodes } = tx.s;
  const of = [...ids];
  const factorRows = yield* q(
    tx.db.select({ accountId: factors.accountId, id: factors.id, frozenAt: factors.frozenAt }).from(factors).where(inArray(factors.accountId, of)),
  );
  const pending = yield* q(
    tx.db
      .select({ accountId: pendingFactors.accountId, expiresAt: pendingFactors.expiresAt })
      .from(pendingFactors)
      .where(inArray(pendingFactors.accountId, of)),
  );
  const counted = yield* q(
    tx.db
      .select({ accountId: answers.accountId, n: sql<number | string>`count(*)` })
      .from(answers)
      .where(inArray(answers.accountId, of))
      .groupBy(answers.accountId),
  );
  const codes = yield* q(
    tx.db.selectDistinct({ accountId: recoveryCodes.accountId }).from(recoveryCodes).where(inArray(recoveryCodes.accountId, of)),
  );
  return {
    factors: factorRows,
    pending,
    answers: counted.map(({ accountId, n }) => ({ accountId, n: Number(n) })),
    codes: codes.map(({ accountId }) => accountId),
  };
}

/** @param subjects some */
export function* listAttempts(tx: Tx, subjects: readonly string[]): Script<AttemptsRow[]> {
  return yield* q(
    tx.db
      .select()
      .from(tx.s.attempts)
      .where(inArray(tx.s.attempts.subject, [...subjects])),
  );
}

type Nameless = Pick<AccountRow, 'id' | 'address' | 'givenName' | 'familyName'>;

/** Of the next accounts by id, those without any word. @returns `last`: where they end; null when there are no more */
export function* listAccountsWithoutTerms(
  tx: Tx,
  position: string,
  limit: number,
): Script<{ readonly without: readonly Nameless[]; readonly last: string | null }> {
  const { accounts, accountTerms } = tx.s;
  const ids = yield* q(tx.db.select({ id: accounts.id }).from(accounts).where(gt(accounts.id, position)).orderBy(asc(accounts.id)).limit(limit));
  const last = ids.at(-1)?.id ?? null;
  if (last === null) return { without: [], last };
  const { id, address, givenName, familyName } = accounts;
  const without = yield* q(
    tx.db
      .select({ id, address, givenName, familyName })
      .from(accounts)
      .where(
        and(
          gt(id, position),
          lte(id, last),
          notExists(tx.db.select({ term: accountTerms.term }).from(accountTerms).where(eq(accountTerms.accountId, id))),
        ),
      ),
  );
  return { without, last };
}
