// The portal as a client of its own provider, through next-auth: sessions in our own table, endpoints named one by one.
import 'server-only';
import { createHash } from 'node:crypto';
import type { AuthOptions } from 'next-auth';
import NextAuth from 'next-auth';
import type { Adapter, AdapterUser } from 'next-auth/adapters';
import { type Account, findAccount } from '#lib/accounts/facts';
import { portalApplication, portalApplicationId } from '#lib/applications/facts';
import { seconds } from '#lib/duration';
import type { Portal } from '#lib/portal';
import { randomToken } from '#lib/secrets';
import { findPortalSession } from '#lib/sessions/facts';
import { dropPortalSession, startPortalSession } from '#lib/sessions/portal-session';
import { tellNextAuth } from '#lib/settings';
import { paths, problemPath } from './paths';
import { visitor } from './visitor';

const isSecure = ({ settings }: Portal) => settings.origin.startsWith('https:');

/** `__Host-`: of this host alone, over TLS alone. (SEC-59) */
export const sessionCookie = (portal: Portal) => `${isSecure(portal) ? '__Host-' : ''}portal-session`;
/** How it is set: for as long as the browser's window. */
export const sessionCookieOptions = (portal: Portal) => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(portal) }) as const;
const csrfCookie = (portal: Portal) => `${isSecure(portal) ? '__Host-' : ''}portal-csrf`;

/** What an ID token says of a sign-in. */
interface Proven {
  readonly sub: string;
  readonly sid?: string;
  readonly acr?: string;
  readonly amr?: readonly string[];
  readonly auth_time?: number;
}

/** @param cookie the session cookie's value that came with the request */
function optionsOf(portal: Portal, cookie: string | undefined): AuthOptions {
  const { settings, secrets } = portal;
  const { issuer, internalOrigin, policy } = settings;
  tellNextAuth(settings);
  const { secret = '' } = portalApplication(portal);
  const [ownSecret = ''] = secrets.derived('next-auth');
  const secure = isSecure(portal);
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
  const named = (name: string, more = {}) => ({ name: `${secure ? '__Host-' : ''}portal-${name}`, options: { ...options, ...more } });
  const shortly = { maxAge: policy.interaction / 1000 };
  // One of these per request: what callbacks.signIn learns is there when the session starts.
  let proven: { readonly claims: Proven; readonly idToken: string | null } | undefined;
  const adapter: Adapter = {
    ...accountsOf(portal),
    async createSession(session) {
      if (!proven) throw new Error('A session without a sign-in.');
      const { claims, idToken } = proven;
      const { userAgent, network } = await visitor();
      await startPortalSession(portal, {
        token: session.sessionToken,
        accountId: session.userId,
        sid: claims.sid ?? null,
        idToken,
        acr: claims.acr ?? null,
        amr: claims.amr ?? [],
        authenticatedAt: claims.auth_time === undefined ? portal.now() : seconds(claims.auth_time),
        userAgent,
        network,
      });
      return session;
    },
    async getSessionAndUser(sessionToken) {
      const session = await findPortalSession(portal, sessionToken);
      const account = session && (await findAccount(portal, session.accountId));
      if (!session || !account) return null;
      return { session: { sessionToken, userId: account.id, expires: new Date(session.expiresAt) }, user: userOf(account) };
    },
    // Its end is fixed when it starts, and seeing it is the guards' business.
    updateSession: async () => null,
    deleteSession: async (sessionToken) => dropPortalSession(portal, sessionToken),
  };
  return {
    adapter,
    secret: ownSecret,
    useSecureCookies: secure,
    session: {
      strategy: 'database',
      maxAge: policy.session.overall / 1000,
      updateAge: policy.session.overall / 1000,
      generateSessionToken: () => randomToken(256),
    },
    cookies: {
      sessionToken: named('session'),
      callbackUrl: named('return-to', shortly),
      csrfToken: named('csrf', shortly),
      pkceCodeVerifier: named('verifier', shortly),
      state: named('state', shortly),
      nonce: named('nonce', shortly),
    },
    pages: { signIn: paths.startSignIn, error: problemPath('expired') },
    logger: {
      error: (code, metadata) => portal.log.warn({ code, reason: reasonOf(metadata) }, 'A sign-in to the portal failed.'),
      warn() {},
      debug() {},
    },
    providers: [
      {
        id: portalApplicationId,
        name: settings.institute.name,
        type: 'oauth',
        issuer,
        jwks_endpoint: `${internalOrigin}/oidc/jwks`,
        token: `${internalOrigin}/oidc/token`,
        userinfo: `${internalOrigin}/oidc/me`,
        authorization: { url: `${issuer}/auth`, params: { scope: 'openid profile email' } },
        clientId: portalApplicationId,
        clientSecret: secret,
        idToken: true,
        checks: ['pkce', 'state', 'nonce'],
        httpOptions: { timeout: seconds(10) },
        profile: ({ sub, name, email }: { sub: string; name: string; email: string }) => ({ id: sub, name, email }),
      },
    ],
    callbacks: {
      async signIn({ account, profile }) {
        proven = { claims: profile as unknown as Proven, idToken: account?.id_token ?? null };
        // next-auth would keep a session of the same person, and with it an id that somebody else may have planted. (SEC-61)
        if (cookie) await dropPortalSession(portal, cookie);
        return true;
      },
      redirect: async ({ url }) => (url.startsWith(`${settings.origin}/`) ? url : settings.origin + paths.account),
      session: async ({ session }) => ({ expires: session.expires }),
    },
  };
}

