// A telephone put in place: the whole way, and every way that somebody else might try.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insertReEnrolment } from '#db/re-enrolments';
import { minutes } from '../../duration.ts';
import { addPhone as addPhoneInWizard, givePhoneUp as givePhoneUpInWizard, pairPhone as pairPhoneInWizard } from '../../enrolment/add-phone.ts';
import { installApp } from '../../enrolment/install-app.ts';
import {
  events,
  letters,
  snapshot,
  type TestAccount,
  type TestPortal,
  testAccount,
  testApp,
  testMemberFlow,
  testPortal,
  totpCode,
} from '../../portal.testing.ts';
import { reEnrolmentAcr } from '../../sign-in/assurance.ts';
import { type MemberFlow, mint } from '../../visitor.ts';
import { addPhone, givePhoneUp, pairPhone } from '../add-phone.ts';
import { testAuthenticator } from '../passkey/authenticator.testing.ts';
import { removeFactor } from '../remove-factor.ts';
import { openPairedPhone, pairingOnScreen, phonesInPlace } from './facts.ts';
import { type Claimed, claimPairing, finishPairing, pairingState } from './pairing.ts';
import { finishing, pairedPhone, pixel, testKey, testPin, testProven, testSubscription, ticketOf } from './phone.testing.ts';

let portal: TestPortal;
let claire: TestAccount;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  await testApp(portal, claire.id);
});
afterEach(() => portal.close());

const member = () => testProven(portal, claire.id);
const onScreen = (place = 'a session') => pairingOnScreen(portal, { accountId: claire.id, place });
const problem = (result: { readonly ok: boolean; readonly problems?: readonly { readonly code: string }[] }) =>
  result.ok ? null : result.problems?.[0]?.code;
const lastEvent = async () => (await events(portal)).at(-1);
const factors = async () => portal.store.db.select().from(portal.store.s.factors);

async function claimed(): Promise<Claimed> {
  await pairPhone(portal, member());
  const claim = await claimPairing(portal, pixel, { ticket: await ticketOf(portal, claire.id) });
  if (!claim.ok) throw new Error(claim.problems[0].code);
  return claim.value;
}
async function finished(unlock: 'biometrics' | 'pin' = 'pin') {
  const claim = await claimed();
  const made = testKey();
  const { sent, authenticator } = finishing(portal, claim, made, unlock, { name: 'Pixel de Claire' });
  expect(await finishPairing(portal, pixel, sent)).toMatchObject({ ok: true });
  return { claim, made, sent, authenticator };
}

