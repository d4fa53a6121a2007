// What condition the store itself is in: for health checks and the doctor, who look at no row of anybody's.
import { and, asc, desc, eq, gt, isNotNull, sql } from 'drizzle-orm';
import { q, type Script, type Tx } from './unit.ts';

/** One cheap read: resolves when the store answers. */
export function* answer(tx: Tx): Script<void> {
  yield* q(tx.db.select({ id: tx.s.accounts.id }).from(tx.s.accounts).limit(1));
}

/** Writes a row and takes it away again; fails as any write would. */
export function* tryWriting(tx: Tx, name: string): Script<void> {
  const { logoutTokens } = tx.s;
  yield* q(tx.db.insert(logoutTokens).values({ jti: name, expiresAt: 0 }));
  yield* q(tx.db.delete(logoutTokens).where(eq(logoutTokens.jti, name)));
}

/** PostgreSQL's own clock, epoch milliseconds. SQLite has none. */
export function* readServerClock(tx: Tx): Script<number> {
  const at = sql<string>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`;
  const rows = yield* q(tx.db.select({ at, all: sql`count(*)` }).from(tx.s.signingKeys));
  return Number(rows[0]?.at);
}

/** @returns how many letters have waited since before `since`, epoch milliseconds */
export function* countWaitingLetters(tx: Tx, since: number): Script<number> {
  const { outbox } = tx.s;
  const rows = yield* q(
    tx.db.select({ n: sql<number | string>`count(*)` }).from(outbox).where(sql`${outbox.dueAt} is not null and ${outbox.createdAt} < ${since}`),
  );
  return Number(rows[0]?.n ?? 0);
}

/** Letters that have not left: all of them, those that failed once, and since when the oldest one that should have left is there (epoch milliseconds). */
export function* measureOutbox(tx: Tx, now: number): Script<{ readonly waiting: number; readonly failing: number; readonly oldest: number | null }> {
  const { outbox } = tx.s;
  const rows = yield* q(
    tx.db
      .select({
        waiting: sql<number | string>`count(*)`,
        failing: sql<number | string>`count(${outbox.failure})`,
        oldest: sql<number | string | null>`min(case when ${outbox.failure} is not null or ${outbox.dueAt} <= ${now} then ${outbox.createdAt} end)`,
      })
      .from(outbox)
      .where(isNotNull(outbox.dueAt)),
  );
  const [row] = rows;
  return { waiting: Number(row?.waiting ?? 0), failing: Number(row?.failing ?? 0), oldest: row?.oldest == null ? null : Number(row.oldest) };
}

/** Lines of the audit log that have no place in its chain yet. */
export function* countUnsealedEvents(tx: Tx): Script<number> {
  const rows = yield* q(tx.db.select({ n: sql<number | string>`count(*)` }).from(tx.s.unsealedEvents));
  return Number(rows[0]?.n ?? 0);
}

/** How many guessable things take no try at this instant. */
export function* countAttempts(tx: Tx, now: number): Script<{ readonly waiting: number }> {
  const { attempts } = tx.s;
  const rows = yield* q(tx.db.select({ n: sql<number | string>`count(*)` }).from(attempts).where(gt(attempts.waitUntil, now)));
  return { waiting: Number(rows[0]?.n ?? 0) };
}

/** Addresses of the accounts that this operator made, as far back as the audit log goes. */
export function* listAddressesMadeBy(tx: Tx, actor: string): Script<string[]> {
  const { accounts, events } = tx.s;
  const rows = yield* q(
    tx.db
      .select({ address: accounts.address })
      .from(events)
      .innerJoin(accounts, eq(accounts.id, events.accountId))
      .where(and(eq(events.type, 'account-created'), eq(events.actor, actor)))
      .orderBy(asc(accounts.address)),
  );
  return rows.map((row) => row.address);
}

/** What guards the audit log, by the names of the triggers (decision 0028). */
const guards = ['events_unsealed', 'events_no_update', 'events_no_delete', 'audit_chain_no_update', 'audit_chain_no_delete'] as const;

/** @returns those that are missing. @param engine of the store */
export function* listMissingGuards(tx: Tx, engine: 'sqlite' | 'postgres'): Script<string[]> {
  const missing: string[] = [];
  for (const guard of guards) {
    const found =
      engine === 'sqlite'
        ? sql<number | string>`(select count(*) from sqlite_master where type = 'trigger' and name = ${guard})`
        : sql<
            number | string
          >`(select count(*) from pg_trigger where tgname = ${guard} and tgenabled in ('O', 'A') and tgrelid in ('events'::regclass, 'audit_chain'::regclass))`;
    const rows = yield* q(tx.db.select({ found, all: sql`count(*)` }).from(tx.s.signingKeys));
    if (Number(rows[0]?.found) === 0) missing.push(guard);
  }
  return missing;
}

/** The newest event of a type, epoch milliseconds; null when there is none. */
export function* findLastEvent(tx: Tx, type: string): Script<number | null> {
  const { events } = tx.s;
  const rows = yield* q(tx.db.select({ at: events.at }).from(events).where(eq(events.type, type)).orderBy(desc(events.id)).limit(1));
  return rows[0]?.at ?? null;
}
