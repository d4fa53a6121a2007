// The second step with a telephone: asked, answered, made use of once; and everything that somebody who has the password might try.
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Engine, engines } from '#db/testing';
import { minutes, seconds } from '../duration.ts';
import { answerRequest } from '../factors/phone/answer-request.ts';
import { askablePhones, requestOnScreen } from '../factors/phone/facts.ts';
import { pendingRequests } from '../factors/phone/pending-requests.ts';
import { pairedPhone, type TestPhone, type TestUnlock, testSubscription } from '../factors/phone/phone.testing.ts';
import {
  events,
  letters,
  snapshot,
  type TestAccount,
  type TestApp,
  type TestPortal,
  testAccount,
  testApp,
  testFlow,
  testPortal,
  testRecoveryCodes,
  totpCode,
} from '../portal.testing.ts';
import type { Flow } from '../visitor.ts';
import { askPhone } from './ask-phone.ts';
import { checkPassword } from './check-password.ts';
import { signInFacts } from './facts.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { provePhone } from './prove-phone.ts';
import { proveRecoveryCode } from './prove-recovery-code.ts';
import { proveTotp } from './prove-totp.ts';
import { nextSignInStep } from './steps.ts';

let portal: TestPortal;
let claire: TestAccount;
let app: TestApp;
let phone: TestPhone;

/** A fresh world for each test; on the engine, or on SQLite in memory. */
function eachIn(unlock: TestUnlock, engine?: Engine) {
  beforeEach(async () => {
    portal = await testPortal(engine ? { store: await engine.open() } : {});
    claire = await testAccount(portal);
    app = await testApp(portal, claire.id);
    phone = await pairedPhone(portal, claire.id, unlock);
    // What paired is long past.
    portal.clock.advance(minutes(60));
  });
  afterEach(() => portal.close());
}

const problem = (result: { readonly ok: boolean; readonly problems?: readonly { readonly code: string }[] }) =>
  result.ok ? null : result.problems?.[0]?.code;
async function afterPassword(account: TestAccount = claire): Promise<Flow> {
  const flow = testFlow(portal);
  expect(await checkPassword(portal, flow, account)).toMatchObject({ ok: true });
  return flow;
}
/** A flow whose password is right and whose telephone is asked. */
async function asking(): Promise<Flow> {
  const flow = await afterPassword();
  expect(problem(await askPhone(portal, flow))).toBeNull();
  return flow;
}
const onScreen = (flow: Flow) => requestOnScreen(portal, flow);
const numberOf = async (flow: Flow) => (await onScreen(flow))?.number ?? 0;
const otherThan = (number: number) => (number === 10 ? 11 : number - 1);
const request = async (by: TestPhone = phone) => {
  const [one] = await by.pending();
  if (!one) throw new Error('Nothing is asked.');
  return one;
};
const typesOf = async () => (await events(portal)).map(({ type }) => type);
const rows = async () => portal.store.db.select().from(portal.store.s.phoneRequests);

