// Proves, after the mailbox, that it is oneself: one of the codes kept on paper.
import { setIdentityProven } from '#db/password-resets';
import { parseRecoveryCode } from '../factors/recovery-codes/rules.ts';
import { tryRecoveryCode } from '../factors/recovery-codes/try-recovery-code.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { Reset } from '../visitor.ts';
import { inOpenReset } from './open-step.ts';

export type ProveRecoveryCodeProblem = 'empty' | 'wrong-recovery-code' | 'wait' | 'factor-disabled' | 'expired-page';

export function proveRecoveryCode(portal: Portal, reset: Reset, input: { readonly code: string }): Promise<Result<void, ProveRecoveryCodeProblem>> {
  const what = { act: 'prove-recovery-code', step: 'prove-identity', way: 'recovery-code' } as const;
  return inOpenReset<void, ProveRecoveryCodeProblem>(portal, reset, what, function* (tx, { accountId }, now) {
    const problem = (code: ProveRecoveryCodeProblem, more: Omit<Problem, 'code' | 'field'> = {}) =>
      refused<ProveRecoveryCodeProblem>({ code, field: 'code', ...more });
    if (input.code.trim() === '') return problem('empty');
    const code = parseRecoveryCode(input.code);
    if (code === null) return problem('wrong-recovery-code');
    const tried = yield* tryRecoveryCode(portal, tx, now, reset, accountId, code, { purpose: 'reset-password' });
    if (tried.kind === 'wait') return problem('wait', { retryAt: tried.until });
    if (tried.kind === 'disabled') return problem('factor-disabled');
    if (tried.kind === 'wrong') return problem('wrong-recovery-code');
    yield* setIdentityProven(tx, reset.uid, 'recovery-code', now);
    return done(undefined);
  });
}
