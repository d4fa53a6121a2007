// The caller's telephone has said yes: made use of once, by the agent who asked, and for nothing but knowing who is on the line.
import { decideVerification } from '#db/caller-verifications';
import { consumePhoneRequest } from '#db/phone-requests';
import { findPhone } from '#db/phones';
import type { Script } from '#db/unit';
import { recordEvent } from '../../audit/record-event.ts';
import { works } from '../../factors/phone/facts.ts';
import { callerFlow } from '../../factors/phone/rules.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import type { Agent } from '../../visitor.ts';
import { type ActProblem, actOn } from '../act-on.ts';
import { readOpenVerification } from './facts.ts';

type Proven = Result<void, ActProblem | 'request-gone'>;

/** `request-gone`: nothing was approved for this agent, or not just now. A telephone locked or frozen since proves nothing any more. */
export const proveCallerPhone = (portal: Portal, agent: Agent, input: { readonly account: string }): Promise<Proven> =>
  actOn<void, 'request-gone'>(portal, agent, 'verify-caller', input, function* (tx, now, { account }): Script<Result<void, 'request-gone'>> {
    const open = yield* readOpenVerification(tx, account.id, agent.agentId, 'phone', now);
    const since = now - portal.settings.policy.phone.answer;
    const request = open && (yield* consumePhoneRequest(tx, callerFlow(open.id), account.id, since));
    const held = request?.factorId ? yield* findPhone(tx, request.factorId) : null;
    if (!open || !request?.unlock || held?.factor.accountId !== account.id || !works(held)) return refused({ code: 'request-gone' });
    if (!(yield* decideVerification(tx, open.id, 'provenAt', now))) return refused({ code: 'request-gone' });
    const { name } = held.factor;
    yield* recordEvent(tx, now, agent, { type: 'caller-verified', accountId: account.id, data: { method: 'phone', name, unlock: request.unlock } });
    return done(undefined);
  });
