// The second step with a recovery code, on the day the phone is missing.

import { setProof } from '#db/proofs';
import { consumeRecoveryCode } from '#db/recovery-codes';
import { clearTries, countTry } from '../attempts/count-try.ts';
import { recoveryCodesSubject } from '../attempts/rules.ts';
import { recordEvent } from '../audit/record-event.ts';
import { parseRecoveryCode, recoveryCodeHash } from '../factors/recovery-codes/rules.ts';
import { newId } from '../ids.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenStep } from './open-step.ts';
import { warnOwner } from './warn-owner.ts';

export type ProveRecoveryCodeProblem = 'empty' | 'wrong-recovery-code' | 'wait' | 'factor-disabled' | 'expired-page';

export function proveRecoveryCode(portal: Portal, flow: Flow, input: { readonly code: string }): Promise<Result<void, ProveRecoveryCodeProblem>> {
  const letterId = newId();
  return inOpenStep<void, ProveRecoveryCodeProblem>(portal, flow, 'second-factor', 'prove-recovery-code', function* (tx, facts, now) {
    const { accountId } = facts;
    const problem = (code: ProveRecoveryCodeProblem, more: Omit<Problem, 'code' | 'field'> = {}) =>
      refused<ProveRecoveryCodeProblem>({ code, field: 'code', ...more });
    if (input.code.trim() === '') return problem('empty');
    const code = parseRecoveryCode(input.code);
    if (code === null) return problem('wrong-recovery-code');

    const subject = recoveryCodesSubject(accountId);
    const counted = yield* countTry(tx, subject, now, portal.settings.policy.attempts);
    if (counted.kind !== 'allowed') {
      const why = counted.kind === 'wait' ? 'wait' : 'factor-disabled';
      yield* recordEvent(tx, now, flow, { type: 'recovery-code-wrong', accountId, data: { problem: why } });
      return counted.kind === 'wait' ? problem('wait', { retryAt: counted.until }) : problem('factor-disabled');
    }
    if (!(yield* consumeRecoveryCode(tx, accountId, recoveryCodeHash(portal.secrets, accountId, code), now))) {
      yield* recordEvent(tx, now, flow, { type: 'recovery-code-wrong', accountId, data: { problem: 'wrong-recovery-code' } });
      yield* warnOwner(portal, tx, now, flow, facts, letterId);
      return problem('wrong-recovery-code');
    }
    yield* clearTries(tx, subject);
    yield* setProof(tx, { flow: flow.uid, kind: 'recovery-code', accountId, factorId: null, at: now });
    yield* recordEvent(tx, now, flow, { type: 'recovery-code-right', accountId, data: { left: facts.recoveryCodesLeft - 1 } });
    return done(undefined);
  });
}
