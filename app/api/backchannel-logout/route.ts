// Where the provider tells the portal, as it tells any application, that a person has signed out.
import { portal } from '#app/portal';
import { readLogoutToken } from '#lib/oidc/logout-token';
import { textUpTo } from '#lib/oidc/request-body';
import { honourLogout } from '#lib/sessions/portal-session';

export const dynamic = 'force-dynamic';

const longest = 8 * 1024;

/** Statuses and headers of OpenID Connect Back-Channel Logout, section 2.8. */
export async function POST(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store' };
  const refuse = (why: string) => Response.json({ error: 'invalid_request', error_description: why }, { status: 400, headers });
  const body = await textUpTo(request, longest);
  if (body === null) return refuse('too long');
  const [token, ...more] = new URLSearchParams(body).getAll('logout_token');
  if (!token || more.length) return refuse('one logout_token expected');
  const running = await portal();
  const notice = await readLogoutToken(running, token);
  if (!notice) return refuse('not a logout token of this issuer for this application');
  return (await honourLogout(running, notice)) ? new Response(null, { status: 200, headers }) : refuse('already used');
}
