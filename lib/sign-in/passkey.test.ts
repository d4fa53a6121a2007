// Passkeys from the wizard to the next day's sign-in, with and without the owner verified; and what is no passkey's answer.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Engine, engines } from '#db/testing';
import { AmbiguousAddress, DirectoryUnavailable } from '../directory/directory.ts';
import { minutes } from '../duration.ts';
import { addPasskey, askNewPasskey } from '../enrolment/add-passkey.ts';
import { pendingKind } from '../enrolment/facts.ts';
import { finishEnrolment } from '../enrolment/finish-enrolment.ts';
import { installApp } from '../enrolment/install-app.ts';
import { scanCode } from '../enrolment/scan-code.ts';
import { type AuthenticatorTraits, type TestAuthenticator, testAuthenticator } from '../factors/passkey/authenticator.testing.ts';
import { Busy } from '../hashing.ts';
import {
  events,
  lastCode,
  letters,
  snapshot,
  type TestAccount,
  type TestPortal,
  testAccount,
  testApp,
  testFlow,
  testMemberFlow,
  testPortal,
} from '../portal.testing.ts';
import type { Flow, MemberFlow } from '../visitor.ts';
import { acrValues } from './assurance.ts';
import { checkPassword } from './check-password.ts';
import { signInFacts } from './facts.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { proveEmailCode } from './prove-email-code.ts';
import { askForPasskey, provePasskey } from './prove-passkey.ts';
import { askForAnyPasskey, signInWithPasskey } from './sign-in-with-passkey.ts';
import { firstFactor, nextSignInStep } from './steps.ts';

let portal: TestPortal;
let claire: TestAccount;

function eachIn(engine?: Engine) {
  beforeEach(async () => {
    portal = await testPortal(engine ? { store: await engine.open() } : {});
    claire = await testAccount(portal);
  });
  afterEach(() => portal.close());
}

const given = <Value>(result: { ok: true; value: Value } | { ok: false; problems: readonly { code: string }[] }): Value => {
  if (!result.ok) throw new Error(result.problems[0]?.code);
  return result.value;
};
const codeOf = (result: { ok: true } | { ok: false; problems: readonly { code: string }[] }) => (result.ok ? null : result.problems[0]?.code);
const lastEvent = async () => (await events(portal)).at(-1);
const passkeys = () => portal.store.db.select().from(portal.store.s.passkeys);

/** A flow of the wizard in which a passkey is chosen. */
async function choosing(person = claire): Promise<MemberFlow> {
  const flow = testMemberFlow(portal, { accountId: person.id });
  expect(await installApp(portal, flow, { app: 'passkey' })).toMatchObject({ ok: true });
  expect(await pendingKind(portal, flow)).toBe('passkey');
  return flow;
}
/** A passkey in place. */
async function enrolled(traits: AuthenticatorTraits = {}, person = claire): Promise<TestAuthenticator> {
  const flow = await choosing(person);
  const key = testAuthenticator(portal.settings.origin, traits);
  expect(await addPasskey(portal, flow, { credential: key.register(given(await askNewPasskey(portal, flow))) })).toMatchObject({ ok: true });
  return key;
}
async function afterPassword(person = claire): Promise<Flow> {
  const flow = testFlow(portal);
  expect(await checkPassword(portal, flow, person)).toMatchObject({ ok: true });
  return flow;
}
const withKey = async (flow: Flow, key: TestAuthenticator) =>
  provePasskey(portal, flow, { credential: key.prove(given(await askForPasskey(portal, flow))) });
const alone = async (flow: Flow, key: TestAuthenticator) =>
  signInWithPasskey(portal, flow, { credential: key.prove(given(await askForAnyPasskey(portal, flow))) });

