// A telephone takes itself off the account, while another factor works.
import { deleteFactor } from '#db/factors';
import { findPhone } from '#db/phones';
import { recordEvent } from '../../audit/record-event.ts';
import { queueNotice } from '../../mail/queue-notice.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import { readHeldFactors } from '../facts.ts';
import { mayRemove } from '../rules.ts';
import type { SignedCall } from './signed-call.ts';

/** Sent again, its call is no longer known: `phone-gone`, which is what was wanted. Never the last one that works (SEC-42). */
export async function removeThisPhone(portal: Portal, call: SignedCall): Promise<Result<void, 'last-factor' | 'phone-gone'>> {
  const { accountId, factorId, visitor } = call;
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx) {
    const held = yield* findPhone(tx, factorId);
    if (!held) return refused({ code: 'phone-gone' as const });
    const { name, kind } = held.factor;
    if (!mayRemove(yield* readHeldFactors(portal, tx, accountId, now), factorId)) {
      yield* recordEvent(tx, now, visitor, { type: 'step-refused', accountId, data: { act: 'remove-this-phone', factor: factorId } });
      return refused({ code: 'last-factor' as const });
    }
    yield* deleteFactor(tx, accountId, factorId);
    const event = yield* recordEvent(tx, now, visitor, { type: 'factor-removed', accountId, data: { factor: factorId, kind, name } });
    yield* queueNotice(portal, tx, now, visitor, accountId, event, { kind: 'factor-removed', factor: name });
    return done(undefined);
  });
}
