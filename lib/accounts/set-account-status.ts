// Closes an account to everybody, and opens it again.
import { findAccountByAddress, setAccountStatusRow } from '#db/accounts';
import { recordEvent } from '../audit/record-event.ts';
import { announceSignOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Operator } from '../visitor.ts';
import { giveUp } from './give-up.ts';
import { foldAddress } from './rules.ts';

/** @returns whether something changed. A disabled account is refused at its next request, and its sessions end. */
export async function setAccountStatus(
  portal: Portal,
  operator: Operator,
  typed: string,
  status: 'active' | 'disabled',
): Promise<Result<{ readonly id: string; readonly changed: boolean }, 'unknown-account'>> {
  const now = portal.now();
  const address = foldAddress(typed);
  const found = address === null ? null : await portal.store.read((tx) => findAccountByAddress(tx, address));
  if (!found) return refused({ code: 'unknown-account', field: 'address' });
  const ended = await portal.store.unit(found.id, function* (tx) {
    // Disabled is more than frozen: the helpdesk opens it no more. An operator opens either.
    const others = (['active', 'frozen', 'disabled'] as const).filter((one) => one !== status);
    let changed = false;
    for (const from of others) changed = (yield* setAccountStatusRow(tx, found.id, from, status)) || changed;
    if (changed) yield* recordEvent(tx, now, operator, { type: status === 'active' ? 'account-enabled' : 'account-disabled', accountId: found.id });
    if (!changed) return null;
    return status === 'active' ? [] : yield* giveUp(portal, tx, now, operator, found.id);
  });
  if (ended && ended.length > 0) await announceSignOut(portal, ended);
  return done({ id: found.id, changed: ended !== null });
}
