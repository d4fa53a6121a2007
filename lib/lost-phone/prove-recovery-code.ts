// Known by a recovery code: the paper that was kept for this day.
import type { Script } from '#db/unit';
import { parseRecoveryCode } from '../factors/recovery-codes/rules.ts';
import { tryRecoveryCode } from '../factors/recovery-codes/try-recovery-code.ts';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenPlace } from './open-place.ts';
import { openReEnrolment } from './open-re-enrolment.ts';
import { isProofOpen, type LostPhoneFacts } from './steps.ts';

export type LostPhoneCodeProblem = 'empty' | 'wrong-recovery-code' | 'wait' | 'factor-disabled' | 'expired-page';

export async function proveRecoveryCode(portal: Portal, flow: Flow, input: { readonly code: string }): Promise<Result<void, LostPhoneCodeProblem>> {
  const isOpen = (facts: LostPhoneFacts) => isProofOpen('recovery-code', facts);
  const proven = await inOpenPlace(portal, flow, 'prove-lost-phone-recovery-code', isOpen, function* (tx, facts, now): Script<
    Result<SignedOut[], LostPhoneCodeProblem>
  > {
    const problem = (code: LostPhoneCodeProblem, more: Omit<Problem, 'code' | 'field'> = {}) => refused({ code, field: 'code', ...more });
    if (input.code.trim() === '') return problem('empty');
    const code = parseRecoveryCode(input.code);
    if (code === null) return problem('wrong-recovery-code');
    const tried = yield* tryRecoveryCode(portal, tx, now, flow, facts.accountId, code, { purpose: 'lost-phone' });
    if (tried.kind === 'wait') return problem('wait', { retryAt: tried.until });
    if (tried.kind === 'disabled') return problem('factor-disabled');
    if (tried.kind === 'wrong') return problem('wrong-recovery-code');
    return done(yield* openReEnrolment(portal, tx, now, flow, facts, 'recovery-code'));
  });
  if (!proven.ok) return proven;
  if (proven.value.length > 0) await announceSignOut(portal, proven.value);
  return done(undefined);
}
