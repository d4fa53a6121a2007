// Ends sessions of a person inside a unit of work: the portal's, the provider's, and the tokens that came out of them.
import { deleteOidcRecord, listOidcRecordsOfAccount } from '#db/oidc-records';
import { deletePortalSession } from '#db/portal-sessions';
import { deleteSessionBrowser } from '#db/session-browsers';
import type { Script, Tx } from '#db/unit';
import type { SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { type OpenSession, readOpenSessions } from './open-sessions.ts';

const tokens = ['Grant', 'AccessToken', 'RefreshToken', 'AuthorizationCode'] as const;

/**
 * @param keep the hashed id of the portal session that goes on, with the provider's session of the same browser; null: none does
 * @returns which applications are to be told, by `announceSignOut`, once the unit is done (SEC-12)
 */
export function* endSessions(portal: Pick<Portal, 'secrets'>, tx: Tx, accountId: string, keep: string | null): Script<SignedOut[]> {
  const sessions = yield* readOpenSessions(portal, tx, accountId);
  const kept = sessions.filter(({ portalSessions }) => portalSessions.some(({ id }) => id === keep));
  // Beside the one that asks, none of the portal's goes on, whatever it came from.
  for (const { portalSessions } of kept) for (const { id } of portalSessions) if (id !== keep) yield* deletePortalSession(tx, id);
  const going = grantsOf(kept);
  return yield* end(
    tx,
    accountId,
    sessions.filter((session) => !kept.includes(session)),
    (grant) => grant === null || !going.has(grant),
  );
}

/** @param id as in `OpenSession`. @returns as `endSessions`; null when the person has no such session */
export function* endSession(portal: Pick<Portal, 'secrets'>, tx: Tx, accountId: string, id: string): Script<SignedOut[] | null> {
  const sessions = yield* readOpenSessions(portal, tx, accountId);
  const ending = sessions.filter((session) => session.id === id);
  if (ending.length === 0) return null;
  const over = grantsOf(ending);
  const going = grantsOf(sessions.filter((session) => session.id !== id));
  return yield* end(tx, accountId, ending, (grant) => grant !== null && over.has(grant) && !going.has(grant));
}

const grantsOf = (sessions: readonly OpenSession[]) => new Set(sessions.flatMap(({ grants }) => grants));

/** @param dies whether what came out of a grant goes with the sessions; null: of none */
function* end(tx: Tx, accountId: string, sessions: readonly OpenSession[], dies: (grant: string | null) => boolean): Script<SignedOut[]> {
  for (const { id, record, portalSessions } of sessions) {
    if (record) yield* deleteOidcRecord(tx, record.model, record.id);
    for (const row of portalSessions) yield* deletePortalSession(tx, row.id);
    yield* deleteSessionBrowser(tx, id);
  }
  for (const row of yield* listOidcRecordsOfAccount(tx, accountId, tokens)) {
    if (dies(row.model === 'Grant' ? row.id : row.grantId)) yield* deleteOidcRecord(tx, row.model, row.id);
  }
  return sessions.flatMap(({ applications }) => applications);
}
