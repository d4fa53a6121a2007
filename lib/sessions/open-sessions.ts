// The sessions of a person, one for each browser: the provider's, with what came out of it and the portal's own.
import { listOidcRecordsOfAccount, type OidcRecordRow } from '#db/oidc-records';
import { listPortalSessions, type PortalSessionRow } from '#db/portal-sessions';
import { listSessionBrowsers, type SessionBrowserRow } from '#db/session-browsers';
import type { Script, Tx } from '#db/unit';
import { seconds } from '../duration.ts';
import { browserOf } from '../mail/browser.ts';
import { openRecord } from '../oidc/adapter.ts';
import type { SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { digest } from '../secrets.ts';
import type { Member } from '../visitor.ts';

export interface OpenSession {
  /** The uid of the provider's session, hashed; the id of the portal's, where it outlives the provider's. */
  readonly id: string;
  readonly record: OidcRecordRow | null;
  readonly browser: SessionBrowserRow | null;
  readonly portalSessions: readonly PortalSessionRow[];
  /** Hashed ids. */
  readonly grants: readonly string[];
  readonly applications: readonly SignedOut[];
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly seenAt: number;
}

/** All that are stored, past their time or not. */
export function* readOpenSessions(portal: Pick<Portal, 'secrets'>, tx: Tx, accountId: string): Script<OpenSession[]> {
  const browsers = new Map((yield* listSessionBrowsers(tx, accountId)).map((row) => [row.id, row]));
  const alone = new Set(yield* listPortalSessions(tx, accountId));
  const sessions: OpenSession[] = [];
  for (const record of yield* listOidcRecordsOfAccount(tx, accountId, ['Session'])) {
    const { authorizations = {}, loginTs = 0 } = openRecord(portal, record);
    const sids = new Set(Object.values(authorizations).map(({ sid }) => sid));
    const portalSessions = [...alone].filter(({ sid }) => sid !== null && sids.has(sid));
    for (const row of portalSessions) alone.delete(row);
    const id = record.uid ?? record.id;
    const browser = browsers.get(id) ?? null;
    const startedAt = seconds(loginTs);
    sessions.push({
      id,
      record,
      browser,
      portalSessions,
      grants: Object.values(authorizations).flatMap(({ grantId }) => (grantId ? [digest(grantId)] : [])),
      applications: Object.entries(authorizations).map(([applicationId, { sid }]) => ({ applicationId, accountId, sid: sid ?? null })),
      startedAt,
      seenAt: Math.max(browser?.seenAt ?? startedAt, ...portalSessions.map(({ seenAt }) => seenAt)),
    });
  }
  for (const row of alone) {
    const { id, authenticatedAt: startedAt, seenAt } = row;
    sessions.push({ id, record: null, browser: null, portalSessions: [row], grants: [], applications: [], startedAt, seenAt });
  }
  return sessions;
}

/** A browser signed in, as its owner sees it. */
export interface SignedInBrowser {
  readonly id: string;
  /** Null when it can't be told. */
  readonly browser: { readonly browser: string; readonly system: string } | null;
  /** Truncated; null when it can't be told. */
  readonly network: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly seenAt: number;
  /** The one that asks. */
  readonly current: boolean;
}

/** Those that live; the one that asks first, then by last use. */
export const listSignedInBrowsers = (portal: Portal, member: Member): Promise<SignedInBrowser[]> => listBrowsersOf(portal, member.accountId, member);

/** As `listSignedInBrowsers`, for the console. @param member null: none of them asks */
export async function listBrowsersOf(portal: Portal, accountId: string, member: Member | null): Promise<SignedInBrowser[]> {
  const at = portal.now();
  const unseen = at - portal.settings.policy.session.idle;
  const lives = ({ record, portalSessions }: OpenSession) =>
    (record !== null && (record.expiresAt ?? 0) > at) || portalSessions.some((row) => row.expiresAt > at && row.seenAt > unseen);
  const sessions = await portal.store.read((tx) => readOpenSessions(portal, tx, accountId));
  return sessions
    .filter(lives)
    .map(({ id, browser, portalSessions, startedAt, seenAt }) => {
      const current = member !== null && portalSessions.some((row) => row.id === member.sessionId);
      // The portal's own session may outlive the provider's, and what was noted with it.
      const { userAgent, network } = current ? member.visitor : (browser ?? portalSessions[0] ?? { userAgent: null, network: null });
      return { id, browser: browserOf(userAgent), network, startedAt, seenAt, current };
    })
    .sort((a, b) => Number(b.current) - Number(a.current) || b.seenAt - a.seenAt);
}
