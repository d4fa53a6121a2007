// The browsers in which a person is signed in: what is known of each, and what ends with it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listSessionBrowsers } from '#db/session-browsers';
import { minutes } from '../duration.ts';
import { pairedPhone } from '../factors/phone/phone.testing.ts';
import { endWorld, enrolledAccount, type ProviderWorld, providerWorld, type TestBrowser } from '../oidc/provider.testing.ts';
import { purgeExpired } from '../operations/purge-expired.ts';
import { changePassword } from '../passwords/change-password.ts';
import { events, type TestAccount, testPassword, testVisitor } from '../portal.testing.ts';
import { askPhoneAgain } from '../proof/ask-phone.ts';
import { digest } from '../secrets.ts';
import { mint, type RecentlyProven } from '../visitor.ts';
import { endOneSession } from './end-one-session.ts';
import { endOtherSessions } from './end-other-sessions.ts';
import { listSignedInBrowsers } from './open-sessions.ts';
import { startPortalSession } from './portal-session.ts';
import { signOutEverywhere } from './sign-out-everywhere.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1';

let world: ProviderWorld;
let claire: TestAccount;
let here: Signed;
let there: Signed;
let member: RecentlyProven;

interface Signed {
  readonly browser: TestBrowser;
  readonly accessToken: string;
  /** The portal session's hashed id. */
  readonly portalSession: string;
}

