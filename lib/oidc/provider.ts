// oidc-provider with every risky default decided (SEC-83 to SEC-85, docs/decisions/0004); one per portal, rebuilt when its keys change.
import Provider, { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { findApplication, homeOf, listRegisteredApplications, portalApplication } from '../applications/facts.ts';
import { minutes, seconds } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { acrValues } from '../sign-in/assurance.ts';
import { adaptersOf } from './adapter.ts';
import { claimsOfScopes, findProviderAccount, type Scope } from './claims.ts';
import { findFlow } from './flow-record.ts';
import { hardened, referenceOf, show } from './hardening.ts';
import { loadSigningKeys, signingKeysVersion } from './keys.ts';
import { loadGrant, policyOf } from './policy.ts';
import { noteBrowsers } from './session-browser.ts';

/** oidc-provider counts in seconds. */
const inSeconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
/** A time to live that is over still has to be a positive number. */
const left = (until: number, now: number) => Math.max(1, inSeconds(until - now));

const codeLifetime = seconds(60);
const tokenLifetime = minutes(10);

/** `__Host-` where the cookie goes everywhere, `__Secure-` where it is bound to a path; neither exists without TLS. (SEC-59) */
const cookieNames = (origin: string) => {
  const tls = origin.startsWith('https:');
  return {
    session: `${tls ? '__Host-' : ''}provider-session`,
    interaction: `${tls ? '__Secure-' : ''}provider-flow`,
    resume: `${tls ? '__Secure-' : ''}provider-resume`,
  };
};

/** @param fetch how the provider reaches applications for back-channel logout; Node's own outside tests */
function configurationOf(portal: Portal, keys: Configuration['jwks'], fetch: typeof globalThis.fetch): Configuration {
  const { settings, now } = portal;
  const { idle, overall } = settings.policy.session;
  const secure = settings.origin.startsWith('https:');
  const cookie = { signed: true, httpOnly: true, sameSite: 'lax', secure } as const;
  /** Tokens never outlive the sign-in that they came from, whatever they are refreshed with. */
  const untilOverall = (signedInAt: number | undefined) => left(seconds(signedInAt ?? inSeconds(now())) + overall, now());
  return {
    adapter: adaptersOf(portal),
    ...(keys && { jwks: keys }),
    responseTypes: ['code'],
    scopes: Object.keys(claimsOfScopes),
    claims: { ...(claimsOfScopes as Record<Scope, readonly string[]>), acr: null, amr: null, auth_time: null, iss: null, sid: null } as NonNullable<
      Configuration['claims']
    >,
    acrValues: [...acrValues],
    subjectTypes: ['public'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    enabledJWA: { idTokenSigningAlgValues: ['RS256'], clientAuthSigningAlgValues: [] },
    clientDefaults: { id_token_signed_response_alg: 'RS256', response_types: ['code'], grant_types: ['authorization_code'] },
    // The claims of granted scopes are in the ID token as well: applications of the institute read them there.
    conformIdTokenClaims: false,
    allowOmittingSingleRegisteredRedirectUri: false,
    acceptQueryParamAccessTokens: false,
    enableHttpPostMethods: false,
    clientBasedCORS: () => false,
    clockTolerance: 5,
    pkce: { required: pkceRequired },
    formats: { bitsOfOpaqueRandomness: 256 },
    cookies: {
      keys: [...portal.secrets.derived('oidc-cookies')],
      names: cookieNames(settings.origin),
      long: { ...cookie, path: '/' },
      short: cookie,
    },
    discovery: {
      ui_locales_supported: ['fr', 'en'],
      display_values_supported: ['page'],
      op_policy_uri: `${settings.origin}/privacy`,
      service_documentation: `${settings.origin}/help`,
    },
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: false },
      registrationManagement: { enabled: false },
      introspection: { enabled: false },
      deviceFlow: { enabled: false },
      clientCredentials: { enabled: false },
      ciba: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      requestObjects: { enabled: false },
      encryption: { enabled: false },
      jwtResponseModes: { enabled: false },
      userinfo: { enabled: true },
      claimsParameter: { enabled: true },
      // RFC 7009: an application may revoke its own tokens, no other's.
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx) => {
          show(ctx, { page: 'sign-out', xsrf: String(ctx.oidc.session?.state?.secret ?? '') });
        },
        postLogoutSuccessSource: async (ctx) => {
          // The library names the application only when the person stayed signed in: they go back to it.
          const application = ctx.oidc.client ? await findApplication(portal, ctx.oidc.client.clientId) : null;
          ctx.redirect(application ? (homeOf(application) ?? `${settings.origin}/account`) : `${settings.origin}/signed-out`);
        },
      },
    },
    interactions: {
      policy: policyOf(portal),
      url: (_ctx, { uid, prompt }) => {
        if (prompt.name === 'login') return `/sign-in/${uid}/password`;
        // The wizard's own guard leads on to the step that is missing.
        return prompt.name === 'enrol' ? `/enrol/${uid}/welcome` : `/${prompt.name}/${uid}`;
      },
    },
    findAccount: (_ctx, sub) => findProviderAccount(portal, sub),
    loadExistingGrant: loadGrant(portal),
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client, source) => client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    ttl: {
      AuthorizationCode: inSeconds(codeLifetime),
      AccessToken: inSeconds(tokenLifetime),
      IdToken: inSeconds(tokenLifetime),
      RefreshToken: (_ctx, token) => untilOverall(token.authTime),
      Grant: inSeconds(overall),
      // Enrolment is done by somebody who is signed in and may have an app to install: as long as their session would idle.
      Interaction: (_ctx, interaction) => inSeconds(interaction.prompt.name === 'enrol' ? idle : settings.policy.interaction),
      Session: (_ctx, session) =>
        session.accountId ? Math.min(inSeconds(idle), untilOverall(session.loginTs)) : inSeconds(settings.policy.interaction),
    },
    fetch: backchannelOnly(portal, fetch),
    renderError: async (ctx, out, error) => {
      const code = problemOf(ctx, out, error);
      // Back, after a finished sign-in: the address of the flow is all that the request says.
      const [, uid] = /^\/auth\/([\w-]+)$/.exec(ctx.path) ?? [];
      const flow = uid ? await findFlow(portal, uid) : null;
      if (flow)
        return show(ctx, { page: 'problem', code: flow.finished && code === 'expired' ? 'finished' : code, reference: null }, flow.applicationId);
      show(ctx, { page: 'problem', code, reference: code === 'failed' ? referenceOf(ctx) : null });
    },
  };
}

