// Rows of applications that were registered while the portal was running; the others are in the settings file.
import { asc, eq } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type ApplicationRow = Schema['applications']['$inferSelect'];

export function* insertApplication(tx: Tx, row: Schema['applications']['$inferInsert']): Script<void> {
  yield* q(tx.db.insert(tx.s.applications).values(row));
}

export function* findApplicationRow(tx: Tx, id: string): Script<ApplicationRow | null> {
  const rows = yield* q(tx.db.select().from(tx.s.applications).where(eq(tx.s.applications.id, id)).limit(1));
  return rows[0] ?? null;
}

export function* listApplications(tx: Tx): Script<ApplicationRow[]> {
  return yield* q(tx.db.select().from(tx.s.applications).orderBy(asc(tx.s.applications.id)));
}

/** @returns whether there was one */
export function* deleteApplication(tx: Tx, id: string): Script<boolean> {
  const rows = yield* q(tx.db.delete(tx.s.applications).where(eq(tx.s.applications.id, id)).returning({ id: tx.s.applications.id }));
  return rows.length === 1;
}

/** What an application was given: consents, and the provider's records for it. */
export function* deleteTracesOfApplication(tx: Tx, id: string): Script<void> {
  const { consents, oidcRecords } = tx.s;
  yield* q(tx.db.delete(consents).where(eq(consents.applicationId, id)));
  yield* q(tx.db.delete(oidcRecords).where(eq(oidcRecords.applicationId, id)));
}