describe('a telephone is put in place', () => {
  test('step by step: QR code, telephone, its name on the computer, and the word that it is the right one', async () => {
    await pairPhone(portal, member());
    expect(await onScreen()).toMatchObject({ state: 'waiting', phone: null });
    const { uri, code } = (await onScreen()) ?? {};
    expect(uri).toMatch(/^http:\/\/localhost:3000\/authenticator#pair=[\w-]{32}$/);
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await onScreen(), 'the same at every reload').toMatchObject({ uri, code });

    const claim = await claimPairing(portal, pixel, { ticket: await ticketOf(portal, claire.id) });
    if (!claim.ok) throw new Error(claim.problems[0].code);
    expect(claim.value).toMatchObject({ address: claire.address, name: 'Claire Martin', institute: portal.settings.institute.name });
    expect(JSON.parse(claim.value.question)).toMatchObject({
      authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required', residentKey: 'discouraged' },
    });
    expect(await onScreen()).toMatchObject({ state: 'claimed', uri: null, code: null, phone: null });
    expect(await pairingState(portal, claim.value.claim)).toBe('waiting');

    const made = testKey();
    const { sent } = finishing(portal, claim.value, made, 'biometrics', { name: 'Pixel de Claire' });
    expect(await finishPairing(portal, pixel, sent)).toMatchObject({ ok: true });
    expect(await onScreen()).toMatchObject({
      state: 'finished',
      phone: { name: 'Pixel de Claire', system: 'Android', browser: 'Chrome', unlock: 'biometrics', notifications: true },
    });
    expect(await factors(), 'nothing is enrolled before the computer says so').toHaveLength(1);

    expect(await addPhone(portal, member(), { factor: claim.value.factorId })).toMatchObject({ ok: true });
    expect(await onScreen()).toMatchObject({ state: 'confirmed', phone: null });
    expect(await pairingState(portal, claim.value.claim)).toBe('confirmed');
    expect(await phonesInPlace(portal, claire.id)).toMatchObject([
      { id: claim.value.factorId, name: 'Pixel de Claire', unlock: 'biometrics', subscribed: true, lockedAt: null, notifiedAt: null },
    ]);
    expect((await events(portal)).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['pairing-begun', 'pairing-claimed', 'pairing-finished', 'factor-added']),
    );
    expect((await letters(portal)).at(-1)).toMatchObject({ to: claire.address, kind: 'phone-added' });
    expect(await portal.store.db.select().from(portal.store.s.pendingFactors)).toEqual([]);
  });

  test('the code typed in place of the QR code does the same, in any spelling', async () => {
    await pairPhone(portal, member());
    const code = (await onScreen())?.code ?? '';
    expect(await claimPairing(portal, pixel, { code: ` ${code.replace('-', ' ').toLowerCase()} ` })).toMatchObject({ ok: true });
  });

  test('one scan, two ways: the secret that it was given makes the codes of this factor', async () => {
    const { claim } = await finished();
    await addPhone(portal, member(), { factor: claim.factorId });
    const factor = (await factors()).find(({ id }) => id === claim.factorId);
    const secret = portal.secrets.open(`factors:${claim.factorId}`, factor?.secret ?? Buffer.alloc(0));
    expect(claim.key).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpCode(secret, portal.now())).toMatch(/^\d{6}$/);
    const bits = [...claim.key].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
    expect(Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])).toEqual(secret);
  });

  test('an answer that got lost is asked for again: the same is answered the same, anything else is refused', async () => {
    const { claim, made, sent } = await finished();
    expect(await finishPairing(portal, pixel, sent)).toMatchObject({ ok: true });
    const other = finishing(portal, claim, made, 'pin', { name: 'Un autre' });
    expect(problem(await finishPairing(portal, pixel, other.sent))).toBe('ticket-used');
    expect((await onScreen())?.phone?.name).toBe('Pixel de Claire');
    await addPhone(portal, member(), { factor: claim.factorId });
    expect(await finishPairing(portal, pixel, sent)).toMatchObject({ ok: true });
    expect(await phonesInPlace(portal, claire.id)).toHaveLength(1);
  });

  test('without a name it is called after its system', async () => {
    const { sent } = finishing(portal, await claimed(), testKey(), 'pin');
    await finishPairing(portal, pixel, sent);
    expect((await onScreen())?.phone?.name).toBe('Téléphone (Android)');
  });

  test('in the wizard it is a step like another: proven when the computer confirms', async () => {
    const paul = await testAccount(portal, { address: 'paul.durand@inserm.fr' });
    const flow = testMemberFlow(portal, { accountId: paul.id });
    const pending = async () => (await portal.store.db.select().from(portal.store.s.pendingFactors)).map(({ kind }) => kind);
    expect(await pairPhoneInWizard(portal, flow)).toMatchObject({ ok: true });
    expect(await pending()).toEqual(['phone']);
    const claim = await claimPairing(portal, pixel, { ticket: await ticketOf(portal, paul.id, flow.uid) });
    if (!claim.ok) throw new Error(claim.problems[0].code);
    expect(problem(await addPhoneInWizard(portal, flow, { factor: claim.value.factorId }))).toBe('phone-not-ready');
    await finishPairing(portal, pixel, finishing(portal, claim.value, testKey(), 'pin').sent);
    expect(await pending()).toEqual(['phone']);
    expect(await addPhoneInWizard(portal, flow, { factor: claim.value.factorId })).toMatchObject({ ok: true });
    expect(await pending()).toEqual([]);
    expect(await portal.store.db.select().from(portal.store.s.proofs)).toMatchObject([
      { flow: flow.uid, kind: 'phone-pin', factorId: claim.value.factorId },
    ]);
    expect(await portal.store.db.select().from(portal.store.s.pendingRecoveryCodes)).toHaveLength(1);
    // Once proven, the step is over.
    expect(problem(await pairPhoneInWizard(portal, flow))).toBe('expired-page');
  });

  test('for a lost phone it takes the place of every factor, in the unit in which the computer confirms it: never none, never both', async () => {
    const old = await pairedPhone(portal, claire.id, 'pin', 'Le téléphone perdu');
    const flow = mint<MemberFlow>({ ...testMemberFlow(portal, { accountId: claire.id }), acr: reEnrolmentAcr });
    const leave = { id: 'a leave', accountId: claire.id, openedBy: 'pass', stolen: false, openedAt: portal.now(), notBefore: portal.now() } as const;
    const open = { ...leave, expiresAt: portal.now() + minutes(60), reminderId: null, cancelledAt: null, finishedAt: null };
    await portal.store.unit(claire.id, (tx) => insertReEnrolment(tx, open));
    expect(await pairPhoneInWizard(portal, flow)).toMatchObject({ ok: true });
    const claim = await claimPairing(portal, pixel, { ticket: await ticketOf(portal, claire.id, flow.uid) });
    if (!claim.ok) throw new Error(claim.problems[0].code);
    await finishPairing(portal, pixel, finishing(portal, claim.value, testKey(), 'pin').sent);
    expect((await old.call()).factorId, 'the old one is good until then').toBe(old.factorId);
    expect(await addPhoneInWizard(portal, flow, { factor: claim.value.factorId })).toMatchObject({ ok: true });
    expect((await factors()).map(({ id }) => id)).toEqual([claim.value.factorId]);
    expect(problem(await old.verify(old.request()))).toBe('phone-gone');
    expect((await letters(portal)).map(({ kind }) => kind).slice(-1)).toEqual(['re-enrolled']);
  });

  test('in the wizard another app may still be chosen, and the telephone that waits is then worth nothing', async () => {
    const paul = await testAccount(portal, { address: 'paul.durand@inserm.fr' });
    const flow = testMemberFlow(portal, { accountId: paul.id });
    await pairPhoneInWizard(portal, flow);
    const claim = await claimPairing(portal, pixel, { ticket: await ticketOf(portal, paul.id, flow.uid) });
    if (!claim.ok) throw new Error(claim.problems[0].code);
    await finishPairing(portal, pixel, finishing(portal, claim.value, testKey(), 'pin').sent);
    await installApp(portal, flow, { app: 'other' });
    expect(problem(await addPhoneInWizard(portal, flow, { factor: claim.value.factorId }))).toBe('pairing-changed');
    expect(await givePhoneUpInWizard(portal, flow)).toMatchObject({ ok: true });
    expect(await portal.store.db.select().from(portal.store.s.pendingFactors), 'the app chosen since stays').toHaveLength(1);
  });
});

