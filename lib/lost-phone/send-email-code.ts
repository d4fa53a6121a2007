// Sends the mailbox another code, which replaces the one before.
import { type IssueProblem, issueEmailCode, prepareEmailCode } from '../codes/issue-email-code.ts';
import type { Portal } from '../portal.ts';
import { type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { lostPhoneFacts } from './facts.ts';
import { inOpenPlace } from './open-place.ts';
import { isProofOpen, type LostPhoneFacts } from './steps.ts';

export async function sendEmailCode(portal: Portal, flow: Flow, _input: object = {}): Promise<Result<void, IssueProblem | 'expired-page'>> {
  const { accountId, address } = await lostPhoneFacts(portal, flow);
  const prepared = accountId && address ? prepareEmailCode(portal, flow, { id: accountId, address }, 'lost-phone', portal.now()) : null;
  const isOpen = (facts: LostPhoneFacts) => isProofOpen('email-code', facts);

  return inOpenPlace<void, IssueProblem | 'expired-page'>(portal, flow, 'send-lost-phone-code', isOpen, function* (tx, facts) {
    if (prepared?.accountId !== facts.accountId) return refused({ code: 'expired-page' });
    return yield* issueEmailCode(portal, tx, flow, prepared);
  });
}
