// The audit log's chain: events' places and hashes, what is not in it yet, and up to where it was purged (decision 0028).
import { asc, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { EventRow } from './events.ts';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type ChainRow = Schema['auditChain']['$inferSelect'];
export type MarkRow = Schema['auditMarks']['$inferSelect'];

/** The last place; null before the first, and when everything was purged. */
export function* findChainHead(tx: Tx): Script<ChainRow | null> {
  const { auditChain } = tx.s;
  const rows = yield* q(tx.db.select().from(auditChain).orderBy(desc(auditChain.seq)).limit(1));
  return rows[0] ?? null;
}

export function* findChainRow(tx: Tx, seq: number): Script<ChainRow | null> {
  const { auditChain } = tx.s;
  const rows = yield* q(tx.db.select().from(auditChain).where(eq(auditChain.seq, seq)).limit(1));
  return rows[0] ?? null;
}

export function* findMark(tx: Tx): Script<MarkRow | null> {
  const { auditMarks } = tx.s;
  const rows = yield* q(tx.db.select().from(auditMarks).orderBy(desc(auditMarks.seq)).limit(1));
  return rows[0] ?? null;
}

/** Whether anything waits to be sealed: one cheap read. */
export function* hasUnsealed(tx: Tx): Script<boolean> {
  const { unsealedEvents } = tx.s;
  return (yield* q(tx.db.select().from(unsealedEvents).limit(1))).length > 0;
}

/** Events that wait, in order of time, and whether they have a place already: somebody wrote over one then, past the portal. */
export function* listUnsealed(tx: Tx, limit: number): Script<{ event: EventRow; seq: number | null }[]> {
  const { auditChain, events, unsealedEvents } = tx.s;
  return yield* q(
    tx.db
      .select({ event: events, seq: auditChain.seq })
      .from(unsealedEvents)
      .innerJoin(events, eq(events.id, unsealedEvents.id))
      .leftJoin(auditChain, eq(auditChain.eventId, unsealedEvents.id))
      .orderBy(asc(unsealedEvents.id))
      .limit(limit),
  );
}

/** @returns how many events wait, and since when the oldest does, epoch milliseconds */
export function* countUnsealed(tx: Tx): Script<{ readonly count: number; readonly since: number | null }> {
  const { events, unsealedEvents } = tx.s;
  const counted = yield* q(tx.db.select({ n: sql<number | string>`count(*)` }).from(unsealedEvents));
  const oldest = yield* q(
    tx.db.select({ at: events.at }).from(unsealedEvents).innerJoin(events, eq(events.id, unsealedEvents.id)).orderBy(asc(unsealedEvents.id)).limit(1),
  );
  return { count: Number(counted[0]?.n ?? 0), since: oldest[0]?.at ?? null };
}

/** At most a few hundred at once. */
export function* insertChainRows(tx: Tx, rows: readonly ChainRow[]): Script<void> {
  yield* q(tx.db.insert(tx.s.auditChain).values([...rows]));
}

/** They have their place. At most a few hundred at once. */
export function* deleteUnsealed(tx: Tx, ids: readonly string[]): Script<void> {
  const { unsealedEvents } = tx.s;
  yield* q(tx.db.delete(unsealedEvents).where(inArray(unsealedEvents.id, [...ids])));
}

/** A page of the chain, with the event at each place where there is one. @param after a place */
export function* listChain(tx: Tx, after: number, limit: number): Script<{ chain: ChainRow; event: EventRow | null }[]> {
  const { auditChain, events } = tx.s;
  return yield* q(
    tx.db
      .select({ chain: auditChain, event: events })
      .from(auditChain)
      .leftJoin(events, eq(events.id, auditChain.eventId))
      .where(gt(auditChain.seq, after))
      .orderBy(asc(auditChain.seq))
      .limit(limit),
  );
}

/** A page of the events, in order of id, with where each stands. @param after an event's id */
export function* listPlaces(tx: Tx, after: string, limit: number): Script<{ id: string; seq: number | null; unsealed: string | null }[]> {
  const { auditChain, events, unsealedEvents } = tx.s;
  return yield* q(
    tx.db
      .select({ id: events.id, seq: auditChain.seq, unsealed: unsealedEvents.id })
      .from(events)
      .leftJoin(auditChain, eq(auditChain.eventId, events.id))
      .leftJoin(unsealedEvents, eq(unsealedEvents.id, events.id))
      .where(gt(events.id, after))
      .orderBy(asc(events.id))
      .limit(limit),
  );
}

/** A page of what waits to be sealed, with whether its event is there. @param after an event's id */
export function* listUnsealedIds(tx: Tx, after: string, limit: number): Script<{ id: string; event: string | null }[]> {
  const { events, unsealedEvents } = tx.s;
  return yield* q(
    tx.db
      .select({ id: unsealedEvents.id, event: events.id })
      .from(unsealedEvents)
      .leftJoin(events, eq(events.id, unsealedEvents.id))
      .where(gt(unsealedEvents.id, after))
      .orderBy(asc(unsealedEvents.id))
      .limit(limit),
  );
}

/** Sets the mark, deletes these events with their places, and the marks before. @param rows the first ones of the chain, without a gap */
export function* purgeChain(tx: Tx, mark: MarkRow, rows: readonly ChainRow[]): Script<void> {
  const { auditChain, auditMarks, events } = tx.s;
  const ids = rows.map((row) => row.eventId);
  const places = rows.map((row) => row.seq);
  yield* q(tx.db.insert(auditMarks).values(mark));
  yield* q(tx.db.delete(events).where(inArray(events.id, ids)));
  yield* q(tx.db.delete(auditChain).where(inArray(auditChain.seq, places)));
  yield* q(tx.db.delete(auditMarks).where(lt(auditMarks.seq, mark.seq)));
}
