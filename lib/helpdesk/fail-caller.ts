// Writes down that a caller did not prove to be who they said, and tells the account's owner of it, once a day.
import { type CallerVerificationRow, decideVerification, findVerification, voidVerifications } from '#db/caller-verifications';
import { findLatestMessage } from '#db/outbox';
import type { Script, Tx } from '#db/unit';
import { type By, recordEvent } from '../audit/record-event.ts';
import { days } from '../duration.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { forgetCallers } from './forget-callers.ts';

/** `denied` and `reported`: by the owner, on their telephone. `wrong-number`, `wrong-code`, `wrong-answers`: by whoever calls. */
export type WhyNot = 'denied' | 'reported' | 'wrong-number' | 'wrong-code' | 'wrong-answers';

/**
 * In a unit of the account. @param now epoch milliseconds. @param by whose browser or telephone said so
 * @param over whether nothing more may be tried of this verification
 */
export function* failCaller(
  portal: Pick<Portal, 'secrets' | 'settings' | 'networks'>,
  tx: Tx,
  now: number,
  by: By,
  verification: CallerVerificationRow,
  why: WhyNot,
  over: boolean,
): Script<void> {
  const { id, accountId, agentId, method } = verification;
  if (over) {
    yield* decideVerification(tx, id, 'failedAt', now);
    // The owner's no is said to every agent; of a caller who fails, what they had proven in another way was not theirs to prove.
    if (why === 'denied' || why === 'reported') yield* forgetCallers(tx, now, by, accountId);
    else yield* voidVerifications(tx, accountId, { of: agentId }, now);
  }
  const event = yield* recordEvent(tx, now, by, { type: 'caller-not-verified', accountId, actor: agentId, data: { method, why } });
  const told = yield* findLatestMessage(tx, accountId, 'caller-not-verified');
  // A stranger who calls again and again must not fill a mailbox.
  if (told && told.createdAt > now - days(1)) return;
  yield* queueNotice(portal, tx, now, by, accountId, event, { kind: 'caller-not-verified' });
}

/** The same, by a verification's id, of which a telephone's request knows no more. @param id null: nobody called */
export function* failCallerOf(
  portal: Pick<Portal, 'secrets' | 'settings' | 'networks'>,
  tx: Tx,
  now: number,
  by: By,
  id: string | null,
  why: WhyNot,
): Script<void> {
  const verification = id === null ? null : yield* findVerification(tx, id);
  if (verification) yield* failCaller(portal, tx, now, by, verification, why, true);
}
