// The provider as applications meet it: the modules of the OpenID Basic plan done by hand with openid-client, and what they don't ask.
// Numbers are those of security.md's list; nothing here is a certification.
import { decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { listConsents } from '../consent/facts.ts';
import { minutes, seconds } from '../duration.ts';
import { type TestAccount, testAccount, testOperator } from '../portal.testing.ts';
import {
  addFactor,
  endWorld,
  enrolFully,
  enrolledAccount,
  mfa,
  type ProviderWorld,
  providerWorld,
  sfa,
  type TestBrowser,
} from './provider.testing.ts';

let world: ProviderWorld;
let claire: TestAccount;
let browser: TestBrowser;

beforeEach(async () => {
  world = await providerWorld();
  claire = await enrolledAccount(world);
  browser = world.browser();
});
afterEach(() => endWorld(world));

const share = () => world.application('share');
const errorOf = (url: URL) => url.searchParams.get('error');
/** What openid-client rejected with: the OAuth error code. */
const refusal = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
    return 'nothing';
  } catch (error) {
    return (error as { error?: string }).error ?? String(error);
  }
};
const userinfo = (token: string, init: RequestInit = {}) =>
  world.call('/me', { ...init, headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) } });
const isAtSignIn = (url: URL) => expect(url.pathname).toMatch(/^\/sign-in\/[\w-]+\/password$/);

