// What oidc-provider leaves to whoever embeds it: pages, cookie scopes, metadata that tells the truth, and families of tokens that die whole.
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { deleteOidcRecordsOfGrant } from '#db/oidc-records';
import type { Portal } from '../portal.ts';
import { digest, randomToken } from '../secrets.ts';
import type { ProviderProblem } from './provider.ts';

/** A page of the product that stands in for one of oidc-provider's. */
export type Shown =
  /** `reference` finds the cause in the log. */
  | { readonly page: 'problem'; readonly code: ProviderProblem; readonly reference: string | null }
  /** Asks whether to sign out; `xsrf` makes the answer count once, for this session. */
  | { readonly page: 'sign-out'; readonly xsrf: string }
  /** Nothing to ask: oidc-provider would let the browser post this by itself. */
  | { readonly page: 'sign-out-now'; readonly xsrf: string };

export interface ShownPage {
  readonly shown: Shown;
  /** `client_id` of a registered application, when the request named one. */
  readonly applicationId: string | null;
  readonly uiLocales: string | null;
}

/** Of the process, not of this module: a bundle of Next's may have built the provider that another one asks. */
const key: unique symbol = Symbol.for('account-portal.shown-page');
type Marked = { [key]?: ShownPage };

/** The same for the page and for the log, and nothing else. */
export const referenceOf = (ctx: { state: Record<string, unknown> }): string => {
  ctx.state.reference ??= randomToken(48);
  return String(ctx.state.reference);
};

/** Leaves the page to bridge.ts. @param applicationId of the application that it leads back to, where the request itself names none */
export function show(ctx: KoaContextWithOIDC, shown: Shown, applicationId: string | null = null): void {
  const locales = ctx.oidc?.params?.ui_locales ?? ctx.query.ui_locales;
  (ctx.req as Marked)[key] = {
    shown,
    applicationId: ctx.oidc?.client?.clientId ?? applicationId,
    uiLocales: typeof locales === 'string' && /^[a-zA-Z0-9 -]{1,100}$/.test(locales) ? locales : null,
  };
  ctx.type = 'html';
  ctx.body = '';
}

export const shownPage = (req: object): ShownPage | null => (req as Marked)[key] ?? null;

/** Wraps every request to the provider. */
export function hardened(provider: Provider, portal: Portal): void {
  const { store, log } = portal;
  provider.use(async (context, next) => {
    const ctx = context as KoaContextWithOIDC;
    await next();
    const { oidc } = ctx;
    const route = oidc?.route;
    if (route === 'discovery' && isObject(ctx.body)) {
      // The library states all three; every application is registered for `query` alone (SEC-83).
      ctx.body.response_modes_supported = ['query'];
      ctx.body.request_parameter_supported = false;
      delete ctx.body.token_endpoint_auth_signing_alg_values_supported;
    }
    if (route === 'token' && ctx.status === 400) await revokeStolenCode(ctx);
    if (route === 'end_session_confirm' && ctx.status === 303 && oidc?.params?.logout) await revokeGrants(ctx);
    if ((route === 'end_session' || route === 'resume') && ctx.status === 200 && !shownPage(ctx.req) && oidc?.session?.state?.secret) {
      show(ctx, { page: 'sign-out-now', xsrf: String(oidc.session.state.secret) });
    }
    if (ctx.status === 404 && !ctx.body && ctx.accepts('json', 'html') === 'html') {
      show(ctx, { page: 'problem', code: 'unknown', reference: null });
      ctx.status = 404;
    }
    scopeCookies(ctx);
    limitCors(ctx);
    ctx.set('x-content-type-options', 'nosniff');
    ctx.set('referrer-policy', 'no-referrer');
    ctx.set('x-frame-options', 'DENY');
    ctx.set('cross-origin-opener-policy', 'same-origin');
    ctx.set('content-security-policy', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'");
    if (portal.settings.origin.startsWith('https:')) ctx.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  });

  /** A code presented by another application than the one it was given to has leaked: what it stands for dies. (security.md, PKCE and codes) */
  async function revokeStolenCode(ctx: KoaContextWithOIDC) {
    const { client, params, provider } = ctx.oidc;
    if (typeof params?.code !== 'string' || !client) return;
    const code = await provider.AuthorizationCode.find(params.code, { ignoreExpiration: true });
    if (!code || code.clientId === client.clientId) return;
    log.warn({ applicationId: client.clientId, givenTo: code.clientId }, 'A code came from another application than the one it was given to.');
    await revoke(code.grantId);
  }

  /** Whoever signs out is signed out of long-lived tokens too; the library would keep those of `offline_access`. */
  async function revokeGrants(ctx: KoaContextWithOIDC) {
    for (const { grantId } of Object.values(ctx.oidc.session?.authorizations ?? {})) await revoke(grantId);
  }

  async function revoke(grantId: string | undefined) {
    if (grantId) await store.unit(digest(grantId), (tx) => deleteOidcRecordsOfGrant(tx, digest(grantId), true));
  }

  const sessionCookie = provider.cookieName('session');
  const flowCookie = provider.cookieName('interaction');

  /** The session's cookie lives as long as the browser's window; a flow's cookie goes to all pages of that flow. (SEC-59) */
  function scopeCookies(ctx: KoaContextWithOIDC) {
    const sent = ctx.response.headers['set-cookie'];
    if (!sent) return;
    ctx.set(
      'set-cookie',
      [sent].flat().map((cookie) => {
        const text = String(cookie);
        if (text.startsWith(sessionCookie)) return /expires=Thu, 01 Jan 1970/i.test(text) ? text : text.replace(/; expires=[^;]*/i, '');
        if (text.startsWith(flowCookie)) return text.replace(/; path=(\/(?:sign-in|enrol|consent)\/[\w-]+)[^;]*/i, '; path=$1');
        return text;
      }),
    );
  }

  provider.on('server_error', (ctx, error) => log.error({ reference: referenceOf(ctx), err: error }, 'The OpenID provider failed.'));
  provider.on('authorization.error', (ctx, error) =>
    log.info({ applicationId: ctx.oidc?.client?.clientId, error: error.message }, 'An authorization request was refused.'),
  );
  provider.on('grant.error', (ctx, error) =>
    log.info({ applicationId: ctx.oidc?.client?.clientId, error: error.message }, 'A token request was refused.'),
  );
  provider.on('backchannel.error', (_ctx, error, client) =>
    log.warn({ applicationId: client.clientId, reason: error.message }, 'An application was not told of a sign-out.'),
  );
}

/** Other origins may read public metadata, and nothing else; no origin is ever repeated. (SEC-88) */
function limitCors(ctx: KoaContextWithOIDC) {
  const { route } = ctx.oidc ?? {};
  if (route === 'discovery' || route === 'jwks') return ctx.set('access-control-allow-origin', '*');
  for (const name of Object.keys(ctx.response.headers)) if (name.startsWith('access-control-')) ctx.remove(name);
}

const isObject = (body: unknown): body is Record<string, unknown> => typeof body === 'object' && body !== null && !Buffer.isBuffer(body);
