// Changes the owner's password: for the current one and a recent proof; every other session ends (SEC-12).
import { findAccountRow } from '#db/accounts';
import { clearTries, countTry, giveTryBack } from '../attempts/count-try.ts';
import { recordEvent } from '../audit/record-event.ts';
import { DirectoryUnavailable, isTheirs, type PasswordRefusal } from '../directory/directory.ts';
import { Busy } from '../hashing.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import { announceSignOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { RecentlyProven } from '../visitor.ts';
import { isGuessable } from './estimator.ts';
import { putPassword } from './put-password.ts';
import { foldPassword, judgePassword, type PasswordProblem } from './rules.ts';

export type ChangePasswordProblem =
  | PasswordProblem
  | `directory-${PasswordRefusal}`
  | 'empty'
  | 'wrong-password'
  | 'directory-locked'
  | 'same-password'
  | 'password-guessable'
  | 'wait'
  | 'factor-disabled'
  | 'busy'
  | 'directory-down';

/**
 * The new password is judged first: refusing it costs no hash and no try. Wrong current passwords are counted apart from sign-in, so
 * that a stolen session neither guesses here nor locks the owner out there.
 */
export async function changePassword(
  portal: Portal,
  member: RecentlyProven,
  input: { readonly current: string; readonly password: string },
): Promise<Result<void, ChangePasswordProblem>> {
  const { store, directory, settings } = portal;
  const { accountId } = member;
  const now = portal.now();
  const account = await store.read((tx) => findAccountRow(tx, accountId));
  if (!account) throw new Error('A session of an account that is not there');
  const problem = (code: ChangePasswordProblem, field: string, more: Pick<Problem, 'retryAt'> = {}) => refused({ code, field, ...more });
  if (input.current === '') return problem('empty', 'current');
  if (input.password === '') return problem('empty', 'password');
  const weak = judgePassword(input.password, account);
  if (weak) return refused(weak);
  if (foldPassword(input.password) === foldPassword(input.current)) return problem('same-password', 'password');
  if (isGuessable(input.password, account)) return problem('password-guessable', 'password');

  const subject = `change-password:${accountId}`;
  const counted = await store.unit(accountId, (tx) => countTry(tx, subject, now, settings.policy.attempts));
  if (counted.kind === 'wait') return problem('wait', 'current', { retryAt: counted.until });
  if (counted.kind === 'disabled') return problem('factor-disabled', 'current');
  let ready: Awaited<ReturnType<Portal['directory']['setPassword']>>;
  try {
    const verified = await directory.verifyPassword(account.address, input.current);
    if (!isTheirs(verified) || verified.accountId !== accountId || account.passwordFrozenAt !== null) {
      await store.unit(accountId, (tx) => recordEvent(tx, now, member, { type: 'password-wrong', accountId, data: { act: 'change-password' } }));
      // Whoever has a session may be told why the directory refuses the right one too.
      return problem(verified.outcome === 'locked' ? 'directory-locked' : 'wrong-password', 'current');
    }
    ready = await directory.setPassword(accountId, input.password, verified.outcome === 'right' ? input.current : undefined);
  } catch (error) {
    const unavailable = error instanceof DirectoryUnavailable;
    if (!unavailable && !(error instanceof Busy)) throw error;
    if (unavailable) portal.log.warn({ reason: error.message }, 'The directory could not change a password.');
    await store.unit(accountId, (tx) => giveTryBack(tx, subject, settings.policy.attempts));
    return refused({ code: unavailable ? 'directory-down' : 'busy' });
  }
  if (ready.outcome === 'refused') {
    await store.unit(accountId, (tx) => giveTryBack(tx, subject, settings.policy.attempts));
    return problem(`directory-${ready.reason}`, 'password');
  }
  const password = ready;

  const ended = await store.unit(accountId, function* (tx) {
    yield* putPassword(tx, accountId, password);
    yield* clearTries(tx, subject);
    const ended = yield* endSessions(portal, tx, accountId, member.sessionId);
    const event = yield* recordEvent(tx, now, member, { type: 'password-changed', accountId });
    yield* queueNotice(portal, tx, now, member, accountId, event, { kind: 'password-changed' });
    return ended;
  });
  if (ended.length > 0) await announceSignOut(portal, ended);
  return done(undefined);
}
