// Proves, after the mailbox, that it is oneself: a code of an authenticator app.
import { setIdentityProven } from '#db/password-resets';
import { parseDigits } from '../codes/rules.ts';
import { tryTotp } from '../factors/totp/try-totp.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { Reset } from '../visitor.ts';
import { inOpenReset } from './open-step.ts';

export type ProveTotpProblem = 'empty' | 'wrong-code' | 'used-code' | 'clock-drift' | 'portal-clock' | 'wait' | 'factor-disabled' | 'expired-page';

/** @param input `code` as typed: of any app that the person has. The app itself stays as it is. */
export function proveTotp(portal: Portal, reset: Reset, input: { readonly code: string }): Promise<Result<void, ProveTotpProblem>> {
  const what = { act: 'prove-totp', step: 'prove-identity', way: 'code-app' } as const;
  return inOpenReset<void, ProveTotpProblem>(portal, reset, what, function* (tx, { accountId }, now) {
    const problem = (code: ProveTotpProblem, more: Omit<Problem, 'code' | 'field'> = {}) =>
      refused<ProveTotpProblem>({ code, field: 'code', ...more });
    if (input.code.trim() === '') return problem('empty');
    const code = parseDigits(input.code, portal.settings.policy.totp.digits);
    if (code === null) return problem('wrong-code');
    const tried = yield* tryTotp(portal, tx, now, reset, accountId, code, { purpose: 'reset-password' });
    if (tried.kind === 'portal-clock') return refused({ code: 'portal-clock' });
    if (tried.kind === 'wait') return problem('wait', { retryAt: tried.until });
    if (tried.kind === 'disabled') return problem('factor-disabled');
    if (tried.kind === 'used') return problem('used-code');
    if (tried.kind === 'wrong') return tried.drift?.named ? problem('clock-drift', { drift: tried.drift.seconds }) : problem('wrong-code');
    yield* setIdentityProven(tx, reset.uid, 'totp', now);
    return done(undefined);
  });
}
