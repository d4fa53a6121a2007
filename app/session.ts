// Who is asking, of those signed in to the portal? Every page and action of the account asks here, and nowhere else (SEC-98).
import 'server-only';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { refuseAgent } from '#lib/helpdesk/refuse-agent';
import { type HelpdeskAction, mayDo } from '#lib/helpdesk/rules';
import type { Portal } from '#lib/portal';
import { isRoleUnknown, roleOf } from '#lib/roles/facts';
import { randomToken } from '#lib/secrets';
import { findPortalSession, portalSessionState, type SessionState } from '#lib/sessions/facts';
import { provePortalSession, seePortalSession } from '#lib/sessions/portal-session';
import { returnTo as pathOf } from '#lib/sessions/return-to';
import { type Agent, type Member, mint, type RecentlyProven } from '#lib/visitor';
import { confirmPath, paths, problemPath } from './paths';
import { portal } from './portal';
import { sessionCookie, sessionCookieOptions } from './portal-client';
import { visitor } from './visitor';

/** @returns the person signed in to the portal in this browser; null when nobody is */
export async function currentMember(): Promise<Member | null> {
  const running = await portal();
  const token = (await cookies()).get(sessionCookie(running))?.value;
  const session = token ? await findPortalSession(running, token) : null;
  if (!session) return null;
  await seePortalSession(running, session);
  return mint<Member>({ accountId: session.accountId, sessionId: session.id, visitor: await visitor() });
}

/** How long this browser's session goes on, or why it ended; null when it never had one. Asking does not keep it from idling. */
export async function sessionState(): Promise<SessionState | null> {
  const running = await portal();
  const token = (await cookies()).get(sessionCookie(running))?.value;
  return token ? portalSessionState(running, token) : null;
}

/**
 * @param returnTo the path to come back to after signing in; of an action, by default, the page that it was sent from
 * @returns never without a member: whose session has ended is told so first
 */
export async function requireMember(returnTo?: string): Promise<Member> {
  const member = await currentMember();
  if (member) return member;
  const running = await portal();
  const query = new URLSearchParams({ returnTo: returnTo ?? (await pageSentFrom(running)) });
  redirect(`${(await cookies()).has(sessionCookie(running)) ? paths.sessionEnded : paths.startSignIn}?${query}`);
}

/** Our own pages alone send it to us (Referrer-Policy); whatever else it is leads home. */
async function pageSentFrom({ settings }: Portal): Promise<string> {
  const referrer = (await headers()).get('referer') ?? '';
  if (!referrer.startsWith(`${settings.origin}/`)) return paths.account;
  return pathOf(referrer.slice(settings.origin.length), settings.origin);
}

/**
 * The guard of what changes a credential: a member with a factor proven less than `policy.recentProof` ago, or null (SEC-36).
 * For actions, which must not lose what was typed; pages use `requireRecentProof`.
 */
export async function recentProof(): Promise<RecentlyProven | null> {
  const running = await portal();
  const token = (await cookies()).get(sessionCookie(running))?.value;
  const session = token ? await findPortalSession(running, token) : null;
  if (!session || session.provenAt === null || running.now() - session.provenAt >= running.settings.policy.recentProof) return null;
  await seePortalSession(running, session);
  return mint<RecentlyProven>({ accountId: session.accountId, sessionId: session.id, provenAt: session.provenAt, visitor: await visitor() });
}

/** @param returnTo the page that asks: the person comes back to it after the proof */
export async function requireRecentProof(returnTo: string): Promise<RecentlyProven> {
  await requireMember(returnTo);
  return (await recentProof()) ?? redirect(confirmPath(returnTo));
}

/**
 * For pages whose form is long to fill in and which show no secret. While a form that was sent without script is being answered, a stale
 * proof is the form's own affair: it asks for a code beside what was typed. The act is what keeps anybody out (SEC-36).
 */
export async function requireProofBeforeForm(returnTo: string): Promise<Member> {
  const member = await requireMember(returnTo);
  const answering = (await headers()).get('content-type')?.startsWith('multipart/form-data') ?? false;
  return answering ? member : requireRecentProof(returnTo);
}

