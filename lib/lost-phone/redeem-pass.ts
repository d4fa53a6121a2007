// Known by the helpdesk, which has verified the caller and given a pass.
import type { Script } from '#db/unit';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import { hearOfIssuers } from '../passes/hear-of-issuers.ts';
import { parsePass } from '../passes/rules.ts';
import { tryPass } from '../passes/try-pass.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenPlace, ownerOfWay } from './open-place.ts';
import { openReEnrolment } from './open-re-enrolment.ts';
import { isProofOpen, type LostPhoneFacts } from './steps.ts';

export type RedeemPassProblem = 'empty' | 'pass-wrong' | 'pass-used' | 'pass-expired' | 'wait' | 'factor-disabled' | 'expired-page';

export async function redeemPass(portal: Portal, flow: Flow, input: { readonly code: string }): Promise<Result<void, RedeemPassProblem>> {
  const owner = await ownerOfWay(portal, flow);
  if (owner !== null) await hearOfIssuers(portal, owner);
  const isOpen = (facts: LostPhoneFacts) => isProofOpen('pass', facts);
  const proven = await inOpenPlace(portal, flow, 'redeem-pass', isOpen, function* (tx, facts, now): Script<Result<SignedOut[], RedeemPassProblem>> {
    const problem = (code: RedeemPassProblem, more: Omit<Problem, 'code' | 'field'> = {}) => refused({ code, field: 'code', ...more });
    if (input.code.trim() === '') return problem('empty');
    const pass = parsePass(input.code);
    if (pass === null) return problem('pass-wrong');
    const tried = yield* tryPass(portal, tx, now, flow, facts.accountId, pass);
    if (tried.kind === 'wait') return problem('wait', { retryAt: tried.until });
    if (tried.kind === 'disabled') return problem('factor-disabled');
    if (tried.kind !== 'right') return problem(`pass-${tried.kind}`);
    return done(yield* openReEnrolment(portal, tx, now, flow, facts, 'pass'));
  });
  if (!proven.ok) return proven;
  if (proven.value.length > 0) await announceSignOut(portal, proven.value);
  return done(undefined);
}
