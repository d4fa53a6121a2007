// What happens to a browser's session at the portal: it starts at the end of a sign-in, is seen, and ends.

import { insertLogoutToken } from '#db/logout-tokens';
import {
  deletePortalSession,
  deletePortalSessionsOfAccount,
  deletePortalSessionsOfSid,
  insertPortalSession,
  listPortalSessions,
  setPortalSessionSeen,
} from '#db/portal-sessions';
import { recordEvent } from '../audit/record-event.ts';
import { minutes } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { digest } from '../secrets.ts';
import { acrValues, recoveryCodeAmr } from '../sign-in/assurance.ts';
import type { Visitor } from '../visitor.ts';
import type { PortalSession } from './facts.ts';

/** Live sessions of one person at most; the oldest ends (SEC-72). */
const atMost = 10;
/** How exactly idleness is measured: each request would be a write otherwise. */
const seenEvery = minutes(1);

const sealOf = (id: string) => `portal_sessions:${id}`;

export interface NewPortalSession {
  /** The cookie's value: 256 random bits. Only its hash is kept (SEC-60). */
  readonly token: string;
  readonly accountId: string;
  /** `sid` of the provider's session, which back-channel logout names. */
  readonly sid: string | null;
  readonly idToken: string | null;
  readonly acr: string | null;
  /** As the ID token says. */
  readonly amr: readonly string[];
  /** Epoch milliseconds. */
  readonly authenticatedAt: number;
  readonly userAgent: string | null;
  /** Truncated. */
  readonly network: string | null;
}

export async function startPortalSession({ store, secrets, settings, now }: Portal, session: NewPortalSession): Promise<void> {
  const { token, accountId, sid, idToken, acr, amr, authenticatedAt, userAgent, network } = session;
  const id = digest(token);
  const at = now();
  const row = {
    id,
    accountId,
    sid,
    idToken: idToken === null ? null : secrets.seal(sealOf(id), idToken),
    acr,
    authenticatedAt,
    createdAt: at,
    seenAt: at,
    // Signing in with two factors proves one of them.
    provenAt: acr === acrValues[1] ? authenticatedAt : null,
    provenBy: acr !== acrValues[1] ? null : amr.includes(recoveryCodeAmr) ? ('recovery-code' as const) : ('factor' as const),
    // Counted from the person's proofs, not from the portal's own start: the provider's session ends then as well.
    expiresAt: authenticatedAt + settings.policy.session.overall,
    userAgent,
    network,
  };
  await store.unit(accountId, function* (tx) {
    yield* insertPortalSession(tx, row);
    const sessions = yield* listPortalSessions(tx, accountId);
    for (const old of sessions.slice(atMost)) yield* deletePortalSession(tx, old.id);
  });
}

/**
 * Keeps a session from idling. One that was left alone for as long as the console allows is not proven for it any more, whatever page of
 * the portal it comes back with (SEC-78).
 */
export async function seePortalSession({ store, settings, now }: Pick<Portal, 'store' | 'settings' | 'now'>, session: PortalSession): Promise<void> {
  const at = now();
  const away = at - session.seenAt;
  if (away >= seenEvery) await store.unit(session.accountId, (tx) => setPortalSessionSeen(tx, session.id, at, away >= settings.policy.helpdesk.idle));
}

/**
 * A factor was proven in this session: it goes on under another id, and whoever had copied the old one is out (SEC-61).
 * @param id of the session, hashed. @param token the cookie's new value. @returns whether the session was still there
 */
export async function provePortalSession(
  { store, secrets, now }: Portal,
  accountId: string,
  id: string,
  token: string,
  provenBy: NonNullable<PortalSession['provenBy']>,
): Promise<boolean> {
  const renewed = digest(token);
  return store.unit(accountId, function* (tx) {
    const row = yield* deletePortalSession(tx, id);
    if (row?.accountId !== accountId) return false;
    const idToken = row.idToken === null ? null : secrets.seal(sealOf(renewed), secrets.open(sealOf(id), row.idToken));
    yield* insertPortalSession(tx, { ...row, id: renewed, idToken, seenAt: now(), provenAt: now(), provenBy });
    return true;
  });
}

/** Drops a session without a word: another one takes its place (SEC-61). */
export async function dropPortalSession({ store }: Pick<Portal, 'store'>, token: string): Promise<void> {
  await store.unit(digest(token), (tx) => deletePortalSession(tx, digest(token)));
}

/** The person signs out in this browser. @returns the ID token that ends the provider's session; null when there is nothing to end */
export async function endPortalSession({ store, secrets, now }: Portal, visitor: Visitor, token: string): Promise<string | null> {
  const id = digest(token);
  const row = await store.unit(id, function* (tx) {
    const ended = yield* deletePortalSession(tx, id);
    if (ended) yield* recordEvent(tx, now(), visitor, { type: 'signed-out', accountId: ended.accountId });
    return ended;
  });
  return row?.idToken ? secrets.open(sealOf(id), row.idToken).toString() : null;
}

export interface LogoutNotice {
  readonly jti: string;
  /** Epoch milliseconds until which the token could be sent again. */
  readonly expiresAt: number;
  readonly sid: string | null;
  readonly accountId: string | null;
}

/** Honours a logout token, once. @param notice of a token whose signature and claims are verified. @returns false for one seen before */
export async function honourLogout({ store, now }: Portal, { jti, expiresAt, sid, accountId }: LogoutNotice): Promise<boolean> {
  return store.unit(accountId ?? sid ?? jti, function* (tx) {
    if (!(yield* insertLogoutToken(tx, { jti, expiresAt: Math.max(expiresAt, now()) }))) return false;
    if (sid !== null) yield* deletePortalSessionsOfSid(tx, sid);
    else if (accountId !== null) yield* deletePortalSessionsOfAccount(tx, accountId);
    return true;
  });
}
