// A passkey proven again inside a session: by whom, where and when it counts.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { minutes } from '../duration.ts';
import { addPasskey, askAddedPasskey } from '../factors/add-passkey.ts';
import { type AuthenticatorTraits, type TestAuthenticator, testAuthenticator } from '../factors/passkey/authenticator.testing.ts';
import { events, type TestAccount, type TestPortal, testAccount, testApp, testMember, testPortal } from '../portal.testing.ts';
import type { Member, RecentlyProven } from '../visitor.ts';
import { askToProvePasskey, provePasskeyAgain } from './prove-passkey.ts';

let portal: TestPortal;
let claire: TestAccount;
let member: Member;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  member = testMember(claire.id, 'one');
});
afterEach(() => portal.close());

const karim = () => testAccount(portal, { address: 'karim.roy@inserm.fr', givenName: 'Karim', familyName: 'Roy' });
const given = (asked: { ok: true; value: string } | { ok: false }) => {
  if (!asked.ok) throw new Error('Nothing was asked.');
  return asked.value;
};
const problem = (code: string) => ({ ok: false, problems: [{ code }] });
const lastEvent = async () => (await events(portal)).at(-1);

/** A passkey in place, whose owner has nothing else. */
async function holding(owner: Member = member, traits: AuthenticatorTraits = {}): Promise<TestAuthenticator> {
  const key = testAuthenticator(portal.settings.origin, traits);
  const proven = { ...owner, provenAt: portal.now() } as RecentlyProven;
  const credential = key.register(given(await askAddedPasskey(portal, proven)));
  expect(await addPasskey(portal, proven, { credential })).toMatchObject({ ok: true });
  return key;
}
const proves = async (key: TestAuthenticator, by = member) =>
  provePasskeyAgain(portal, by, { credential: key.prove(given(await askToProvePasskey(portal, by))) });

test.each([true, false])(
  'SEC-36: who has nothing but a passkey confirms with it (owner verified: %s), and the factor counts as used',
  async (verifies) => {
    const key = await holding(member, { verifies });
    portal.clock.advance(minutes(1));
    expect(await proves(key)).toEqual({ ok: true, value: 'factor' });
    expect(await lastEvent()).toMatchObject({ type: 'passkey-right', accountId: claire.id, data: { userVerified: verifies } });
    expect(await portal.store.db.select().from(portal.store.s.factors)).toMatchObject([{ kind: 'passkey', lastUsedAt: portal.now() }]);
  },
);

test('nobody without a passkey is asked for one', async () => {
  await testApp(portal, claire.id);
  expect(await askToProvePasskey(portal, member)).toEqual(problem('expired-page'));
});

test('SEC-30: an answer works once, in the session that was asked, within five minutes', async () => {
  const key = await holding();
  const credential = key.prove(given(await askToProvePasskey(portal, member)));
  expect(await provePasskeyAgain(portal, testMember(claire.id, 'two'), { credential })).toEqual(problem('passkey-expired'));
  expect(await provePasskeyAgain(portal, member, { credential })).toMatchObject({ ok: true });
  expect(await provePasskeyAgain(portal, member, { credential })).toEqual(problem('passkey-expired'));
  const late = key.prove(given(await askToProvePasskey(portal, member)));
  portal.clock.advance(minutes(5));
  expect(await provePasskeyAgain(portal, member, { credential: late })).toEqual(problem('passkey-expired'));
});

test('SEC-30: the question of a new passkey is not one of proof', async () => {
  const key = await holding();
  const question = given(await askAddedPasskey(portal, { ...member, provenAt: portal.now() } as RecentlyProven));
  expect(await provePasskeyAgain(portal, member, { credential: key.prove(question) })).toEqual(problem('passkey-expired'));
});

test('another person’s passkey is refused, and recorded', async () => {
  await holding();
  const his = await holding(testMember((await karim()).id, 'his'));
  expect(await proves(his)).toEqual(problem('passkey-unknown'));
  expect(await lastEvent()).toMatchObject({ type: 'step-refused', accountId: claire.id, data: { problem: 'other-account' } });
});

test('a frozen passkey proves nothing, and is asked for no more', async () => {
  const key = await holding();
  const question = given(await askToProvePasskey(portal, member));
  const { factors } = portal.store.s;
  await portal.store.write(portal.store.db.update(factors).set({ frozenAt: portal.now() }).where(eq(factors.kind, 'passkey')));
  expect(await provePasskeyAgain(portal, member, { credential: key.prove(question) })).toEqual(problem('factor-disabled'));
  expect(await askToProvePasskey(portal, member)).toEqual(problem('expired-page'));
});

test('SEC-32: a count that goes backwards is refused, and recorded', async () => {
  const key = await holding();
  key.traits.counter = 5;
  expect(await proves(key)).toMatchObject({ ok: true });
  key.traits.counter = 4;
  expect(await proves(key)).toEqual(problem('passkey-copied'));
  expect(await lastEvent()).toMatchObject({ type: 'passkey-counter-back', accountId: claire.id });
});

test('nonsense proves nothing', async () => {
  await holding();
  for (const credential of ['', '{}', 'null', '\u202e', 'x'.repeat(100_000)])
    expect(await provePasskeyAgain(portal, member, { credential })).toEqual(problem('unreadable'));
});