describe('alone, with a directory elsewhere', () => {
  eachIn();
  const knowing = (personOf: NonNullable<TestPortal['directory']['personOf']>) => {
    portal = { ...portal, directory: { ...portal.directory, personOf } };
  };
  const linked = () => portal.store.write(portal.store.db.update(portal.store.s.accounts).set({ directoryId: 'number 7' }));
  const account = async () => (await portal.store.db.select().from(portal.store.s.accounts))[0];
  const married = { directoryId: 'number 7', addresses: ['Claire.Dupont@inserm.fr'], givenName: 'Claire', familyName: 'Dupont', affiliations: [] };

  test('SEC-75: whoever has left is refused before any check has run, like a passkey that nobody has', async () => {
    const key = await enrolled();
    knowing(async ({ address }) => (address === claire.address ? null : married));
    const flow = testFlow(portal);
    expect(codeOf(await alone(flow, key))).toBe('passkey-unknown');
    expect(await lastEvent()).toMatchObject({ type: 'passkey-wrong', accountId: claire.id, data: { problem: 'passkey-unknown', left: true } });
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('password');
  });

  test('whoever is still there gets in, and everybody while it does not answer', async () => {
    const key = await enrolled();
    knowing(async () => married);
    expect(await alone(testFlow(portal), key)).toMatchObject({ ok: true });
    for (const error of [new DirectoryUnavailable('down'), new Busy('full'), new AmbiguousAddress('two')]) {
      knowing(() => Promise.reject(error));
      expect(await alone(testFlow(portal), key)).toMatchObject({ ok: true });
    }
  });

  test('what it says of them is followed, by whoever is linked to the entry alone: a passkey links nobody', async () => {
    const key = await enrolled();
    knowing(async () => married);
    const before = await account();
    expect(await alone(testFlow(portal), key)).toMatchObject({ ok: true });
    expect(await account()).toEqual(before);
    await linked();
    expect(await alone(testFlow(portal), key)).toMatchObject({ ok: true });
    expect(await account()).toMatchObject({ id: claire.id, address: 'claire.dupont@inserm.fr', familyName: 'Dupont', directoryId: 'number 7' });
    const told = (await letters(portal)).filter(({ kind }) => kind === 'address-changed');
    expect(told.map(({ to }) => to)).toEqual([claire.address, 'claire.dupont@inserm.fr']);
  });
});

describe('in the wizard', () => {
  eachIn();

  test('a passkey is made, named after its model, told by mail, and the session is worth two factors', async () => {
    const flow = await choosing();
    const key = testAuthenticator(portal.settings.origin, { aaguid: '2fc0579f-8113-47ea-b116-bb5a8db9202a', transports: ['usb', 'nfc', 'odd'] });
    const question = given(await askNewPasskey(portal, flow));
    expect(JSON.parse(question)).toMatchObject({ rp: { id: 'localhost' }, attestation: 'none', user: { name: claire.address } });
    expect(question).not.toContain(claire.id);
    expect(await addPasskey(portal, flow, { credential: key.register(question) })).toEqual({ ok: true, value: undefined });
    const [factor] = await portal.store.db.select().from(portal.store.s.factors);
    expect(factor).toMatchObject({ accountId: claire.id, kind: 'passkey', name: 'YubiKey 5 NFC' });
    expect(await passkeys()).toMatchObject([
      { credentialId: key.id, factorId: factor?.id, transports: ['nfc', 'usb'], userVerified: true, backedUp: false },
    ]);
    expect((await events(portal)).at(-1)).toMatchObject({ type: 'factor-added', data: { kind: 'passkey', userVerified: true } });
    expect((await letters(portal)).map((l) => l.kind)).toContain('passkey-added');
    expect(await pendingKind(portal, flow)).toBeNull();
    expect(await finishEnrolment(portal, flow)).toBeNull();
  });

  test('SEC-32: the same passkey twice is refused, and who has it already is told to the browser', async () => {
    const key = await enrolled();
    const karim = await testAccount(portal, { address: 'karim.roy@inserm.fr', givenName: 'Karim', familyName: 'Roy' });
    const flow = await choosing(karim);
    const before = await snapshot(portal, 'events', 'challenges');
    expect(codeOf(await addPasskey(portal, flow, { credential: key.register(given(await askNewPasskey(portal, flow))) }))).toBe(
      'passkey-already-there',
    );
    expect(await lastEvent()).toMatchObject({ type: 'passkey-wrong', accountId: karim.id });
    expect(await snapshot(portal, 'events', 'challenges')).toBe(before);
  });

  test('SEC-31: of another origin, or another relying party, it is refused', async () => {
    for (const traits of [{ origin: 'https://auth.inserm.example' }, { relyingParty: 'inserm.example' }]) {
      const flow = await choosing();
      const key = testAuthenticator(portal.settings.origin, traits);
      expect(codeOf(await addPasskey(portal, flow, { credential: key.register(given(await askNewPasskey(portal, flow))) }))).toBe('passkey-refused');
      expect(await passkeys()).toEqual([]);
    }
  });

  test('SEC-30: its question is answered once, in its flow, within five minutes', async () => {
    const flow = await choosing();
    const key = testAuthenticator(portal.settings.origin);
    const late = key.register(given(await askNewPasskey(portal, flow)));
    portal.clock.advance(minutes(5));
    expect(codeOf(await addPasskey(portal, flow, { credential: late }))).toBe('passkey-expired');
    const elsewhere = await choosing();
    expect(codeOf(await addPasskey(portal, elsewhere, { credential: key.register(given(await askNewPasskey(portal, flow))) }))).toBe(
      'passkey-expired',
    );
    expect(await passkeys()).toEqual([]);
  });

  test('SEC-33: who chose an app can’t make a passkey, and who chose a passkey has no code to give', async () => {
    const flow = await choosing();
    expect(codeOf(await scanCode(portal, flow, { code: '123456' }))).toBe('expired-page');
    expect(await installApp(portal, flow, { app: 'other' })).toMatchObject({ ok: true });
    expect(await askNewPasskey(portal, flow)).toMatchObject({ ok: false });
  });
});

