// T26, SEC-83 to SEC-85: every risky default of oidc-provider, read back from the provider that was built.
import type Provider from 'oidc-provider';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endWorld, type ProviderWorld, providerWorld } from './provider.testing.ts';
import { providerOf } from './provider.ts';

let world: ProviderWorld;
let provider: Provider;
beforeEach(async () => {
  world = await providerWorld();
  ({ provider } = await providerOf(world.portal));
});
afterEach(() => endWorld(world));

interface Read {
  readonly features: Record<string, { readonly enabled?: boolean }>;
  readonly configuration: Record<string, unknown> & { readonly ttl: Record<string, unknown>; readonly cookies: unknown };
}

/** What the library itself works with, defaults included. */
async function read(): Promise<Read> {
  const { default: instance } = (await import(new URL('../../node_modules/oidc-provider/lib/helpers/weak_cache.js', import.meta.url).href)) as {
    default: (of: Provider) => Read;
  };
  return instance(provider);
}

test('T26: only the features that the product uses are on', async () => {
  const { features } = await read();
  const on = Object.keys(features).filter((name) => features[name]?.enabled);
  expect(on.sort()).toEqual(['backchannelLogout', 'claimsParameter', 'revocation', 'rpInitiatedLogout', 'userinfo']);
});

test('T26: one response type, S256, no default that lets a request say less', async () => {
  const { configuration: c } = await read();
  expect(c.responseTypes).toEqual(['code']);
  expect([...(c.clientAuthMethods as Set<string>)].sort()).toEqual(['client_secret_basic', 'client_secret_post', 'none']);
  expect([...(c.grantTypes as Set<string>)].sort()).toEqual(['authorization_code', 'refresh_token']);
  expect(c.idTokenSigningAlgValues).toEqual(['RS256']);
  expect(c).toMatchObject({
    allowOmittingSingleRegisteredRedirectUri: false,
    acceptQueryParamAccessTokens: false,
    enableHttpPostMethods: false,
    rotateRefreshToken: true,
    clockTolerance: 5,
  });
});

test('T26: lives are those of security.md, not the library’s fourteen days', async () => {
  const { ttl } = (await read()).configuration;
  const session = { accountId: 'a', loginTs: Math.floor(world.portal.now() / 1000) };
  const life = (name: string, entity: object) => (ttl[name] as (ctx: null, of: object) => number)(null, entity);
  expect(ttl).toMatchObject({ AuthorizationCode: 60, AccessToken: 600, IdToken: 600, Grant: 12 * 3600 });
  expect(life('Session', session)).toBe(30 * 60);
  expect(life('Session', { ...session, loginTs: session.loginTs - 12 * 3600 + 60 })).toBe(60);
  expect(life('RefreshToken', { authTime: session.loginTs })).toBe(12 * 3600);
  expect(life('Interaction', { prompt: { name: 'login' } })).toBe(15 * 60);
  expect(life('Interaction', { prompt: { name: 'enrol' } })).toBe(30 * 60);
});

test('T26: keys are our own, and a private part is never published', async () => {
  const { keys } = (await (await world.call('/jwks')).json()) as { keys: Record<string, string>[] };
  expect(keys).toHaveLength(2);
  for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  expect(keys.map((k) => k.kid)).not.toContain('keystore-CHANGE-ME');
  expect(provider.keys).toEqual(world.portal.secrets.derived('oidc-cookies'));
});

test('T26: the prompts are login, enrol, consent, and the stock checks of level are replaced', async () => {
  const { policy } = (await read()).configuration.interactions as { policy: { name: string; checks: { reason: string }[] }[] };
  expect(policy.map((p) => p.name)).toEqual(['login', 'enrol', 'consent']);
  expect(policy[0]?.checks.map((c) => c.reason)).toEqual([
    'login_prompt',
    'no_session',
    'max_age',
    'id_token_hint',
    'claims_id_token_sub_value',
    'account_unusable',
    'session_overall',
    're_enrolment_over',
    'mfa',
  ]);
});

test.each(['/interaction/x', '/reg', '/token/introspection', '/device', '/device/auth', '/backchannel', '/request', '/credential', '/challenge'])(
  'T26: %s does not exist',
  async (path) => {
    for (const method of ['GET', 'POST']) expect((await world.call(path, { method })).status).toBe(404);
  },
);

test('T26: discovery says what is there, and nothing that is not', async () => {
  const { issuer, origin } = world.portal.settings;
  expect(await (await world.call('/.well-known/openid-configuration')).json()).toEqual({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/me`,
    jwks_uri: `${issuer}/jwks`,
    end_session_endpoint: `${issuer}/session/end`,
    revocation_endpoint: `${issuer}/token/revocation`,
    acr_values_supported: ['https://refeds.org/profile/sfa', 'https://refeds.org/profile/mfa'],
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_session_supported: true,
    backchannel_logout_supported: true,
    claim_types_supported: ['normal'],
    claims_parameter_supported: true,
    claims_supported: expect.arrayContaining([
      'sub',
      'name',
      'given_name',
      'family_name',
      'email',
      'eduperson_principal_name',
      'acr',
      'amr',
      'auth_time',
    ]),
    code_challenge_methods_supported: ['S256'],
    display_values_supported: ['page'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    id_token_signing_alg_values_supported: ['RS256'],
    op_policy_uri: `${origin}/privacy`,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    response_modes_supported: ['query'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'eduperson', 'offline_access'],
    service_documentation: `${origin}/help`,
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    ui_locales_supported: ['fr', 'en'],
  });
});

test('the provider calls registered back-channel addresses and nothing else', async () => {
  const { fetch } = (await read()).configuration as unknown as { fetch: (url: string, options?: object) => Promise<Response> };
  for (const url of ['http://169.254.169.254/latest', 'https://share.example/callback', 'https://share.example/backchannel?x', 'file:///etc/passwd'])
    await expect(fetch(url)).rejects.toThrow('not a registered back-channel address');
  expect((await fetch('https://share.example/backchannel')).status).toBe(200);
});
