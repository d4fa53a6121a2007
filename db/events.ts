// The audit log's rows.
import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type EventRow = Schema['events']['$inferSelect'];

export function* insertEvent(tx: Tx, row: Schema['events']['$inferInsert']): Script<void> {
  yield* q(tx.db.insert(tx.s.events).values(row));
  tx.written?.push({ type: row.type, data: row.data });
}

export function* findEvent(tx: Tx, id: string): Script<EventRow | null> {
  const { events } = tx.s;
  const rows = yield* q(tx.db.select().from(events).where(eq(events.id, id)).limit(1));
  return rows[0] ?? null;
}

/**
 * As a condition beside whose events they are. The empty text keeps planners from going by the type's index: of one type there are millions, and
 * SQLite, which knows no numbers, would read all of them for one person's.
 */
const ofTypes = ({ type }: Schema['events'], types: readonly string[]) => inArray(sql`(${type} || '')`, [...types]);

/** Newest first, by key. @param before an event's id. @param types only these */
export function* listEvents(tx: Tx, accountId: string, limit: number, before?: string, types?: readonly string[]): Script<EventRow[]> {
  const { events } = tx.s;
  const theirs = and(eq(events.accountId, accountId), before ? lt(events.id, before) : undefined);
  if (!types) return yield* q(tx.db.select().from(events).where(theirs).orderBy(desc(events.id)).limit(limit));
  // The index alone says which: of somebody's thousands of events, those of other types stay unread.
  const found = yield* q(
    tx.db
      .select({ id: events.id })
      .from(events)
      .where(and(theirs, ofTypes(events, types)))
      .orderBy(desc(events.id))
      .limit(limit),
  );
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  return yield* q(tx.db.select().from(events).where(inArray(events.id, ids)).orderBy(desc(events.id)));
}

/** As `listEvents`, of who acted. */
export function* listEventsByActor(tx: Tx, actor: string, types: readonly string[], limit: number, before?: string): Script<EventRow[]> {
  const { events } = tx.s;
  return yield* q(
    tx.db
      .select()
      .from(events)
      .where(and(eq(events.actor, actor), before ? lt(events.id, before) : undefined, ofTypes(events, types)))
      .orderBy(desc(events.id))
      .limit(limit),
  );
}

/** As `listEvents`, of everybody. The newest of each type first: of all types at once, an engine reads either every event or too many. */
export function* listEventsOfTypes(tx: Tx, types: readonly string[], limit: number, before?: string): Script<EventRow[]> {
  const { events } = tx.s;
  const newest = types.map((type, n) => {
    const where = before ? sql`${events.type} = ${type} and ${events.id} < ${before}` : sql`${events.type} = ${type}`;
    return sql`select id from (select ${events.id} from ${events} where ${where} order by ${events.id} desc limit ${limit}) as ${sql.identifier(`t${n}`)}`;
  });
  return yield* q(
    tx.db
      .select()
      .from(events)
      .where(sql`${events.id} in (${sql.join(newest, sql` union all `)})`)
      .orderBy(desc(events.id))
      .limit(limit),
  );
}