describe('somebody else has the ticket', () => {
  test('SEC-38: a QR code photographed and used first: its owner’s telephone is told, and the computer shows a name that is not theirs', async () => {
    await pairPhone(portal, member());
    const ticket = await ticketOf(portal, claire.id);
    const thief = await claimPairing(portal, { ...pixel, network: '203.0.113.0/24' }, { ticket });
    if (!thief.ok) throw new Error(thief.problems[0].code);
    expect(problem(await claimPairing(portal, pixel, { ticket }))).toBe('ticket-used');
    expect(await lastEvent()).toMatchObject({ type: 'pairing-refused', accountId: claire.id });
    await finishPairing(portal, pixel, finishing(portal, thief.value, testKey(), 'pin', { name: 'Téléphone du voleur' }).sent);
    expect((await onScreen())?.phone?.name).toBe('Téléphone du voleur');
    // « Ce n’est pas mon téléphone »
    expect(await givePhoneUp(portal, member())).toMatchObject({ ok: true });
    expect(await pairingState(portal, thief.value.claim)).toBe('gone');
    expect(problem(await addPhone(portal, member(), { factor: thief.value.factorId }))).toBe('pairing-changed');
    expect(await phonesInPlace(portal, claire.id)).toEqual([]);
    expect(await portal.store.db.select().from(portal.store.s.pendingFactors)).toEqual([]);
  });

  test('a ticket is good once, and so is the code: of 50 telephones at the same time one gets it', async () => {
    await pairPhone(portal, member());
    const ticket = await ticketOf(portal, claire.id);
    const tries = await Promise.all(Array.from({ length: 50 }, () => claimPairing(portal, pixel, { ticket })));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(tries.map(problem))).toEqual(new Set([null, 'ticket-used']));
  });

  test('a ticket expires after ten minutes, whether it was used or not', async () => {
    await pairPhone(portal, member());
    const ticket = await ticketOf(portal, claire.id);
    portal.clock.advance(minutes(10));
    expect(problem(await claimPairing(portal, pixel, { ticket }))).toBe('ticket-expired');
    expect(await onScreen()).toMatchObject({ state: 'expired', uri: null, code: null });

    const { claim, made } = await (async () => ({ claim: await claimed(), made: testKey() }))();
    portal.clock.advance(minutes(10));
    expect(problem(await finishPairing(portal, pixel, finishing(portal, claim, made, 'pin').sent))).toBe('ticket-expired');
    const late = await finished();
    portal.clock.advance(minutes(10));
    expect(problem(await addPhone(portal, member(), { factor: late.claim.factorId }))).toBe('ticket-expired');
    expect(await pairingState(portal, late.claim.claim)).toBe('gone');
  });

  test('another QR code makes the one before worthless, with whoever came with it', async () => {
    const { claim } = await finished();
    await pairPhone(portal, member());
    expect(await pairingState(portal, claim.claim)).toBe('gone');
    // A page that was left open has the old telephone's name on it.
    expect(problem(await addPhone(portal, member(), { factor: claim.factorId }))).toBe('pairing-changed');
  });

  test.each(['', 'x', 'A'.repeat(32), `${'A'.repeat(31)}'`, 'A'.repeat(100_000)])('a ticket that nobody gave is refused (%#)', async (ticket) => {
    await pairPhone(portal, member());
    const before = await snapshot(portal);
    expect(problem(await claimPairing(portal, pixel, { ticket }))).toBe('ticket-unknown');
    expect(await snapshot(portal)).toBe(before);
  });

  test('codes that nobody has are counted by network: guessing 40 bits is hopeless, and makes nobody else wait', async () => {
    await pairPhone(portal, member());
    const code = (await onScreen())?.code ?? '';
    const elsewhere = { ...pixel, network: '203.0.113.0/24' };
    const guesses = [];
    for (let n = 0; n < 30; n++) guesses.push(problem(await claimPairing(portal, elsewhere, { code: `0000-00${String(n).padStart(2, '0')}` })));
    expect(guesses).toContain('wait');
    expect(problem(await claimPairing(portal, elsewhere, { code }))).toBe('wait');
    expect(await claimPairing(portal, pixel, { code })).toMatchObject({ ok: true });
  });

  test('a right code costs no try: a whole office may pair on one network', async () => {
    for (let n = 0; n < 30; n++) {
      await pairPhone(portal, member());
      expect(await claimPairing(portal, pixel, { code: (await onScreen())?.code ?? '' })).toMatchObject({ ok: true });
    }
  });
});

