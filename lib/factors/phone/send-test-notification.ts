// A notification to see whether notifications arrive: asked for on the telephone, and confirmed by the telephone when it has come.
import { findPhone, setPhoneTest } from '#db/phones';
import { seconds } from '../../duration.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import { randomToken } from '../../secrets.ts';
import { notifyPhones } from './notify.ts';
import type { SignedCall } from './signed-call.ts';

/** A minute is long for something that somebody is waiting for. */
const life = seconds(60);

/** Not waited for: `confirmNotification` says that it came, and nothing else does. */
export async function sendTestNotification(portal: Portal, call: SignedCall): Promise<Result<void, 'phone-gone' | 'phone-silent' | 'test-too-soon'>> {
  const { accountId, factorId, visitor } = call;
  if (call.retry) return done(undefined);
  const now = portal.now();
  const id = randomToken(128);
  const { betweenTests } = portal.settings.policy.phone;
  const phone = await portal.store.unit(accountId, function* (tx) {
    const held = yield* findPhone(tx, factorId);
    if (!held) return refused({ code: 'phone-gone' as const });
    if (held.phone.subscription === null) return refused({ code: 'phone-silent' as const });
    const from = (held.phone.testedAt ?? Number.NEGATIVE_INFINITY) + betweenTests;
    if (from > now) return refused({ code: 'test-too-soon' as const, retryAt: from });
    yield* setPhoneTest(tx, factorId, id, now);
    return done(held);
  });
  if (!phone.ok) return phone;
  void notifyPhones(portal, [phone.value], { kind: 'test', id, accountId, uselessAt: now + life, language: visitor.language });
  return done(undefined);
}
