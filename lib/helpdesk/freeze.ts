// Closes an account until the helpdesk opens it again: its sessions end, what is under way in it is given up, and its next request is refused
// everywhere, in the words of an unknown address (SEC-07).
import { setAccountStatusRow } from '#db/accounts';
import { voidVerifications } from '#db/caller-verifications';
import { expirePasses } from '#db/passes';
import { deletePasswordResetsOfAccount } from '#db/password-resets';
import { deletePendingFactor } from '#db/pending-factors';
import { deleteProofsOfAccount } from '#db/proofs';
import { deletePendingRecoveryCodes } from '#db/recovery-codes';
import { closeRemovalRequests } from '#db/removal-requests';
import type { Script } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { cancelReEnrolment } from '../re-enrolment/cancel-re-enrolment.ts';
import { done, type Result, refused } from '../result.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { Agent } from '../visitor.ts';
import { type ActProblem, actOn } from './act-on.ts';

/** Factors, password and answers stay as they are: who is given the account back finds it as it was. */
export async function freeze(
  portal: Portal,
  agent: Agent,
  input: { readonly account: string; readonly reason: string },
): Promise<Result<void, ActProblem | 'account-closed'>> {
  const frozen = await actOn(portal, agent, 'freeze', input, function* (tx, now, { account, verification, reason }): Script<
    Result<SignedOut[], 'account-closed'>
  > {
    const { id } = account;
    if (!(yield* setAccountStatusRow(tx, id, 'active', 'frozen'))) return refused({ code: 'account-closed' });
    yield* cancelReEnrolment(tx, now, agent, id, 'frozen');
    yield* expirePasses(tx, id, now);
    yield* closeRemovalRequests(tx, id, now);
    // Whom a colleague believes to have on the line is made sure of again before they open it.
    yield* voidVerifications(tx, id, { notOf: agent.agentId }, now);
    yield* deletePendingFactor(tx, id);
    yield* deletePendingRecoveryCodes(tx, id);
    yield* deleteProofsOfAccount(tx, id);
    yield* deletePasswordResetsOfAccount(tx, id, null);
    const ended = yield* endSessions(portal, tx, id, null);
    const data = { reason, method: verification?.method ?? null };
    const event = yield* recordEvent(tx, now, agent, { type: 'account-frozen', accountId: id, data });
    yield* queueNotice(portal, tx, now, agent, id, event, { kind: 'account-frozen' });
    return done(ended);
  });
  if (!frozen.ok) return frozen;
  if (frozen.value.length > 0) await announceSignOut(portal, frozen.value);
  return done(undefined);
}
