// Rows of codes sent by e-mail, and of their sending.
import { and, desc, eq, gt, isNull, like, lt, ne, sql } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type EmailCodeRow = Schema['emailCodes']['$inferSelect'];
export type EmailCodePurpose = EmailCodeRow['purpose'];

export function* findEmailCode(tx: Tx, flow: string, purpose: EmailCodePurpose): Script<EmailCodeRow | null> {
  const { emailCodes } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(emailCodes)
      .where(and(eq(emailCodes.flow, flow), eq(emailCodes.purpose, purpose)))
      .limit(1),
  );
  return rows[0] ?? null;
}

/** Makes the flow's code, or replaces it. */
export function* setEmailCode(tx: Tx, row: EmailCodeRow): Script<void> {
  const { flow: _flow, purpose: _purpose, ...facts } = row;
  yield* q(
    tx.db
      .insert(tx.s.emailCodes)
      .values(row)
      .onConflictDoUpdate({ target: [tx.s.emailCodes.flow, tx.s.emailCodes.purpose], set: facts }),
  );
}

/** A flow's code that was for somebody else. */
export function* deleteOthersEmailCode(tx: Tx, flow: string, purpose: EmailCodePurpose, accountId: string): Script<void> {
  const { emailCodes } = tx.s;
  yield* q(tx.db.delete(emailCodes).where(and(eq(emailCodes.flow, flow), eq(emailCodes.purpose, purpose), ne(emailCodes.accountId, accountId))));
}

/**
 * One statement counts the try AND consumes the code when it is right, so that however many come at once, no more than `tries` are
 * looked at and one at most is right (SEC-19). Null when the code takes no try any more.
 */
export function* tryEmailCodeRow(
  tx: Tx,
  attempt: Pick<EmailCodeRow, 'flow' | 'purpose' | 'accountId' | 'hash'>,
  now: number,
  tries: number,
): Script<Pick<EmailCodeRow, 'tries' | 'usedAt' | 'replacedHash'> | null> {
  const { emailCodes: c } = tx.s;
  const rows = yield* q(
    tx.db
      .update(c)
      .set({ tries: sql`${c.tries} + 1`, usedAt: sql`case when ${c.hash} = ${attempt.hash} then cast(${now} as bigint) end` })
      .where(
        and(
          eq(c.flow, attempt.flow),
          eq(c.purpose, attempt.purpose),
          eq(c.accountId, attempt.accountId),
          isNull(c.usedAt),
          lt(c.tries, tries),
          gt(c.expiresAt, now),
        ),
      )
      .returning({ tries: c.tries, usedAt: c.usedAt, replacedHash: c.replacedHash }),
  );
  return rows[0] ?? null;
}

export function* insertCodeSending(tx: Tx, row: Schema['codeSendings']['$inferInsert']): Script<void> {
  yield* q(tx.db.insert(tx.s.codeSendings).values(row));
}

/** When the nth latest code was sent that is counted under a subject which begins so; null when there were fewer since then. */
export function* findCodeSending(tx: Tx, prefix: string, since: number, nth: number): Script<number | null> {
  const { codeSendings } = tx.s;
  const rows = yield* q(
    tx.db
      .select({ at: codeSendings.at })
      .from(codeSendings)
      .where(and(gt(codeSendings.at, since), like(codeSendings.subject, `${prefix}%`)))
      .orderBy(desc(codeSendings.at))
      .offset(nth - 1)
      .limit(1),
  );
  return rows[0]?.at ?? null;
}

/** Instants of sending, the latest first. @param since epoch milliseconds */
export function* listCodeSendings(tx: Tx, subject: string, since: number, limit: number): Script<number[]> {
  const { codeSendings } = tx.s;
  const rows = yield* q(
    tx.db
      .select({ at: codeSendings.at })
      .from(codeSendings)
      .where(and(eq(codeSendings.subject, subject), gt(codeSendings.at, since)))
      .orderBy(desc(codeSendings.at))
      .limit(limit),
  );
  return rows.map((row) => row.at);
}
