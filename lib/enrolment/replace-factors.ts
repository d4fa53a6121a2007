// The swap: in the unit in which a new factor was proven for a lost phone, every old one dies. Old or new, never none, never both.
import { deleteOtherFactors, listFactors } from '#db/factors';
import { forgetFactorKinds } from '#db/known-browsers';
import { deleteOutboxMessage } from '#db/outbox';
import { finishReEnrolment } from '#db/re-enrolments';
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { readOpenReEnrolment } from '../re-enrolment/facts.ts';
import { endSessionsBeside } from '../sessions/end-sessions.ts';
import { reEnrolmentAcr } from '../sign-in/assurance.ts';
import type { MemberFlow } from '../visitor.ts';

/** Whether what is proven in this flow takes the place of every factor. */
export const replaces = (flow: MemberFlow) => flow.acr === reEnrolmentAcr;

/**
 * Nothing in the wizard's ordinary flows. In the same unit as `checkStep` and the new factor's row: the leave is used up by the first.
 * @param id of the new factor. @param now epoch milliseconds
 * @returns which applications are to be told of ended sessions, by `announceSignOut`, once the unit is done (SEC-47)
 */
export function* replaceFactors(portal: Portal, tx: Tx, now: number, flow: MemberFlow, id: string): Script<SignedOut[]> {
  if (!replaces(flow)) return [];
  const { accountId } = flow;
  const leave = yield* readOpenReEnrolment(tx, accountId, now);
  // checkStep has just seen it, in this unit.
  if (!leave || !(yield* finishReEnrolment(tx, leave.id, now))) throw new Error('A factor was replaced without leave.');
  const fresh = (yield* listFactors(tx, accountId)).find((factor) => factor.id === id);
  if (!fresh) throw new Error('The new factor is not there.');
  const gone = yield* deleteOtherFactors(tx, accountId, id);
  if (leave.reminderId !== null) yield* deleteOutboxMessage(tx, leave.reminderId);
  yield* forgetFactorKinds(tx, accountId);
  const { kind, name } = fresh;
  const data = { reEnrolment: leave.id, by: leave.openedBy, stolen: leave.stolen, factor: id, kind, name, gone };
  const event = yield* recordEvent(tx, now, flow, { type: 're-enrolled', accountId, data });
  yield* queueNotice(portal, tx, now, flow, accountId, event, { kind: 're-enrolled', factor: name });
  return yield* endSessionsBeside(portal, tx, accountId, flow.session ?? null);
}
