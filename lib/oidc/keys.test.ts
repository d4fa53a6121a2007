// Signing keys: made once, rotated while the portal runs, kept as long as what they signed may come back.
import { decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { hours, minutes, seconds } from '../duration.ts';
import { events, testOperator, testPortal } from '../portal.testing.ts';
import { loadSigningKeys, rotateKeys, signingKeySeal } from './keys.ts';
import { endWorld, enrolledAccount, type ProviderWorld, providerWorld } from './provider.testing.ts';

let world: ProviderWorld;
beforeEach(async () => {
  world = await providerWorld();
});
afterEach(() => endWorld(world));

const published = async () => ((await (await world.call('/jwks')).json()) as { keys: { kid: string }[] }).keys.map((k) => k.kid);
const kidOf = (idToken: string | undefined) => decodeProtectedHeader(idToken ?? '').kid;

test('SEC-90: rotated while running: the key published before now signs, the old one stays known, sign-ins go on', async () => {
  const claire = await enrolledAccount(world);
  const browser = world.browser();
  const before = await world.signIn(browser, claire);
  const [active, next] = await published();
  expect(kidOf(before.tokens.id_token)).toBe(active);

  expect(await rotateKeys(world.portal, testOperator())).toBe(next);
  world.advance(seconds(2));
  const after = await world.signIn(browser, claire);
  expect(kidOf(after.tokens.id_token)).toBe(next);
  expect(await published()).toEqual([next, expect.any(String), active]);

  const request = await world.ask('share', { prompt: 'none', id_token_hint: before.tokens.id_token });
  expect((await browser.open(request.url)).url.searchParams.has('code')).toBe(true);
  expect((await events(world.portal)).at(-1)).toMatchObject({ type: 'keys-rotated', actor: 'cli:test', data: { kid: next } });
});

test('a flow that was under way when the keys changed goes on', async () => {
  const claire = await enrolledAccount(world);
  const browser = world.browser();
  const request = await world.ask('share');
  const stop = await browser.open(request.url);
  await rotateKeys(world.portal, testOperator());
  world.advance(seconds(3));
  const after = await browser.answer(stop, 'login', world.login(claire));
  expect(after.url.pathname).toMatch(/^\/consent\//);
});

test('a retired key is published for as long as a session lasts, and an hour, then not', async () => {
  const [active] = await published();
  await rotateKeys(world.portal, testOperator());
  world.advance(hours(13) - minutes(1));
  expect(await published()).toContain(active);
  world.advance(minutes(2));
  expect(await published()).not.toContain(active);
  await rotateKeys(world.portal, testOperator());
  const { db, s } = world.portal.store;
  expect((await db.select().from(s.signingKeys)).map((row) => row.kid)).not.toContain(active);
});

test('keys are sealed for their id: bytes of one do not open as another', async () => {
  const { db, s } = world.portal.store;
  const [one, other] = await db.select().from(s.signingKeys);
  expect(() => world.portal.secrets.open(signingKeySeal(other?.kid ?? ''), one?.jwk ?? Buffer.alloc(0))).toThrow();
  expect(one?.jwk.toString('latin1')).not.toContain('"d"');
});

for (const engine of engines()) {
  test(`${engine.name}: two portals that start at once on an empty store share one pair of keys`, async () => {
    const [one, two] = await engine.openTwice();
    try {
      const first = await testPortal({ store: one });
      const second = { ...(await testPortal({ store: two })), secrets: first.secrets };
      const [a, b] = await Promise.all([loadSigningKeys(first), loadSigningKeys(second)]);
      expect(a.version).toBe(b.version);
      expect(a.keys).toHaveLength(2);
    } finally {
      await one.close();
      await two.close();
    }
  });
}
