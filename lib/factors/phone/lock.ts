// Takes a telephone out of use: too many wrong PINs, or a copy of its key. Only pairing anew puts one back.
import { decidePhoneRequest, listPhoneRequests } from '#db/phone-requests';
import { type HeldPhone, lockPhone } from '#db/phones';
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../../audit/record-event.ts';
import { queueNotice } from '../../mail/queue-notice.ts';
import type { Portal } from '../../portal.ts';
import type { Visitor } from '../../visitor.ts';

/** In a unit of the owner. What waits for an answer is denied with it. Done twice, it is told once. @param now epoch milliseconds */
export function* lockAndTell(portal: Portal, tx: Tx, now: number, by: Visitor, { phone, factor }: HeldPhone, why: 'pin' | 'clone'): Script<void> {
  const { id, accountId, name } = factor;
  if (!(yield* lockPhone(tx, phone.factorId, why, now))) return;
  for (const request of yield* listPhoneRequests(tx, accountId, now - portal.settings.policy.phone.request, 10))
    yield* decidePhoneRequest(tx, request.id, { status: 'denied', why: 'locked', factorId: id, unlock: null }, now);
  const event = yield* recordEvent(tx, now, by, { type: 'phone-locked', accountId, data: { factor: id, name, why } });
  yield* queueNotice(portal, tx, now, by, accountId, event, { kind: why === 'pin' ? 'phone-locked' : 'phone-copied', factor: name });
}