describe.each(['biometrics', 'pin'] as const)('with %s', (unlock) => {
  eachIn(unlock);

  test('a person signs in: a number on the computer, a question on the telephone, and the way is free', async () => {
    const flow = await asking();
    const shown = await onScreen(flow);
    expect(shown).toMatchObject({ status: 'pending', why: null, expiresAt: portal.now() + seconds(60) });
    expect(shown?.number).toBeGreaterThanOrEqual(10);
    expect(shown?.number).toBeLessThanOrEqual(99);
    expect(problem(await provePhone(portal, flow)), 'not before the answer').toBe('request-gone');

    expect(await phone.approve(await request(), await numberOf(flow))).toEqual({ ok: true, value: 'approved' });
    expect(await onScreen(flow)).toMatchObject({ status: 'approved', number: null });
    expect(nextSignInStep(await signInFacts(portal, flow)), 'nothing is proven before the browser that asked makes use of it').toBe('second-factor');
    expect(await provePhone(portal, flow)).toMatchObject({ ok: true });
    expect(await onScreen(flow)).toMatchObject({ status: 'consumed' });
    const finished = await finishSignIn(portal, flow, 'a browser');
    expect(finished).toMatchObject({
      accountId: claire.id,
      acr: 'https://refeds.org/profile/mfa',
      amr: ['pwd', 'swk', unlock === 'pin' ? 'pin' : 'user', 'mfa'],
    });
    expect(await typesOf()).toEqual(expect.arrayContaining(['phone-asked', 'phone-approved', 'phone-right', 'signed-in']));
    const [browser] = await portal.store.db.select().from(portal.store.s.knownBrowsers);
    expect(browser?.factorKind, 'proposed first next time').toBe('phone');
  });

  test('SEC-28: the telephone is told what, where and with what, and never the number; the notification tells nothing', async () => {
    const flow = await asking();
    const home = await pendingRequests(portal, await phone.call());
    expect(home).toMatchObject({ ok: true, value: { name: 'Pixel de Claire', address: claire.address, unlock } });
    const shown = await request();
    expect(shown).toMatchObject({
      application: 'InsermBiblio',
      network: '192.0.2.0/24',
      userAgent: 'Mozilla/5.0 (test)',
      left: 2,
      sameNetwork: true,
    });
    expect(JSON.stringify({ home, shown })).not.toContain('"number"');
    expect(shown.challenge === null).toBe(unlock === 'pin');

    expect(portal.pushed).toHaveLength(1);
    const [pushed] = portal.pushed;
    expect(pushed?.subscription).toEqual(testSubscription);
    expect(pushed?.message).toMatchObject({ uselessAt: portal.now() + seconds(60), payload: { v: 1, t: 'req', id: shown.id, web_push: 8030 } });
    expect(pushed?.message.topic).toMatch(/^[\w-]{1,32}$/);
    const sent = JSON.stringify(pushed?.message);
    for (const told of ['InsermBiblio', '192.0.2', 'claire', 'Firefox', `"${await numberOf(flow)}"`])
      expect(sent.toLowerCase()).not.toContain(told.toLowerCase());
  });

  test('Refuser ends the request, and is not « Ce n’est pas moi »', async () => {
    const flow = await asking();
    const asked = await request();
    expect(await phone.answer(asked, 'deny')).toEqual({ ok: true, value: 'denied' });
    expect(await phone.answer(asked, 'deny'), 'pressed twice').toEqual({ ok: true, value: 'denied' });
    expect(await onScreen(flow)).toMatchObject({ status: 'denied', why: 'owner', number: null });
    expect(problem(await phone.approve(asked, 47))).toBe('request-answered');
    expect(problem(await provePhone(portal, flow))).toBe('request-gone');
    expect((await letters(portal)).filter(({ kind }) => kind === 'phone-reported')).toEqual([]);
    expect(nextSignInStep(await signInFacts(portal, flow)), 'another way is still open').toBe('second-factor');
  });

  test('an approval is good once, in the flow that asked, for two minutes', async () => {
    const flow = await asking();
    const other = await afterPassword();
    await phone.approve(await request(), await numberOf(flow));
    expect(problem(await provePhone(portal, other)), 'another browser').toBe('request-gone');
    const twenty = await Promise.all(Array.from({ length: 20 }, () => provePhone(portal, flow)));
    expect(twenty.filter(({ ok }) => ok)).toHaveLength(1);

    const late = await asking();
    await phone.approve(await request(), await numberOf(late));
    portal.clock.advance(minutes(2));
    expect(problem(await provePhone(portal, late))).toBe('request-gone');
  });

  test('wrong number: once more, then the request is denied', async () => {
    const flow = await asking();
    const number = await numberOf(flow);
    const asked = await request();
    expect(await phone.approve(asked, otherThan(number))).toMatchObject({
      ok: false,
      problems: [{ code: 'wrong-number', field: 'number', left: 1 }],
    });
    expect((await request()).left).toBe(1);
    expect(await phone.approve(asked, '')).toMatchObject({ ok: false, problems: [{ code: 'wrong-number', left: 0 }] });
    expect(await onScreen(flow)).toMatchObject({ status: 'denied', why: 'number' });
    expect(problem(await phone.approve(asked, number)), 'the right one comes too late').toBe('request-answered');
    expect(await phone.pending()).toEqual([]);
  });

  test('wrong number, then the right one', async () => {
    const flow = await asking();
    const number = await numberOf(flow);
    await phone.approve(await request(), otherThan(number));
    expect(await phone.approve(await request(), number)).toMatchObject({ ok: true });
    expect(await provePhone(portal, flow)).toMatchObject({ ok: true });
  });

  test('without an unlock, or with the other kind, the number is not even looked at', async () => {
    const flow = await asking();
    const asked = await request();
    const number = String(await numberOf(flow));
    for (const given of [
      undefined,
      unlock === 'pin' ? ({ kind: 'biometrics', credential: '{}' } as const) : ({ kind: 'pin', pin: '482915' } as const),
    ])
      expect(
        problem(await answerRequest(portal, await phone.call(), { id: asked.id, decision: 'approve', number, ...(given && { unlock: given }) })),
      ).toBe('unlock-needed');
    expect((await rows())[0]).toMatchObject({ status: 'pending', tries: 0 });
  });

  test('expiry: after a minute nothing can be answered, and the computer says so', async () => {
    const flow = await asking();
    const asked = await request();
    const number = await numberOf(flow);
    portal.clock.advance(seconds(60));
    expect(await onScreen(flow)).toMatchObject({ status: 'expired', number: null });
    expect(await phone.pending()).toEqual([]);
    expect(problem(await phone.approve(asked, number))).toBe('request-expired');
    expect(problem(await phone.answer(asked, 'deny'))).toBe('request-expired');
    expect(problem(await provePhone(portal, flow))).toBe('request-gone');
  });

  test('supersession: a second sign-in takes the place of the first, which is told why; the numbers are not exchangeable', async () => {
    const first = await asking();
    const asked = await request();
    const number = await numberOf(first);
    const second = await asking();
    expect(await onScreen(first)).toMatchObject({ status: 'superseded', number: null });
    expect(await phone.pending()).toHaveLength(1);
    expect(problem(await phone.approve(asked, number))).toBe('request-superseded');
    const wrong = (await numberOf(second)) === number ? otherThan(number) : number;
    expect(problem(await phone.approve(await request(), wrong))).toBe('wrong-number');
    expect(problem(await provePhone(portal, first))).toBe('request-gone');
    expect(await phone.approve(await request(), await numberOf(second))).toMatchObject({ ok: true });
    expect(problem(await provePhone(portal, first)), 'what the second was given is not the first’s').toBe('request-gone');
    expect(await provePhone(portal, second)).toMatchObject({ ok: true });
  });

  test('signed in by another way: the telephone stops asking', async () => {
    const flow = await asking();
    const asked = await request();
    expect(await proveTotp(portal, flow, { code: app.code() })).toMatchObject({ ok: true });
    expect(await finishSignIn(portal, flow, 'mark')).not.toBeNull();
    expect(await phone.pending()).toEqual([]);
    expect(problem(await phone.approve(asked, 47))).toBe('request-expired');
  });

  test('two phones: both are asked, the first to answer decides, and the other is told', async () => {
    const tablet = await pairedPhone(portal, claire.id, 'pin', 'Tablette');
    portal.clock.advance(minutes(1));
    const flow = await asking();
    expect(portal.pushed).toHaveLength(2);
    const [onPhone, onTablet] = [await request(), await request(tablet)];
    expect(onTablet.id).toBe(onPhone.id);
    expect(await tablet.approve(onTablet, await numberOf(flow))).toMatchObject({ ok: true });
    expect(problem(await phone.answer(onPhone, 'deny'))).toBe('request-answered');
    expect(await provePhone(portal, flow)).toMatchObject({ ok: true });
    expect(await portal.store.db.select().from(portal.store.s.proofs)).toMatchObject([
      { kind: 'password' },
      { kind: 'phone-pin', factorId: tablet.factorId },
    ]);
  });

  test('two phones: what unlocks one does not unlock the other', async () => {
    const second = await pairedPhone(portal, claire.id, 'biometrics', 'Tablette');
    const flow = await asking();
    const shown = await request(second);
    const number = String(await numberOf(flow));
    if (unlock === 'biometrics') {
      const borrowed = phone.unlock(shown);
      const answer = await answerRequest(portal, await second.call(), { id: shown.id, decision: 'approve', number, unlock: borrowed });
      expect(problem(answer)).toBe('biometrics-refused');
    } else
      expect(
        problem(await answerRequest(portal, await second.call(), { id: shown.id, decision: 'approve', number, unlock: phone.unlock(shown) })),
      ).toBe('unlock-needed');
    expect((await rows())[0]).toMatchObject({ status: 'pending', tries: 0 });
  });

  test('another person’s ids: no telephone sees, answers or reports what it was not asked', async () => {
    const paul = await testAccount(portal, { address: 'paul.durand@inserm.fr' });
    const his = await pairedPhone(portal, paul.id, unlock, 'Téléphone de Paul');
    const flow = await asking();
    const asked = await request();
    expect(await his.pending()).toEqual([]);
    const before = await snapshot(portal, 'events', 'phones');
    expect(problem(await his.approve(asked, await numberOf(flow)))).toBe('request-gone');
    for (const decision of ['deny', 'report'] as const) expect(problem(await his.answer(asked, decision))).toBe('request-gone');
    expect(problem(await his.answer({ id: 'no such request' }, 'report'))).toBe('request-gone');
    expect(await snapshot(portal, 'events', 'phones')).toBe(before);
    expect((await events(portal)).at(-1)).toMatchObject({ type: 'step-refused', accountId: paul.id });
    expect(await onScreen(testFlow(portal))).toBeNull();
  });

  test('a telephone frozen by its owner since is asked nothing, and what it approved is worth nothing', async () => {
    const flow = await asking();
    await phone.approve(await request(), await numberOf(flow));
    const { factors } = portal.store.s;
    await portal.store.write(portal.store.db.update(factors).set({ frozenAt: portal.now() }).where(eq(factors.id, phone.factorId)));
    expect(problem(await provePhone(portal, flow))).toBe('request-gone');
    expect(problem(await askPhone(portal, await afterPassword()))).toBe('no-phone');
    expect(await askablePhones(portal, claire.id)).toEqual({ names: [], suspended: false });
  });

  test('« Ce n’est pas moi » ends the attempt, tells the owner and the helpdesk, and no telephone rings any more', async () => {
    const flow = await asking();
    const asked = await request();
    expect(await phone.answer(asked, 'report')).toEqual({ ok: true, value: 'reported' });
    expect(await phone.answer(asked, 'report'), 'pressed twice').toEqual({ ok: true, value: 'reported' });
    expect(await onScreen(flow)).toMatchObject({ status: 'denied', why: 'reported' });
    expect(nextSignInStep(await signInFacts(portal, flow)), 'the password has to be given again').toBe('password');
    expect((await events(portal)).filter(({ type }) => type === 'phone-reported')).toMatchObject([
      { accountId: claire.id, data: { factor: phone.factorId } },
    ]);
    expect((await letters(portal)).filter(({ kind }) => kind === 'phone-reported')).toMatchObject([{ to: claire.address }]);
    expect((await letters(portal)).filter(({ kind }) => kind === 'case-opened')).toMatchObject([{ to: portal.settings.helpdesk.email }]);
    expect(await portal.store.db.select().from(portal.store.s.cases)).toMatchObject([{ accountId: claire.id, kind: 'not-me', closedAt: null }]);
    portal.clock.advance(minutes(30));
    expect(problem(await askPhone(portal, await afterPassword()))).toBe('phone-suspended');
    expect(portal.pushed).toHaveLength(1);
  });

  test('« Ce n’est pas moi » after accepting: what was given is taken back, if the browser has not fetched it yet', async () => {
    const flow = await asking();
    const asked = await request();
    await phone.approve(asked, await numberOf(flow));
    expect(await phone.answer(asked, 'report')).toMatchObject({ ok: true });
    expect(problem(await provePhone(portal, flow))).toBe('expired-page');
  });

  test('« Ce n’est pas moi » a little late is heard all the same', async () => {
    await asking();
    const asked = await request();
    portal.clock.advance(minutes(5));
    expect(await phone.answer(asked, 'report')).toEqual({ ok: true, value: 'reported' });
    expect(problem(await askPhone(portal, await afterPassword()))).toBe('phone-suspended');
  });

  test('an answer whose own answer got lost is answered again, and does nothing again', async () => {
    const flow = await asking();
    const asked = await request();
    const sent = phone.request();
    const input = { id: asked.id, decision: 'approve', number: String(await numberOf(flow)), unlock: phone.unlock(asked) } as const;
    for (const expected of ['approved', 'approved', 'approved']) {
      const call = await phone.verify(sent);
      if (!call.ok) throw new Error(call.problems[0].code);
      expect(await answerRequest(portal, call.value, input)).toEqual({ ok: true, value: expected });
    }
    expect((await typesOf()).filter((type) => type === 'phone-approved')).toHaveLength(1);
  });

  test('a wrong answer sent again costs nothing again', async () => {
    const flow = await asking();
    const asked = await request();
    const sent = phone.request();
    const input = { id: asked.id, decision: 'approve', number: String(otherThan(await numberOf(flow))), unlock: phone.unlock(asked) } as const;
    for (const expected of ['wrong-number', 'already-sent', 'already-sent']) {
      const call = await phone.verify(sent);
      if (!call.ok) throw new Error(call.problems[0].code);
      expect(problem(await answerRequest(portal, call.value, input))).toBe(expected);
    }
    expect((await rows())[0]).toMatchObject({ status: 'pending', tries: 1 });
  });
});

