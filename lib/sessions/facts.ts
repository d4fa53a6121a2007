// What is known of browsers signed in to the portal itself.
import { findAccountRow } from '#db/accounts';
import { findLivePortalSession, type PortalSessionRow } from '#db/portal-sessions';
import type { Portal } from '../portal.ts';
import { digest } from '../secrets.ts';
import { endOf, type SessionEnding } from './rules.ts';

export interface PortalSession {
  /** Hashed; not the cookie's value. */
  readonly id: string;
  readonly accountId: string;
  readonly acr: string | null;
  /** Epoch milliseconds of the last full sign-in. */
  readonly authenticatedAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
  /** When a factor was last proven in this session; null when none was. */
  readonly provenAt: number | null;
  readonly provenBy: PortalSessionRow['provenBy'];
}

/**
 * @param token the cookie's value
 * @returns the session, while it is neither idle nor too old and its account is active; null for everything else (SEC-60, SEC-62)
 */
export async function findPortalSession(
  { store, settings, now }: Pick<Portal, 'store' | 'settings' | 'now'>,
  token: string,
): Promise<PortalSession | null> {
  const at = now();
  return store.read(function* (tx) {
    const row = yield* findLivePortalSession(tx, digest(token), at, at - settings.policy.session.idle);
    if (!row) return null;
    const account = yield* findAccountRow(tx, row.accountId);
    return account?.status === 'active' ? sessionOf(row) : null;
  });
}

export type SessionState =
  /** `left`: milliseconds until it ends, if nobody uses it meanwhile. */
  { readonly live: PortalSession; readonly left: number; readonly why: 'idle' | 'overall' } | { readonly live: null; readonly why: SessionEnding };

/** Whether a session lives and for how long, or why it has ended. Asking does not keep it from idling. @param token the cookie's value */
export async function portalSessionState(portal: Pick<Portal, 'store' | 'settings' | 'now'>, token: string): Promise<SessionState> {
  const { store, settings, now } = portal;
  const live = await findPortalSession(portal, token);
  if (live) {
    const end = endOf(live, settings.policy.session.idle);
    return { live, left: end.at - now(), why: end.why };
  }
  const row = await store.read((tx) => findLivePortalSession(tx, digest(token), 0, 0));
  const end = row && endOf(row, settings.policy.session.idle);
  // One that has not come to its end by itself is of an account that may not be used any more.
  return { live: null, why: end && end.at <= now() ? end.why : 'other' };
}

const sessionOf = ({ id, accountId, acr, authenticatedAt, seenAt, expiresAt, provenAt, provenBy }: PortalSessionRow): PortalSession => ({
  id,
  accountId,
  acr,
  authenticatedAt,
  seenAt,
  expiresAt,
  provenAt,
  provenBy,
});
