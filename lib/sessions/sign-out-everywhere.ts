// Ends every session of a person: the provider's, the portal's, and those of applications, which are told.
import { deleteOidcRecordsOfAccount, listOidcRecordsOfAccount } from '#db/oidc-records';
import { deletePortalSessionsOfAccount } from '#db/portal-sessions';
import { deleteSessionBrowsersOfAccount } from '#db/session-browsers';
import { recordEvent } from '../audit/record-event.ts';
import { openRecord } from '../oidc/adapter.ts';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import type { Member } from '../visitor.ts';

const models = ['Session', 'Grant', 'AccessToken', 'RefreshToken', 'AuthorizationCode'] as const;

/** @returns how many applications were told, and how many could not be: their own sessions then last until they ask again */
export async function signOutEverywhere(portal: Portal, member: Member): Promise<{ readonly told: number; readonly untold: number }> {
  const { store, now } = portal;
  const { accountId } = member;
  const sessions = await store.unit(accountId, function* (tx) {
    const rows = yield* listOidcRecordsOfAccount(tx, accountId, ['Session']);
    yield* deleteOidcRecordsOfAccount(tx, accountId, models);
    yield* deletePortalSessionsOfAccount(tx, accountId);
    yield* deleteSessionBrowsersOfAccount(tx, accountId);
    yield* recordEvent(tx, now(), member, { type: 'signed-out-everywhere', accountId, data: { sessions: rows.length } });
    return rows;
  });
  // What is gone is gone, whether or not an application can be told of it.
  const signedOut = sessions.flatMap((row): SignedOut[] =>
    Object.entries(openRecord(portal, row).authorizations ?? {}).map(([applicationId, { sid }]) => ({ applicationId, accountId, sid: sid ?? null })),
  );
  return announceSignOut(portal, signedOut);
}
