// Rows of questions to a person's telephones. Every change is one conditional statement: of many at once, one wins.
import { and, desc, eq, gt, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type PhoneRequestRow = Schema['phoneRequests']['$inferSelect'];

export function* insertPhoneRequest(tx: Tx, row: PhoneRequestRow): Script<void> {
  yield* q(tx.db.insert(tx.s.phoneRequests).values(row));
}

export function* findPhoneRequest(tx: Tx, id: string): Script<PhoneRequestRow | null> {
  const { phoneRequests: r } = tx.s;
  const rows = yield* q(tx.db.select().from(r).where(eq(r.id, id)).limit(1));
  return rows[0] ?? null;
}

/** The newest of a flow. */
export function* findLatestPhoneRequest(tx: Tx, flow: string): Script<PhoneRequestRow | null> {
  const { phoneRequests: r } = tx.s;
  const rows = yield* q(tx.db.select().from(r).where(eq(r.flow, flow)).orderBy(desc(r.createdAt), desc(r.id)).limit(1));
  return rows[0] ?? null;
}

/** Of an account, the newest first. @param since epoch milliseconds */
export function* listPhoneRequests(tx: Tx, accountId: string, since: number, limit: number): Script<PhoneRequestRow[]> {
  const { phoneRequests: r } = tx.s;
  return yield* q(
    tx.db
      .select()
      .from(r)
      .where(and(eq(r.accountId, accountId), gt(r.createdAt, since)))
      .orderBy(desc(r.createdAt), desc(r.id))
      .limit(limit),
  );
}

/** Whose time is up says so from now on. @param now epoch milliseconds */
export function* expirePhoneRequests(tx: Tx, accountId: string, now: number): Script<void> {
  const { phoneRequests: r } = tx.s;
  yield* q(
    tx.db
      .update(r)
      .set({ status: 'expired' })
      .where(and(eq(r.accountId, accountId), eq(r.status, 'pending'), lte(r.expiresAt, now))),
  );
}

/** A new one is in the place of those still pending. */
export function* supersedePhoneRequests(tx: Tx, accountId: string, now: number): Script<void> {
  const { phoneRequests: r } = tx.s;
  yield* q(
    tx.db
      .update(r)
      .set({ status: 'superseded', decidedAt: now })
      .where(and(eq(r.accountId, accountId), eq(r.status, 'pending'))),
  );
}

/** From pending to decided, while its time runs. @param now epoch milliseconds. @returns whether this caller was the one */
export function* decidePhoneRequest(
  tx: Tx,
  id: string,
  decision: Pick<PhoneRequestRow, 'status' | 'why' | 'factorId' | 'unlock'>,
  now: number,
): Script<boolean> {
  const { phoneRequests: r } = tx.s;
  const rows = yield* q(
    tx.db
      .update(r)
      .set({ ...decision, decidedAt: now })
      .where(and(eq(r.id, id), eq(r.status, 'pending'), gt(r.expiresAt, now)))
      .returning({ id: r.id }),
  );
  return rows.length === 1;
}

/** A wrong number was typed. @returns how many so far; null when it no longer waits for one */
export function* countWrongNumber(tx: Tx, id: string, now: number): Script<number | null> {
  const { phoneRequests: r } = tx.s;
  const rows = yield* q(
    tx.db
      .update(r)
      .set({ tries: sql`${r.tries} + 1` })
      .where(and(eq(r.id, id), eq(r.status, 'pending'), gt(r.expiresAt, now)))
      .returning({ tries: r.tries }),
  );
  return rows[0]?.tries ?? null;
}

/** An approval is good once, in the flow that asked. @param since epoch milliseconds: one approved before is too old */
export function* consumePhoneRequest(tx: Tx, flow: string, accountId: string, since: number): Script<PhoneRequestRow | null> {
  const { phoneRequests: r } = tx.s;
  const rows = yield* q(
    tx.db
      .update(r)
      .set({ status: 'consumed' })
      .where(and(eq(r.flow, flow), eq(r.accountId, accountId), eq(r.status, 'approved'), gt(r.decidedAt, since)))
      .returning(),
  );
  return rows[0] ?? null;
}

/** The browser that asked no longer waits. @param now epoch milliseconds */
export function* cancelPhoneRequests(tx: Tx, flow: string, now: number): Script<void> {
  const { phoneRequests: r } = tx.s;
  yield* q(
    tx.db
      .update(r)
      .set({ status: 'cancelled', decidedAt: now })
      .where(and(eq(r.flow, flow), eq(r.status, 'pending'))),
  );
}

/**
 * Reported by its owner, in whatever state: what was not yet made use of never will be. @param at epoch milliseconds
 * @returns whether this caller was the first to report it
 */
export function* reportPhoneRequest(tx: Tx, id: string, factorId: string, at: number): Script<boolean> {
  const { phoneRequests: r } = tx.s;
  yield* q(
    tx.db
      .update(r)
      .set({ status: 'denied' })
      .where(and(eq(r.id, id), inArray(r.status, ['pending', 'approved']))),
  );
  const rows = yield* q(
    tx.db
      .update(r)
      .set({ why: 'reported', factorId, decidedAt: at })
      .where(and(eq(r.id, id), or(isNull(r.why), ne(r.why, 'reported'))))
      .returning({ id: r.id }),
  );
  return rows.length === 1;
}
