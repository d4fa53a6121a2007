// Proves a telephone again inside a session: what it approved, made use of once, in the session that asked.
import { consumePhoneRequest } from '#db/phone-requests';
import { findPhone } from '#db/phones';
import type { Script } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import { works } from '../factors/phone/facts.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Member } from '../visitor.ts';

/** `request-gone`: nothing was approved in this session, or not just now. */
export function provePhoneAgain(portal: Portal, member: Member, _input: object = {}): Promise<Result<'factor', 'request-gone'>> {
  const { accountId, sessionId } = member;
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx): Script<Result<'factor', 'request-gone'>> {
    const request = yield* consumePhoneRequest(tx, sessionId, accountId, now - portal.settings.policy.phone.answer);
    const held = request?.factorId ? yield* findPhone(tx, request.factorId) : null;
    if (!request?.unlock || held?.factor.accountId !== accountId || !works(held)) return refused({ code: 'request-gone' });
    const { id, name } = held.factor;
    yield* recordEvent(tx, now, member, { type: 'phone-right', accountId, data: { act: 'confirm', factor: id, name, unlock: request.unlock } });
    return done('factor');
  });
}
