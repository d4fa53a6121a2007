// Gives an account a role, in the place of the one that it may have had.
import { findAccountByAddress } from '#db/accounts';
import { findRole, setRole } from '#db/roles';
import { foldAddress } from '../accounts/rules.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Operator } from '../visitor.ts';
import { isRole } from './rules.ts';

/** @returns whether something changed */
export async function giveRole(
  portal: Portal,
  operator: Operator,
  input: { readonly address: string; readonly role: string },
): Promise<Result<{ readonly changed: boolean }, 'unknown-account' | 'unknown-role'>> {
  const now = portal.now();
  const { role } = input;
  if (!isRole(role)) return refused({ code: 'unknown-role', field: 'role' });
  const address = foldAddress(input.address);
  const account = address === null ? null : await portal.store.read((tx) => findAccountByAddress(tx, address));
  if (!account) return refused({ code: 'unknown-account', field: 'address' });
  const accountId = account.id;
  return portal.store.unit(accountId, function* (tx) {
    const before = yield* findRole(tx, accountId);
    if (before?.role === role) return done({ changed: false });
    yield* setRole(tx, { accountId, role, givenAt: now, givenBy: operator.name });
    yield* recordEvent(tx, now, operator, { type: 'role-given', accountId, data: { role, before: before?.role ?? null } });
    return done({ changed: true });
  });
}
