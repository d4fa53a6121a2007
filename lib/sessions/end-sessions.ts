// Ends sessions of a person inside a unit of work: the portal's, the provider's, and the tokens that came out of them.
import { deleteOidcRecord, listOidcRecordsOfAccount } from '#db/oidc-records';
import { deletePortalSession, listPortalSessions } from '#db/portal-sessions';
import type { Script, Tx } from '#db/unit';
import { openRecord } from '../oidc/adapter.ts';
import type { SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { digest } from '../secrets.ts';

const tokens = ['Grant', 'AccessToken', 'RefreshToken', 'AuthorizationCode'] as const;

/**
 * @param keep the hashed id of the portal session that goes on, with the provider's session of the same browser; null: none does
 * @returns which applications are to be told, by `announceSignOut`, once the unit is done (SEC-12)
 */
export function* endSessions(portal: Pick<Portal, 'secrets'>, tx: Tx, accountId: string, keep: string | null): Script<SignedOut[]> {
  let keptSid: string | null = null;
  for (const { id, sid } of yield* listPortalSessions(tx, accountId)) {
    if (id === keep) keptSid = sid;
    else yield* deletePortalSession(tx, id);
  }
  const ended: SignedOut[] = [];
  const keptGrants = new Set<string>();
  for (const row of yield* listOidcRecordsOfAccount(tx, accountId, ['Session'])) {
    const authorizations = Object.entries(openRecord(portal, row).authorizations ?? {});
    if (keptSid !== null && authorizations.some(([, { sid }]) => sid === keptSid)) {
      for (const [, { grantId }] of authorizations) if (grantId) keptGrants.add(digest(grantId));
      continue;
    }
    yield* deleteOidcRecord(tx, row.model, row.id);
    for (const [applicationId, { sid }] of authorizations) ended.push({ applicationId, accountId, sid: sid ?? null });
  }
  for (const row of yield* listOidcRecordsOfAccount(tx, accountId, tokens)) {
    const grant = row.model === 'Grant' ? row.id : row.grantId;
    if (grant === null || !keptGrants.has(grant)) yield* deleteOidcRecord(tx, row.model, row.id);
  }
  return ended;
}
