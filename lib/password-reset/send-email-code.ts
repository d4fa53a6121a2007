// Sends another code to the mailbox, which replaces the one before.
import { findAccountRow } from '#db/accounts';
import type { Script } from '#db/unit';
import { type IssueProblem, issueEmailCode, prepareEmailCode } from '../codes/issue-email-code.ts';
import type { Portal } from '../portal.ts';
import { type Result, refused } from '../result.ts';
import type { Reset } from '../visitor.ts';
import { resetFacts } from './facts.ts';
import { inOpenReset } from './open-step.ts';
import { isStandIn } from './rules.ts';

export type SendEmailCodeProblem = Exclude<IssueProblem, 'factor-disabled'> | 'reset-disabled' | 'expired-page';

export async function sendEmailCode(portal: Portal, reset: Reset, _input: object = {}): Promise<Result<void, SendEmailCodeProblem>> {
  const { accountId, address, browser } = await resetFacts(portal, reset);
  const account = await portal.store.read((tx) => findAccountRow(tx, accountId ?? ''));
  const reader = { id: accountId ?? '', address: address ?? '', language: account?.language ?? null, nobody: isStandIn(accountId ?? '') };
  const prepared = prepareEmailCode(portal, reset, reader, 'reset-password', portal.now(), browser);
  return inOpenReset<void, SendEmailCodeProblem>(portal, reset, { act: 'send-email-code', step: 'email-code' }, function* (tx): Script<
    Result<void, SendEmailCodeProblem>
  > {
    const issued = yield* issueEmailCode(portal, tx, reset, prepared);
    if (issued.ok) return issued;
    const [{ code, retryAt }] = issued.problems;
    return code === 'factor-disabled' ? refused({ code: 'reset-disabled' }) : refused({ code, ...(retryAt !== undefined && { retryAt }) });
  });
}