describe('fatigue', () => {
  eachIn('biometrics');

  test('SEC-29, T10: after three that came to nothing the fourth is not sent, until another factor says who is there', async () => {
    for (let n = 0; n < 3; n++) {
      await asking();
      portal.clock.advance(seconds(61));
    }
    const fourth = await afterPassword();
    expect(problem(await askPhone(portal, fourth))).toBe('phone-suspended');
    expect(portal.pushed).toHaveLength(3);
    expect((await events(portal)).filter(({ type }) => type === 'phone-suspended')).toMatchObject([
      { accountId: claire.id, data: { why: 'unanswered' } },
    ]);
    expect((await letters(portal)).filter(({ kind }) => kind === 'phone-suspended')).toMatchObject([{ to: claire.address }]);
    portal.clock.advance(minutes(60));
    const later = await afterPassword();
    expect(problem(await askPhone(portal, later)), 'time alone does not end it').toBe('phone-suspended');
    expect(await askablePhones(portal, claire.id)).toEqual({ names: ['Pixel de Claire'], suspended: true });
    expect(
      (await letters(portal)).filter(({ kind }) => kind === 'phone-suspended'),
      'told once',
    ).toHaveLength(1);
    expect(await proveTotp(portal, later, { code: app.code() })).toMatchObject({ ok: true });
    portal.clock.advance(seconds(1));
    expect(problem(await askPhone(portal, await afterPassword()))).toBeNull();
  });

  test('SEC-29: a recovery code ends it as well', async () => {
    const [code = ''] = await testRecoveryCodes(portal, claire.id);
    for (let n = 0; n < 3; n++) await asking();
    const flow = await afterPassword();
    expect(problem(await askPhone(portal, flow))).toBe('phone-suspended');
    portal.clock.advance(seconds(1));
    await proveRecoveryCode(portal, flow, { code });
    portal.clock.advance(minutes(10));
    expect(problem(await askPhone(portal, await afterPassword()))).toBeNull();
  });

  test('SEC-29: refusals count like silence, and so does asking again and again from one flow', async () => {
    for (let n = 0; n < 2; n++) {
      await asking();
      await phone.answer(await request(), 'deny');
    }
    const flow = await afterPassword();
    expect(problem(await askPhone(portal, flow))).toBeNull();
    expect(problem(await askPhone(portal, flow))).toBe('phone-suspended');
  });

  test('SEC-29: who answers is asked five times in ten minutes, and no more', async () => {
    for (let n = 0; n < 5; n++) {
      const flow = await asking();
      await phone.approve(await request(), await numberOf(flow));
      await provePhone(portal, flow);
      portal.clock.advance(minutes(1));
    }
    const sixth = await afterPassword();
    const asked = await askPhone(portal, sixth);
    expect(asked).toMatchObject({ ok: false, problems: [{ code: 'phone-limit', retryAt: portal.now() + minutes(5) }] });
    portal.clock.advance(minutes(5));
    expect(problem(await askPhone(portal, await afterPassword()))).toBeNull();
  });

  test('SEC-29: 100 at once in an hour, as in September 2022: the telephone rings three times', async () => {
    const flows: Flow[] = [];
    for (let n = 0; n < 100; n++) flows.push(await afterPassword());
    const asked = await Promise.all(flows.map((flow) => askPhone(portal, flow)));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(3);
    expect(portal.pushed).toHaveLength(3);
    expect(
      (await rows()).filter(({ status }) => status === 'pending'),
      'one at a time',
    ).toHaveLength(1);
  });

  test('without a right password nobody’s telephone rings', async () => {
    const flow = testFlow(portal);
    expect(problem(await askPhone(portal, flow))).toBe('expired-page');
    await checkPassword(portal, flow, { ...claire, password: 'not the password' });
    expect(problem(await askPhone(portal, flow))).toBe('expired-page');
    for (const prompt of ['enrol', 'consent'] as const) {
      const later = testFlow(portal, { uid: (await afterPassword()).uid, prompt, accountId: claire.id });
      expect(problem(await askPhone(portal, later))).toBe('expired-page');
    }
    expect(portal.pushed).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  test('a push service that no longer knows the telephone is forgotten; the request still waits in the app', async () => {
    portal.pushService.answer = { outcome: 'gone' };
    const flow = await asking();
    await expect.poll(async () => (await portal.store.db.select().from(portal.store.s.phones))[0]?.subscription).toBeNull();
    expect(await phone.approve(await request(), await numberOf(flow))).toMatchObject({ ok: true });
    await asking();
    expect(portal.pushed).toHaveLength(1);
  });

  test('a push service that fails changes nothing', async () => {
    portal.pushService.answer = { outcome: 'failed', reason: 'No answer in time.' };
    await asking();
    expect((await portal.store.db.select().from(portal.store.s.phones))[0]?.subscription).not.toBeNull();
    expect(await phone.pending()).toHaveLength(1);
  });
});

describe('the code that the telephone shows', () => {
  eachIn('biometrics');
  const codeOf = async () => {
    const { factors } = portal.store.s;
    const [row] = await portal.store.db
      .select()
      .from(factors)
      .where(and(eq(factors.id, phone.factorId), eq(factors.kind, 'phone')));
    return totpCode(portal.secrets.open(`factors:${phone.factorId}`, row?.secret ?? Buffer.alloc(0)), portal.now());
  };

  test('signs in where there is no network, once', async () => {
    const flow = await afterPassword();
    const code = await codeOf();
    expect(await proveTotp(portal, flow, { code })).toMatchObject({ ok: true });
    expect(await finishSignIn(portal, flow, 'a browser')).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] });
    expect(problem(await proveTotp(portal, await afterPassword(), { code }))).toBe('used-code');
  });

  test('is worth nothing once the telephone is locked', async () => {
    await phone.call();
    const copy = { ...phone, counter: 0 };
    portal.clock.advance(seconds(1));
    expect(problem(await copy.verify(copy.request({ counter: 1 })))).toBe('phone-locked');
    expect(problem(await proveTotp(portal, await afterPassword(), { code: await codeOf() }))).toBe('wrong-code');
  });
});