describe('somebody else confirms', () => {
  test('SEC-38, T5: another session, another flow and another person cannot confirm, nor see, nor give up what was begun here', async () => {
    const { claim } = await finished();
    const mallory = await testAccount(portal, { address: 'mallory.noir@inserm.fr' });
    for (const who of [
      testProven(portal, claire.id, 'another session'),
      testProven(portal, mallory.id),
      testProven(portal, mallory.id, 'another session'),
    ]) {
      expect(await pairingOnScreen(portal, { accountId: who.accountId, place: who.sessionId })).toBeNull();
      expect(problem(await addPhone(portal, who, { factor: claim.factorId }))).toBe('pairing-changed');
      await givePhoneUp(portal, who);
    }
    expect(await lastEvent()).toMatchObject({ type: 'step-refused', accountId: mallory.id });
    expect(await addPhone(portal, member(), { factor: claim.factorId }), 'where it began it still can be').toMatchObject({ ok: true });
  });

  test('confirmed from two tabs at once, it is there once', async () => {
    const { claim } = await finished();
    const both = await Promise.all([1, 2, 3].map(() => addPhone(portal, member(), { factor: claim.factorId })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await phonesInPlace(portal, claire.id)).toHaveLength(1);
    expect((await letters(portal)).filter(({ kind }) => kind === 'phone-added')).toHaveLength(1);
  });

  test('a factor id that was not on the page confirms nothing', async () => {
    await finished();
    const before = await snapshot(portal, 'events');
    for (const factor of ['', 'x', (await factors())[0]?.id ?? ''])
      expect(problem(await addPhone(portal, member(), { factor }))).toBe('pairing-changed');
    expect(await snapshot(portal, 'events')).toBe(before);
  });
});

describe('what the telephone sends', () => {
  const refusedBy = async (change: (claim: Claimed) => { readonly claim: string; readonly body: string; readonly signature: string }) => {
    const claim = await claimed();
    const before = await snapshot(portal);
    const answer = problem(await finishPairing(portal, pixel, change(claim)));
    expect(await snapshot(portal)).toBe(before);
    return answer;
  };

  test('without the key that it names: forged, for another pairing, or changed on the way', async () => {
    expect(await refusedBy((claim) => ({ ...finishing(portal, claim, testKey(), 'pin').sent, signature: testKey().sign('x') }))).toBe('call-refused');
    expect(await refusedBy((claim) => finishing(portal, { ...claim, nonce: 'another' }, testKey(), 'pin').sent)).toBe('call-refused');
    expect(await refusedBy((claim) => finishing(portal, { ...claim, factorId: 'another' }, testKey(), 'pin').sent)).toBe('call-refused');
    expect(
      await refusedBy((claim) => {
        const { sent } = finishing(portal, claim, testKey(), 'pin');
        return { ...sent, body: sent.body.replace(testPin, '739106') };
      }),
    ).toBe('call-refused');
    const stranger = testKey();
    expect(await refusedBy((claim) => finishing(portal, claim, { ...testKey(), sign: stranger.sign }, 'pin').sent)).toBe('call-refused');
  });

  test('without a claim that was given', async () => {
    expect(await refusedBy((claim) => ({ ...finishing(portal, claim, testKey(), 'pin').sent, claim: 'A'.repeat(32) }))).toBe('ticket-expired');
    expect(await refusedBy((claim) => ({ ...finishing(portal, claim, testKey(), 'pin').sent, claim: '' }))).toBe('ticket-expired');
    expect(await pairingState(portal, '')).toBe('gone');
  });

  test('anything but what was asked for', async () => {
    for (const body of ['', 'null', '[]', '{}', '{"key":1}', 'x'.repeat(30_000)])
      expect(await refusedBy((claim) => ({ ...finishing(portal, claim, testKey(), 'pin').sent, body }))).toBe('unreadable');
    expect(await refusedBy((claim) => finishing(portal, claim, testKey(), 'pin', { role: 'administrator' }).sent)).toBe('unreadable');
  });

  test.each(['123456', '000000', '19840714'])('a PIN that is guessed first: %s', async (pin) => {
    expect(await refusedBy((claim) => finishing(portal, claim, testKey(), 'pin', { unlock: { kind: 'pin', pin } }).sent)).toBe('pin-guessable');
  });

  test.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://127.0.0.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com@evil.example/x',
    'https://evil.example/fcm.googleapis.com',
    'https://fcm.googleapis.com.evil.example/x',
    'https://[::1]/x',
    'file:///etc/passwd',
  ])('SSRF: notifications are sent to push services alone, not to %s', async (endpoint) => {
    expect(await refusedBy((claim) => finishing(portal, claim, testKey(), 'pin', { subscription: { ...testSubscription, endpoint } }).sent)).toBe(
      'endpoint-refused',
    );
  });

  test('biometrics that verified nobody, of another origin, of a key held to the telephone, or for another question', async () => {
    const by = (traits: Parameters<typeof testAuthenticator>[1], question?: string) =>
      refusedBy((claim) => {
        const credential = testAuthenticator(portal.settings.origin, traits).register(question ?? claim.question);
        return finishing(portal, claim, testKey(), 'biometrics', { unlock: { kind: 'biometrics', credential } }).sent;
      });
    expect(await by({ verifies: false })).toBe('biometrics-not-verified');
    expect(await by({ origin: 'https://evil.example' })).toBe('biometrics-refused');
    expect(await by({ relyingParty: 'evil.example' })).toBe('biometrics-refused');
    expect(await by({ transports: ['usb'] })).toBe('biometrics-refused');
    expect(await by({}, JSON.stringify({ challenge: 'AAAA', user: { id: 'AAAA' } }))).toBe('biometrics-refused');
  });

  test('SEC-32: a credential that is somebody’s already', async () => {
    const first = await pairedPhone(portal, claire.id);
    expect(
      await refusedBy((claim) => {
        const credential = first.authenticator?.register(claim.question);
        return finishing(portal, claim, testKey(), 'biometrics', { unlock: { kind: 'biometrics', credential } }).sent;
      }),
    ).toBe('passkey-already-there');
  });

  test('SEC-111: what it sent is sealed, the PIN hashed, and the ticket nowhere', async () => {
    await pairPhone(portal, member());
    const ticket = await ticketOf(portal, claire.id);
    const code = (await onScreen())?.code ?? '';
    expect(await snapshot(portal)).not.toContain(ticket);
    const claim = await claimPairing(portal, pixel, { ticket });
    if (!claim.ok) throw new Error(claim.problems[0].code);
    const { sent } = finishing(portal, claim.value, testKey(), 'pin');
    await finishPairing(portal, pixel, sent);
    await addPhone(portal, member(), { factor: claim.value.factorId });
    const all = await snapshot(portal);
    for (const secret of [ticket, code, testPin, claim.value.claim, claim.value.key, testSubscription.endpoint, testSubscription.auth])
      expect(all).not.toContain(secret);
    const [row] = await portal.store.db.select().from(portal.store.s.phones);
    expect(row?.pinHash).toMatch(/^\$argon2id\$/);
  });
});

