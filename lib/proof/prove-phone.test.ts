// A telephone that confirms a change of the account: by whom, where and when it counts. And what a locked one is still good for.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { minutes, seconds } from '../duration.ts';
import { changePhoneFacts, readHeldFactors } from '../factors/facts.ts';
import { requestOnScreen } from '../factors/phone/facts.ts';
import { pairedPhone, type TestPhone, testProven } from '../factors/phone/phone.testing.ts';
import { removeFactor } from '../factors/remove-factor.ts';
import { events, type TestAccount, type TestPortal, testAccount, testApp, testMember, testPortal, totpCode } from '../portal.testing.ts';
import type { Member } from '../visitor.ts';
import { askPhoneAgain } from './ask-phone.ts';
import { provable } from './facts.ts';
import { proveFactor } from './prove-factor.ts';
import { provePhoneAgain } from './prove-phone.ts';

let portal: TestPortal;
let claire: TestAccount;
let member: Member;
let phone: TestPhone;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  member = testMember(claire.id, 'one');
  phone = await pairedPhone(portal, claire.id, 'pin');
  portal.clock.advance(minutes(60));
});
afterEach(() => portal.close());

const problem = (code: string) => ({ ok: false, problems: [{ code }] });
const asked = async (by = member) => {
  expect(await askPhoneAgain(portal, by)).toMatchObject({ ok: true });
  const [request] = await phone.pending();
  if (!request) throw new Error('Nothing is asked.');
  return { request, number: (await requestOnScreen(portal, by))?.number ?? 0 };
};
const secretOf = async () => {
  const [factor] = await portal.store.db.select().from(portal.store.s.factors);
  if (!factor) throw new Error('No factor is there.');
  return portal.secrets.open(`factors:${factor.id}`, factor.secret);
};
async function locksItself() {
  const { request, number } = await asked();
  phone.pin = '135792';
  for (let tries = 0; tries < portal.settings.policy.phone.pinTries.cap; tries++) await phone.approve(request, number);
}

test('SEC-36: a telephone confirms a change, once, in the session that asked', async () => {
  const { request, number } = await asked();
  expect(request.application).toBe('Mon compte');
  expect(await provePhoneAgain(portal, member)).toEqual(problem('request-gone'));
  expect(await phone.approve(request, number)).toMatchObject({ ok: true, value: 'approved' });
  expect(await provePhoneAgain(portal, testMember(claire.id, 'two'))).toEqual(problem('request-gone'));
  expect(await provePhoneAgain(portal, member)).toMatchObject({ ok: true });
  expect(await provePhoneAgain(portal, member)).toEqual(problem('request-gone'));
  expect((await events(portal)).at(-1)).toMatchObject({ type: 'phone-right', accountId: claire.id, flow: null, data: { act: 'confirm' } });
});

test('an approval that nobody fetched in time is worth nothing', async () => {
  const { request, number } = await asked();
  await phone.approve(request, number);
  portal.clock.advance(portal.settings.policy.phone.answer + seconds(1));
  expect(await provePhoneAgain(portal, member)).toEqual(problem('request-gone'));
});

test('« Ce n’est pas moi » of a change: nothing is proven, and no telephone is asked any more', async () => {
  const { request } = await asked();
  expect(await phone.answer(request, 'report')).toMatchObject({ ok: true, value: 'reported' });
  expect(await provePhoneAgain(portal, member)).toEqual(problem('request-gone'));
  expect(await askPhoneAgain(portal, member)).toEqual(problem('phone-suspended'));
});

test('nobody without a telephone is asked', async () => {
  const karim = await testAccount(portal, { address: 'karim.roy@inserm.fr', givenName: 'Karim', familyName: 'Roy' });
  expect(await askPhoneAgain(portal, testMember(karim.id, 'his'))).toEqual(problem('no-phone'));
});

test('one scan, two ways: without network the telephone’s code confirms; a locked one’s confirms nothing, and it is offered no more', async () => {
  const secret = await secretOf();
  expect(await proveFactor(portal, member, { code: totpCode(secret, portal.now()) })).toMatchObject({ ok: true });
  await locksItself();
  portal.clock.advance(minutes(2));
  expect(await proveFactor(portal, member, { code: totpCode(secret, portal.now()) })).toMatchObject({ ok: false });
  expect((await provable(portal, member)).factors).toEqual([]);
});

test('SEC-42: a locked telephone is no reason to let the last factor that works go; the telephone itself may', async () => {
  const app = await testApp(portal, claire.id);
  await locksItself();
  const held = await portal.store.read((tx) => readHeldFactors(portal, tx, claire.id, portal.now()));
  expect(held.map(({ id, works }) => [id, works])).toEqual([
    [phone.factorId, false],
    [app.id, true],
  ]);
  const proven = testProven(portal, claire.id, 'one');
  expect(await removeFactor(portal, proven, { factor: app.id })).toEqual(problem('last-factor'));
  expect(await removeFactor(portal, proven, { factor: phone.factorId })).toMatchObject({ ok: true });
});

test('a new phone may ask for another kind of confirmation than the old one', async () => {
  const app = await testApp(portal, claire.id);
  expect(await changePhoneFacts(portal, member, app.id)).toBe('choose-app');
  portal.clock.advance(minutes(1));
  await pairedPhone(portal, claire.id, 'pin', 'iPhone de Claire');
  expect(await changePhoneFacts(portal, member, app.id)).toBe('remove-old');
});
