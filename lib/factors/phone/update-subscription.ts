// Where a telephone's notifications go, as its browser says now: looked at each time the app is opened (phone.md §8.6).
import { findPhone, setPhoneSubscription } from '#db/phones';
import { recordEvent } from '../../audit/record-event.ts';
import type { Portal } from '../../portal.ts';
import { isPushEndpoint, subscriptionInput } from '../../push/endpoints.ts';
import { done, type Result, refused } from '../../result.ts';
import { sealSubscription } from './notify.ts';
import type { SignedCall } from './signed-call.ts';

/** @param input `subscription`: null when the person has turned notifications off. One that leads anywhere but to a push service is refused (SSRF) */
export async function updateSubscription(
  portal: Portal,
  call: SignedCall,
  input: { readonly subscription: unknown },
): Promise<Result<void, 'unreadable' | 'endpoint-refused' | 'phone-gone'>> {
  const { accountId, factorId, visitor } = call;
  const read = subscriptionInput.nullable().safeParse(input.subscription);
  if (!read.success) return refused({ code: 'unreadable' });
  const subscription = read.data;
  const allowed = subscription === null || isPushEndpoint(subscription.endpoint, portal.settings.push.hosts);
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx) {
    if (!(yield* findPhone(tx, factorId))) return refused({ code: 'phone-gone' as const });
    if (!allowed) {
      yield* recordEvent(tx, now, visitor, { type: 'step-refused', accountId, data: { act: 'update-subscription', factor: factorId } });
      return refused({ code: 'endpoint-refused' as const });
    }
    yield* setPhoneSubscription(tx, factorId, subscription && sealSubscription(portal, factorId, subscription), now);
    return done(undefined);
  });
}
