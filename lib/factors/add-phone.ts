// Adds a telephone to an account that is in use: beside the factors that are there (SEC-38).
import { findAccountRow } from '#db/accounts';
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { RecentlyProven } from '../visitor.ts';
import { type ConfirmProblem, dropPairing, keepPairing, keepPhone, newPairing } from './phone/pairing.ts';

function* owner(tx: Tx, now: number, member: RecentlyProven, act: string) {
  const { accountId } = member;
  const account = yield* findAccountRow(tx, accountId);
  if (account?.status === 'active') return account;
  yield* recordEvent(tx, now, member, { type: 'step-refused', accountId, data: { act } });
  return null;
}

/** Shows a QR code and a code to type (`pairingOnScreen`), in place of those before. */
export function pairPhone(portal: Portal, member: RecentlyProven, _input: object = {}): Promise<Result<void, 'expired-page'>> {
  const now = portal.now();
  const made = newPairing(portal, member);
  return portal.store.unit(member.accountId, function* (tx): Script<Result<void, 'expired-page'>> {
    if (!(yield* owner(tx, now, member, 'pair-phone'))) return refused({ code: 'expired-page' });
    yield* keepPairing(tx, now, member, made);
    return done(undefined);
  });
}

/** @param input `factor`: the id that stood on the page with the telephone's name */
export function addPhone(
  portal: Portal,
  member: RecentlyProven,
  input: { readonly factor: string },
): Promise<Result<void, ConfirmProblem | 'expired-page'>> {
  const now = portal.now();
  return portal.store.unit(member.accountId, function* (tx): Script<Result<void, ConfirmProblem | 'expired-page'>> {
    const account = yield* owner(tx, now, member, 'add-phone');
    if (!account) return refused({ code: 'expired-page' });
    const kept = yield* keepPhone(portal, tx, now, member, account, input.factor);
    return kept.ok ? done(undefined) : kept;
  });
}

/** « Ce n’est pas mon téléphone », or a change of mind. Without a pairing of this session, nothing changes. */
export function givePhoneUp(portal: Portal, member: RecentlyProven, _input: object = {}): Promise<Result<void, never>> {
  const now = portal.now();
  return portal.store.unit(member.accountId, function* (tx) {
    yield* dropPairing(tx, now, member);
    return done(undefined);
  });
}
