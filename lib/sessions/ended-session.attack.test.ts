// A session that its owner ended stays ended, whatever requests to the provider were under way.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Engine, engines } from '#db/testing';
import { endWorld, enrolledAccount, type ProviderWorld, providerWorld, type TestBrowser } from '../oidc/provider.testing.ts';
import { type TestAccount, testMember } from '../portal.testing.ts';
import { endOtherSessions } from './end-other-sessions.ts';
import { signOutEverywhere } from './sign-out-everywhere.ts';

let world: ProviderWorld;
let claire: TestAccount;
let browser: TestBrowser;
function eachOn(engine: Engine) {
  beforeEach(async () => {
    world = await providerWorld({ store: await engine.open() });
    claire = await enrolledAccount(world);
    browser = world.browser();
    await world.signIn(browser, claire, 'share');
  });
  afterEach(() => endWorld(world));
}

/** Another browser of the same person. */
const member = () => testMember(claire.id);
const ways = [
  ['all others', () => endOtherSessions(world.portal, member())],
  ['everywhere', () => signOutEverywhere(world.portal, member()).then(() => undefined)],
] as const;

/** Plays `interruption` before the n-th unit of work that comes from now on. @returns whether that many came */
function interrupt(n: number, interruption: () => Promise<void>): () => boolean {
  const { store } = world.portal;
  const { unit } = store;
  let left = n;
  store.unit = async (key, script) => {
    if (--left === 0) {
      store.unit = unit;
      await interruption();
    }
    return unit(key, script);
  };
  return () => {
    store.unit = unit;
    return left <= 0;
  };
}

const sessions = async () => {
  const { db, s } = world.portal.store;
  return (await db.select().from(s.oidcRecords)).filter(({ model, accountId }) => model === 'Session' && accountId === claire.id).map(({ id }) => id);
};

/** What a browser that was ended can still do: nothing. */
async function isSignedOut(code: URL, request: Awaited<ReturnType<ProviderWorld['ask']>>, application: string) {
  expect(await sessions()).toEqual([]);
  if (code.searchParams.has('code')) await expect(world.exchange(application, request, code)).rejects.toThrow();
  const { url } = await browser.open((await world.ask('share', { prompt: 'none' })).url);
  expect(url.searchParams.get('error')).toBe('login_required');
}

const table = engines().flatMap((engine) => ways.map(([way, end]) => ({ name: engine.name, engine, way, end })));
describe.each(table)('$name: $way', ({ engine, end }) => {
  eachOn(engine);

  test('SEC-64: while the browser asks for a code', async () => {
    let interruptions = 0;
    for (let n = 1; n < 10; n++) {
      const request = await world.ask('share', { prompt: 'none' });
      const came = interrupt(n, end);
      const stop = await browser.open(request.url);
      if (!came()) break;
      interruptions++;
      await isSignedOut(stop.url, request, 'share');
      await world.signIn(browser, claire, 'share');
    }
    expect(interruptions).toBeGreaterThan(1);
  });

  test('SEC-64: while the browser comes back from a page of ours, and its session gets another id', async () => {
    let interruptions = 0;
    for (let n = 1; n < 12; n++) {
      const request = await world.ask('cloud', { prompt: 'consent', scope: 'openid offline_access' });
      const stop = await browser.open(request.url);
      expect(stop.url.pathname).toMatch(/^\/consent\//);
      const came = interrupt(n, end);
      const arrived = await browser.agree(stop, claire).catch(() => null);
      if (!came()) break;
      interruptions++;
      await isSignedOut(arrived?.url ?? stop.url, request, 'cloud');
      await world.signIn(browser, claire, 'share');
    }
    expect(interruptions).toBeGreaterThan(3);
  });
});
