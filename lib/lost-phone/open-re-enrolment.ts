// The end of every way: an account whose owner is known beyond the password gets leave to replace its factors; later, where the institute
// wants a wait after answers. What was stolen is worth nothing from this moment on.
import { freezeFactors } from '#db/factors';
import { setLostPhone } from '#db/lost-phones';
import { deleteOutboxMessage } from '#db/outbox';
import { deletePendingFactor } from '#db/pending-factors';
import { cancelReEnrolments, insertReEnrolment, setReEnrolmentStolen } from '#db/re-enrolments';
import { deletePendingRecoveryCodes, setRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import { hours } from '../duration.ts';
import { newId } from '../ids.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { windowOf } from '../re-enrolment/rules.ts';
import { endSessionsBeside } from '../sessions/end-sessions.ts';
import type { Flow } from '../visitor.ts';
import type { OpenLostPhone } from './open-place.ts';
import type { LostPhoneWay } from './steps.ts';

/** Somebody may hold the phone: nothing that was on it, or beside it, is worth anything from now on. In a unit of the account. @returns as `openReEnrolment` */
export function* freezeStolen(portal: Portal, tx: Tx, now: number, flow: Flow, accountId: string): Script<SignedOut[]> {
  yield* setReEnrolmentStolen(tx, accountId);
  yield* freezeFactors(tx, accountId, now);
  // They may have been in the same bag.
  yield* setRecoveryCodes(tx, accountId, []);
  return yield* endSessionsBeside(portal, tx, accountId, flow.session ?? null);
}

/**
 * In the unit of the account that has just consumed the proof. Takes the place of one that is open or waits.
 * @param now epoch milliseconds
 * @returns which applications are to be told of ended sessions, by `announceSignOut`, once the unit is done
 */
export function* openReEnrolment(portal: Portal, tx: Tx, now: number, flow: Flow, facts: OpenLostPhone, by: LostPhoneWay): Script<SignedOut[]> {
  const { accountId } = facts;
  const replaced = yield* cancelReEnrolments(tx, accountId, now);
  for (const { reminderId } of replaced) if (reminderId !== null) yield* deleteOutboxMessage(tx, reminderId);
  const wait = by === 'answers' ? hours(portal.settings.lostPhone.wait) : 0;
  const { notBefore, expiresAt, reminderAt } = windowOf(now, wait);
  // Once stolen, never lost again: somebody may still hold it.
  const stolen = facts.happened === 'stolen' || replaced.some((row) => row.stolen);
  const id = newId();
  const reminderId = reminderAt === null ? null : newId();
  yield* insertReEnrolment(tx, {
    id,
    accountId,
    openedBy: by,
    stolen,
    openedAt: now,
    notBefore,
    expiresAt,
    reminderId,
    cancelledAt: null,
    finishedAt: null,
  });
  const mailboxProvenAt = facts.mailboxProven ? now : null;
  yield* setLostPhone(tx, { flow: flow.uid, accountId, stolen, saidAt: now, mailboxProvenAt, openedAt: wait === 0 ? now : null });
  // What somebody else has half put in place must not be what is proven next.
  yield* deletePendingFactor(tx, accountId);
  yield* deletePendingRecoveryCodes(tx, accountId);

  const ended = stolen ? yield* freezeStolen(portal, tx, now, flow, accountId) : [];
  const event = yield* recordEvent(tx, now, flow, {
    type: 're-enrolment-opened',
    accountId,
    data: { reEnrolment: id, by, stolen, from: wait > 0 ? notBefore : null },
  });
  const from = wait > 0 ? notBefore : null;
  yield* queueNotice(portal, tx, now, flow, accountId, event, { kind: 're-enrolment-opened', stolen, from });
  if (reminderId !== null && reminderAt !== null)
    yield* queueNotice(
      portal,
      tx,
      now,
      flow,
      accountId,
      event,
      { kind: 're-enrolment-reminder', stolen, from: notBefore },
      { id: reminderId, at: reminderAt },
    );
  return ended;
}
