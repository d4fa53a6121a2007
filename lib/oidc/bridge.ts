// Web Request → oidc-provider → Web Response (docs/decisions/0004). Scheme and host come from the settings, never from the wire.
import { toFetchResponse, toReqRes } from 'fetch-to-node';
import type { Portal } from '../portal.ts';
import { type ShownPage, shownPage } from './hardening.ts';
import { providerOf } from './provider.ts';
import { textUpTo } from './request-body.ts';
import { markOrigin } from './session-browser.ts';

/** Fetches a page of the product; from this process itself outside tests. @param path with its query */
export type FetchPage = (path: string, headers: Record<string, string>) => Promise<Response>;

const longestBody = 64 * 1024;

/** @param path below the issuer, with a leading slash and no query */
export async function providerFetch(portal: Portal, request: Request, path: string, fetchPage: FetchPage = pagesOf(portal)): Promise<Response> {
  // A server action's redirect makes Next fetch the target itself before the browser does. These endpoints have effects: refuse, and
  // Next falls back to a plain navigation.
  if (request.headers.get('rsc')) return new Response(null, { status: 204 });
  if (Number(request.headers.get('content-length') ?? 0) > longestBody) return new Response(null, { status: 413 });
  const { search } = new URL(request.url);
  const form = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.exec(request.headers.get('content-type') ?? '')?.[0].toLowerCase();
  // Our own pages stand in for the provider's at its addresses, so their forms (the choice of language) come back here.
  if (request.method === 'POST' && form === 'multipart/form-data') return answerOwnForm(portal, request);
  // Both must be accepted by POST too (OpenID Connect Core, section 3.1.2.1; RP-Initiated Logout, section 2). As GET, because cookies of
  // SameSite=Lax don't come along with a cross-site POST.
  if (request.method === 'POST' && form && (path === '/auth' || path === '/session/end')) {
    const sent = await textUpTo(request, longestBody);
    if (sent === null) return new Response(null, { status: 413 });
    // Written anew: what was sent may hold what no header can.
    const query = new URLSearchParams(sent);
    return new Response(null, { status: 303, headers: { location: `${portal.settings.issuer}${path}?${query}`, 'cache-control': 'no-store' } });
  }
  const first = await dispatch(portal, request, `${path}${search}`);
  if (first.shown?.shown.page !== 'sign-out-now') return first.shown ? pageOf(portal, request, first, fetchPage) : first.response;
  return continueSignOut(portal, request, first.response, first.shown.shown.xsrf, fetchPage);
}

interface Dispatched {
  readonly response: Response;
  readonly shown: ShownPage | null;
}

async function dispatch(portal: Portal, request: Request, url: string): Promise<Dispatched> {
  const { handler } = await providerOf(portal);
  const issuer = new URL(portal.settings.issuer);
  const { req, res } = toReqRes(request);
  // fetch-to-node's socket is null; Koa reads these two.
  Object.defineProperty(req, 'socket', { value: { encrypted: issuer.protocol === 'https:', remoteAddress: '127.0.0.1', writable: true } });
  // As a mounted application sees it: oidc-provider finds its prefix in the difference.
  Object.assign(req, { originalUrl: `${issuer.pathname}${url}`, url });
  req.headers.host = issuer.host;
  markOrigin(req, request, portal);
  for (const name of ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-for', 'forwarded']) delete req.headers[name];
  // Made in this process, a request has a body without saying how long it is, and Koa would see none.
  if (request.body && !req.headers['content-length']) req.headers['transfer-encoding'] = 'chunked';
  const response = toFetchResponse(res);
  await handler(req, res);
  return { response: await response, shown: shownPage(req) };
}

/** The posting that oidc-provider would have had a script make, made here: no page, and no script needed. */
async function continueSignOut(portal: Portal, request: Request, before: Response, xsrf: string, fetchPage: FetchPage): Promise<Response> {
  const set = before.headers.getSetCookie();
  const next = new Request(`${portal.settings.issuer}/session/end/confirm`, {
    method: 'POST',
    headers: {
      cookie: cookiesAfter(request.headers.get('cookie') ?? '', set),
      'content-type': 'application/x-www-form-urlencoded',
      accept: request.headers.get('accept') ?? 'text/html',
      'accept-language': request.headers.get('accept-language') ?? '',
    },
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
  });
  const answer = await providerFetch(portal, next, '/session/end/confirm', fetchPage);
  const headers = new Headers(answer.headers);
  const replaced = new Set(answer.headers.getSetCookie().map(nameOf));
  for (const cookie of set) if (!replaced.has(nameOf(cookie))) headers.append('set-cookie', cookie);
  return new Response(answer.body, { status: answer.status, headers });
}

/**
 * Ends the provider's session of a browser whose person has just said so on a page of ours, and tells the applications.
 * @param hint an ID token of this sign-in
 * @returns where the browser goes next, with the cookies to clear; null when the provider took no notice
 */
export async function endProviderSession(portal: Portal, cookie: string, hint: string): Promise<{ location: string; cookies: string[] } | null> {
  const { settings } = portal;
  const query = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: `${settings.origin}/signed-out` });
  const asked = new Request(`${settings.issuer}/session/end?${query}`, { headers: { cookie, accept: 'text/html' } });
  const { response, shown } = await dispatch(portal, asked, `/session/end?${query}`);
  if (shown?.shown.page !== 'sign-out' && shown?.shown.page !== 'sign-out-now') return null;
  const done = await continueSignOut(portal, asked, response, shown.shown.xsrf, pagesOf(portal));
  const location = done.headers.get('location');
  return location ? { location, cookies: done.headers.getSetCookie() } : null;
}

