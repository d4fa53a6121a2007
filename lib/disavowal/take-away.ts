// What « Ce n’était pas moi » does, in the unit of work of whoever said so. It only takes away: nothing here opens, proves or gives back
// anything (SEC-49).
import { setPasswordFrozen } from '#db/accounts';
import { setAnswers } from '#db/answers';
import { deleteConsent } from '#db/consents';
import { setDisavowalsUsed } from '#db/disavowals';
import { setFactorFrozen } from '#db/factors';
import { deleteKnownBrowsersSeen } from '#db/known-browsers';
import { deletePasswordResetsOfAccount } from '#db/password-resets';
import { deletePendingFactor } from '#db/pending-factors';
import { deleteProofsOfAccount } from '#db/proofs';
import { deletePendingRecoveryCodes, setRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { disableTries } from '../attempts/count-try.ts';
import { answersSubject, callerAnswersSubject } from '../attempts/rules.ts';
import { recordEvent } from '../audit/record-event.ts';
import { openCase } from '../cases/open-case.ts';
import { forgetCallers } from '../helpdesk/forget-callers.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { cancelReEnrolment } from '../re-enrolment/cancel-re-enrolment.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { Member, Visitor } from '../visitor.ts';
import type { Disownable } from './facts.ts';
import type { Disavowal } from './rules.ts';

export interface Disowned {
  readonly caseNumber: string;
  readonly advice: Disavowal['advice'];
  /** Whether the session that said so goes on. */
  readonly staysSignedIn: boolean;
}

/**
 * Twice, or from two tabs, or by a link and in the account, is once: of one event there is one case, and the rest is done with it.
 * @param keep the hashed id of the portal session that goes on; null: none does
 * @param application the name of the event's, for the letter
 * @returns `ended`: which applications are to be told once the unit is done
 */
export function* takeAway(
  portal: Portal,
  tx: Tx,
  now: number,
  by: Member | Visitor,
  event: Disownable,
  keep: string | null,
  application: string | null,
): Script<{ readonly disowned: Disowned; readonly ended: readonly SignedOut[] }> {
  const { accountId, going, type, disavowal } = event;
  const { factors, recoveryCodes, answers, password, consent } = going;
  const note = { event: type, factors: factors.map(({ id }) => id).join(' '), recoveryCodes, answers, password, consent };
  const { number, opened } = yield* openCase(portal, tx, now, accountId, { kind: 'not-me', eventId: event.id, note });
  const disowned = { caseNumber: number, advice: disavowal.advice, staysSignedIn: keep !== null };
  if (!opened) return { disowned: { ...disowned, staysSignedIn: 'accountId' in by }, ended: [] };

  for (const { id } of factors) yield* setFactorFrozen(tx, accountId, id, now);
  yield* deletePendingFactor(tx, accountId);
  yield* deletePendingRecoveryCodes(tx, accountId);
  if (recoveryCodes) yield* setRecoveryCodes(tx, accountId, []);
  if (answers) yield* setAnswers(tx, accountId, []);
  if (password) yield* setPasswordFrozen(tx, accountId, now);
  // Nobody chooses another one, nor puts a factor in place, by what may have been found out: until the questions are chosen anew.
  if (password || type === 're-enrolled' || type === 're-enrolment-opened')
    yield* disableTries(tx, answersSubject(accountId), portal.settings.policy.answers);
  if (consent !== null) yield* deleteConsent(tx, accountId, consent);
  yield* cancelReEnrolment(tx, now, by, accountId, 'not-me');
  // What the helpdesk gave, or was about to do, on the word of whoever called.
  yield* forgetCallers(tx, now, by, accountId);
  // Whoever told them could do it again, to any agent: until the questions are chosen anew.
  if (event.answersHeard) yield* disableTries(tx, callerAnswersSubject(accountId), portal.settings.policy.answers);
  // Sign-ins and password resets under way begin anew, and browsers seen since are strangers again.
  yield* deleteProofsOfAccount(tx, accountId);
  yield* deletePasswordResetsOfAccount(tx, accountId, null);
  yield* deleteKnownBrowsersSeen(tx, accountId, event.at);
  yield* setDisavowalsUsed(tx, accountId, event.id, now);
  const ended = yield* endSessions(portal, tx, accountId, keep);

  const data = { event: event.id, what: type, case: number, application: event.application, factor: event.factor.id, name: event.factor.name };
  const recorded = yield* recordEvent(tx, now, by, { type: 'disavowed', accountId, data });
  yield* queueNotice(portal, tx, now, by, accountId, recorded, {
    kind: 'disavowed',
    reported: type,
    application,
    factor: event.factor.name,
    caseNumber: number,
    advice: disavowal.advice,
  });
  return { disowned, ended };
}