/** The provider's accounts are the portal's: next-auth makes and links none. */
function accountsOf(portal: Portal) {
  const never = async () => {
    throw new Error('Accounts are made by the institute.');
  };
  const find = async (id: string) => {
    const account = await findAccount(portal, id);
    return account && userOf(account);
  };
  return {
    createUser: never,
    updateUser: never,
    linkAccount: never,
    getUser: find,
    getUserByEmail: async () => null,
    getUserByAccount: async ({ providerAccountId }: { providerAccountId: string }) => find(providerAccountId),
  };
}

const userOf = ({ id, address }: Account): AdapterUser => ({ id, email: address, emailVerified: null });

const reasonOf = (metadata: unknown): string => {
  const { error } = (metadata ?? {}) as { error?: unknown };
  const found = error ?? metadata;
  return found instanceof Error ? found.message : 'unknown';
};

const cookiesOf = (header: string | null) =>
  Object.fromEntries(
    (header ?? '').split(';').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]];
    }),
  ) as Record<string, string>;

/** The session cookie's value that came with a request. */
export const sessionTokenOf = (portal: Portal, request: Request): string | undefined =>
  cookiesOf(request.headers.get('cookie'))[sessionCookie(portal)];

/** next-auth's own endpoints, as a route handler. Its session cookie lives as long as the browser's window. */
export async function answerAuth(portal: Portal, request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const answer = (await NextAuth(request as never, context as never, optionsOf(portal, sessionTokenOf(portal, request)))) as Response;
  const headers = new Headers(answer.headers);
  headers.delete('set-cookie');
  for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', withoutExpiry(portal, cookie));
  headers.set('cache-control', 'no-store');
  return new Response(answer.body, { status: answer.status === 302 ? 303 : answer.status, headers });
}

const withoutExpiry = (portal: Portal, cookie: string) =>
  cookie.startsWith(`${sessionCookie(portal)}=`) && !/max-age=0\b/i.test(cookie) ? cookie.replace(/; (?:expires|max-age)=[^;]*/gi, '') : cookie;

/**
 * Starts a sign-in from a plain link, which next-auth itself only does from a form with its token. It starts, and finishes nothing:
 * state, nonce and PKCE verifier are in cookies of this browser. The form's token is made here (format of next-auth 4.24).
 * @param path of the portal, from lib/sessions/return-to
 * @param query goes to the provider: `max_age`, `prompt`, …
 */
export async function startSignIn(portal: Portal, path: string, query: Record<string, string> = {}): Promise<Response> {
  const options = optionsOf(portal, undefined);
  const token = randomToken(256);
  const cookie = `${token}|${createHash('sha256').update(`${token}${options.secret}`).digest('hex')}`;
  const headers = new Headers({ 'cache-control': 'no-store' });
  const answer = { status: 200, location: '' };
  const res = {
    status(code: number) {
      answer.status = code;
      return res;
    },
    getHeader: (name: string) => (name.toLowerCase() === 'set-cookie' ? headers.getSetCookie() : headers.get(name)),
    setHeader(name: string, value: string | string[]) {
      if (name.toLowerCase() === 'location') answer.location = String(value);
      headers.delete(name);
      for (const one of [value].flat()) headers.append(name, one);
      return res;
    },
    send: () => res,
    json: () => res,
    end: () => res,
  };
  const req = {
    method: 'POST',
    query: { nextauth: ['signin', portalApplicationId], ...query },
    cookies: { [csrfCookie(portal)]: cookie },
    headers: { host: new URL(portal.settings.origin).host },
    body: { csrfToken: token, callbackUrl: portal.settings.origin + path },
  };
  await NextAuth(req as never, res as never, options);
  // Refused on our own side, e.g. because the settings changed under way: a page says so.
  if (!answer.location.startsWith(`${portal.settings.issuer}/`)) headers.set('location', portal.settings.origin + problemPath('failed'));
  return new Response(null, { status: 303, headers });
}
