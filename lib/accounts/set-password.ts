// Gives an account another password, by an operator's hand; every session ends (SEC-12).
import { recordEvent } from '../audit/record-event.ts';
import type { PasswordRefusal } from '../directory/directory.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import { announceSignOut } from '../oidc/announce-sign-out.ts';
import { isGuessable } from '../passwords/estimator.ts';
import { putPassword } from '../passwords/put-password.ts';
import { judgePassword, type PasswordProblem } from '../passwords/rules.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { Operator } from '../visitor.ts';
import type { Account } from './facts.ts';

/** Throws Busy or DirectoryUnavailable; the password is then the old one. */
export async function setPassword(
  portal: Portal,
  operator: Operator,
  account: Account,
  plain: string,
): Promise<Result<null, PasswordProblem | `directory-${PasswordRefusal}` | 'password-guessable'>> {
  const weak = judgePassword(plain, account);
  if (weak) return refused(weak);
  if (isGuessable(plain, account)) return refused({ code: 'password-guessable', field: 'password' });
  const ready = await portal.directory.setPassword(account.id, plain);
  if (ready.outcome === 'refused') return refused({ code: `directory-${ready.reason}`, field: 'password' });
  const now = portal.now();
  const ended = await portal.store.unit(account.id, function* (tx) {
    yield* putPassword(tx, account.id, ready);
    const ended = yield* endSessions(portal, tx, account.id, null);
    const event = yield* recordEvent(tx, now, operator, { type: 'password-set', accountId: account.id });
    yield* queueNotice(portal, tx, now, operator, account.id, event, { kind: 'password-set' });
    return ended;
  });
  if (ended.length > 0) await announceSignOut(portal, ended);
  return done(null);
}
