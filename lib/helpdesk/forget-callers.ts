// Somebody who must know says that whoever called was not the account's owner: what the helpdesk did on that word, and may still do, is over,
// a replacement of the factors that a pass has opened too.
import { voidVerifications } from '#db/caller-verifications';
import { expirePasses } from '#db/passes';
import { closeRemovalRequests } from '#db/removal-requests';
import type { Script, Tx } from '#db/unit';
import type { By } from '../audit/record-event.ts';
import { cancelReEnrolment } from '../re-enrolment/cancel-re-enrolment.ts';

/** In a unit of the account. Of every agent: the one who believed the caller may believe them again in the same call. @param now epoch milliseconds */
export function* forgetCallers(tx: Tx, now: number, by: By, accountId: string): Script<void> {
  yield* voidVerifications(tx, accountId, 'everybody', now);
  yield* expirePasses(tx, accountId, now);
  yield* cancelReEnrolment(tx, now, by, accountId, 'not-me', 'pass');
  yield* closeRemovalRequests(tx, accountId, now);
}
