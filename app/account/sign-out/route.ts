// Signs out of the portal and of the provider, and tells the applications: the button was the question, so nothing is asked again.
import { paths } from '#app/paths';
import { portal } from '#app/portal';
import { sessionCookie, sessionTokenOf } from '#app/portal-client';
import { visitor } from '#app/visitor';
import { endProviderSession } from '#lib/oidc/bridge';
import { originRefusal } from '#lib/sessions/origin';
import { endPortalSession } from '#lib/sessions/portal-session';

export const dynamic = 'force-dynamic';

export async function POST(request: Request): Promise<Response> {
  const running = await portal();
  const { origin } = running.settings;
  if (originRefusal(request, origin)) return new Response(null, { status: 403 });
  const token = sessionTokenOf(running, request);
  const hint = token ? await endPortalSession(running, await visitor(), token) : null;
  const ended = hint ? await endProviderSession(running, request.headers.get('cookie') ?? '', hint) : null;
  const headers = new Headers({ 'cache-control': 'no-store', 'clear-site-data': '"cache", "storage"' });
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  headers.append('set-cookie', `${sessionCookie(running)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`);
  for (const cookie of ended?.cookies ?? []) headers.append('set-cookie', cookie);
  // Without a hint that the provider takes, it asks the person itself.
  headers.set('location', ended?.location ?? (token ? `${origin}/oidc/session/end` : origin + paths.signedOut));
  return new Response(null, { status: 303, headers });
}
