// The audit log's rows.
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
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

/** Newest first, by key. @param before an event's id. @param types only these */
export function* listEvents(tx: Tx, accountId: string, limit: number, before?: string, types?: readonly string[]): Script<EventRow[]> {
  const { events } = tx.s;
  return yield* q(
    tx.db
      .select()
      .from(events)
      .where(and(eq(events.accountId, accountId), before ? lt(events.id, before) : undefined, types ? inArray(events.type, [...types]) : undefined))
      .orderBy(desc(events.id))
      .limit(limit),
  );
}

/** As `listEvents`, of who acted. */
export function* listEventsByActor(tx: Tx, actor: string, types: readonly string[], limit: number, before?: string): Script<EventRow[]> {
  const { events } = tx.s;
  return yield* q(
    tx.db
      .select()
      .from(events)
      .where(and(eq(events.actor, actor), before ? lt(events.id, before) : undefined, inArray(events.type, [...types])))
      .orderBy(desc(events.id))
      .limit(limit),
  );
}

/** As `listEvents`, of everybody. One statement a type: of all of them at once, an engine reads either every event or too many. */
export function* listEventsOfTypes(tx: Tx, types: readonly string[], limit: number, before?: string): Script<EventRow[]> {
  const { events } = tx.s;
  const found: EventRow[] = [];
  for (const type of types) {
    found.push(
      ...(yield* q(
        tx.db
          .select()
          .from(events)
          .where(and(eq(events.type, type), before ? lt(events.id, before) : undefined))
          .orderBy(desc(events.id))
          .limit(limit),
      )),
    );
  }
  return found.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
}