describe('PIN', () => {
  eachIn('pin');
  const wrongPin = async (pin = '739106') => {
    const asked = await request();
    return answerRequest(portal, await phone.call(), { id: asked.id, decision: 'approve', number: '47', unlock: { kind: 'pin', pin } });
  };

  test('five failures lock: the request is denied, the telephone proves nothing more, its owner is told', async () => {
    const flow = await asking();
    for (const left of [4, 3, 2, 1]) expect(await wrongPin()).toMatchObject({ ok: false, problems: [{ code: 'wrong-pin', field: 'pin', left }] });
    expect(problem(await wrongPin())).toBe('phone-locked');
    expect(await onScreen(flow)).toMatchObject({ status: 'denied', why: 'locked' });
    expect(problem(await phone.verify(phone.request()))).toBe('phone-locked');
    expect((await events(portal)).filter(({ type }) => type === 'phone-locked')).toMatchObject([{ data: { why: 'pin' } }]);
    expect((await letters(portal)).filter(({ kind }) => kind === 'phone-locked')).toMatchObject([{ to: claire.address }]);
    portal.clock.advance(minutes(60 * 24));
    expect(problem(await phone.verify(phone.request())), 'not for a while: until it is paired anew').toBe('phone-locked');
    expect(problem(await askPhone(portal, await afterPassword()))).toBe('no-phone');
  });

  test('failures add up over requests and days, and a right one ends the count', async () => {
    await asking();
    await wrongPin();
    await wrongPin();
    portal.clock.advance(minutes(60 * 24 * 2));
    const flow = await asking();
    expect(await wrongPin()).toMatchObject({ ok: false, problems: [{ left: 2 }] });
    expect(await phone.approve(await request(), await numberOf(flow))).toMatchObject({ ok: true });
    await provePhone(portal, flow);
    await asking();
    expect(await wrongPin()).toMatchObject({ ok: false, problems: [{ left: 4 }] });
  });

  test('SEC-19: 100 PINs at once are five tries', async () => {
    await asking();
    const asked = await request();
    const calls = [];
    for (let n = 0; n < 100; n++) calls.push(await phone.call());
    const answers = await Promise.all(
      calls.map((call, n) =>
        answerRequest(portal, call, { id: asked.id, decision: 'approve', number: '47', unlock: { kind: 'pin', pin: `73910${n}` } }),
      ),
    );
    expect(answers.filter((answer) => problem(answer) === 'wrong-pin')).toHaveLength(4);
    expect(answers.filter((answer) => problem(answer) === 'phone-locked')).toHaveLength(96);
    expect((await events(portal)).filter(({ type }) => type === 'phone-locked')).toHaveLength(1);
  });

  test('the number is no oracle: without the PIN nobody learns whether it is right', async () => {
    const flow = await asking();
    const asked = await request();
    const answers = [];
    for (const number of [await numberOf(flow), otherThan(await numberOf(flow))])
      answers.push(
        await answerRequest(portal, await phone.call(), {
          id: asked.id,
          decision: 'approve',
          number: String(number),
          unlock: { kind: 'pin', pin: '739106' },
        }),
      );
    expect(answers.map(problem)).toEqual(['wrong-pin', 'wrong-pin']);
  });
});

