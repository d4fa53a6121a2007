// The second step with a recovery code, on the day the phone is missing.
import { setProof } from '#db/proofs';
import { parseRecoveryCode } from '../factors/recovery-codes/rules.ts';
import { tryRecoveryCode } from '../factors/recovery-codes/try-recovery-code.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenStep } from './open-step.ts';
import { warnOwner } from './warn-owner.ts';

export type ProveRecoveryCodeProblem = 'empty' | 'wrong-recovery-code' | 'wait' | 'factor-disabled' | 'expired-page';

export function proveRecoveryCode(portal: Portal, flow: Flow, input: { readonly code: string }): Promise<Result<void, ProveRecoveryCodeProblem>> {
  return inOpenStep<void, ProveRecoveryCodeProblem>(portal, flow, 'second-factor', 'prove-recovery-code', function* (tx, facts, now) {
    const { accountId } = facts;
    const problem = (code: ProveRecoveryCodeProblem, more: Omit<Problem, 'code' | 'field'> = {}) =>
      refused<ProveRecoveryCodeProblem>({ code, field: 'code', ...more });
    if (input.code.trim() === '') return problem('empty');
    const code = parseRecoveryCode(input.code);
    if (code === null) return problem('wrong-recovery-code');
    const tried = yield* tryRecoveryCode(portal, tx, now, flow, accountId, code);
    if (tried.kind === 'wait') return problem('wait', { retryAt: tried.until });
    if (tried.kind === 'disabled') return problem('factor-disabled');
    if (tried.kind === 'wrong') {
      yield* warnOwner(portal, tx, now, flow, facts);
      return problem('wrong-recovery-code');
    }
    yield* setProof(tx, { flow: flow.uid, kind: 'recovery-code', accountId, factorId: null, at: now });
    return done(undefined);
  });
}
