// « Je l’ai retrouvé »: the leave to replace the factors is taken back, and this browser signs in anew, with the phone.
import type { Script } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { cancelReEnrolment } from '../re-enrolment/cancel-re-enrolment.ts';
import { readOpenReEnrolment } from '../re-enrolment/facts.ts';
import { done, type Result, refused } from '../result.ts';
import { reEnrolmentAcr } from '../sign-in/assurance.ts';
import type { MemberFlow } from '../visitor.ts';

/** Not for a stolen phone: whoever brings it back may have had it open. */
export function findPhone(portal: Portal, flow: MemberFlow, _input: object = {}): Promise<Result<void, 'expired-page'>> {
  const { accountId } = flow;
  return portal.store.unit(accountId, function* (tx): Script<Result<void, 'expired-page'>> {
    const now = portal.now();
    const row = flow.prompt === 'enrol' && flow.acr === reEnrolmentAcr ? yield* readOpenReEnrolment(tx, accountId, now) : null;
    if (!row || row.stolen) {
      yield* recordEvent(tx, now, flow, { type: 'step-refused', accountId, data: { act: 'find-phone' } });
      return refused({ code: 'expired-page' });
    }
    yield* cancelReEnrolment(tx, now, flow, accountId, 'found');
    return done(undefined);
  });
}
