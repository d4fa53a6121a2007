// Somebody who must know says that whoever called was not the account's owner: what the helpdesk did on that word, and may still do, is over.
import { voidVerifications } from '#db/caller-verifications';
import { expirePasses } from '#db/passes';
import { closeRemovalRequests } from '#db/removal-requests';
import type { Script, Tx } from '#db/unit';

/** In a unit of the account. Of every agent: the one who believed the caller may believe them again in the same call. @param now epoch milliseconds */
export function* forgetCallers(tx: Tx, now: number, accountId: string): Script<void> {
  yield* voidVerifications(tx, accountId, 'everybody', now);
  yield* expirePasses(tx, accountId, now);
  yield* closeRemovalRequests(tx, accountId, now);
}