/**
 * The member has just proven a factor: so says the session from now on, under another id (SEC-61). In a server action only, and after
 * the act that looked at the proof. @returns null when the session ended meanwhile
 */
export async function rememberProof(member: Member, provenBy: 'factor' | 'recovery-code'): Promise<RecentlyProven | null> {
  const running = await portal();
  const token = randomToken(256);
  if (!(await provePortalSession(running, member.accountId, member.sessionId, token, provenBy))) return null;
  (await cookies()).set(sessionCookie(running), token, sessionCookieOptions(running));
  return recentProof();
}

/** Somebody with a role, whose proof may be too old for the console. */
export interface Colleague {
  readonly member: Member;
  /** Null: the console asks for a factor first. */
  readonly agent: Agent | null;
}

/**
 * The guard of the console's actions: a member whose role allows this now (SEC-75). Whoever has no such role is told that there is no such
 * page, and it is written down. The proof is an authenticator's, not a recovery code's, and has not been left lying about (SEC-78).
 * @param returnTo as in `requireMember`
 */
export async function requireColleague(action: HelpdeskAction, returnTo?: string): Promise<Colleague> {
  const running = await portal();
  const { helpdesk } = running.settings.policy;
  const token = (await cookies()).get(sessionCookie(running))?.value;
  // As it was before this request: asking must not keep it from idling.
  const session = token ? await findPortalSession(running, token) : null;
  const member = await requireMember(returnTo);
  const role = await roleOf(running, member.accountId);
  if (!role || !mayDo(role, action)) {
    await refuseAgent(running, member, action);
    notFound();
  }
  const now = running.now();
  const proven = session?.provenBy === 'factor' && session.provenAt !== null && now - session.provenAt < helpdesk.proof;
  const awake = session !== null && now - session.seenAt < helpdesk.idle;
  const { accountId: agentId, sessionId, visitor } = member;
  return { member, agent: proven && awake ? mint<Agent>({ agentId, role, sessionId, visitor }) : null };
}

/**
 * The guard of the console's pages. While the directory that gives the role does not answer, a page says so.
 * @param returnTo the page that asks: the agent comes back to it after the proof
 */
export async function requireAgent(action: HelpdeskAction, returnTo: string): Promise<Agent> {
  let colleague: Colleague;
  try {
    colleague = await requireColleague(action, returnTo);
  } catch (error) {
    if (isRoleUnknown(error)) redirect(problemPath('role-unknown'));
    throw error;
  }
  return colleague.agent ?? redirect(confirmPath(returnTo));
}

/** Who works in a form of the console. */
export interface AgentAtForm {
  readonly agent: Agent;
  /** The proof is too old: the form alone is shown, with its question, and nothing of anybody (SEC-78). The act is what keeps anybody out. */
  readonly stale: boolean;
}

/**
 * For pages of the console with a form to fill in. As `requireAgent`; but while a form that was sent without script is being answered, a
 * stale proof is the form's own affair, and nothing typed is lost.
 */
export async function requireAgentBeforeForm(action: HelpdeskAction, returnTo: string): Promise<AgentAtForm> {
  const answering = (await headers()).get('content-type')?.startsWith('multipart/form-data') ?? false;
  if (!answering) return { agent: await requireAgent(action, returnTo), stale: false };
  const running = await portal();
  const { member, agent } = await requireColleague(action, returnTo);
  if (agent) return { agent, stale: false };
  const { accountId: agentId, sessionId, visitor } = member;
  const role = (await roleOf(running, agentId)) ?? notFound();
  return { agent: mint<Agent>({ agentId, role, sessionId, visitor }), stale: true };
}

/**
 * For a colleague whose proof was too old and who has just given another one, in a server action.
 * @returns null when the session ended meanwhile, or the proof is not enough for the console
 */
export async function rememberAgentProof(action: HelpdeskAction, member: Member, provenBy: 'factor' | 'recovery-code'): Promise<Agent | null> {
  return (await rememberProof(member, provenBy)) && (await requireColleague(action)).agent;
}