describe('biometrics', () => {
  eachIn('biometrics');
  const answerWith = async (change: (question: string) => string | undefined, flow: Flow) => {
    const asked = await request();
    const credential = change(JSON.stringify({ challenge: asked.challenge })) ?? '';
    const unlock = { kind: 'biometrics', credential } as const;
    return problem(
      await answerRequest(portal, await phone.call(), { id: asked.id, decision: 'approve', number: String(await numberOf(flow)), unlock }),
    );
  };

  test('the finger agrees to what was shown, and to nothing else: another request’s signature, another origin, nobody verified', async () => {
    const first = await asking();
    const earlier = JSON.stringify({ challenge: (await request()).challenge });
    const flow = await asking();
    const by = phone.authenticator;
    expect(await onScreen(first)).toMatchObject({ status: 'superseded' });
    expect(await answerWith(() => by?.prove(earlier), flow)).toBe('biometrics-refused');
    expect(await answerWith(() => by?.prove(JSON.stringify({ challenge: 'AAAA' })), flow)).toBe('biometrics-refused');
    expect(await answerWith(() => 'x'.repeat(100), flow)).toBe('biometrics-refused');
    if (!by) throw new Error('A telephone without an authenticator.');
    by.traits.origin = 'https://evil.example';
    expect(await answerWith((question) => by.prove(question), flow)).toBe('biometrics-refused');
    by.traits.origin = portal.settings.origin;
    by.traits.verifies = false;
    expect(await answerWith((question) => by.prove(question), flow)).toBe('biometrics-refused');
    by.traits.verifies = true;
    expect((await rows()).find(({ flow: uid }) => uid === flow.uid)).toMatchObject({ status: 'pending', tries: 0 });
    expect(await answerWith((question) => by.prove(question), flow)).toBeNull();
    expect((await typesOf()).filter((type) => type === 'phone-refused')).toHaveLength(5);
  });

  test('what was shown is what is signed: a request altered in the store is not approved', async () => {
    const flow = await asking();
    const asked = await request();
    const unlock = phone.unlock(asked);
    const { phoneRequests } = portal.store.s;
    await portal.store.write(portal.store.db.update(phoneRequests).set({ application: 'Sifac+' }));
    const answer = await answerRequest(portal, await phone.call(), {
      id: asked.id,
      decision: 'approve',
      number: String(await numberOf(flow)),
      unlock,
    });
    expect(problem(answer)).toBe('biometrics-refused');
  });

  test('clone: a count of signatures that goes back locks the telephone', async () => {
    const flow = await asking();
    await phone.approve(await request(), await numberOf(flow));
    await provePhone(portal, flow);
    const next = await asking();
    if (phone.authenticator) phone.authenticator.traits.counter = 0;
    const answer = await answerRequest(portal, await phone.call(), {
      id: (await request()).id,
      decision: 'approve',
      number: String(await numberOf(next)),
      unlock: { kind: 'biometrics', credential: phone.authenticator?.prove(JSON.stringify({ challenge: (await request()).challenge })) ?? '' },
    });
    expect(problem(answer)).toBe('phone-locked');
    expect(await onScreen(next)).toMatchObject({ status: 'denied', why: 'locked' });
  });
});

describe.each(engines())('many at once on $name', (engine) => {
  eachIn('pin', engine);

  test('SEC-19: of 200 parallel answers one wins, whatever they say', async () => {
    const flow = await asking();
    const number = await numberOf(flow);
    const asked = await request();
    const calls = [];
    for (let n = 0; n < 200; n++) calls.push(await phone.call());
    const answers = await Promise.all(
      calls.map((call, n) =>
        n % 2
          ? answerRequest(portal, call, { id: asked.id, decision: 'deny' })
          : answerRequest(portal, call, { id: asked.id, decision: 'approve', number: String(number), unlock: phone.unlock(asked) }),
      ),
    );
    const outcomes = new Set(answers.flatMap((answer) => (answer.ok ? [answer.value] : [])));
    expect(outcomes.size).toBe(1);
    expect((await typesOf()).filter((type) => type === 'phone-approved' || type === 'phone-denied')).toHaveLength(1);
    const [row] = await rows();
    expect(outcomes).toEqual(new Set([row?.status]));
    const proofs = await Promise.all(Array.from({ length: 50 }, () => provePhone(portal, flow)));
    expect(proofs.filter(({ ok }) => ok)).toHaveLength(row?.status === 'approved' ? 1 : 0);
  });
});