/** Every application, secret or not (RFC 9700, section 2.1.1); without it there is a page, and no redirect. (SEC-83) */
function pkceRequired({ oidc }: KoaContextWithOIDC): boolean {
  if (oidc.params?.code_challenge === undefined) {
    const error = new errors.InvalidRequest('Authorization Server policy requires PKCE to be used for this request');
    error.allow_redirect = false;
    throw error;
  }
  return true;
}

/** Problems that have a page (lib/language, problemPages). */
const providerProblems = [
  'unknown-application',
  'wrong-redirect',
  'missing-pkce',
  'expired',
  'finished',
  'access-denied',
  'sign-out-refused',
  'bad-request',
  'unknown',
  'failed',
] as const;
export type ProviderProblem = (typeof providerProblems)[number];

/** What a person is told: one of a few sentences of ours, never a word that came with the request. */
function problemOf(ctx: KoaContextWithOIDC, out: { readonly error: string }, error: Error): ProviderProblem {
  const { route } = ctx.oidc ?? {};
  if (out.error === 'server_error') return 'failed';
  if (route?.startsWith('end_session')) return 'sign-out-refused';
  if (error instanceof errors.SessionNotFound) return 'expired';
  if (error instanceof errors.InvalidClient) return 'unknown-application';
  if (error instanceof errors.InvalidRedirectUri) return 'wrong-redirect';
  if (error instanceof errors.InvalidRequest && !error.allow_redirect && ctx.oidc?.params?.code_challenge === undefined) return 'missing-pkce';
  if (error instanceof errors.AccessDenied) return 'access-denied';
  return 'bad-request';
}

/**
 * The library's own guard against server-side request forgery refuses every private address, where applications of an institute live.
 * Ours lets the provider call registered back-channel addresses and nothing else; it follows no redirect.
 */
const backchannelOnly = (portal: Portal, fetch: typeof globalThis.fetch): NonNullable<Configuration['fetch']> => {
  return async (url, options) => {
    const wanted = new URL(String(url)).href;
    const applications = [portalApplication(portal), ...(await listRegisteredApplications(portal))];
    const known = applications.some((a) => a.backchannelLogoutUri && new URL(a.backchannelLogoutUri).href === wanted);
    if (!known) throw new Error(`Refused to call ${new URL(wanted).origin}: not a registered back-channel address.`);
    const { method, headers, body, signal } = (options ?? {}) as RequestInit;
    return fetch(wanted, {
      ...(method && { method }),
      ...(headers && { headers }),
      ...(body && { body }),
      ...(signal && { signal }),
      redirect: 'manual',
      cache: 'no-store',
    });
  };
};

export interface RunningProvider {
  readonly provider: Provider;
  readonly handler: ReturnType<Provider['callback']>;
}

interface Held extends RunningProvider {
  readonly version: string;
  checkedAt: number;
}

// Next evaluates this module once per bundle; the provider belongs to the portal, of which there is one per process.
const held = Symbol.for('account-portal.provider');
type Holder = typeof globalThis & { [held]?: WeakMap<Portal, Promise<Held>> };

/** How often a running portal asks whether its keys were rotated. */
const pollEvery = seconds(2);

/** The provider of this portal. Reads the store: not at import time. */
export async function providerOf(portal: Portal): Promise<RunningProvider> {
  const holder = globalThis as Holder;
  holder[held] ??= new WeakMap();
  const providers = holder[held];
  const running = providers.get(portal);
  if (running) {
    const now = await running;
    if (portal.now() - now.checkedAt < pollEvery) return now;
    now.checkedAt = portal.now();
    if ((await versionOf(portal)) === now.version) return now;
    portal.log.info({}, 'The signing keys have changed: the provider starts again with the new ones.');
  }
  const built = build(portal);
  providers.set(portal, built);
  built.catch(() => providers.delete(portal));
  return built;
}

const cookieKeyOf = ({ secrets }: Portal) => secrets.derived('oidc-cookies')[0] ?? '';
const versionOf = async (portal: Portal) => `${await signingKeysVersion(portal)} ${cookieKeyOf(portal)}`;

async function build(portal: Portal): Promise<Held> {
  const { keys, version } = await loadSigningKeys(portal);
  const provider = new Provider(
    portal.settings.issuer,
    configurationOf(portal, { keys: keys as NonNullable<Configuration['jwks']>['keys'] }, fetchNow),
  );
  hardened(provider, portal);
  noteBrowsers(provider, portal);
  return { provider, handler: provider.callback(), version: `${version} ${cookieKeyOf(portal)}`, checkedAt: portal.now() };
}

/** Looked up at each call, so that tests may stand in for applications. */
const fetchNow: typeof globalThis.fetch = (...request) => globalThis.fetch(...request);