describe('after the password', () => {
  eachIn();

  test('a passkey that verifies its owner completes the sign-in', async () => {
    const key = await enrolled();
    const flow = await afterPassword();
    const facts = await signInFacts(portal, flow);
    expect(nextSignInStep(facts)).toBe('second-factor');
    expect(firstFactor(facts.factors, facts.lastUsed)).toBe('passkey');
    expect(await withKey(flow, key)).toEqual({ ok: true, value: undefined });
    expect(await lastEvent()).toMatchObject({ type: 'passkey-right', accountId: claire.id, data: { userVerified: true } });
    expect(await finishSignIn(portal, flow, 'browser')).toMatchObject({ acr: acrValues[1], amr: ['pwd', 'pop', 'user', 'mfa'] });
  });

  test('SEC-31: one that does not verify is one factor: with the password it makes two', async () => {
    const key = await enrolled({ verifies: false });
    const flow = await afterPassword();
    expect(await withKey(flow, key)).toMatchObject({ ok: true });
    expect(await finishSignIn(portal, flow, 'browser')).toMatchObject({ acr: acrValues[1], amr: ['pwd', 'pop', 'mfa'] });
  });

  test('SEC-30: an answer works once', async () => {
    const key = await enrolled();
    const flow = await afterPassword();
    const answer = key.prove(given(await askForPasskey(portal, flow)));
    expect(await provePasskey(portal, flow, { credential: answer })).toMatchObject({ ok: true });
    const again = await afterPassword();
    expect(codeOf(await provePasskey(portal, again, { credential: answer }))).toBe('passkey-expired');
    expect(nextSignInStep(await signInFacts(portal, again))).toBe('second-factor');
  });

  test('another person’s passkey is refused, and recorded', async () => {
    await enrolled();
    const karim = await testAccount(portal, { address: 'karim.roy@inserm.fr', givenName: 'Karim', familyName: 'Roy' });
    const his = await enrolled({}, karim);
    const flow = await afterPassword();
    expect(codeOf(await withKey(flow, his))).toBe('passkey-unknown');
    expect(await lastEvent()).toMatchObject({ type: 'step-refused', accountId: claire.id, data: { problem: 'other-account' } });
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('second-factor');
  });

  test('a passkey unknown here, a forged signature and nonsense prove nothing', async () => {
    const key = await enrolled();
    const flow = await afterPassword();
    expect(codeOf(await withKey(flow, testAuthenticator(portal.settings.origin)))).toBe('passkey-unknown');
    const forged = JSON.parse(key.prove(given(await askForPasskey(portal, flow))));
    forged.response.signature = JSON.parse(key.prove(JSON.stringify({ challenge: 'AAAA' }))).response.signature;
    expect(codeOf(await provePasskey(portal, flow, { credential: JSON.stringify(forged) }))).toBe('passkey-refused');
    for (const credential of ['', '{}', 'null', '[]', '"x"', '\u202e', 'x'.repeat(1_000_000), JSON.stringify({ ...forged, id: '../' })])
      expect(codeOf(await provePasskey(portal, flow, { credential }))).toBe('unreadable');
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('second-factor');
  });

  test('SEC-32: a count that goes backwards is refused, and recorded; the right one still works', async () => {
    const key = await enrolled();
    key.traits.counter = 5;
    expect(await withKey(await afterPassword(), key)).toMatchObject({ ok: true });
    for (const counter of [5, 4, 0]) {
      key.traits.counter = counter;
      const flow = await afterPassword();
      expect(codeOf(await withKey(flow, key))).toBe('passkey-copied');
      expect(await lastEvent()).toMatchObject({ type: 'passkey-counter-back', accountId: claire.id, data: { counter, before: 5 } });
    }
    key.traits.counter = 6;
    key.traits.backedUp = true;
    expect(await withKey(await afterPassword(), key)).toMatchObject({ ok: true });
    expect(await passkeys()).toMatchObject([{ counter: 6, backedUp: true }]);
  });

  test('a frozen passkey proves nothing', async () => {
    const key = await enrolled();
    const { factors } = portal.store.s;
    const flow = await afterPassword();
    const question = given(await askForPasskey(portal, flow));
    await testApp(portal, claire.id);
    await portal.store.write(portal.store.db.update(factors).set({ frozenAt: portal.now() }).where(eq(factors.kind, 'passkey')));
    expect(codeOf(await provePasskey(portal, flow, { credential: key.prove(question) }))).toBe('factor-disabled');
    expect(JSON.parse(given(await askForPasskey(portal, flow))).allowCredentials).toEqual([]);
  });

  test('SEC-33: before the password nothing is asked or taken', async () => {
    await enrolled();
    const flow = testFlow(portal);
    expect(await askForPasskey(portal, flow)).toMatchObject({ ok: false });
    expect(await lastEvent()).toMatchObject({ type: 'step-refused' });
    expect(codeOf(await provePasskey(portal, flow, { credential: '{}' }))).toBe('expired-page');
  });
});

