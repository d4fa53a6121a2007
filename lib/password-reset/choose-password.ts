// The new password, in the place of the forgotten one. Ends every session, signs nobody in, and leaves every factor as it is.
import { type AnswerRow, listAnswers } from '#db/answers';
import { expirePasses } from '#db/passes';
import { deletePasswordResetsOfAccount, finishPasswordReset } from '#db/password-resets';
import type { Script } from '#db/unit';
import { clearTries, countTry, giveTryBack, startTriesAnew } from '../attempts/count-try.ts';
import { passwordSubject } from '../attempts/password-subject.ts';
import { recordEvent } from '../audit/record-event.ts';
import { emailCodeSubject } from '../codes/rules.ts';
import { DirectoryUnavailable, isTheirs, type PasswordRefusal } from '../directory/directory.ts';
import { Busy } from '../hashing.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import { isGuessable } from '../passwords/estimator.ts';
import { putPassword } from '../passwords/put-password.ts';
import { judgePassword, type PasswordProblem } from '../passwords/rules.ts';
import type { Portal } from '../portal.ts';
import { answerToHash, normaliseAnswer, type QuestionKey } from '../questions/rules.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { Reset } from '../visitor.ts';
import { type ResetPerson, resetCode } from './facts.ts';
import { inOpenReset, personOf } from './open-step.ts';

export type ChoosePasswordProblem =
  | PasswordProblem
  | `directory-${PasswordRefusal}`
  | 'empty'
  | 'same-password'
  | 'password-guessable'
  | 'password-is-answer'
  | 'wait'
  | 'busy'
  | 'directory-down'
  | 'expired-page';

const problem = (code: ChoosePasswordProblem, more: Pick<Problem, 'retryAt'> = {}) => refused({ code, field: 'password', ...more });

/** Refused for what it is: costs neither hash nor try. Compared with the old one and with the answers: counted, so that nobody guesses those here. */
export async function choosePassword(
  portal: Portal,
  reset: Reset,
  input: { readonly password: string },
): Promise<Result<void, ChoosePasswordProblem>> {
  const { store, directory, hashing, settings } = portal;
  const what = { act: 'choose-password', step: 'choose-password' } as const;
  const policy = settings.policy.attempts;

  // Prepare.
  const looked = await inOpenReset<Looked, ChoosePasswordProblem>(portal, reset, what, function* (tx, facts, now) {
    const { account } = personOf(facts);
    if (input.password === '') return problem('empty');
    const weak = judgePassword(input.password, account);
    if (weak) return refused(weak);
    if (isGuessable(input.password, account)) return problem('password-guessable');
    const counted = yield* countTry(tx, subjectOf(account.id), now, policy);
    if (counted.kind !== 'allowed') return problem('wait', counted.kind === 'wait' ? { retryAt: counted.until } : {});
    return done({ account, answers: yield* listAnswers(tx, account.id) });
  });
  if (!looked.ok) return looked;
  const { account, answers } = looked.value;
  const accountId = account.id;
  let ready: Awaited<ReturnType<Portal['directory']['setPassword']>>;
  try {
    const answer = normaliseAnswer(input.password);
    const hashes = answers.map((row) => hashing.verify(row.hash, answerToHash({ question: row.question as QuestionKey, answer })));
    if ((await Promise.all(hashes)).some(({ right }) => right)) return problem('password-is-answer');
    if (isTheirs(await directory.verifyPassword(account.address, input.password))) return problem('same-password');
    ready = await directory.setPassword(accountId, input.password);
  } catch (error) {
    const unavailable = error instanceof DirectoryUnavailable;
    if (!unavailable && !(error instanceof Busy)) throw error;
    if (unavailable) portal.log.warn({ reason: error.message }, 'The directory could not reset a password.');
    await store.unit(accountId, (tx) => giveTryBack(tx, subjectOf(accountId), policy));
    return refused({ code: unavailable ? 'directory-down' : 'busy' });
  }
  if (ready.outcome === 'refused') {
    await store.unit(accountId, (tx) => giveTryBack(tx, subjectOf(accountId), policy));
    return problem(`directory-${ready.reason}`);
  }
  const password = ready;

  // Commit.
  const finished = await inOpenReset<SignedOut[], 'expired-page'>(portal, reset, what, function* (tx, { browser }, now): Script<
    Result<SignedOut[], 'expired-page'>
  > {
    const by = yield* finishPasswordReset(tx, reset.uid, now);
    if (by === null) return refused({ code: 'expired-page' });
    yield* putPassword(tx, accountId, password);
    yield* deletePasswordResetsOfAccount(tx, accountId, reset.uid);
    // Whoever has just taken the password by a mailbox must not take the factors by a pass that somebody else was given (SEC-80).
    yield* expirePasses(tx, accountId, now);
    const ended = yield* endSessions(portal, tx, accountId, null);
    yield* clearTries(tx, subjectOf(accountId));
    // Wrong tries at the old password say nothing of the new one.
    yield* clearTries(tx, passwordSubject(portal, account.address, null));
    if (browser !== null) yield* clearTries(tx, passwordSubject(portal, account.address, browser));
    yield* startTriesAnew(tx, emailCodeSubject(resetCode(accountId, null)));
    const event = yield* recordEvent(tx, now, reset, { type: 'password-reset', accountId, data: { by } });
    yield* queueNotice(portal, tx, now, reset, accountId, event, { kind: 'password-reset' });
    return done(ended);
  });
  if (!finished.ok) return finished;

  // Announce.
  if (finished.value.length > 0) await announceSignOut(portal, finished.value);
  return done(undefined);
}

interface Looked {
  readonly account: ResetPerson['account'];
  readonly answers: readonly AnswerRow[];
}

/** Under which name tries at choosing are counted: each compares with what others must not find out. */
const subjectOf = (accountId: string) => `choose-password:${accountId}`;
