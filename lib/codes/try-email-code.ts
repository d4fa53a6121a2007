// Looks at a code that somebody typed: counts the try, compares and consumes. Shared by sign-in, password reset, lost phone and the helpdesk.
import { findAttempts } from '#db/attempts';
import { findEmailCode, tryEmailCodeRow } from '#db/codes';
import type { Script, Tx } from '#db/unit';
import { clearTries, countTry } from '../attempts/count-try.ts';
import { judge } from '../attempts/rules.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import { emailCodeHash } from './issue-email-code.ts';
import { type CodeOf, emailCodeAttempts, emailCodeSubject, parseDigits } from './rules.ts';

export type EmailCodeProblem = 'empty' | 'wrong-code' | 'expired-code' | 'used-email-code' | 'replaced-code' | 'no-tries-left' | 'factor-disabled';

/**
 * In a unit whose key is the account's id. Text without six digits in it is told so and costs no try.
 * @param now epoch milliseconds
 */
export function* tryEmailCode(
  portal: Pick<Portal, 'secrets' | 'settings'>,
  tx: Tx,
  now: number,
  at: CodeOf & { readonly flow: string },
  typed: string,
): Script<Result<void, EmailCodeProblem>> {
  const { digits, tries } = portal.settings.policy.emailCode;
  const problem = (code: EmailCodeProblem, more: Omit<Problem, 'code' | 'field'> = {}) => refused<EmailCodeProblem>({ code, field: 'code', ...more });
  if (typed.trim() === '') return problem('empty');
  const code = parseDigits(typed, digits);
  if (code === null) {
    const row = yield* findEmailCode(tx, at.flow, at.purpose);
    return problem('wrong-code', { left: Math.max(0, tries - (row?.tries ?? 0)) });
  }
  const subject = emailCodeSubject(at);
  const cap = emailCodeAttempts(portal.settings.policy.attempts);
  if (judge(yield* findAttempts(tx, subject), now, cap).kind !== 'allowed') return problem('factor-disabled');

  const hash = emailCodeHash(portal, at.flow, at.purpose, at.accountId, code);
  const tried = yield* tryEmailCodeRow(tx, { flow: at.flow, purpose: at.purpose, accountId: at.accountId, hash }, now, tries);
  if (!tried) {
    const row = yield* findEmailCode(tx, at.flow, at.purpose);
    if (row?.usedAt != null) return problem('used-email-code');
    return problem(!row || row.expiresAt <= now ? 'expired-code' : 'no-tries-left');
  }
  if (tried.usedAt !== null) {
    yield* clearTries(tx, subject);
    return done(undefined);
  }
  // Only tries that were looked at: the others are no guesses, and must not disable anything.
  yield* countTry(tx, subject, now, cap);
  if (tried.replacedHash === hash) return problem('replaced-code', { left: tries - tried.tries });
  return tried.tries >= tries ? problem('no-tries-left') : problem('wrong-code', { left: tries - tried.tries });
}
