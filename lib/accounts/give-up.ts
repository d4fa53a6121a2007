// What an account that is closed by an operator or the directory's check loses for good: whoever is given it back begins anew (SEC-75, SEC-84).
import { voidVerifications } from '#db/caller-verifications';
import { expirePasses } from '#db/passes';
import { deletePasswordResetsOfAccount } from '#db/password-resets';
import { deletePendingFactor } from '#db/pending-factors';
import { deleteProofsOfAccount } from '#db/proofs';
import { deletePendingRecoveryCodes } from '#db/recovery-codes';
import { closeRemovalRequests } from '#db/removal-requests';
import type { Script, Tx } from '#db/unit';
import type { SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { cancelReEnrolment } from '../re-enrolment/cancel-re-enrolment.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { Operator } from '../visitor.ts';

/**
 * In the unit that closes it, as the helpdesk's freezing does (lib/helpdesk/freeze.ts). Factors, password and answers stay.
 * @param now epoch milliseconds. @returns whom to tell once the unit is done
 */
export function* giveUp(portal: Portal, tx: Tx, now: number, by: Operator, accountId: string): Script<SignedOut[]> {
  yield* cancelReEnrolment(tx, now, by, accountId, 'disabled');
  yield* expirePasses(tx, accountId, now);
  yield* closeRemovalRequests(tx, accountId, now);
  yield* voidVerifications(tx, accountId, 'everybody', now);
  yield* deletePendingFactor(tx, accountId);
  yield* deletePendingRecoveryCodes(tx, accountId);
  yield* deleteProofsOfAccount(tx, accountId);
  yield* deletePasswordResetsOfAccount(tx, accountId, null);
  return yield* endSessions(portal, tx, accountId, null);
}
