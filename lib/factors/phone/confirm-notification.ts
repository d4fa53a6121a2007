// The telephone's signed word that a notification came: the only proof that they do (phone.md §5).
import { findPhoneRequest } from '#db/phone-requests';
import { findPhone, setPhoneNotified } from '#db/phones';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import type { SignedCall } from './signed-call.ts';

/** @param input `id`: what the notification carried, of a test of this telephone or of a request to this account */
export async function confirmNotification(
  portal: Portal,
  call: SignedCall,
  input: { readonly id: string },
): Promise<Result<void, 'phone-gone' | 'request-gone'>> {
  const { accountId, factorId } = call;
  return portal.store.unit(accountId, function* (tx) {
    const held = yield* findPhone(tx, factorId);
    if (!held) return refused({ code: 'phone-gone' as const });
    const ours = input.id !== '' && (held.phone.testId === input.id || (yield* findPhoneRequest(tx, input.id))?.accountId === accountId);
    if (!ours) return refused({ code: 'request-gone' as const });
    yield* setPhoneNotified(tx, factorId, portal.now());
    return done(undefined);
  });
}
