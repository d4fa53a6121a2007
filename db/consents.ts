// Rows of what people agreed that applications receive.
import { and, asc, eq, isNull, lte, or } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type ConsentRow = Schema['consents']['$inferSelect'];

/** One past its time too: look at `expiresAt`. */
export function* findConsent(tx: Tx, accountId: string, applicationId: string): Script<ConsentRow | null> {
  const { consents } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(consents)
      .where(and(eq(consents.accountId, accountId), eq(consents.applicationId, applicationId)))
      .limit(1),
  );
  return rows[0] ?? null;
}

/** The oldest first. */
export function* listConsentRows(tx: Tx, accountId: string): Script<ConsentRow[]> {
  const { consents } = tx.s;
  return yield* q(tx.db.select().from(consents).where(eq(consents.accountId, accountId)).orderBy(asc(consents.givenAt), asc(consents.applicationId)));
}

/** Makes or replaces all but `lastUsedAt`. */
export function* setConsent(tx: Tx, row: Omit<ConsentRow, 'lastUsedAt'>): Script<void> {
  const { consents } = tx.s;
  const { accountId: _, applicationId: __, ...rest } = row;
  yield* q(
    tx.db
      .insert(consents)
      .values(row)
      .onConflictDoUpdate({ target: [consents.accountId, consents.applicationId], set: rest }),
  );
}

/** Notes that the application was given a token; writes nothing when it was after `unless`. Epoch milliseconds. */
export function* setConsentUsed(tx: Tx, accountId: string, applicationId: string, at: number, unless: number): Script<void> {
  const { consents: t } = tx.s;
  const before = or(isNull(t.lastUsedAt), lte(t.lastUsedAt, unless));
  yield* q(
    tx.db
      .update(t)
      .set({ lastUsedAt: at })
      .where(and(eq(t.accountId, accountId), eq(t.applicationId, applicationId), before)),
  );
}

/** @returns whether there was one */
export function* deleteConsent(tx: Tx, accountId: string, applicationId: string): Script<boolean> {
  const { consents } = tx.s;
  const rows = yield* q(
    tx.db
      .delete(consents)
      .where(and(eq(consents.accountId, accountId), eq(consents.applicationId, applicationId)))
      .returning({ applicationId: consents.applicationId }),
  );
  return rows.length === 1;
}
