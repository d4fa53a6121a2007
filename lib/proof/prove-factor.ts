// Proves a factor again inside a session: the code of an authenticator app, or a recovery code. What a change of a credential asks for.
import type { Script } from '#db/unit';
import { parseDigits } from '../codes/rules.ts';
import { parseRecoveryCode } from '../factors/recovery-codes/rules.ts';
import { tryRecoveryCode } from '../factors/recovery-codes/try-recovery-code.ts';
import { tryTotp } from '../factors/totp/try-totp.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { Member } from '../visitor.ts';

/** What a session remembers of a proof. */
export type ProvenBy = 'factor' | 'recovery-code';
export type ProveFactorProblem =
  | 'empty'
  | 'factor-needed'
  | 'wrong-code'
  | 'used-code'
  | 'portal-clock'
  | 'wrong-recovery-code'
  | 'wait'
  | 'factor-disabled';
type Proof = Result<ProvenBy, ProveFactorProblem>;

const problem = (code: ProveFactorProblem, more: Pick<Problem, 'retryAt'> = {}) => refused<ProveFactorProblem>({ code, field: 'code', ...more });
const about = { act: 'confirm' } as const;

/**
 * A recovery code is recognised by its length; anything else with six digits is an app's. A stolen session is no second place to guess in
 * (SEC-05, SEC-36).
 * @param input `code` as typed. @param place the helpdesk's console takes no recovery code, and none is spent there (SEC-78)
 */
export async function proveFactor(
  portal: Portal,
  member: Member,
  input: { readonly code: string },
  place: 'account' | 'console' = 'account',
): Promise<Proof> {
  const { accountId } = member;
  const now = portal.now();
  if (input.code.trim() === '') return problem('empty');
  // Recovery codes first: six digits in a row may stand in one of them.
  const recoveryCode = parseRecoveryCode(input.code);
  if (recoveryCode !== null && place === 'console') return problem('factor-needed');
  const digits = recoveryCode === null ? parseDigits(input.code, portal.settings.policy.totp.digits) : null;
  if (recoveryCode === null && digits === null) return problem('wrong-code');
  return portal.store.unit(accountId, function* (tx): Script<Proof> {
    const tried =
      recoveryCode === null
        ? yield* tryTotp(portal, tx, now, member, accountId, digits ?? '', about)
        : yield* tryRecoveryCode(portal, tx, now, member, accountId, recoveryCode, about);
    if (tried.kind === 'portal-clock') return refused({ code: 'portal-clock' });
    if (tried.kind === 'wait') return problem('wait', { retryAt: tried.until });
    if (tried.kind === 'disabled') return problem('factor-disabled');
    if (tried.kind === 'used') return problem('used-code');
    if (tried.kind === 'wrong') return problem(recoveryCode === null ? 'wrong-code' : 'wrong-recovery-code');
    return done(recoveryCode === null ? 'factor' : 'recovery-code');
  });
}
