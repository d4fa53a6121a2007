// The caller has read the code out that their mailbox received, and the agent types it.
import { decideVerification } from '#db/caller-verifications';
import type { Script } from '#db/unit';
import { recordEvent } from '../../audit/record-event.ts';
import { type EmailCodeProblem, tryEmailCode } from '../../codes/try-email-code.ts';
import { callerFlow } from '../../factors/phone/rules.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import type { Agent } from '../../visitor.ts';
import { type ActProblem, actOn } from '../act-on.ts';
import { failCaller } from '../fail-caller.ts';
import { readOpenVerification } from './facts.ts';

const purpose = 'verify-caller' as const;

/** Only the code that this very agent has sent. */
export const proveCallerCode = (
  portal: Portal,
  agent: Agent,
  input: { readonly account: string; readonly code: string },
): Promise<Result<void, ActProblem | EmailCodeProblem>> =>
  actOn<void, EmailCodeProblem>(portal, agent, 'verify-caller', input, function* (tx, now, { account }): Script<Result<void, EmailCodeProblem>> {
    const accountId = account.id;
    const open = yield* readOpenVerification(tx, accountId, agent.agentId, 'email-code', now);
    if (!open) return refused({ code: 'expired-code', field: 'code' });
    const tried = yield* tryEmailCode(portal, tx, now, { flow: callerFlow(open.id), purpose, accountId }, input.code);
    if (!tried.ok) {
      const [{ code: problem }] = tried.problems;
      if (problem === 'empty') return tried;
      yield* recordEvent(tx, now, agent, { type: 'email-code-wrong', accountId, data: { purpose, problem } });
      // A digit that was misheard is nobody's attack: told when the code takes no more.
      if (problem === 'no-tries-left' || problem === 'factor-disabled') yield* failCaller(portal, tx, now, agent, open, 'wrong-code', true);
      return tried;
    }
    if (!(yield* decideVerification(tx, open.id, 'provenAt', now))) return refused({ code: 'expired-code', field: 'code' });
    yield* recordEvent(tx, now, agent, { type: 'email-code-right', accountId, data: { purpose } });
    yield* recordEvent(tx, now, agent, { type: 'caller-verified', accountId, data: { method: 'email-code' } });
    return done(undefined);
  });
