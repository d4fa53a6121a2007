// The browser no longer waits for a telephone: another way was chosen.
import { cancelPhoneRequests } from '#db/phone-requests';
import type { Portal } from '../portal.ts';
import { done, type Result } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenStep } from './open-step.ts';

/** Without a request that waits, nothing changes. */
export const cancelPhone = (portal: Portal, flow: Flow, _input: object = {}): Promise<Result<void, 'expired-page'>> =>
  inOpenStep<void, never>(portal, flow, 'second-factor', 'cancel-phone', function* (tx, _facts, now) {
    yield* cancelPhoneRequests(tx, flow.uid, now);
    return done(undefined);
  });
