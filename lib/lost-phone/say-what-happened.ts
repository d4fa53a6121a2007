// Says whether the phone is lost or stolen. It changes nothing yet: nothing but a password is proven.
import { findLostPhone, setLostPhone } from '#db/lost-phones';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenPlace } from './open-place.ts';
import { happenings, isLostPhoneStepOpen, type LostPhoneFacts } from './steps.ts';

/** @param input `happened`: `lost` or `stolen`; may be said again until more is proven */
export function sayWhatHappened(
  portal: Portal,
  flow: Flow,
  input: { readonly happened: string },
): Promise<Result<void, 'choose-one' | 'expired-page'>> {
  const isOpen = (facts: LostPhoneFacts) => isLostPhoneStepOpen('what-happened', facts);
  return inOpenPlace<void, 'choose-one'>(portal, flow, 'say-what-happened', isOpen, function* (tx, { accountId, mailboxProven }, now) {
    const happened = happenings.find((word) => word === input.happened);
    if (!happened) return refused({ code: 'choose-one', field: 'happened' });
    const before = mailboxProven ? yield* findLostPhone(tx, flow.uid) : null;
    const stolen = happened === 'stolen';
    yield* setLostPhone(tx, { flow: flow.uid, accountId, stolen, saidAt: now, mailboxProvenAt: before?.mailboxProvenAt ?? null, openedAt: null });
    yield* recordEvent(tx, now, flow, { type: 'phone-lost', accountId, data: { stolen } });
    return done(undefined);
  });
}