describe('a telephone in the place of an earlier one', () => {
  const phones = () => phonesInPlace(portal, claire.id);
  const ofType = async (type: string) => (await events(portal)).filter((event) => event.type === type);

  test('its storage was erased: paired again, it takes the place of what it was, in one unit, with an event and a letter each', async () => {
    const before = await pairedPhone(portal, claire.id, 'pin', 'Pixel de Claire');
    const { claim } = await finished();
    const told = (await letters(portal)).length;
    const result = await addPhone(portal, member(), { factor: claim.factorId, replaces: before.factorId });
    expect(result).toEqual({ ok: true, value: { replaced: true } });
    expect((await phones()).map(({ id }) => id)).toEqual([claim.factorId]);
    expect((await ofType('factor-removed')).map(({ data }) => data)).toEqual([
      { factor: before.factorId, kind: 'phone', name: 'Pixel de Claire', replacedBy: claim.factorId },
    ]);
    expect((await letters(portal)).slice(told).map(({ kind }) => kind)).toEqual(['phone-added', 'factor-removed']);
    expect(await before.verify(before.request()), 'whoever still has its key').toMatchObject({ ok: false });
  });

  test('nothing is taken away without a word: who has telephones must say, and none is said too', async () => {
    const before = await pairedPhone(portal, claire.id, 'pin');
    const { claim } = await finished();
    expect(await addPhone(portal, member(), { factor: claim.factorId, replaces: '' })).toEqual({
      ok: false,
      problems: [{ code: 'choose-one', field: 'replaces' }],
    });
    expect(await phones()).toHaveLength(1);
    expect(await addPhone(portal, member(), { factor: claim.factorId, replaces: 'none' })).toEqual({ ok: true, value: { replaced: false } });
    expect((await phones()).map(({ id }) => id)).toEqual([before.factorId, claim.factorId]);
  });

  test('who has none is not asked', async () => {
    const { claim } = await finished();
    expect(await addPhone(portal, member(), { factor: claim.factorId, replaces: '' })).toEqual({ ok: true, value: { replaced: false } });
  });

  test('SEC-38: somebody else’s telephone, a factor that is no telephone, and the new one itself are not replaced, and nothing comes of it', async () => {
    const paul = await testAccount(portal, { address: 'paul.durand@inserm.fr' });
    const his = await pairedPhone(portal, paul.id, 'pin');
    const app = (await factors()).find(({ kind, accountId }) => kind === 'totp' && accountId === claire.id)?.id ?? '';
    await pairedPhone(portal, claire.id, 'pin');
    const { claim } = await finished();
    for (const replaces of [his.factorId, app, claim.factorId, 'x'.repeat(100_000), '*']) {
      expect(problem(await addPhone(portal, member(), { factor: claim.factorId, replaces }))).toBe('factor-gone');
      expect((await lastEvent())?.data).toEqual({ act: 'add-phone', problem: 'factor-gone', factor: replaces.slice(0, 64) });
    }
    expect(await factors()).toHaveLength(3);
    expect(await phones()).toHaveLength(1);
    expect(await addPhone(portal, member(), { factor: claim.factorId, replaces: 'none' })).toMatchObject({ ok: true });
  });

  test('a confirmation that is refused takes nothing away', async () => {
    const before = await pairedPhone(portal, claire.id, 'pin');
    const { claim } = await finished();
    expect(problem(await addPhone(portal, member(), { factor: 'another', replaces: before.factorId }))).toBe('pairing-changed');
    expect(problem(await addPhone(portal, testProven(portal, claire.id, 'another'), { factor: claim.factorId, replaces: before.factorId }))).toBe(
      'pairing-changed',
    );
    portal.clock.advance(minutes(10));
    expect(problem(await addPhone(portal, member(), { factor: claim.factorId, replaces: before.factorId }))).toBe('ticket-expired');
    expect((await phones()).map(({ id }) => id)).toEqual([before.factorId]);
    expect(await ofType('factor-removed')).toEqual([]);
  });

  test('SEC-42: the only factor may be replaced: the new one is there in the same unit', async () => {
    const paul = await testAccount(portal, { address: 'paul.durand@inserm.fr' });
    const his = await pairedPhone(portal, paul.id, 'pin');
    const by = testProven(portal, paul.id);
    await pairPhone(portal, by);
    const claim = await claimPairing(portal, pixel, { ticket: await ticketOf(portal, paul.id) });
    if (!claim.ok) throw new Error(claim.problems[0].code);
    await finishPairing(portal, pixel, finishing(portal, claim.value, testKey(), 'pin').sent);
    expect(await addPhone(portal, by, { factor: claim.value.factorId, replaces: his.factorId })).toMatchObject({ ok: true });
    expect((await phonesInPlace(portal, paul.id)).map(({ id }) => id)).toEqual([claim.value.factorId]);
  });

  test('SEC-42: from two tabs at once, and while the old one is taken away elsewhere, it comes once and one that works is left', async () => {
    const before = await pairedPhone(portal, claire.id, 'pin');
    const { claim } = await finished();
    const confirm = () => addPhone(portal, member(), { factor: claim.factorId, replaces: before.factorId });
    const results = await Promise.all([confirm(), removeFactor(portal, member(), { factor: before.factorId }), confirm()]);
    expect(results.filter((result) => result.ok).length).toBeGreaterThanOrEqual(1);
    expect(await ofType('factor-removed')).toHaveLength(1);
    expect((await phones()).filter(({ id }) => id === before.factorId)).toEqual([]);
    if ((await phones()).length === 0)
      expect(await addPhone(portal, member(), { factor: claim.factorId, replaces: 'none' })).toMatchObject({ ok: true });
    expect((await phones()).map(({ id }) => id)).toEqual([claim.factorId]);
  });
});

test('a disabled account gets no telephone', async () => {
  const { claim } = await finished();
  await portal.store.write(portal.store.db.update(portal.store.s.accounts).set({ status: 'disabled' }));
  expect(problem(await addPhone(portal, member(), { factor: claim.factorId }))).toBe('expired-page');
  expect(problem(await pairPhone(portal, member()))).toBe('expired-page');
});

test('what was paired opens for its own pairing alone', async () => {
  await finished();
  const [row] = await portal.store.db.select().from(portal.store.s.pairings);
  expect(() => openPairedPhone(portal, 'another', row?.phone ?? Buffer.alloc(0))).toThrow();
});
