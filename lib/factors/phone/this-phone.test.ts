// What a telephone may change of itself: where its notifications go, its name, its PIN, and that it is there at all.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seconds } from '../../duration.ts';
import { resealSecrets } from '../../operations/reseal-secrets.ts';
import { events, letters, snapshot, type TestAccount, type TestPortal, testAccount, testApp, testFlow, testPortal } from '../../portal.testing.ts';
import { createSecrets, newKeyRing, newSealingKey } from '../../secrets.ts';
import { askPhone } from '../../sign-in/ask-phone.ts';
import { checkPassword } from '../../sign-in/check-password.ts';
import { changePin } from './change-pin.ts';
import { confirmNotification } from './confirm-notification.ts';
import { phonesInPlace } from './facts.ts';
import { pendingRequests } from './pending-requests.ts';
import { pairedPhone, type TestPhone, testPin, testSubscription } from './phone.testing.ts';
import { removeThisPhone } from './remove-this-phone.ts';
import { renamePhone } from './rename-phone.ts';
import { sendTestNotification } from './send-test-notification.ts';
import { updateSubscription } from './update-subscription.ts';

let portal: TestPortal;
let claire: TestAccount;
let phone: TestPhone;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  await testApp(portal, claire.id);
  phone = await pairedPhone(portal, claire.id, 'pin');
});
afterEach(() => portal.close());

const problem = (result: { readonly ok: boolean; readonly problems?: readonly { readonly code: string }[] }) =>
  result.ok ? null : result.problems?.[0]?.code;
const inPlace = async () => (await phonesInPlace(portal, claire.id))[0];
const endpoint = async () => {
  const home = await pendingRequests(portal, await phone.call());
  return home.ok ? home.value.endpoint : null;
};
/** What the last notification carries. */
const lastPushed = () => (portal.pushed.at(-1)?.message.payload ?? {}) as { readonly t: string; readonly id: string };
/** The very same call, heard twice. */
async function twice(): Promise<[Awaited<ReturnType<TestPhone['call']>>, Awaited<ReturnType<TestPhone['call']>>]> {
  const sent = phone.request();
  const [first, second] = [await phone.verify(sent), await phone.verify(sent)];
  if (!first.ok || !second.ok) throw new Error('The call was refused.');
  return [first.value, second.value];
}

