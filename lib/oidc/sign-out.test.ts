// Signing out: the modules of the OpenID logout plan done by hand, back-channel logout, and signing out everywhere.
import { decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { minutes } from '../duration.ts';
import { events, type TestAccount, testMember } from '../portal.testing.ts';
import { signOutEverywhere } from '../sessions/sign-out-everywhere.ts';
import { endProviderSession } from './bridge.ts';
import { readLogoutToken } from './logout-token.ts';
import { endWorld, enrolledAccount, type ProviderWorld, providerWorld, type Stop, type TestBrowser } from './provider.testing.ts';

let world: ProviderWorld;
let claire: TestAccount;
let browser: TestBrowser;
let idToken: string;
let accessToken: string;

beforeEach(async () => {
  world = await providerWorld();
  claire = await enrolledAccount(world);
  browser = world.browser();
  const { tokens } = await world.signIn(browser, claire);
  idToken = tokens.id_token ?? '';
  accessToken = tokens.access_token;
});
afterEach(() => endWorld(world));

const bye = 'https://share.example/bye';
const end = (query: Record<string, string> = {}) => browser.open(`${world.portal.settings.issuer}/session/end?${new URLSearchParams(query)}`);
const lastPage = () => world.pages.at(-1);
const isAsked = (stop: Stop) => {
  expect(stop.response?.status).toBe(200);
  expect(lastPage()?.path.split('?')[0]).toBe('/sign-out');
};
const xsrf = () => lastPage()?.headers['x-provider-xsrf'] ?? '';
const answerSignOut = (answer: Record<string, string>) =>
  browser.open(`${world.portal.settings.issuer}/session/end/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(answer),
  });
const isSignedIn = async () => {
  const { url } = await browser.open((await world.ask('share', { prompt: 'none' })).url);
  return url.searchParams.has('code');
};
const alive = async (token: string) => (await world.call('/me', { headers: { authorization: `Bearer ${token}` } })).status === 200;

describe('Logout plan (SEC-91)', () => {
  test('discovery', async () => {
    expect(await (await world.call('/.well-known/openid-configuration')).json()).toMatchObject({
      end_session_endpoint: `${world.portal.settings.issuer}/session/end`,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    });
  });

  test('normal: the person is asked, and then goes back to the application with its state', async () => {
    isAsked(await end({ id_token_hint: idToken, post_logout_redirect_uri: bye, state: 'st' }));
    expect(await isSignedIn()).toBe(true);
    isAsked(await end({ id_token_hint: idToken, post_logout_redirect_uri: bye, state: 'st' }));
    const stop = await answerSignOut({ xsrf: xsrf(), logout: 'yes' });
    expect(stop.url.href).toBe(`${bye}?state=st`);
    expect(await isSignedIn()).toBe(false);
    expect(await alive(accessToken)).toBe(false);
  });

  test('the person stays: back to the application, still signed in', async () => {
    await end({ id_token_hint: idToken, post_logout_redirect_uri: bye });
    expect((await answerSignOut({ xsrf: xsrf() })).url.href).toBe(bye);
    expect(await isSignedIn()).toBe(true);
  });

  test('the person stays, and the application named no address: to its home', async () => {
    await end({ id_token_hint: idToken });
    expect((await answerSignOut({ xsrf: xsrf() })).url.href).toBe('https://share.example/');
  });

  const noHint = async () => ({});
  const tampered = async () => ({ id_token_hint: `${btoa('{"alg":"none"}').replaceAll('=', '')}.${idToken.split('.')[1]}.` });
  const otherKey = async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const claims = JSON.parse(atob((idToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    return { id_token_hint: await new SignJWT(claims).setProtectedHeader(decodeProtectedHeader(idToken) as { alg: string }).sign(privateKey) };
  };
  test.each([
    ['bad post_logout_redirect_uri', async () => ({ id_token_hint: idToken, post_logout_redirect_uri: 'https://evil.example/bye' })],
    ['query added to the redirect', async () => ({ id_token_hint: idToken, post_logout_redirect_uri: `${bye}?x=1` })],
    ['modified id_token_hint (alg none)', async () => ({ ...(await tampered()), post_logout_redirect_uri: bye })],
    ['id_token_hint signed by another key', async () => ({ ...(await otherKey()), post_logout_redirect_uri: bye })],
    ['id_token_hint that is no token', async () => ({ id_token_hint: 'x', post_logout_redirect_uri: bye })],
  ])('T27: %s: an error page, no redirect, still signed in', async (_module, query) => {
    const stop = await end((await query()) as Record<string, string>);
    expect(stop.response?.status).toBe(400);
    expect(lastPage()?.path).toMatch(/^\/problem\/sign-out-refused/);
    expect(await isSignedIn()).toBe(true);
  });

  test.each([
    ['no id_token_hint', async () => ({ post_logout_redirect_uri: bye, state: 'st' })],
    ['no params', noHint],
    ['no post_logout_redirect_uri', async () => ({ id_token_hint: idToken, state: 'st' })],
    ['only state', async () => ({ state: 'st' })],
  ])('%s: the person is asked, and ends at a page of ours', async (_module, query) => {
    isAsked(await end((await query()) as Record<string, string>));
    const stop = await answerSignOut({ xsrf: xsrf(), logout: 'yes' });
    expect(stop.url.href).toBe(`${world.portal.settings.origin}/signed-out`);
    expect(await isSignedIn()).toBe(false);
  });

  test('no state: back to the application without one', async () => {
    await end({ id_token_hint: idToken, post_logout_redirect_uri: bye });
    expect((await answerSignOut({ xsrf: xsrf(), logout: 'yes' })).url.href).toBe(bye);
  });

  test('by POST it is the same question', async () => {
    const stop = await browser.open(`${world.portal.settings.issuer}/session/end`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ id_token_hint: idToken }),
    });
    isAsked(stop);
    expect(await isSignedIn()).toBe(true);
  });

  test('SEC-67: asking changes nothing, and an answer without its one-time value is refused', async () => {
    await end({ id_token_hint: idToken });
    for (const forged of ['', 'x'.repeat(48)]) expect((await answerSignOut({ xsrf: forged, logout: 'yes' })).response?.status).toBe(400);
    expect(await isSignedIn()).toBe(true);
  });

  test('nobody signed in: nothing to ask, no script, a page of ours', async () => {
    browser = world.browser();
    const stop = await end();
    expect(stop.url.href).toBe(`${world.portal.settings.origin}/signed-out`);
    expect(world.pages).toEqual([]);
  });
});

describe('Back-channel logout (SEC-91)', () => {
  test('the token names the session, has the event, and no nonce; only registered addresses are called', async () => {
    await end({ id_token_hint: idToken });
    await answerSignOut({ xsrf: xsrf(), logout: 'yes' });
    expect(world.told.map((t) => t.url)).toEqual(['https://share.example/backchannel']);
    const [, payload = ''] = world.told[0]?.token.split('.') ?? [];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(decodeProtectedHeader(world.told[0]?.token ?? '')).toMatchObject({ alg: 'RS256', typ: 'logout+jwt' });
    expect(claims).toMatchObject({
      iss: world.portal.settings.issuer,
      aud: 'share',
      sub: claire.id,
      sid: JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()).sid,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
    expect(claims).not.toHaveProperty('nonce');
  });

  test('tokens of offline_access die as well', async () => {
    const { tokens } = await world.signIn(browser, claire, 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
    await end({ id_token_hint: idToken });
    await answerSignOut({ xsrf: xsrf(), logout: 'yes' });
    expect(await alive(tokens.access_token)).toBe(false);
    const { db, s } = world.portal.store;
    expect((await db.select().from(s.oidcRecords)).map((r) => r.model).filter((m) => m !== 'Interaction' && m !== 'Session')).toEqual([]);
  });
});

describe('From the portal', () => {
  let portalToken: string;
  beforeEach(async () => {
    const { exchange } = await portalSignIn();
    portalToken = exchange;
  });

  /** The portal's own client: next-auth stands outside this suite, its request is the same. */
  async function portalSignIn() {
    const { secret } = (await import('../applications/facts.ts')).portalApplication(world.portal);
    const verifier = 'v'.repeat(43);
    const challenge = (await import('node:crypto')).createHash('sha256').update(verifier).digest('base64url');
    const redirect = `${world.portal.settings.origin}/api/auth/callback/portal`;
    const query = {
      client_id: 'portal',
      scope: 'openid profile email',
      response_type: 'code',
      redirect_uri: redirect,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    };
    const stop = await browser.open(`${world.portal.settings.issuer}/auth?${new URLSearchParams(query)}`);
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: stop.url.searchParams.get('code') ?? '',
      redirect_uri: redirect,
      code_verifier: verifier,
    });
    const authorization = `Basic ${btoa(`portal:${secret}`)}`;
    const answer = (await (await world.call('/token', { method: 'POST', headers: { authorization }, body })).json()) as { id_token: string };
    return { exchange: answer.id_token };
  }

  test('the portal needs no consent', () => expect(portalToken).toMatch(/^ey/));

  test('one press of a button signs out of everything, without a second question', async () => {
    const ended = await endProviderSession(world.portal, browser.cookieHeader('/'), portalToken);
    expect(ended?.location).toBe(`${world.portal.settings.origin}/signed-out`);
    expect(ended?.cookies.some((c) => /^provider-session=;.*1970/.test(c))).toBe(true);
    expect(await isSignedIn()).toBe(false);
    expect(world.told.map((t) => t.url).sort()).toEqual([
      `${world.portal.settings.internalOrigin}/api/backchannel-logout`,
      'https://share.example/backchannel',
    ]);
  });

  test('a hint that the provider does not take ends nothing', async () => {
    expect(await endProviderSession(world.portal, browser.cookieHeader('/'), `${portalToken}x`)).toBeNull();
    expect(await isSignedIn()).toBe(true);
  });

  test('the portal reads the logout token that it is sent, for five minutes', async () => {
    await endProviderSession(world.portal, browser.cookieHeader('/'), portalToken);
    const token = world.told.find((t) => t.url.endsWith('/api/backchannel-logout'))?.token ?? '';
    expect(await readLogoutToken(world.portal, token)).toMatchObject({ accountId: claire.id, sid: expect.any(String) });
    world.advance(minutes(6));
    expect(await readLogoutToken(world.portal, token)).toBeNull();
  });

  test('T27: it takes no other token for one', async () => {
    await endProviderSession(world.portal, browser.cookieHeader('/'), portalToken);
    const forShare = world.told.find((t) => t.url.startsWith('https://share'))?.token ?? '';
    const right = world.told.find((t) => t.url.endsWith('/api/backchannel-logout'))?.token ?? '';
    const [, payload] = right.split('.');
    const { privateKey } = await generateKeyPair('RS256');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const signed = await new SignJWT(claims).setProtectedHeader(decodeProtectedHeader(right) as { alg: string }).sign(privateKey);
    for (const token of [
      forShare,
      portalToken,
      `${right}x`,
      `${btoa('{"alg":"none","typ":"logout+jwt"}').replaceAll('=', '')}.${payload}.`,
      signed,
      '',
      'x',
    ])
      expect(await readLogoutToken(world.portal, token)).toBeNull();
  });
});

describe('Everywhere', () => {
  test('every session, grant and token of the person is gone, applications are told, nobody else is touched', async () => {
    const phone = world.browser();
    const { tokens: onPhone } = await world.signIn(phone, claire, 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
    const jean = await enrolledAccount(world, 'jean.petit@inserm.fr');
    const { tokens: ofJean } = await world.signIn(world.browser(), jean);
    expect(await signOutEverywhere(world.portal, testMember(claire.id))).toEqual({ told: 2, untold: 0 });
    for (const token of [accessToken, onPhone.access_token]) expect(await alive(token)).toBe(false);
    expect(await alive(ofJean.access_token)).toBe(true);
    expect(await isSignedIn()).toBe(false);
    expect(world.told.map((t) => t.url).sort()).toEqual(['https://cloud.example/backchannel', 'https://share.example/backchannel']);
    expect((await events(world.portal)).at(-1)).toMatchObject({ type: 'signed-out-everywhere', accountId: claire.id, data: { sessions: 2 } });
  });
});
