// Logout tokens already honoured.
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

/** @returns whether the token is new: one that is already there stays as it was */
export function* insertLogoutToken(tx: Tx, row: Schema['logoutTokens']['$inferInsert']): Script<boolean> {
  const { logoutTokens: t } = tx.s;
  const rows = yield* q(tx.db.insert(t).values(row).onConflictDoNothing().returning({ jti: t.jti }));
  return rows.length === 1;
}
