// Proves the mailbox, while the person has no factor. It is never a factor itself (SEC-21).
import { setProof } from '#db/proofs';
import { recordEvent } from '../audit/record-event.ts';
import { type EmailCodeProblem, tryEmailCode } from '../codes/try-email-code.ts';
import type { Portal } from '../portal.ts';
import type { Result } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenStep } from './open-step.ts';

export function proveEmailCode(
  portal: Portal,
  flow: Flow,
  input: { readonly code: string },
): Promise<Result<void, EmailCodeProblem | 'expired-page'>> {
  return inOpenStep<void, EmailCodeProblem>(portal, flow, 'email-code', 'prove-email-code', function* (tx, { accountId }, now) {
    const tried = yield* tryEmailCode(portal, tx, now, { flow: flow.uid, purpose: 'sign-in', accountId }, input.code);
    if (tried.ok) {
      yield* setProof(tx, { flow: flow.uid, kind: 'email-code', accountId, factorId: null, at: now });
      yield* recordEvent(tx, now, flow, { type: 'email-code-right', accountId });
    } else if (tried.problems[0].code !== 'empty') {
      yield* recordEvent(tx, now, flow, { type: 'email-code-wrong', accountId, data: { problem: tried.problems[0].code } });
    }
    return tried;
  });
}
