// Ends every session of a person: the provider's, the portal's, and those of applications, which are told.
import { listOidcRecordsOfAccount } from '#db/oidc-records';
import { recordEvent } from '../audit/record-event.ts';
import { announceSignOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import type { Member } from '../visitor.ts';
import { endSessions } from './end-sessions.ts';

/**
 * What is gone is gone, whether or not an application can be told of it.
 * @returns how many applications were told, and how many could not be: their own sessions then last until they ask again
 */
export async function signOutEverywhere(portal: Portal, member: Member): Promise<{ readonly told: number; readonly untold: number }> {
  const { store, now } = portal;
  const { accountId } = member;
  const ended = await store.unit(accountId, function* (tx) {
    const { length: sessions } = yield* listOidcRecordsOfAccount(tx, accountId, ['Session']);
    const ended = yield* endSessions(portal, tx, accountId, null);
    yield* recordEvent(tx, now(), member, { type: 'signed-out-everywhere', accountId, data: { sessions } });
    return ended;
  });
  return announceSignOut(portal, ended);
}
