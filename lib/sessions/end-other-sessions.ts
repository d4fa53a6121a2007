// Ends every session of a person but that of the browser that asks; applications are told.
import { recordEvent } from '../audit/record-event.ts';
import { announceSignOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import type { Member } from '../visitor.ts';
import { endSessions } from './end-sessions.ts';

/** What is gone is gone, whether or not an application can be told of it. */
export async function endOtherSessions(portal: Portal, member: Member): Promise<void> {
  const { accountId, sessionId } = member;
  const now = portal.now();
  const ended = await portal.store.unit(accountId, function* (tx) {
    const ended = yield* endSessions(portal, tx, accountId, sessionId);
    yield* recordEvent(tx, now, member, { type: 'signed-out-others', accountId });
    return ended;
  });
  if (ended.length > 0) await announceSignOut(portal, ended);
}
