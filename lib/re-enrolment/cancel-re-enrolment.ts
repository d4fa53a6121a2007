// Takes the leave to replace the factors back. Whoever signs in with a factor has not lost it; whoever says « Ce n’était pas moi » neither.
import { deleteOutboxMessage } from '#db/outbox';
import { cancelReEnrolments, type ReEnrolmentRow } from '#db/re-enrolments';
import type { Script, Tx } from '#db/unit';
import { type By, recordEvent } from '../audit/record-event.ts';

/**
 * In a unit of the account. What was stolen stays frozen: a cancellation never gives anything back.
 * @param why e.g. `found`, `signed-in`, `not-me`, for the event. @param now epoch milliseconds
 * @param openedBy only one that was opened so
 * @returns whether there was one
 */
export function* cancelReEnrolment(
  tx: Tx,
  now: number,
  by: By,
  accountId: string,
  why: string,
  openedBy?: ReEnrolmentRow['openedBy'],
): Script<boolean> {
  const cancelled = yield* cancelReEnrolments(tx, accountId, now, openedBy);
  for (const { id, reminderId } of cancelled) {
    if (reminderId !== null) yield* deleteOutboxMessage(tx, reminderId);
    yield* recordEvent(tx, now, by, { type: 're-enrolment-cancelled', accountId, data: { reEnrolment: id, why } });
  }
  return cancelled.length > 0;
}
