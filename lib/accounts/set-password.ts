// Gives an account another password, by an operator's hand.
import { recordEvent } from '../audit/record-event.ts';
import { judgePassword, type PasswordProblem } from '../passwords/rules.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Operator } from '../visitor.ts';
import type { Account } from './facts.ts';

/** Throws Busy or DirectoryUnavailable; the password is then the old one. */
export async function setPassword(
  portal: Pick<Portal, 'store' | 'directory' | 'now'>,
  operator: Operator,
  account: Account,
  plain: string,
): Promise<Result<null, PasswordProblem>> {
  const weak = judgePassword(plain, account);
  if (weak) return refused(weak);
  await portal.directory.setPassword(account.id, plain);
  const now = portal.now();
  await portal.store.unit(account.id, (tx) => recordEvent(tx, now, operator, { type: 'password-set', accountId: account.id }));
  return done(null);
}
