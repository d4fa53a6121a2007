// Rows of how agents made sure of who called.
import { and, desc, eq, gt, isNotNull } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type CallerVerificationRow = Schema['callerVerifications']['$inferSelect'];

/** The last one that succeeded. @param since epoch milliseconds: not before */
export function* findProvenVerification(tx: Tx, accountId: string, agentId: string, since: number): Script<CallerVerificationRow | null> {
  const { callerVerifications: t } = tx.s;
  const rows = yield* q(
    tx.db
      .select()
      .from(t)
      .where(and(eq(t.accountId, accountId), eq(t.agentId, agentId), isNotNull(t.provenAt), gt(t.provenAt, since)))
      .orderBy(desc(t.provenAt))
      .limit(1),
  );
  return rows[0] ?? null;
}