async function pageOf(portal: Portal, request: Request, { response, shown }: Dispatched, fetchPage: FetchPage): Promise<Response> {
  if (!shown) return response;
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  headers.set('content-type', 'text/html; charset=utf-8');
  headers.set('cache-control', 'no-store');
  try {
    const page = await fetchPage(pathOf(shown), {
      cookie: request.headers.get('cookie') ?? '',
      'accept-language': [shown.uiLocales?.split(' ').join(', '), request.headers.get('accept-language')].filter(Boolean).join(', '),
      ...(shown.shown.page === 'sign-out' && { [xsrfHeader]: shown.shown.xsrf }),
    });
    if (!page.ok) throw new Error(`The page answered ${page.status}.`);
    for (const name of ['content-security-policy', 'referrer-policy', 'permissions-policy', 'cross-origin-resource-policy']) {
      const value = page.headers.get(name);
      if (value) headers.set(name, value);
    }
    return new Response(withoutScripts(await page.text()), { status: response.status, headers });
  } catch (error) {
    portal.log.error({ err: error }, 'A page of the provider could not be made.');
    return new Response(plainPage(portal), { status: response.status, headers });
  }
}

/** Carries the one-time value of the sign-out question from the provider to our page, never through a URL. */
export const xsrfHeader = 'x-provider-xsrf';

const pathOf = ({ shown, applicationId }: ShownPage) => {
  const query = new URLSearchParams({
    ...(applicationId && { application: applicationId }),
    ...(shown.page === 'problem' && shown.reference && { reference: shown.reference }),
  });
  return `${shown.page === 'problem' ? `/problem/${shown.code}` : '/sign-out'}${query.size ? `?${query}` : ''}`;
};

/** Such a page lives at an address that is not its own: the router's script would be lost there, and nothing in it needs one. */
const withoutScripts = (html: string) => html.replace(/<script\b[^>]*>[\s\S]*?<\/script>/gi, '').replace(/<link\b[^>]*\bas="script"[^>]*>/gi, '');

/** When even our own page can't be had. */
const plainPage = ({ settings }: Portal) =>
  `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Mon compte</title><p>Cette page ne peut pas être affichée maintenant. Réessayez dans quelques minutes, ou appelez l’assistance : ${escaped(settings.helpdesk.phone)}.</p><p lang="en">This page can’t be shown now. Try again in a few minutes, or call the helpdesk.</p></html>`;

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const pagesOf =
  ({ settings }: Portal): FetchPage =>
  (path, headers) =>
    fetch(`${settings.internalOrigin}${path}`, { headers: { ...headers, accept: 'text/html' }, redirect: 'manual', cache: 'no-store' });

/** Lets Next run the form's action on a page of its own, then shows this address again with the cookies that it set. */
async function answerOwnForm({ settings }: Portal, request: Request): Promise<Response> {
  const forwarded: Record<string, string> = {};
  for (const name of ['content-type', 'cookie', 'origin', 'sec-fetch-site', 'accept-language']) {
    const value = request.headers.get(name);
    if (value) forwarded[name] = value;
  }
  const body = await textUpTo(request, longestBody);
  if (body === null) return new Response(null, { status: 413 });
  const answer = await fetch(`${settings.internalOrigin}/problem/failed`, {
    method: 'POST',
    // Next compares the Origin with this.
    headers: { ...forwarded, 'x-forwarded-host': new URL(settings.origin).host },
    body,
    redirect: 'manual',
    cache: 'no-store',
  });
  const { pathname, search } = new URL(request.url);
  const headers = new Headers({ location: `${settings.origin}${pathname}${search}`, 'cache-control': 'no-store' });
  for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

const nameOf = (cookie: string) => cookie.slice(0, cookie.indexOf('=')).trim();

/** @returns the Cookie header that a browser would send next */
function cookiesAfter(sent: string, set: readonly string[]): string {
  const jar = new Map(
    sent
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.includes('='))
      .map((pair) => [nameOf(pair), pair] as const),
  );
  for (const cookie of set) {
    const [pair = ''] = cookie.split(';');
    if (/expires=Thu, 01 Jan 1970/i.test(cookie)) jar.delete(nameOf(pair));
    else jar.set(nameOf(pair), pair);
  }
  return [...jar.values()].join('; ');
}
