// Sends another code to the mailbox, which replaces the one before.
import { type IssueProblem, issueEmailCode, prepareEmailCode } from '../codes/issue-email-code.ts';
import type { Portal } from '../portal.ts';
import { type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { signInFacts } from './facts.ts';
import { inOpenStep } from './open-step.ts';

export type SendEmailCodeProblem = IssueProblem | 'expired-page';

export async function sendEmailCode(portal: Portal, flow: Flow, _input: object = {}): Promise<Result<void, SendEmailCodeProblem>> {
  const { accountId, address } = await signInFacts(portal, flow);
  const prepared = accountId && address ? prepareEmailCode(portal, flow, { id: accountId, address }, 'sign-in', portal.now()) : null;

  return inOpenStep<void, SendEmailCodeProblem>(portal, flow, 'email-code', 'send-email-code', function* (tx, facts) {
    // Another person's password came in between: the code prepared is not theirs.
    if (prepared?.accountId !== facts.accountId) return refused({ code: 'expired-page' });
    return yield* issueEmailCode(portal, tx, flow, prepared);
  });
}
