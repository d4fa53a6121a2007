// Adds a telephone to an account that is in use: beside the factors that are there (SEC-38), or in the place of an earlier telephone, whose
// storage was erased or which was replaced.
import { type AccountRow, findAccountRow } from '#db/accounts';
import { deleteFactor } from '#db/factors';
import { type HeldPhone, listPhones } from '#db/phones';
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { RecentlyProven } from '../visitor.ts';
import { type ConfirmProblem, dropPairing, keepPairing, keepPhone, newPairing } from './phone/pairing.ts';
import { replacesNone } from './phone/rules.ts';

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

export type AddPhoneProblem = ConfirmProblem | 'expired-page' | 'choose-one' | 'factor-gone';

/**
 * The earlier telephone goes in the unit in which the new one comes: one that works is always there (SEC-42).
 * @param input `factor`: the id that stood on the page with the telephone's name. `replaces`: the id of an earlier telephone's factor, or
 * `replacesNone`; left out where the page does not ask
 */
export function addPhone(
  portal: Portal,
  member: RecentlyProven,
  input: { readonly factor: string; readonly replaces?: string },
): Promise<Result<{ readonly replaced: boolean }, AddPhoneProblem>> {
  const { accountId } = member;
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx): Script<Result<{ readonly replaced: boolean }, AddPhoneProblem>> {
    const account = yield* owner(tx, now, member, 'add-phone');
    if (!account) return refused({ code: 'expired-page' });
    const earlier = yield* listPhones(tx, accountId);
    const old = earlier.find(({ factor }) => factor.id === input.replaces);
    if (!old && input.replaces !== undefined && input.replaces !== replacesNone) {
      // Nothing to choose from any more: in another tab, it went a moment ago.
      if (input.replaces !== '') {
        const data = { act: 'add-phone', problem: 'factor-gone', factor: input.replaces.slice(0, 64) };
        yield* recordEvent(tx, now, member, { type: 'step-refused', accountId, data });
        return refused({ code: 'factor-gone' });
      }
      if (earlier.length > 0) return refused({ code: 'choose-one', field: 'replaces' });
    }
    const kept = yield* keepPhone(portal, tx, now, member, account, input.factor);
    if (!kept.ok) return kept;
    if (old) yield* replace(portal, tx, now, member, account, old, kept.value.factorId);
    return done({ replaced: old !== undefined });
  });
}

/** @param by the id of the factor that has just come in its place */
function* replace(portal: Portal, tx: Tx, now: number, member: RecentlyProven, { id: accountId }: AccountRow, old: HeldPhone, by: string) {
  const { id, kind, name } = old.factor;
  yield* deleteFactor(tx, accountId, id);
  const event = yield* recordEvent(tx, now, member, { type: 'factor-removed', accountId, data: { factor: id, kind, name, replacedBy: by } });
  yield* queueNotice(portal, tx, now, member, accountId, event, { kind: 'factor-removed', factor: name });
}

/** « Ce n’est pas mon téléphone », or a change of mind. Without a pairing of this session, nothing changes. */
export function givePhoneUp(portal: Portal, member: RecentlyProven, _input: object = {}): Promise<Result<void, never>> {
  const now = portal.now();
  return portal.store.unit(member.accountId, function* (tx) {
    yield* dropPairing(tx, now, member);
    return done(undefined);
  });
}