describe('Basic plan', () => {
  test('1 server: a sign-in from an application ends with tokens that tell the truth', async () => {
    const { tokens, stop } = await world.signIn(browser, claire, 'biblio', { scope: 'openid profile email eduperson' });
    expect(stop.url.searchParams.get('iss')).toBe(world.portal.settings.issuer);
    expect(tokens.claims()).toMatchObject({
      sub: claire.id,
      aud: 'biblio',
      acr: mfa,
      amr: ['pwd', 'otp', 'mfa'],
      auth_time: Math.floor(world.portal.now() / 1000),
      name: 'Claire Martin',
      given_name: 'Claire',
      family_name: 'Martin',
      email: 'claire.martin@inserm.fr',
      email_verified: true,
      eduperson_principal_name: 'claire.martin@inserm.fr',
    });
  });

  test('2 response-type-missing: an error goes back to the application', async () => {
    const { url } = await world.ask('share', { response_type: undefined });
    expect(errorOf((await browser.open(url)).url)).toBe('invalid_request');
  });

  test('3 idtoken-signature: RS256, with a key of the published set (SEC-90)', async () => {
    const { tokens } = await world.signIn(browser, claire);
    const { alg, kid } = decodeProtectedHeader(tokens.id_token ?? '');
    const { keys } = (await (await world.call('/jwks')).json()) as { keys: { kid: string; d?: string }[] };
    expect(alg).toBe('RS256');
    expect(keys.map((k) => k.kid)).toContain(kid);
    expect(keys.every((k) => !('d' in k))).toBe(true);
  });

  test('4 idtoken-unsigned: no token is ever unsigned', async () => {
    const { id_token_signing_alg_values_supported } = (await (await world.call('/.well-known/openid-configuration')).json()) as Record<
      string,
      unknown
    >;
    expect(id_token_signing_alg_values_supported).toEqual(['RS256']);
  });

  test('5 userinfo-get', async () => {
    const { tokens } = await world.signIn(browser, claire);
    expect(await client.fetchUserInfo(await share(), tokens.access_token, claire.id)).toMatchObject({ sub: claire.id, email: claire.address });
  });

  test('6 userinfo-post-header', async () => {
    const { tokens } = await world.signIn(browser, claire);
    expect(await (await userinfo(tokens.access_token, { method: 'POST' })).json()).toMatchObject({ sub: claire.id });
  });

  test('7 userinfo-post-body', async () => {
    const { tokens } = await world.signIn(browser, claire);
    const answer = await world.call('/me', { method: 'POST', body: new URLSearchParams({ access_token: tokens.access_token }) });
    expect(await answer.json()).toMatchObject({ sub: claire.id });
  });

  test('8 ensure-request-without-nonce-succeeds-for-code-flow', async () => {
    const { tokens } = await world.signIn(browser, claire, 'share', { nonce: undefined });
    expect(tokens.claims()?.nonce).toBeUndefined();
  });

  test.each([
    ['9 scope-profile', 'openid profile', ['family_name', 'given_name', 'name']],
    ['10 scope-email', 'openid email', ['email', 'email_verified']],
    [
      '13 scope-all: only what the application is registered for',
      'openid profile email',
      ['email', 'email_verified', 'family_name', 'given_name', 'name'],
    ],
  ])('%s', async (_module, scope, claims) => {
    const { tokens } = await world.signIn(browser, claire, 'share', { scope });
    const person = await client.fetchUserInfo(await share(), tokens.access_token, claire.id);
    const always = ['acr', 'amr', 'auth_time', 'sub'];
    expect(
      Object.keys(person)
        .filter((c) => !always.includes(c))
        .sort(),
    ).toEqual(claims);
  });

  test.each([
    ['11 scope-address', 'openid address'],
    ['12 scope-phone', 'openid phone'],
  ])('%s: a scope that nobody has is passed over', async (_module, scope) => {
    const { tokens } = await world.signIn(browser, claire, 'share', { scope });
    expect(tokens.scope).toBe('openid');
  });

  test('a scope beyond the registration is refused', async () => {
    const { url } = await world.ask('share', { scope: 'openid eduperson' });
    expect(errorOf((await browser.open(url)).url)).toBe('invalid_scope');
  });

  test('14 ensure-other-scope-order-succeeds', async () => {
    const request = await world.ask('share', { scope: 'email openid' });
    const reversed = new URL(request.url);
    reversed.search = new URLSearchParams([...request.url.searchParams].reverse()).toString();
    const stop = await browser.arrive(reversed, claire);
    expect((await world.exchange('share', request, stop.url)).claims()).toMatchObject({ email: claire.address });
  });

  test.each([
    ['15 display-page', 'page'],
    ['16 display-popup', 'popup'],
  ])('%s', async (_module, display) => {
    const { tokens } = await world.signIn(browser, claire, 'share', { display });
    expect(tokens.claims()?.sub).toBe(claire.id);
  });

  test('17 prompt-login: signing in again, and a later auth_time (SEC-89)', async () => {
    const first = await world.signIn(browser, claire);
    world.advance(seconds(5));
    const request = await world.ask('share', { prompt: 'login' });
    isAtSignIn((await browser.open(request.url)).url);
    const stop = await browser.arrive(request.url, claire);
    const second = await world.exchange('share', request, stop.url);
    expect(second.claims()?.auth_time).toBe((first.tokens.claims()?.auth_time as number) + 5);
  });

  test('18 prompt-none-not-logged-in', async () => {
    const { url } = await world.ask('share', { prompt: 'none' });
    const stop = await browser.open(url);
    expect(stop.url.origin).toBe('https://share.example');
    expect(errorOf(stop.url)).toBe('login_required');
  });

  test('19 prompt-none-logged-in: silent, the same person', async () => {
    await world.signIn(browser, claire);
    const request = await world.ask('share', { prompt: 'none' });
    const stop = await browser.open(request.url);
    expect((await world.exchange('share', request, stop.url)).claims()?.sub).toBe(claire.id);
  });

  test('20 max-age-1: signing in again, auth_time says when (SEC-89)', async () => {
    await world.signIn(browser, claire);
    world.advance(seconds(3));
    const request = await world.ask('share', { max_age: '1' });
    isAtSignIn((await browser.open(request.url)).url);
    const stop = await browser.arrive(request.url, claire);
    const tokens = await world.exchange('share', request, stop.url, { maxAge: 1 });
    expect(tokens.claims()?.auth_time).toBe(Math.floor(world.portal.now() / 1000));
  });

  test('21 max-age-10000: silent', async () => {
    await world.signIn(browser, claire);
    const request = await world.ask('share', { max_age: '10000' });
    const stop = await browser.open(request.url);
    expect((await world.exchange('share', request, stop.url, { maxAge: 10_000 })).claims()?.auth_time).toBe(Math.floor(world.portal.now() / 1000));
  });

  test('22 ensure-request-with-unknown-parameter-succeeds', async () => {
    const { tokens } = await world.signIn(browser, claire, 'share', { extra: 'foobar' });
    expect(tokens.claims()?.sub).toBe(claire.id);
  });

  test('23 id-token-hint: the same person passes, another is asked to sign in', async () => {
    const { tokens } = await world.signIn(browser, claire);
    const hint = tokens.id_token ?? '';
    const same = await browser.open((await world.ask('share', { prompt: 'none', id_token_hint: hint })).url);
    expect(same.url.searchParams.has('code')).toBe(true);
    const other = world.browser();
    await world.signIn(other, await enrolledAccount(world, 'jean.petit@inserm.fr'));
    const refused = await other.open((await world.ask('share', { prompt: 'none', id_token_hint: hint })).url);
    expect(errorOf(refused.url)).toBe('login_required');
  });

  test('24 login-hint: reaches the sign-in page', async () => {
    const stop = await browser.open((await world.ask('share', { login_hint: 'claire.martin@inserm.fr' })).url);
    expect(await browser.details(stop)).toMatchObject({ ok: true, value: { loginHint: 'claire.martin@inserm.fr' } });
  });

  test('25 ui-locales: reaches the pages', async () => {
    const stop = await browser.open((await world.ask('share', { ui_locales: 'en fr' })).url);
    expect(await browser.details(stop)).toMatchObject({ ok: true, value: { uiLocales: ['en', 'fr'] } });
  });

  test('26 claims-locales: passed over', async () => {
    const { tokens } = await world.signIn(browser, claire, 'share', { claims_locales: 'se' });
    expect(tokens.claims()?.sub).toBe(claire.id);
  });

  test('27 acr-values: the level that was asked for is proven and stated', async () => {
    const { tokens } = await world.signIn(browser, claire, 'share', { acr_values: mfa });
    expect(tokens.claims()?.acr).toBe(mfa);
  });

  test('28 codereuse: invalid_grant (SEC-82)', async () => {
    const { request, stop } = await world.signIn(browser, claire);
    expect(await refusal(world.exchange('share', request, stop.url))).toBe('invalid_grant');
  });

  test('29 codereuse-30seconds: invalid_grant, and the access token is dead (SEC-82)', async () => {
    const { request, stop, tokens } = await world.signIn(browser, claire);
    world.advance(seconds(30));
    expect((await userinfo(tokens.access_token)).status).toBe(200);
    expect(await refusal(world.exchange('share', request, stop.url))).toBe('invalid_grant');
    expect((await userinfo(tokens.access_token)).status).toBe(401);
  });

  test('SEC-82: a code is worth nothing after 60 seconds', async () => {
    const request = await world.ask('share');
    const stop = await browser.arrive(request.url, claire);
    world.advance(seconds(61));
    expect(await refusal(world.exchange('share', request, stop.url))).toBe('invalid_grant');
  });

  test('SEC-82: of two exchanges of one code at once, exactly one wins, and what it got dies with the code', async () => {
    const request = await world.ask('share');
    const stop = await browser.arrive(request.url, claire);
    const outcomes = await Promise.allSettled([1, 2].map(() => world.exchange('share', request, stop.url)));
    const won = outcomes.flatMap((o) => (o.status === 'fulfilled' ? [o.value] : []));
    expect(won).toHaveLength(1);
    expect((await userinfo(won[0]?.access_token ?? '')).status).toBe(401);
  });

  const variants = {
    'another scheme': 'http://share.example/callback',
    'another port': 'https://share.example:8443/callback',
    'a slash more': 'https://share.example/callback/',
    'a query': 'https://share.example/callback?x=1',
    'a fragment': 'https://share.example/callback#x',
    'capitals in the path': 'https://share.example/Callback',
    'capitals in the host': 'https://SHARE.example/callback',
    'a user': 'https://share.example@evil.example/callback',
    'a folder above': 'https://share.example/x/../callback',
    'another host': 'https://evil.example/callback',
    'a host that begins alike': 'https://share.example.evil.example/callback',
    'an encoded character': 'https://share.example/%63allback',
    script: 'javascript:alert(1)',
    nothing: '',
  };
  test.each(Object.entries(variants))('30 ensure-registered-redirect-uri, SEC-81: %s: a page, no redirect', async (_what, redirectUri) => {
    const stop = await browser.open((await world.ask('share', { redirect_uri: redirectUri })).url);
    expect(stop.response?.status).toBe(400);
    expect(stop.response?.headers.get('location')).toBeNull();
    expect(await stop.response?.text()).toMatch(/\/problem\/(wrong-redirect|bad-request)\?application=share/);
  });

  test('SEC-81: without a redirect URI there is a page, even where only one is registered', async () => {
    const stop = await browser.open((await world.ask('share', { redirect_uri: undefined })).url);
    expect(stop.response?.status).toBe(400);
  });

  test('31 ensure-post-request-succeeds', async () => {
    const request = await world.ask('share');
    const post = {
      method: 'POST',
      body: new URLSearchParams(request.url.searchParams),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
    const asked = await browser.request(new URL(request.url.pathname, request.url), post);
    const stop = await browser.arrive(asked.headers.get('location') ?? '', claire);
    expect((await world.exchange('share', request, stop.url)).claims()?.sub).toBe(claire.id);
  });

  const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"client_id":"share","redirect_uri":"https://evil.example/"}')}.`.replaceAll('=', '');
  test.each([
    ['32 request-uri-unsigned', { request_uri: 'https://share.example/request.jwt' }, 'request_uri_not_supported'],
    ['33 unsigned-request-object', { request: unsigned }, 'request_not_supported'],
    ['35 request-object-with-redirect-uri', { request: unsigned }, 'request_not_supported'],
  ])('%s: refused', async (_module, more, error) => {
    const { url } = await browser.open((await world.ask('share', more)).url);
    expect(url.origin).toBe('https://share.example');
    expect(errorOf(url)).toBe(error);
  });

  test('34 claims-essential: a single claim is asked for, agreed to, and given', async () => {
    const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
    const { tokens } = await world.signIn(browser, claire, 'share', { scope: 'openid', claims });
    expect(await client.fetchUserInfo(await share(), tokens.access_token, claire.id)).toMatchObject({ name: 'Claire Martin' });
  });

  test('a single claim beyond the registration is passed over', async () => {
    const claims = JSON.stringify({ userinfo: { eduperson_affiliation: { essential: true } } });
    const { tokens } = await world.signIn(browser, claire, 'share', { scope: 'openid', claims });
    expect(await client.fetchUserInfo(await share(), tokens.access_token, claire.id)).not.toHaveProperty('eduperson_affiliation');
  });

  test('36 refresh-token: bound to its application', async () => {
    const { tokens } = await world.signIn(browser, claire, 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '', client_id: 'mobile' });
    expect((await world.call('/token', { method: 'POST', body })).status).toBe(400);
    const again = await client.refreshTokenGrant(await world.application('cloud'), tokens.refresh_token ?? '');
    expect(again.claims()?.sub).toBe(claire.id);
  });

  test('37 ensure-request-with-valid-pkce-succeeds, for an application without a secret too', async () => {
    const { tokens } = await world.signIn(browser, claire, 'mobile');
    expect(tokens.claims()?.sub).toBe(claire.id);
  });
});

