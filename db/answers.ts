// Rows of secret answers, always a whole set.
import { asc, eq } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type AnswerRow = Schema['answers']['$inferSelect'];

/** In the order in which they were chosen. */
export function* listAnswers(tx: Tx, accountId: string): Script<AnswerRow[]> {
  const { answers } = tx.s;
  return yield* q(tx.db.select().from(answers).where(eq(answers.accountId, accountId)).orderBy(asc(answers.slot)));
}

/** Puts a whole set in the place of whatever was there. */
export function* setAnswers(tx: Tx, accountId: string, rows: readonly AnswerRow[]): Script<void> {
  const { answers } = tx.s;
  yield* q(tx.db.delete(answers).where(eq(answers.accountId, accountId)));
  if (rows.length > 0) yield* q(tx.db.insert(answers).values([...rows]));
}
