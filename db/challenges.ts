// Rows of WebAuthn challenges given out: each is answered once, where it was given.
import { and, eq, gt } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type ChallengeRow = Schema['challenges']['$inferSelect'];

export function* insertChallenge(tx: Tx, row: ChallengeRow): Script<void> {
  yield* q(tx.db.insert(tx.s.challenges).values(row));
}

/** Check and consume in one statement: whatever becomes of the answer, the challenge is gone. @param now epoch milliseconds */
export function* takeChallenge(tx: Tx, row: Pick<ChallengeRow, 'id' | 'purpose' | 'place'>, now: number): Script<ChallengeRow | null> {
  const { challenges: c } = tx.s;
  const rows = yield* q(
    tx.db
      .delete(c)
      .where(and(eq(c.id, row.id), eq(c.purpose, row.purpose), eq(c.place, row.place), gt(c.expiresAt, now)))
      .returning(),
  );
  return rows[0] ?? null;
}
