// Codes of apps while the portal's own clock is known to be wrong: none is looked at, none counts, and whoever typed one is told whose fault it is.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { minutes } from '../../duration.ts';
import { pendingTotp } from '../../enrolment/facts.ts';
import { installApp } from '../../enrolment/install-app.ts';
import { scanCode } from '../../enrolment/scan-code.ts';
import { proveTotp as proveReset } from '../../password-reset/prove-totp.ts';
import { withMailbox } from '../../password-reset/reset.testing.ts';
import {
  events,
  snapshot,
  type TestAccount,
  type TestApp,
  type TestPortal,
  testAccount,
  testApp,
  testFlow,
  testMember,
  testMemberFlow,
  testPortal,
  testRecoveryCodes,
  totpCode,
} from '../../portal.testing.ts';
import { proveFactor } from '../../proof/prove-factor.ts';
import { checkPassword } from '../../sign-in/check-password.ts';
import { proveRecoveryCode } from '../../sign-in/prove-recovery-code.ts';
import { proveTotp } from '../../sign-in/prove-totp.ts';
import { mint, type RecentlyProven } from '../../visitor.ts';
import { chooseApp } from '../choose-app.ts';
import { pairedPhone } from '../phone/phone.testing.ts';
import { proveApp } from '../prove-app.ts';

const refusal = (code: string) => ({ ok: false, problems: [{ code }] });

describe.each(engines())('SEC-115: while the clock is not trusted, on $name', ({ open }) => {
  let portal: TestPortal;
  let claire: TestAccount;
  let app: TestApp;
  beforeEach(async () => {
    portal = await testPortal({ store: await open() });
    claire = await testAccount(portal);
    app = await testApp(portal, claire.id);
  });
  afterEach(() => portal.close());

  const wrongClock = () => portal.clockTrust.heard([minutes(3), minutes(3)]);
  const rightClock = () => portal.clockTrust.heard([0, 0]);
  /** Nothing changed but one event, which is no failure. */
  async function refusedOnce(act: () => Promise<unknown>, code = 'portal-clock') {
    wrongClock();
    const before = await snapshot(portal, 'events');
    const known = (await events(portal)).length;
    expect(await act()).toEqual(refusal(code));
    expect(await snapshot(portal, 'events')).toBe(before);
    const recorded = (await events(portal)).slice(known);
    expect(recorded).toMatchObject([{ type: 'totp-not-judged', accountId: claire.id }]);
    expect(portal.slowMode.take()).toBe(0);
    rightClock();
  }

  test('a sign-in takes no code, right or wrong, and counts none; a recovery code still works, and so does the code afterwards', async () => {
    const flow = testFlow(portal);
    expect(await checkPassword(portal, flow, claire)).toMatchObject({ ok: true });
    await refusedOnce(() => proveTotp(portal, flow, { code: app.code() }));
    for (let n = 0; n < 10; n++) await refusedOnce(() => proveTotp(portal, flow, { code: '000000' }));
    expect(await portal.store.db.select().from(portal.store.s.attempts)).toEqual([]);
    const [recoveryCode = ''] = await testRecoveryCodes(portal, claire.id);
    const other = testFlow(portal);
    await checkPassword(portal, other, claire);
    wrongClock();
    expect(await proveRecoveryCode(portal, other, { code: recoveryCode })).toMatchObject({ ok: true });
    rightClock();
    expect(await proveTotp(portal, flow, { code: app.code() })).toMatchObject({ ok: true });
  });

  test('whoever has the password, and goes on, writes no more than twenty lines in ten minutes', async () => {
    const flow = testFlow(portal);
    await checkPassword(portal, flow, claire);
    const unjudged = async () => (await events(portal)).filter(({ type }) => type === 'totp-not-judged').length;
    wrongClock();
    for (let n = 0; n < 30; n++) expect(await proveTotp(portal, flow, { code: '000000' })).toEqual(refusal('portal-clock'));
    expect(await unjudged()).toBe(20);
    portal.clock.advance(minutes(10));
    expect(await proveTotp(portal, flow, { code: '000000' })).toEqual(refusal('portal-clock'));
    expect(await unjudged()).toBe(21);
  });

  test('neither a new password nor a session is confirmed by one', async () => {
    const reset = await withMailbox(portal, claire);
    await refusedOnce(() => proveReset(portal, reset, { code: app.code() }));
    await refusedOnce(() => proveFactor(portal, testMember(claire.id), { code: app.code() }));
    await refusedOnce(() => proveFactor(portal, testMember(claire.id), { code: app.code() }, 'console'));
    const [recoveryCode = ''] = await testRecoveryCodes(portal, claire.id);
    wrongClock();
    expect(await proveFactor(portal, testMember(claire.id), { code: recoveryCode })).toEqual({ ok: true, value: 'recovery-code' });
  });

  test('no app is put in place, in the wizard or beside another one, and its key stays for when the clock is right', async () => {
    const paul = await testAccount(portal, { address: 'paul.durand@inserm.fr' });
    const flow = testMemberFlow(portal, { accountId: paul.id });
    await installApp(portal, flow, { app: 'other' });
    const pending = await pendingTotp(portal, flow);
    const secret = new URL(pending?.uri ?? '').searchParams.get('secret');
    const code = totpCode(base32(secret ?? ''), portal.now());
    wrongClock();
    const before = await snapshot(portal, 'events');
    expect(await scanCode(portal, flow, { code })).toEqual(refusal('portal-clock-new-app'));
    expect(await snapshot(portal, 'events')).toBe(before);
    rightClock();
    expect(await scanCode(portal, flow, { code })).toMatchObject({ ok: true });

    const member = mint<RecentlyProven>({ ...testMember(claire.id), provenAt: portal.now() });
    await chooseApp(portal, member, { app: 'other' });
    await refusedOnce(() => proveApp(portal, member, { code: '123456' }), 'portal-clock-new-app');
  });

  test('a telephone that is far from the portal’s time is not told that it is its fault', async () => {
    const phone = await pairedPhone(portal, claire.id);
    const request = phone.request();
    portal.clock.advance(minutes(3));
    wrongClock();
    expect(await phone.verify(request)).toEqual(refusal('portal-clock-phone'));
    rightClock();
    expect(await phone.verify(request)).toMatchObject(refusal('phone-clock'));
  });
});

/** RFC 4648, by hand: the portal's own library must not vouch for itself. */
function base32(text: string): Buffer {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
