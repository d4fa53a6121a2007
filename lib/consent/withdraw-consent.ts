// Takes an agreement back: the application asks anew, and what it holds for this person dies at once.
import { deleteConsent } from '#db/consents';
import { deleteOidcRecordsOfApplication } from '#db/oidc-records';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import type { Member } from '../visitor.ts';

/** Everything of the provider's that lets an application read something of a person (SEC-87). */
const models = ['Grant', 'AuthorizationCode', 'AccessToken', 'RefreshToken'] as const;

/** @returns whether there was an agreement */
export async function withdrawConsent(portal: Portal, member: Member, applicationId: string): Promise<boolean> {
  const { accountId } = member;
  const now = portal.now();
  // From a server action: as the browser sent it.
  if (typeof applicationId !== 'string' || applicationId.includes('\0')) return false;
  return portal.store.unit(accountId, function* (tx) {
    const there = yield* deleteConsent(tx, accountId, applicationId);
    yield* deleteOidcRecordsOfApplication(tx, accountId, applicationId, models);
    if (there) yield* recordEvent(tx, now, member, { type: 'consent-withdrawn', accountId, data: { application: applicationId } });
    return there;
  });
}
