// The second step with a code of an authenticator app.
import { setProof } from '#db/proofs';
import { parseDigits } from '../codes/rules.ts';
import { tryTotp } from '../factors/totp/try-totp.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenStep } from './open-step.ts';
import { warnOwner } from './warn-owner.ts';

export type ProveTotpProblem = 'empty' | 'wrong-code' | 'used-code' | 'clock-drift' | 'portal-clock' | 'wait' | 'factor-disabled' | 'expired-page';

/** @param input `code` as typed: of any app that the person has */
export function proveTotp(portal: Portal, flow: Flow, input: { readonly code: string }): Promise<Result<void, ProveTotpProblem>> {
  return inOpenStep<void, ProveTotpProblem>(portal, flow, 'second-factor', 'prove-totp', function* (tx, facts, now) {
    const { accountId } = facts;
    const problem = (code: ProveTotpProblem, more: Omit<Problem, 'code' | 'field'> = {}) =>
      refused<ProveTotpProblem>({ code, field: 'code', ...more });
    if (input.code.trim() === '') return problem('empty');
    const code = parseDigits(input.code, portal.settings.policy.totp.digits);
    if (code === null) return problem('wrong-code');
    const tried = yield* tryTotp(portal, tx, now, flow, accountId, code);
    if (tried.kind === 'portal-clock') return refused({ code: 'portal-clock' });
    if (tried.kind === 'wait') return problem('wait', { retryAt: tried.until });
    if (tried.kind === 'disabled') return problem('factor-disabled');
    if (tried.kind === 'used') return problem('used-code');
    if (tried.kind === 'wrong') {
      if (tried.drift?.named) return problem('clock-drift', { drift: tried.drift.seconds });
      if (!tried.drift) yield* warnOwner(portal, tx, now, flow, facts);
      return problem('wrong-code');
    }
    yield* setProof(tx, { flow: flow.uid, kind: 'totp', accountId, factorId: tried.factor, at: now });
    return done(undefined);
  });
}
