// Who is asking, of those signed in to the portal? Every page and action of the account asks here, and nowhere else (SEC-98).
import 'server-only';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { findPortalSession } from '#lib/sessions/facts';
import { seePortalSession } from '#lib/sessions/portal-session';
import { type Member, mint } from '#lib/visitor';
import { paths } from './paths';
import { portal } from './portal';
import { sessionCookie } from './portal-client';
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

/** @param returnTo the path to come back to after signing in; never returns without a member */
export async function requireMember(returnTo: string = paths.account): Promise<Member> {
  const member = await currentMember();
  if (!member) redirect(`${paths.startSignIn}?${new URLSearchParams({ returnTo })}`);
  return member;
}
