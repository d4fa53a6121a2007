// Ends one session of a person, which another browser holds; applications are told.
import { findOidcRecordByUid } from '#db/oidc-records';
import { findLivePortalSession } from '#db/portal-sessions';
import { recordEvent } from '../audit/record-event.ts';
import { announceSignOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import type { Member } from '../visitor.ts';
import { endSession } from './end-sessions.ts';

/**
 * @param id as in `SignedInBrowser`. Somebody else's is left alone, and the try recorded; the answer is that of a session already gone.
 * @returns whether it was there
 */
export async function endOneSession(portal: Portal, member: Member, id: string): Promise<boolean> {
  const { accountId } = member;
  const now = portal.now();
  // From a server action: as the browser sent it.
  if (typeof id !== 'string' || id.includes('\0')) return false;
  const ended = await portal.store.unit(accountId, function* (tx) {
    const ended = yield* endSession(portal, tx, accountId, id);
    if (ended) yield* recordEvent(tx, now, member, { type: 'signed-out-other', accountId });
    else if ((yield* findOidcRecordByUid(tx, 'Session', id)) ?? (yield* findLivePortalSession(tx, id, now, 0)))
      yield* recordEvent(tx, now, member, { type: 'step-refused', accountId, data: { act: 'end-session', session: id.slice(0, 64) } });
    return ended;
  });
  if (ended?.length) await announceSignOut(portal, ended);
  return ended !== null;
}
