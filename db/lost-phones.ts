// Rows of what was said and proven of a lost phone within a flow.
import { eq } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type LostPhoneRow = Schema['lostPhones']['$inferSelect'];

export function* findLostPhone(tx: Tx, flow: string): Script<LostPhoneRow | null> {
  const { lostPhones } = tx.s;
  const rows = yield* q(tx.db.select().from(lostPhones).where(eq(lostPhones.flow, flow)).limit(1));
  return rows[0] ?? null;
}

/** Makes or replaces. */
export function* setLostPhone(tx: Tx, row: LostPhoneRow): Script<void> {
  const { flow: _flow, ...facts } = row;
  yield* q(tx.db.insert(tx.s.lostPhones).values(row).onConflictDoUpdate({ target: tx.s.lostPhones.flow, set: facts }));
}