describe('a subscription', () => {
  const other = { ...testSubscription, endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/xyz' };

  test('is the one that the telephone says, and is kept sealed', async () => {
    expect(await endpoint()).toBe(testSubscription.endpoint);
    expect(await updateSubscription(portal, await phone.call(), { subscription: other })).toMatchObject({ ok: true });
    expect(await endpoint()).toBe(other.endpoint);
    const all = await snapshot(portal);
    for (const secret of [other.endpoint, testSubscription.endpoint]) expect(all).not.toContain(secret);
  });

  test('may be given up: the list then says that no notification arrives', async () => {
    await updateSubscription(portal, await phone.call(), { subscription: null });
    expect(await inPlace()).toMatchObject({ subscribed: false });
    expect(await endpoint()).toBeNull();
  });

  test.each([
    'http://fcm.googleapis.com/x',
    'https://10.0.0.1/x',
    'https://[fd00::1]/x',
    'https://metadata.google.internal/x',
    'https://fcm.googleapis.com:22/x',
    'https://user:pass@fcm.googleapis.com/x',
    'https://FCM.googleapis.com/x',
    'https://fcm.googleapis.com\\@127.0.0.1/x',
    'gopher://fcm.googleapis.com/x',
  ])('SSRF: one that leads elsewhere is refused and recorded: %s', async (to) => {
    expect(problem(await updateSubscription(portal, await phone.call(), { subscription: { ...testSubscription, endpoint: to } }))).toBe(
      'endpoint-refused',
    );
    expect((await events(portal)).at(-1)).toMatchObject({ type: 'step-refused', accountId: claire.id });
    expect(await endpoint()).toBe(testSubscription.endpoint);
  });

  test.each([undefined, 'x', {}, { endpoint: 1 }, { ...testSubscription, auth: 'short' }, { ...testSubscription, more: true }])(
    'anything else is not read (%#)',
    async (subscription) => {
      expect(problem(await updateSubscription(portal, await phone.call(), { subscription }))).toBe('unreadable');
    },
  );

  test('is sealed anew with everything else that lives for long', async () => {
    const ring = newKeyRing();
    const before = { ...(await testPortal()), secrets: createSecrets(() => ring) };
    const owner = await testAccount(before);
    const his = await pairedPhone(before, owner.id, 'pin');
    const newer = { ...ring, sealing: [newSealingKey(), ...ring.sealing] };
    const after = { ...before, secrets: createSecrets(() => newer) };
    expect(await resealSecrets(after)).toBe(2);
    const alone = createSecrets(() => ({ ...ring, sealing: newer.sealing.slice(0, 1) }));
    const home = await pendingRequests({ ...before, secrets: alone }, await his.call());
    expect(home).toMatchObject({ ok: true, value: { endpoint: testSubscription.endpoint } });
    await before.close();
  });
});

describe('a test notification', () => {
  test('is sent to this telephone alone, says nothing, and counts as arrived when the telephone says so', async () => {
    await pairedPhone(portal, claire.id, 'pin', 'Tablette');
    expect(await sendTestNotification(portal, await phone.call())).toMatchObject({ ok: true });
    expect(portal.pushed).toHaveLength(1);
    const { t, id } = lastPushed();
    expect(t).toBe('test');
    expect(await inPlace()).toMatchObject({ notifiedAt: null });
    portal.clock.advance(seconds(2));
    expect(await confirmNotification(portal, await phone.call(), { id })).toMatchObject({ ok: true });
    expect(await inPlace()).toMatchObject({ notifiedAt: portal.now() });
  });

  test('a request that arrived says the same; what never was sent says nothing', async () => {
    const flow = testFlow(portal);
    await checkPassword(portal, flow, claire);
    await askPhone(portal, flow);
    const { id } = lastPushed();
    for (const wrong of ['', 'x', claire.id])
      expect(problem(await confirmNotification(portal, await phone.call(), { id: wrong }))).toBe('request-gone');
    expect(await confirmNotification(portal, await phone.call(), { id })).toMatchObject({ ok: true });
    const paul = await testAccount(portal, { address: 'paul.durand@inserm.fr' });
    const his = await pairedPhone(portal, paul.id, 'pin', 'Téléphone de Paul');
    expect(problem(await confirmNotification(portal, await his.call(), { id }))).toBe('request-gone');
  });

  test('every half minute at most, once for each call, and not where none can arrive', async () => {
    const [first, again] = await twice();
    expect(await sendTestNotification(portal, first)).toMatchObject({ ok: true });
    expect(await sendTestNotification(portal, again)).toMatchObject({ ok: true });
    expect(portal.pushed).toHaveLength(1);
    expect(await sendTestNotification(portal, await phone.call())).toMatchObject({
      problems: [{ code: 'test-too-soon', retryAt: portal.now() + seconds(30) }],
    });
    portal.clock.advance(seconds(30));
    expect(await sendTestNotification(portal, await phone.call())).toMatchObject({ ok: true });
    await updateSubscription(portal, await phone.call(), { subscription: null });
    expect(problem(await sendTestNotification(portal, await phone.call()))).toBe('phone-silent');
  });
});

test('a name is given from the telephone, by the rules of all names', async () => {
  expect(await renamePhone(portal, await phone.call(), { name: '  Pixel du bureau ' })).toMatchObject({ ok: true });
  expect(await inPlace()).toMatchObject({ name: 'Pixel du bureau' });
  for (const [name, code] of [
    ['', 'name-missing'],
    ['x'.repeat(61), 'too-long'],
    ['a\u202eb', 'unreadable'],
  ] as const)
    expect(problem(await renamePhone(portal, await phone.call(), { name }))).toBe(code);
  expect((await events(portal)).filter(({ type }) => type === 'factor-renamed')).toHaveLength(1);
});

describe('a PIN', () => {
  const newPin = '739106';

  test('is changed with the one before, and its owner told', async () => {
    expect(await changePin(portal, await phone.call(), { pin: testPin, newPin })).toMatchObject({ ok: true });
    expect((await letters(portal)).at(-1)).toMatchObject({ kind: 'phone-pin-changed', to: claire.address });
    expect(problem(await changePin(portal, await phone.call(), { pin: testPin, newPin: '904817' }))).toBe('wrong-pin');
    expect(await changePin(portal, await phone.call(), { pin: newPin, newPin: '904817' })).toMatchObject({ ok: true });
  });

  test('is refused when it is guessed first, the same, or no PIN', async () => {
    for (const [pin, code] of [
      ['123456', 'pin-guessable'],
      ['4829', 'pin-length'],
      ['48291x', 'pin-digits'],
      [testPin, 'same-pin'],
    ] as const)
      expect(await changePin(portal, await phone.call(), { pin: testPin, newPin: pin })).toMatchObject({ problems: [{ code, field: 'newPin' }] });
  });

  test('PIN 5 failures lock here too: it is no second place to guess in', async () => {
    for (const left of [4, 3, 2, 1])
      expect(await changePin(portal, await phone.call(), { pin: '904817', newPin })).toMatchObject({ problems: [{ code: 'wrong-pin', left }] });
    expect(problem(await changePin(portal, await phone.call(), { pin: '904817', newPin }))).toBe('phone-locked');
    expect(await inPlace()).toMatchObject({ lockedWhy: 'pin' });
  });

  test('sent again it is not tried again', async () => {
    const [first, again] = await twice();
    expect(problem(await changePin(portal, first, { pin: '904817', newPin }))).toBe('wrong-pin');
    expect(problem(await changePin(portal, again, { pin: '904817', newPin }))).toBe('already-sent');
    expect(await changePin(portal, await phone.call(), { pin: '904816', newPin })).toMatchObject({ problems: [{ left: 3 }] });
  });

  test('a telephone that unlocks with biometrics has none to change', async () => {
    const other = await pairedPhone(portal, claire.id, 'biometrics', 'Autre');
    expect(problem(await changePin(portal, await other.call(), { pin: testPin, newPin }))).toBe('unlock-needed');
  });
});

describe('it takes itself off the account', () => {
  test('while another factor works; then it is unknown', async () => {
    expect(await removeThisPhone(portal, await phone.call())).toMatchObject({ ok: true });
    expect(problem(await phone.verify(phone.request()))).toBe('phone-gone');
    expect(await phonesInPlace(portal, claire.id)).toEqual([]);
    expect((await events(portal)).at(-1)).toMatchObject({ type: 'factor-removed', data: { name: 'Pixel de Claire', kind: 'phone' } });
    expect((await letters(portal)).at(-1)).toMatchObject({ kind: 'factor-removed', to: claire.address });
  });

  test('SEC-42: never as the last one, nor when the other is frozen', async () => {
    const { factors } = portal.store.s;
    await portal.store.write(portal.store.db.update(factors).set({ frozenAt: portal.now() }).where(eq(factors.kind, 'totp')));
    expect(problem(await removeThisPhone(portal, await phone.call()))).toBe('last-factor');
    await portal.store.write(portal.store.db.delete(factors).where(eq(factors.kind, 'totp')));
    expect(problem(await removeThisPhone(portal, await phone.call()))).toBe('last-factor');
    expect(await phonesInPlace(portal, claire.id)).toHaveLength(1);
  });
});
