// Proves the mailbox: the first of two things that a new password takes, and never enough (decision 0007).
import { setMailboxProven } from '#db/password-resets';
import { recordEvent } from '../audit/record-event.ts';
import { type EmailCodeProblem, tryEmailCode } from '../codes/try-email-code.ts';
import type { Portal } from '../portal.ts';
import { type Result, refused } from '../result.ts';
import type { Reset } from '../visitor.ts';
import { resetCode } from './facts.ts';
import { inOpenReset } from './open-step.ts';
import { knownAccount } from './rules.ts';

export type ProveEmailCodeProblem = Exclude<EmailCodeProblem, 'factor-disabled'> | 'reset-disabled' | 'expired-page';

export function proveEmailCode(portal: Portal, reset: Reset, input: { readonly code: string }): Promise<Result<void, ProveEmailCodeProblem>> {
  const what = { act: 'prove-email-code', step: 'email-code' } as const;
  return inOpenReset<void, ProveEmailCodeProblem>(portal, reset, what, function* (tx, { accountId: subject, browser }, now) {
    const accountId = knownAccount(subject);
    const tried = yield* tryEmailCode(portal, tx, now, { flow: reset.uid, ...resetCode(subject, browser) }, input.code);
    if (tried.ok) {
      yield* setMailboxProven(tx, reset.uid, now);
      yield* recordEvent(tx, now, reset, { type: 'email-code-right', accountId, data: { purpose: 'reset-password' } });
      return tried;
    }
    const [{ code, left }] = tried.problems;
    if (code !== 'empty') {
      yield* recordEvent(tx, now, reset, { type: 'email-code-wrong', accountId, data: { purpose: 'reset-password', problem: code } });
    }
    const more = { field: 'code', ...(left !== undefined && { left }) };
    return code === 'factor-disabled' ? refused({ code: 'reset-disabled', ...more }) : refused({ code, ...more });
  });
}
