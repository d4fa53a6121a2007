// The provider's own records: sealed, under hashed ids.
import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type OidcRecordRow = Schema['oidcRecords']['$inferSelect'];

/** Keeps `consumedAt` of a record that is already there: writing a record again never makes it unused. */
export function* setOidcRecord(tx: Tx, row: Omit<OidcRecordRow, 'consumedAt'>): Script<void> {
  const { oidcRecords: t } = tx.s;
  const { model, id, ...rest } = row;
  yield* q(
    tx.db
      .insert(t)
      .values({ model, id, ...rest, consumedAt: null })
      .onConflictDoUpdate({ target: [t.model, t.id], set: rest }),
  );
}

export function* findOidcRecord(tx: Tx, model: string, id: string): Script<OidcRecordRow | null> {
  const { oidcRecords: t } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(t)
      .where(and(eq(t.model, model), eq(t.id, id)))
      .limit(1),
  );
  return rows[0] ?? null;
}

/** @param uid hashed */
export function* findOidcRecordByUid(tx: Tx, model: string, uid: string): Script<OidcRecordRow | null> {
  const { oidcRecords: t } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(t)
      .where(and(eq(t.model, model), eq(t.uid, uid)))
      .limit(1),
  );
  return rows[0] ?? null;
}

/** @returns whether this call was the first to use the record */
export function* setOidcRecordConsumed(tx: Tx, model: string, id: string, at: number): Script<boolean> {
  const { oidcRecords: t } = tx.s;
  const rows = yield* q(
    tx.db
      .update(t)
      .set({ consumedAt: at })
      .where(and(eq(t.model, model), eq(t.id, id), isNull(t.consumedAt)))
      .returning({ id: t.id }),
  );
  return rows.length === 1;
}

/** The model of what stays of a session that its owner ended: its uid, hashed, as the id, so that no request under way writes it back. */
const ended = 'EndedSession';

/** @param expiresAt epoch milliseconds: until then a request that read the session before may be under way */
export function* insertEndedSession(tx: Tx, uid: string, expiresAt: number): Script<void> {
  const { oidcRecords: t } = tx.s;
  const row = { model: ended, id: uid, payload: Buffer.alloc(0), grantId: null, uid: null, accountId: null, applicationId: null, expiresAt };
  yield* q(
    tx.db
      .insert(t)
      .values({ ...row, consumedAt: null })
      .onConflictDoNothing(),
  );
}

/** @param uid hashed */
export function* isEndedSession(tx: Tx, uid: string): Script<boolean> {
  return (yield* findOidcRecord(tx, ended, uid)) !== null;
}

export function* deleteOidcRecord(tx: Tx, model: string, id: string): Script<void> {
  const { oidcRecords: t } = tx.s;
  yield* q(tx.db.delete(t).where(and(eq(t.model, model), eq(t.id, id))));
}

/** Everything that came out of one grant; `grant` itself only when asked for. @param grantId hashed */
export function* deleteOidcRecordsOfGrant(tx: Tx, grantId: string, grant: boolean): Script<void> {
  const { oidcRecords: t } = tx.s;
  const itself = grant ? and(eq(t.model, 'Grant'), eq(t.id, grantId)) : undefined;
  yield* q(tx.db.delete(t).where(or(eq(t.grantId, grantId), itself)));
}

export function* listOidcRecordsOfAccount(tx: Tx, accountId: string, models: readonly string[]): Script<OidcRecordRow[]> {
  const { oidcRecords: t } = tx.s;
  return yield* q(
    tx.db
      .select()
      .from(t)
      .where(and(eq(t.accountId, accountId), inArray(t.model, [...models]))),
  );
}

/** The grants and tokens that one application holds for one person. */
export function* deleteOidcRecordsOfApplication(tx: Tx, accountId: string, applicationId: string, models: readonly string[]): Script<void> {
  const { oidcRecords: t } = tx.s;
  yield* q(tx.db.delete(t).where(and(eq(t.accountId, accountId), eq(t.applicationId, applicationId), inArray(t.model, [...models]))));
}
