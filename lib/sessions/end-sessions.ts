// Ends sessions of a person inside a unit of work: the portal's, the provider's, and the tokens that came out of them.
import { deleteOidcRecord, insertEndedSession, listOidcRecordsOfAccount } from '#db/oidc-records';
import { deletePortalSession } from '#db/portal-sessions';
import { deleteSessionBrowser, listSessionBrowsers } from '#db/session-browsers';
import type { Script, Tx } from '#db/unit';
import type { SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { type OpenSession, readOpenSessions } from './open-sessions.ts';

type Needs = Pick<Portal, 'secrets' | 'settings'>;

const tokens = ['Grant', 'AccessToken', 'RefreshToken', 'AuthorizationCode'] as const;

/**
 * @param keep the hashed id of the portal session that goes on, with the provider's session of the same browser; null: none does
 * @returns which applications are to be told, by `announceSignOut`, once the unit is done (SEC-12)
 */
export function* endSessions(portal: Needs, tx: Tx, accountId: string, keep: string | null): Script<SignedOut[]> {
  const sessions = yield* readOpenSessions(portal, tx, accountId);
  const kept = sessions.filter(({ portalSessions }) => portalSessions.some(({ id }) => id === keep));
  // Beside the one that asks, none of the portal's goes on, whatever it came from.
  for (const { portalSessions } of kept) for (const { id } of portalSessions) if (id !== keep) yield* deletePortalSession(tx, id);
  const going = grantsOf(kept);
  const goOn = new Set(kept.map(({ id }) => id));
  yield* endBrowsers(portal, tx, accountId, (id) => !goOn.has(id));
  return yield* end(
    tx,
    accountId,
    sessions.filter((session) => !kept.includes(session)),
    (grant) => grant === null || !going.has(grant),
  );
}

/**
 * As `endSessions`, asked by a browser on its way through the provider. Its session there goes on, bare: of the portal's sessions and of
 * what applications were given, nothing does, in this browser either.
 * @param keep as the id of `OpenSession`; null: none goes on
 */
export function* endSessionsBeside(portal: Needs, tx: Tx, accountId: string, keep: string | null): Script<SignedOut[]> {
  const sessions = yield* readOpenSessions(portal, tx, accountId);
  const kept = sessions.filter(({ id }) => id === keep);
  for (const { portalSessions } of kept) for (const { id } of portalSessions) yield* deletePortalSession(tx, id);
  yield* endBrowsers(portal, tx, accountId, (id) => id !== keep);
  const others = sessions.filter((session) => !kept.includes(session));
  const ended = yield* end(tx, accountId, others, () => true);
  return [...ended, ...kept.flatMap(({ applications }) => applications)];
}

/** @param id as in `OpenSession`. @returns as `endSessions`; null when the person has no such session */
export function* endSession(portal: Needs, tx: Tx, accountId: string, id: string): Script<SignedOut[] | null> {
  const sessions = yield* readOpenSessions(portal, tx, accountId);
  const ending = sessions.filter((session) => session.id === id);
  const noted = yield* endBrowsers(portal, tx, accountId, (browser) => browser === id);
  if (ending.length === 0) return noted ? [] : null;
  const over = grantsOf(ending);
  const going = grantsOf(sessions.filter((session) => session.id !== id));
  return yield* end(tx, accountId, ending, (grant) => grant !== null && over.has(grant) && !going.has(grant));
}

const grantsOf = (sessions: readonly OpenSession[]) => new Set(sessions.flatMap(({ grants }) => grants));

/**
 * A request to the provider that has read a session already must not write it back. Nor may one that is just giving it another id, and has
 * taken the record away for a moment: its browser is still noted.
 * @param ends which, by the uid of the provider's session, hashed. @returns whether there was any
 */
function* endBrowsers({ settings }: Needs, tx: Tx, accountId: string, ends: (id: string) => boolean): Script<boolean> {
  const ending = (yield* listSessionBrowsers(tx, accountId)).filter(({ id }) => ends(id));
  for (const { id, seenAt } of ending) {
    yield* insertEndedSession(tx, id, seenAt + settings.policy.session.overall);
    yield* deleteSessionBrowser(tx, id);
  }
  return ending.length > 0;
}

/** @param dies whether what came out of a grant goes with the sessions; null: of none */
function* end(tx: Tx, accountId: string, sessions: readonly OpenSession[], dies: (grant: string | null) => boolean): Script<SignedOut[]> {
  for (const { record, portalSessions } of sessions) {
    if (record) yield* deleteOidcRecord(tx, record.model, record.id);
    if (record?.uid && record.expiresAt !== null) yield* insertEndedSession(tx, record.uid, record.expiresAt);
    for (const row of portalSessions) yield* deletePortalSession(tx, row.id);
  }
  for (const row of yield* listOidcRecordsOfAccount(tx, accountId, tokens)) {
    if (dies(row.model === 'Grant' ? row.id : row.grantId)) yield* deleteOidcRecord(tx, row.model, row.id);
  }
  return sessions.flatMap(({ applications }) => applications);
}