describe('without an address', () => {
  eachIn();

  test('a passkey that verifies its owner is enough, and two factors', async () => {
    const key = await enrolled();
    const flow = testFlow(portal);
    const question = given(await askForAnyPasskey(portal, flow));
    expect(JSON.parse(question)).toMatchObject({ userVerification: 'required', allowCredentials: [] });
    expect(await signInWithPasskey(portal, flow, { credential: key.prove(question) })).toEqual({ ok: true, value: undefined });
    expect(await signInFacts(portal, flow)).toMatchObject({ accountId: claire.id });
    expect(await finishSignIn(portal, flow, 'browser')).toMatchObject({ accountId: claire.id, acr: acrValues[1], amr: ['pop', 'user', 'mfa'] });
    const next = testFlow(portal, { browser: 'browser' });
    await checkPassword(portal, next, claire);
    expect((await signInFacts(portal, next)).lastUsed).toBe('passkey');
  });

  test('SEC-31: one that does not verify its owner is not, and proves nothing', async () => {
    const key = await enrolled({ verifies: false });
    const flow = testFlow(portal);
    expect(codeOf(await alone(flow, key))).toBe('passkey-not-verified');
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('password');
  });

  test('a passkey with another person’s handle is refused', async () => {
    const key = await enrolled();
    key.traits.userHandle = 'AAAA';
    expect(codeOf(await alone(testFlow(portal), key))).toBe('passkey-refused');
  });

  test('a disabled account does not sign in', async () => {
    const key = await enrolled();
    const { accounts } = portal.store.s;
    await portal.store.write(portal.store.db.update(accounts).set({ status: 'disabled' }).where(eq(accounts.id, claire.id)));
    const flow = testFlow(portal);
    expect(codeOf(await alone(flow, key))).toBe('passkey-unknown');
    expect(await finishSignIn(portal, flow, 'browser')).toBeNull();
  });

  test('SEC-30: the question of the second factor is not one of sign-in, nor the other way round', async () => {
    const key = await enrolled();
    const flow = await afterPassword();
    const asked = given(await askForPasskey(portal, flow));
    expect(codeOf(await signInWithPasskey(portal, flow, { credential: key.prove(asked) }))).toBe('passkey-expired');
    expect(codeOf(await provePasskey(portal, flow, { credential: key.prove(given(await askForAnyPasskey(portal, flow))) }))).toBe('passkey-expired');
  });

  test('SEC-114: one that an old copy brought back asks for the mailbox too, until it has proven beside it once', async () => {
    const key = await enrolled();
    await portal.store.write(portal.store.db.update(portal.store.s.factors).set({ mailboxWantedAt: portal.now() }));
    const flow = testFlow(portal);
    expect(await alone(flow, key)).toMatchObject({ ok: true });
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('email-code');
    expect(await finishSignIn(portal, flow, 'browser')).toBeNull();
    expect(await proveEmailCode(portal, flow, { code: await lastCode(portal, claire.address) })).toMatchObject({ ok: true });
    expect(await finishSignIn(portal, flow, 'browser')).toMatchObject({ accountId: claire.id, acr: acrValues[1] });
    const next = testFlow(portal);
    expect(await alone(next, key)).toMatchObject({ ok: true });
    expect(nextSignInStep(await signInFacts(portal, next))).toBe('done');
  });

  test('SEC-06: it still works while the password waits', async () => {
    const key = await enrolled();
    for (let i = 0; i < 10; i++) await checkPassword(portal, testFlow(portal), { ...claire, password: 'not this one, surely' });
    expect(await alone(testFlow(portal), key)).toMatchObject({ ok: true });
  });
});

describe.each(engines())('many at once, on $name', (engine) => {
  eachIn(engine);

  test('SEC-30: of ten equal answers at the same moment one wins', async () => {
    const key = await enrolled();
    const flow = testFlow(portal);
    const credential = key.prove(given(await askForAnyPasskey(portal, flow)));
    const all = await Promise.all(Array.from({ length: 10 }, () => signInWithPasskey(portal, flow, { credential })));
    expect(all.filter((r) => r.ok)).toHaveLength(1);
  });
});
