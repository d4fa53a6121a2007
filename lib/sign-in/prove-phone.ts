// The second step with a telephone: what it approved, made use of once, by the browser that asked.
import { consumePhoneRequest } from '#db/phone-requests';
import { findPhone } from '#db/phones';
import { setProof } from '#db/proofs';
import { recordEvent } from '../audit/record-event.ts';
import { works } from '../factors/phone/facts.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenStep } from './open-step.ts';

/** `request-gone`: nothing was approved in this flow, or not just now. A telephone locked or frozen since proves nothing any more. */
export function provePhone(portal: Portal, flow: Flow, _input: object = {}): Promise<Result<void, 'request-gone' | 'expired-page'>> {
  return inOpenStep<void, 'request-gone'>(portal, flow, 'second-factor', 'prove-phone', function* (tx, { accountId }, now) {
    const request = yield* consumePhoneRequest(tx, flow.uid, accountId, now - portal.settings.policy.phone.answer);
    const held = request?.factorId ? yield* findPhone(tx, request.factorId) : null;
    if (!request?.unlock || held?.factor.accountId !== accountId || !works(held)) return refused({ code: 'request-gone' });
    const { id, name } = held.factor;
    const kind = request.unlock === 'biometrics' ? 'phone-biometrics' : 'phone-pin';
    yield* setProof(tx, { flow: flow.uid, kind, accountId, factorId: id, at: now });
    yield* recordEvent(tx, now, flow, { type: 'phone-right', accountId, data: { factor: id, name, unlock: request.unlock } });
    return done(undefined);
  });
}