beforeEach(async () => {
  world = await providerWorld();
  claire = await enrolledAccount(world);
  here = await signsIn(claire, 'here');
  there = await signsIn(claire, 'there', 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
  member = memberOf(claire, here);
});
afterEach(() => endWorld(world));

const memberOf = ({ id }: TestAccount, { portalSession }: Signed) =>
  mint<RecentlyProven>({ accountId: id, sessionId: portalSession, provenAt: world.portal.now(), visitor: { ...testVisitor, userAgent: firefox } });

/** Signed in to an application and, as by next-auth, to the portal. The session's sid at that application stands in for the portal's. */
async function signsIn(account: TestAccount, token: string, application = 'share', query = {}): Promise<Signed> {
  const browser = world.browser();
  const { tokens } = await world.signIn(browser, account, application, query);
  const sid = String(JSON.parse(Buffer.from((tokens.id_token ?? '').split('.')[1] ?? '', 'base64url').toString()).sid);
  await startPortalSession(world.portal, {
    token,
    accountId: account.id,
    sid,
    idToken: null,
    acr: null,
    amr: [],
    authenticatedAt: world.portal.now(),
    userAgent: safari,
    network: '198.51.100.0/24',
  });
  return { browser, accessToken: tokens.access_token, portalSession: digest(token) };
}

const comesFrom = async (browser: TestBrowser, userAgent: string, forwardedFor = '192.0.2.7') => {
  const { url } = await world.ask('share', { prompt: 'none' });
  await browser.open(url, { headers: { 'user-agent': userAgent, 'x-forwarded-for': forwardedFor } });
};
const isSignedIn = async ({ browser }: Signed, application = 'share') => {
  const { url } = await browser.open((await world.ask(application, { prompt: 'none' })).url);
  return url.searchParams.has('code') || url.searchParams.get('error') === 'consent_required';
};
const alive = async ({ accessToken }: Signed) => (await world.call('/me', { headers: { authorization: `Bearer ${accessToken}` } })).status === 200;
const portalSessions = async () => (await world.portal.store.db.select().from(world.portal.store.s.portalSessions)).map(({ id }) => id).sort();
const told = () => world.told.map(({ url }) => url);
const list = () => listSignedInBrowsers(world.portal, member);
const lastEvent = async () => (await events(world.portal)).at(-1);
const otherId = async () => (await list()).find(({ current }) => !current)?.id ?? '';

describe('What is known', () => {
  test('SEC-64: each browser once, this one first, by name and system', async () => {
    await comesFrom(there.browser, safari);
    expect(await list()).toMatchObject([
      { current: true, browser: { browser: 'Firefox', system: 'Windows' } },
      { current: false, browser: { browser: 'Safari', system: 'iPhone' } },
    ]);
  });

  test('SEC-71: without a proxy of ours, a forwarded address is nobody’s word', async () => {
    await comesFrom(there.browser, safari, '203.0.113.9');
    expect((await list()).map(({ network }) => network)).toEqual([testVisitor.network, null]);
  });

  test('the last use is known to the minute, and no more often written', async () => {
    await comesFrom(there.browser, safari);
    const rows = () => world.portal.store.read((tx) => listSessionBrowsers(tx, claire.id));
    const seen = async () => Math.max(...(await rows()).map(({ seenAt }) => seenAt));
    const before = await seen();
    world.advance(30_000);
    await comesFrom(there.browser, safari);
    expect(await seen()).toBe(before);
    world.advance(30_000);
    await comesFrom(there.browser, safari);
    expect(await seen()).toBe(before + minutes(1));
  });

  test('SEC-113: a browser is forgotten with its session', async () => {
    await comesFrom(there.browser, safari);
    world.advance(world.portal.settings.policy.session.idle + minutes(1));
    expect(await list()).toEqual([]);
    expect((await purgeExpired(world.portal)).sessionBrowsers).toBe(2);
  });

  test('nobody sees another person’s', async () => {
    const jean = await enrolledAccount(world, 'jean.petit@inserm.fr');
    await signsIn(jean, 'of Jean');
    expect(await list()).toHaveLength(2);
  });
});

describe('What ends', () => {
  test('SEC-64: one session, with its portal session, its tokens and its applications; the others go on', async () => {
    expect(await endOneSession(world.portal, member, await otherId())).toBe(true);
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
    expect([await alive(here), await alive(there)]).toEqual([true, false]);
    expect(await portalSessions()).toEqual([here.portalSession]);
    expect(told()).toEqual(['https://cloud.example/backchannel']);
    expect(await lastEvent()).toMatchObject({ type: 'signed-out-other', accountId: claire.id });
    expect(await world.portal.store.read((tx) => listSessionBrowsers(tx, claire.id))).toHaveLength(1);
  });

  test('a session that is gone is gone: no event, nobody told twice', async () => {
    const id = await otherId();
    await endOneSession(world.portal, member, id);
    const before = (await events(world.portal)).length;
    for (const gone of [id, '', 'x\0', 'x'.repeat(10_000)]) expect(await endOneSession(world.portal, member, gone)).toBe(false);
    expect(await events(world.portal)).toHaveLength(before);
    expect(told()).toHaveLength(1);
  });

  test('another person’s session goes on, and the try is recorded', async () => {
    const jean = await enrolledAccount(world, 'jean.petit@inserm.fr');
    const ofJean = await signsIn(jean, 'of Jean');
    const [theirs] = await listSignedInBrowsers(world.portal, memberOf(jean, ofJean));
    for (const id of [theirs?.id ?? '', ofJean.portalSession]) {
      expect(await endOneSession(world.portal, member, id)).toBe(false);
      expect(await lastEvent()).toMatchObject({ type: 'step-refused', accountId: claire.id, data: { act: 'end-session' } });
    }
    expect([await isSignedIn(ofJean), await alive(ofJean)]).toEqual([true, true]);
    expect(await portalSessions()).toContain(ofJean.portalSession);
  });

  test('a portal session that outlives the provider’s is listed, and ends', async () => {
    const { db, s } = world.portal.store;
    await db.delete(s.oidcRecords);
    const [, other] = await list();
    // What was noted of its browser at sign-in is all that is left.
    expect(other).toMatchObject({ browser: { browser: 'Safari', system: 'iPhone' }, network: '198.51.100.0/24' });
    expect(await list()).toHaveLength(2);
    expect(await endOneSession(world.portal, member, other?.id ?? '')).toBe(true);
    expect(await portalSessions()).toEqual([here.portalSession]);
  });

  test('SEC-64: « Ce n’est pas moi » about a change of the account: the browser that asked is signed out, tokens and applications with it, and no other', async () => {
    const phone = await pairedPhone(world.portal, claire.id, 'pin');
    expect(await askPhoneAgain(world.portal, memberOf(claire, there))).toMatchObject({ ok: true });
    const [request] = await phone.pending();
    expect(await phone.answer({ id: request?.id ?? '' }, 'report')).toMatchObject({ ok: true, value: 'reported' });
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
    expect([await alive(here), await alive(there)]).toEqual([true, false]);
    expect(await portalSessions()).toEqual([here.portalSession]);
    expect(told()).toEqual(['https://cloud.example/backchannel']);
    const said = { act: 'report-request', request: request?.id };
    expect((await events(world.portal)).filter(({ type }) => type === 'signed-out-other')).toMatchObject([{ accountId: claire.id, data: said }]);
    // Sent again, nothing more happens.
    expect(await phone.answer({ id: request?.id ?? '' }, 'report')).toMatchObject({ ok: true, value: 'reported' });
    expect(told()).toHaveLength(1);
  });

  test('a report of a request that was answered, or that nobody’s session asked any more, ends nothing else', async () => {
    const phone = await pairedPhone(world.portal, claire.id, 'pin');
    await askPhoneAgain(world.portal, memberOf(claire, there));
    const [request] = await phone.pending();
    await endOneSession(world.portal, member, await otherId());
    expect(await phone.answer({ id: request?.id ?? '' }, 'report')).toMatchObject({ ok: true, value: 'reported' });
    expect(await portalSessions()).toEqual([here.portalSession]);
    expect(await isSignedIn(here)).toBe(true);
  });

  test('SEC-64: all others, and this one goes on', async () => {
    await endOtherSessions(world.portal, member);
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
    expect([await alive(here), await alive(there)]).toEqual([true, false]);
    expect(await portalSessions()).toEqual([here.portalSession]);
    expect(told()).toEqual(['https://cloud.example/backchannel']);
    expect(await lastEvent()).toMatchObject({ type: 'signed-out-others', accountId: claire.id });
    expect(await list()).toMatchObject([{ current: true }]);
  });

  test('SEC-12: a changed password ends every other session at the provider, its tokens, and its applications’', async () => {
    const fit = 'Un héron compte ses sardines violettes';
    expect(await changePassword(world.portal, member, { current: testPassword, password: fit })).toEqual({ ok: true, value: undefined });
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
    expect([await alive(here), await alive(there)]).toEqual([true, false]);
    expect(await portalSessions()).toEqual([here.portalSession]);
    expect(told()).toEqual(['https://cloud.example/backchannel']);
  });

  test('everywhere: nothing is remembered of any browser', async () => {
    await signOutEverywhere(world.portal, member);
    expect(await world.portal.store.read((tx) => listSessionBrowsers(tx, claire.id))).toEqual([]);
  });
});
