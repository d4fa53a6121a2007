// A password given by an operator: which are refused, and that every session ends with the old one.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endWorld, enrolledAccount, type ProviderWorld, providerWorld, type TestBrowser } from '../oidc/provider.testing.ts';
import { events, letters, type TestAccount, testOperator, testPassword } from '../portal.testing.ts';
import { startPortalSession } from '../sessions/portal-session.ts';
import { findAccount } from './facts.ts';
import { setPassword } from './set-password.ts';

const fit = 'Un héron compte ses sardines violettes';
let world: ProviderWorld;
let claire: TestAccount;
let browser: TestBrowser;
let accessToken: string;
beforeEach(async () => {
  world = await providerWorld();
  claire = await enrolledAccount(world);
  browser = world.browser();
  const { tokens } = await world.signIn(browser, claire, 'cloud');
  accessToken = tokens.access_token;
  const authenticatedAt = world.portal.now();
  await startPortalSession(world.portal, {
    token: 'token',
    accountId: claire.id,
    sid: null,
    idToken: null,
    acr: null,
    amr: [],
    authenticatedAt,
    userAgent: null,
    network: null,
  });
});
afterEach(() => endWorld(world));

const given = async (plain: string) => {
  const account = await findAccount(world.portal, claire.id);
  if (!account) throw new Error('There is no account.');
  return setPassword(world.portal, testOperator(), account, plain);
};
const outcome = async (plain: string) => (await world.portal.directory.verifyPassword(claire.address, plain)).outcome;
const isSignedIn = async () => (await browser.open((await world.ask('cloud', { prompt: 'none' })).url)).url.searchParams.has('code');
const tokenIsAlive = async () => (await world.call('/me', { headers: { authorization: `Bearer ${accessToken}` } })).status === 200;
const portalSessions = () => world.portal.store.db.select().from(world.portal.store.s.portalSessions);

test('SEC-12: every session ends, at the provider, in the portal and in applications, and no token works', async () => {
  expect([await isSignedIn(), await tokenIsAlive()]).toEqual([true, true]);
  expect(await given(fit)).toEqual({ ok: true, value: null });
  expect([await outcome(fit), await outcome(testPassword)]).toEqual(['right', 'wrong']);
  expect([await isSignedIn(), await tokenIsAlive()]).toEqual([false, false]);
  expect(await portalSessions()).toEqual([]);
  expect(world.told.map(({ url }) => url)).toEqual(['https://cloud.example/backchannel']);
  expect((await events(world.portal)).at(-1)).toMatchObject({ type: 'password-set', accountId: claire.id });
  expect((await letters(world.portal)).at(-1)).toMatchObject({ kind: 'password-set', to: claire.address });
});

test.each([
  ['quatorze signe', 'password-too-short'],
  ['vive claire et ses amis du nord', 'password-personal'],
  ['Les quatre lapins mangent', 'password-guessable'],
])('SEC-03: %j is refused (%s), and nothing ends', async (plain, code) => {
  expect(await given(plain)).toMatchObject({ ok: false, problems: [{ code }] });
  expect(await outcome(testPassword)).toBe('right');
  expect([await isSignedIn(), await tokenIsAlive()]).toEqual([true, true]);
  expect(await portalSessions()).toHaveLength(1);
});