describe('Beyond the plan', () => {
  test.each(['share', 'mobile'])('SEC-83: without PKCE %s gets a page and no redirect', async (id) => {
    const stop = await browser.open((await world.ask(id, { code_challenge: undefined, code_challenge_method: undefined })).url);
    expect(stop.response?.status).toBe(400);
    expect(await stop.response?.text()).toContain(`/problem/missing-pkce?application=${id}`);
  });

  test.each([
    ['plain', { code_challenge_method: 'plain' }],
    ['a challenge without a method', { code_challenge_method: undefined }],
  ])('SEC-83: PKCE with %s is refused', async (_what, more) => {
    const stop = await browser.open((await world.ask('share', more)).url);
    expect(stop.url.searchParams.has('code')).toBe(false);
    expect(errorOf(stop.url)).toBe('invalid_request');
  });

  test('SEC-83: a code is worth nothing without its verifier', async () => {
    const request = await world.ask('share');
    const stop = await browser.arrive(request.url, claire);
    expect(await refusal(world.exchange('share', { ...request, verifier: client.randomPKCECodeVerifier() }, stop.url))).toBe('invalid_grant');
  });

  test('SEC-83: a code bound to another application is refused, and what it stands for is revoked', async () => {
    const request = await world.ask('share');
    const stop = await browser.arrive(request.url, claire);
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'mobile',
      code: stop.url.searchParams.get('code') ?? '',
      code_verifier: request.verifier,
      redirect_uri: 'https://share.example/callback',
    });
    const stolen = await world.call('/token', { method: 'POST', body });
    expect(await stolen.json()).toMatchObject({ error: 'invalid_grant' });
    expect(await refusal(world.exchange('share', request, stop.url))).toBe('invalid_grant');
  });

  test('SEC-83: an application proves itself with its secret', async () => {
    const request = await world.ask('share');
    const stop = await browser.arrive(request.url, claire);
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: stop.url.searchParams.get('code') ?? '',
      code_verifier: request.verifier,
      redirect_uri: 'https://share.example/callback',
      client_id: 'share',
    });
    expect((await world.call('/token', { method: 'POST', body })).status).toBe(401);
    body.set('client_secret', 'x'.repeat(40));
    expect((await world.call('/token', { method: 'POST', body })).status).toBe(401);
  });

  test.each(['token', 'id_token', 'code id_token', 'code token', 'none'])('SEC-83: response_type %s is refused', async (responseType) => {
    const stop = await browser.arrive((await world.ask('share', { response_type: responseType })).url, claire);
    const said = new URLSearchParams(`${stop.url.search.slice(1)}&${stop.url.hash.slice(1)}`);
    expect(said.get('error')).toMatch(/unsupported_response_type|invalid_request/);
    for (const token of ['code', 'access_token', 'id_token']) expect(said.has(token)).toBe(false);
  });

  test.each(['fragment', 'form_post', 'web_message'])('SEC-83: response_mode %s is refused', async (responseMode) => {
    const stop = await browser.arrive((await world.ask('share', { response_mode: responseMode })).url, claire);
    expect(stop.url.searchParams.has('code')).toBe(false);
    expect(new URLSearchParams(stop.url.hash.slice(1)).has('code')).toBe(false);
  });

  test('an unknown application gets a page and no redirect', async () => {
    const stop = await browser.open((await world.ask('nobody')).url);
    expect(stop.response?.status).toBe(400);
    expect(await stop.response?.text()).toContain('/problem/unknown-application');
  });

  test('a page of ours that stands in for the provider’s has its own policy, and no script', async () => {
    const stop = await browser.open((await world.ask('nobody', { ui_locales: 'en' })).url, { headers: { 'accept-language': 'fr' } });
    expect(await stop.response?.text()).not.toContain('<script');
    expect(stop.response?.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(world.pages.at(-1)?.headers['accept-language']).toBe('en, fr');
  });

  test('nothing of a refused request is repeated in the page that says so', async () => {
    const { url } = await world.ask('share', { redirect_uri: 'https://evil.example/<script>alert(1)</script>', state: '<b>state</b>' });
    await browser.open(url);
    expect(world.pages.map((p) => p.path)).toEqual(['/problem/wrong-redirect?application=share']);
  });

  test('SEC-84: a refresh token rotates, and using the old one kills the whole family', async () => {
    const { tokens } = await world.signIn(browser, claire, 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
    const cloud = await world.application('cloud');
    const second = await client.refreshTokenGrant(cloud, tokens.refresh_token ?? '');
    expect(second.refresh_token).not.toBe(tokens.refresh_token);
    expect(await refusal(client.refreshTokenGrant(cloud, tokens.refresh_token ?? ''))).toBe('invalid_grant');
    expect(await refusal(client.refreshTokenGrant(cloud, second.refresh_token ?? ''))).toBe('invalid_grant');
    expect((await userinfo(second.access_token)).status).toBe(401);
  });

  test('an agreement knows when its application was last given a token, to the minute', async () => {
    const used = async () => (await listConsents(world.portal, claire.id)).map(({ applicationId, lastUsedAt }) => [applicationId, lastUsedAt]);
    const start = world.portal.now();
    const { tokens } = await world.signIn(browser, claire, 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
    await world.signIn(browser, claire, 'share');
    expect(await used()).toEqual([
      ['cloud', start],
      ['share', start],
    ]);
    const cloud = await world.application('cloud');
    world.advance(seconds(59));
    const second = await client.refreshTokenGrant(cloud, tokens.refresh_token ?? '');
    expect((await used())[0]).toEqual(['cloud', start]);
    world.advance(seconds(1));
    await client.refreshTokenGrant(cloud, second.refresh_token ?? '');
    expect(await used()).toEqual([
      ['cloud', start + minutes(1)],
      ['share', start],
    ]);
  });

  test('SEC-84: of two refreshes with one token at once, at most one gets tokens, and the family dies', async () => {
    const { tokens } = await world.signIn(browser, claire, 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
    const cloud = await world.application('cloud');
    const outcomes = await Promise.allSettled([1, 2].map(() => client.refreshTokenGrant(cloud, tokens.refresh_token ?? '')));
    const won = outcomes.flatMap((o) => (o.status === 'fulfilled' ? [o.value] : []));
    expect(won).toHaveLength(1);
    expect(await refusal(client.refreshTokenGrant(cloud, won[0]?.refresh_token ?? ''))).toBe('invalid_grant');
  });

  test('SEC-84: refreshing never goes beyond 12 hours after the sign-in', async () => {
    const { tokens } = await world.signIn(browser, claire, 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
    const cloud = await world.application('cloud');
    let { refresh_token } = tokens;
    for (let hour = 1; hour <= 11; hour++) {
      world.advance(minutes(60));
      ({ refresh_token } = await client.refreshTokenGrant(cloud, refresh_token ?? ''));
    }
    world.advance(minutes(61));
    expect(await refusal(client.refreshTokenGrant(cloud, refresh_token ?? ''))).toBe('invalid_grant');
  });

  test('SEC-84: without offline_access there is no refresh token', async () => {
    const { tokens } = await world.signIn(browser, claire, 'cloud', { scope: 'openid' });
    expect(tokens.refresh_token).toBeUndefined();
  });

  test('an application revokes its own token, and no other’s', async () => {
    const { tokens } = await world.signIn(browser, claire);
    const body = new URLSearchParams({ token: tokens.access_token, client_id: 'mobile' });
    await world.call('/token/revocation', { method: 'POST', body });
    expect((await userinfo(tokens.access_token)).status).toBe(200);
    await client.tokenRevocation(await share(), tokens.access_token);
    expect((await userinfo(tokens.access_token)).status).toBe(401);
  });

  test('SEC-90: tokens live ten minutes at most', async () => {
    const { tokens } = await world.signIn(browser, claire);
    const { exp = 0, iat = 0 } = tokens.claims() ?? {};
    expect(exp - iat).toBe(600);
    expect(tokens.expires_in).toBe(600);
    world.advance(minutes(10) + seconds(1));
    expect((await userinfo(tokens.access_token)).status).toBe(401);
  });

  test('SEC-90: an ID token with another algorithm or somebody else’s key is no hint', async () => {
    const { tokens } = await world.signIn(browser, claire);
    const [, payload] = (tokens.id_token ?? '').split('.');
    const none = `${btoa('{"alg":"none"}').replaceAll('=', '')}.${payload}.`;
    const hmac = `${btoa('{"alg":"HS256"}').replaceAll('=', '')}.${payload}.AAAA`;
    for (const hint of [none, hmac, 'x', `${tokens.id_token}x`]) {
      const stop = await browser.open((await world.ask('share', { prompt: 'none', id_token_hint: hint })).url);
      expect(errorOf(stop.url)).toBe('invalid_request');
    }
  });

  test('SEC-88: other origins read public metadata, and nothing else', async () => {
    const origin = { headers: { origin: 'https://evil.example' } };
    for (const path of ['/.well-known/openid-configuration', '/jwks']) {
      expect((await world.call(path, origin)).headers.get('access-control-allow-origin')).toBe('*');
    }
    const { tokens } = await world.signIn(browser, claire);
    const answers = [
      await userinfo(tokens.access_token, origin),
      await userinfo(tokens.access_token, { headers: { origin: 'https://share.example' } }),
      await world.call('/me', { method: 'OPTIONS', headers: { ...origin.headers, 'access-control-request-method': 'GET' } }),
      await world.call('/token', { method: 'POST', ...origin, body: new URLSearchParams({ grant_type: 'authorization_code' }) }),
      await world.call('/token', { method: 'OPTIONS', headers: { ...origin.headers, 'access-control-request-method': 'POST' } }),
      await world.call('/token/revocation', { method: 'POST', ...origin, body: new URLSearchParams({ token: 'x' }) }),
      await world.call('/auth?client_id=share', origin),
    ];
    for (const answer of answers) expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  test('SEC-94: every answer of the provider refuses frames and guessing', async () => {
    for (const path of ['/auth?client_id=nobody', '/jwks', '/session/end/success', '/nowhere', '/token', '/me']) {
      const { headers } = await world.call(path, { headers: { accept: 'text/html' } });
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('x-frame-options'), path).toBe('DENY');
    }
  });

  test('T13: Host and X-Forwarded-* from the wire change nothing', async () => {
    const answer = await world.call('/.well-known/openid-configuration', {
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' },
    });
    expect(await answer.text()).not.toContain('evil.example');
  });

  test('a fetch made ahead by the router does not run an endpoint', async () => {
    const { url } = await world.ask('share');
    expect((await browser.request(url, { headers: { rsc: '1' } })).status).toBe(204);
    expect(browser.cookies).toEqual([]);
  });
});

describe('Levels (SEC-89)', () => {
  let nobodyEnrolled: TestAccount;
  beforeEach(async () => {
    nobodyEnrolled = await testAccount(world.portal, { address: 'neuve.personne@inserm.fr' });
  });

  test('an application that asks for one factor gets one, and is told so', async () => {
    const { tokens } = await world.signIn(browser, nobodyEnrolled, 'share', {}, sfa);
    expect(tokens.claims()).toMatchObject({ acr: sfa, amr: ['pwd'] });
  });

  test('one that wants two sends somebody who is not enrolled to the wizard', async () => {
    const stop = await browser.arrive((await world.ask('biblio')).url, nobodyEnrolled, sfa);
    expect(stop.url.pathname).toMatch(/^\/enrol\/[\w-]+\/welcome$/);
  });

  test('one that wants two asks for the second factor of a session that proved one', async () => {
    await world.signIn(browser, claire, 'share', {}, sfa);
    const stop = await browser.open((await world.ask('biblio')).url);
    isAtSignIn(stop.url);
    expect(await browser.details(stop)).toMatchObject({ ok: true, value: { reasons: ['mfa'], acr: sfa, accountId: claire.id } });
    const done = await browser.arrive((await world.ask('biblio')).url, claire, mfa);
    expect(done.url.searchParams.has('code')).toBe(true);
  });

  test('the wizard raises the session, and the sign-in goes on to consent', async () => {
    const wizard = await browser.arrive((await world.ask('biblio')).url, nobodyEnrolled, sfa);
    await enrolFully(world, nobodyEnrolled);
    const stop = await browser.answer(wizard, 'enrol', { enrol: {}, ...world.login(nobodyEnrolled, mfa) });
    expect(stop.url.pathname).toMatch(/^\/consent\//);
    expect(await browser.details(stop)).toMatchObject({ ok: true, value: { acr: mfa } });
  });

  test('a wizard that ended without a proof in this flow asks for the new factor', async () => {
    const wizard = await browser.arrive((await world.ask('biblio')).url, nobodyEnrolled, sfa);
    await enrolFully(world, nobodyEnrolled);
    const stop = await browser.answer(wizard, 'enrol', { enrol: {} });
    isAtSignIn(stop.url);
    expect(await browser.details(stop)).toMatchObject({ ok: true, value: { reasons: ['mfa'] } });
  });

  test('somebody with a factor and steps left proves it first, then goes on with the wizard', async () => {
    await addFactor(world, nobodyEnrolled);
    const first = await browser.open((await world.ask('biblio')).url);
    isAtSignIn(first.url);
    const stop = await browser.answer(first, 'login', world.login(nobodyEnrolled, mfa));
    expect(stop.url.pathname).toMatch(/^\/enrol\//);
  });

  const acrClaim = (claim: object) => JSON.stringify({ id_token: { acr: claim } });

  test.each([
    ['value', { essential: true, value: 'urn:unknown' }],
    ['values', { essential: true, values: ['urn:unknown', 'urn:other'] }],
  ])('an essential level that nobody can give is an error, never less (%s)', async (_what, claim) => {
    const stop = await browser.arrive((await world.ask('share', { claims: acrClaim(claim) })).url, claire);
    expect(errorOf(stop.url)).toBe('unmet_authentication_requirements');
  });

  test('acr_values beside an essential level do not replace it', async () => {
    await world.signIn(browser, claire, 'share', {}, sfa);
    const claims = acrClaim({ essential: true, values: [mfa] });
    const stop = await browser.open((await world.ask('share', { claims, acr_values: sfa, prompt: 'none' })).url);
    expect(errorOf(stop.url)).toBe('login_required');
  });

  test('whoever insists on one factor is told one, even where two were proven', async () => {
    await world.signIn(browser, claire, 'share', {}, mfa);
    const request = await world.ask('share', { claims: acrClaim({ essential: true, value: sfa }), prompt: 'none' });
    const stop = await browser.open(request.url);
    expect((await world.exchange('share', request, stop.url)).claims()?.acr).toBe(sfa);
  });

  test('claims that can’t be read are an error', async () => {
    for (const claims of ['{', '[]', '{"id_token":{"acr":{"essential":true,"values":"x"}}}', '"x"']) {
      const stop = await browser.arrive((await world.ask('share', { claims })).url, claire);
      expect(errorOf(stop.url), claims).toBe('invalid_request');
    }
  });
});

describe('Sessions', () => {
  test('two applications opened at once are both told of a sign-out', async () => {
    await world.signIn(browser, claire, 'share');
    await world.signIn(browser, claire, 'cloud');
    const fresh = world.browser();
    await world.signIn(fresh, claire, 'share', { scope: 'openid' });
    const requests = await Promise.all(['share', 'cloud'].map((id) => world.ask(id, { prompt: 'none' })));
    const stops = await Promise.all(requests.map((r) => fresh.open(r.url)));
    for (const stop of stops) expect(stop.url.searchParams.has('code')).toBe(true);
    await fresh.open(`${world.portal.settings.issuer}/session/end`);
    const xsrf = world.pages.at(-1)?.headers['x-provider-xsrf'] ?? '';
    const confirm = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    };
    await fresh.open(`${world.portal.settings.issuer}/session/end/confirm`, confirm);
    expect(world.told.map((t) => t.url).sort()).toEqual(['https://cloud.example/backchannel', 'https://share.example/backchannel']);
  });

  test('an address of the provider that is none is a page of ours', async () => {
    const stop = await browser.open(`${world.portal.settings.issuer}/nowhere`);
    expect(stop.response?.status).toBe(404);
    expect(await stop.response?.text()).toContain('/problem/unknown');
  });

  test('SEC-62: a provider session idles after 30 minutes', async () => {
    await world.signIn(browser, claire);
    world.advance(minutes(29));
    expect((await browser.open((await world.ask('share', { prompt: 'none' })).url)).url.searchParams.has('code')).toBe(true);
    world.advance(minutes(31));
    expect(errorOf((await browser.open((await world.ask('share', { prompt: 'none' })).url)).url)).toBe('login_required');
  });

  test('SEC-62: it ends 12 hours after the sign-in, however busy', async () => {
    await world.signIn(browser, claire);
    for (let n = 0; n < 28; n++) {
      world.advance(minutes(25));
      expect((await browser.open((await world.ask('share', { prompt: 'none' })).url)).url.searchParams.has('code'), `${n}`).toBe(true);
    }
    world.advance(minutes(21));
    expect(errorOf((await browser.open((await world.ask('share', { prompt: 'none' })).url)).url)).toBe('login_required');
  });

  test('SEC-61: the session’s id changes at every sign-in, and the old one is worth nothing', async () => {
    await world.signIn(browser, claire, 'share', {}, sfa);
    const before = browser.cookies.filter((c) => c.path === '/');
    await world.signIn(browser, claire, 'share', { prompt: 'login' });
    const after = browser.cookies.filter((c) => c.path === '/');
    expect(after[0]?.value).not.toBe(before[0]?.value);
    const thief = world.browser();
    thief.cookies = before;
    expect(errorOf((await thief.open((await world.ask('share', { prompt: 'none' })).url)).url)).toBe('login_required');
  });

  test('SEC-60: a session id that we did not give is never adopted', async () => {
    browser.cookies.push({ name: 'provider-session', value: 'planted', path: '/', attributes: '' });
    await world.signIn(browser, claire);
    expect(browser.cookies.filter((c) => c.name === 'provider-session').map((c) => c.value)).not.toContain('planted');
  });

  test('SEC-60: no id, code or token is readable in the store', async () => {
    const { tokens, stop } = await world.signIn(browser, claire, 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
    const rows = JSON.stringify(await world.portal.store.db.select().from(world.portal.store.s.oidcRecords), (_k, v) =>
      v?.type === 'Buffer' ? Buffer.from(v.data).toString('latin1') : v,
    );
    const secrets = [tokens.access_token, tokens.refresh_token, stop.url.searchParams.get('code'), ...browser.cookies.map((c) => c.value)];
    for (const secret of secrets) expect(rows).not.toContain(secret);
    expect(rows).not.toContain('claire.martin');
  });

  test('SEC-59: cookies are signed, HttpOnly, Lax, and the session’s ends with the browser', async () => {
    await world.signIn(browser, claire);
    const session = browser.cookies.filter((c) => c.name.startsWith('provider-session'));
    expect(session).toHaveLength(2);
    for (const { attributes } of session) {
      expect(attributes).toMatch(/samesite=lax; httponly/);
      expect(attributes).not.toMatch(/expires|max-age|domain/i);
    }
  });

  test('SEC-59: over TLS their names are prefixed and they are Secure', async () => {
    await endWorld(world);
    world = await providerWorld({ settings: { origin: 'https://auth.example', issuer: 'https://auth.example/oidc' } });
    const person = await enrolledAccount(world);
    const tls = world.browser();
    await world.signIn(tls, person);
    expect([...new Set(tls.cookies.map((c) => c.name))].sort()).toEqual([
      '__Host-provider-session',
      '__Host-provider-session.sig',
      '__Secure-provider-flow',
      '__Secure-provider-flow.sig',
    ]);
    for (const { attributes } of tls.cookies) expect(attributes).toMatch(/secure/);
  });

  test('a disabled account has no session any more, and its tokens are dead', async () => {
    const { tokens } = await world.signIn(browser, claire);
    await setAccountStatus(world.portal, testOperator(), claire.address, 'disabled');
    isAtSignIn((await browser.open((await world.ask('share')).url)).url);
    expect((await userinfo(tokens.access_token)).status).toBe(401);
  });

  test('when another person signs in, the first is signed out and told of, without a script', async () => {
    await world.signIn(browser, claire);
    const jean = await enrolledAccount(world, 'jean.petit@inserm.fr');
    const request = await world.ask('share', { prompt: 'login' });
    const stop = await browser.arrive(request.url, jean);
    expect((await world.exchange('share', request, stop.url)).claims()?.sub).toBe(jean.id);
    expect(world.told.map((t) => t.url)).toEqual(['https://share.example/backchannel']);
  });
});
