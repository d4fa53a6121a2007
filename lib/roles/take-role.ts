// Takes an account's role back.
import { findAccountByAddress } from '#db/accounts';
import { deleteRole } from '#db/roles';
import { foldAddress } from '../accounts/rules.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Operator } from '../visitor.ts';
import type { Role } from './rules.ts';

/** @returns the role that the account had; null when it had none */
export async function takeRole(
  portal: Portal,
  operator: Operator,
  input: { readonly address: string },
): Promise<Result<{ readonly had: Role | null }, 'unknown-account'>> {
  const now = portal.now();
  const address = foldAddress(input.address);
  const account = address === null ? null : await portal.store.read((tx) => findAccountByAddress(tx, address));
  if (!account) return refused({ code: 'unknown-account', field: 'address' });
  const had = await portal.store.unit(account.id, function* (tx) {
    const row = yield* deleteRole(tx, account.id);
    if (row) yield* recordEvent(tx, now, operator, { type: 'role-taken', accountId: account.id, data: { role: row.role } });
    return row?.role ?? null;
  });
  return done({ had });
}
