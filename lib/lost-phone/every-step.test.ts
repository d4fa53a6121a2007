// SEC-33, T3: every act of a lost phone at every point of it, generated. What is not open is refused, changes no row, and leaves an event.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { hours, minutes, seconds } from '../duration.ts';
import { installApp } from '../enrolment/install-app.ts';
import { saveRecoveryCodes } from '../enrolment/save-recovery-codes.ts';
import { scanCode } from '../enrolment/scan-code.ts';
import { pendingKey } from '../enrolment/swap.testing.ts';
import { events, lastCode, rightAnswers, snapshot, testAccount, testFlow, testOperator, totpCode } from '../portal.testing.ts';
import { giveRole } from '../roles/give-role.ts';
import { proveTotp } from '../sign-in/prove-totp.ts';
import type { Flow, MemberFlow } from '../visitor.ts';
import { answerQuestions } from './answer-questions.ts';
import { chooseProof } from './choose-proof.ts';
import { lostPhoneFacts } from './facts.ts';
import { findPhone } from './find-phone.ts';
import { finishLostPhone } from './finish-lost-phone.ts';
import { havingSaid, type LostPhoneWorld, lostPhoneWorld, proven, replacingFlow, testPass, withMailbox, withPassword } from './lost-phone.testing.ts';
import { proveEmailCode } from './prove-email-code.ts';
import { proveRecoveryCode } from './prove-recovery-code.ts';
import { redeemPass } from './redeem-pass.ts';
import { sayWhatHappened } from './say-what-happened.ts';
import { sendEmailCode } from './send-email-code.ts';
import { type LostPhoneStep, nextLostPhoneStep } from './steps.ts';

let world: LostPhoneWorld;
let pass: string;
beforeEach(async () => {
  world = await lostPhoneWorld(48);
  pass = await testPass(world.portal, world.claire.id);
});
afterEach(() => world.portal.close());

type Act =
  | 'say-what-happened'
  | 'choose-proof'
  | 'send-lost-phone-code'
  | 'prove-lost-phone-code'
  | 'answer-lost-phone-questions'
  | 'prove-lost-phone-recovery-code'
  | 'redeem-pass';

const atProof: readonly Act[] = ['say-what-happened', 'choose-proof', 'prove-lost-phone-recovery-code', 'redeem-pass'];

/** Every point at which somebody with a lost phone can be, the step that is next there, and the acts that are open. */
const points: Record<string, { readonly next: LostPhoneStep; readonly open: readonly Act[]; reach(): Promise<Flow> }> = {
  'nothing given': { next: 'password', open: [], reach: async () => testFlow(world.portal) },
  'password given': { next: 'what-happened', open: ['say-what-happened'], reach: () => withPassword(world) },
  'said that it is lost': { next: 'prove-identity', open: [...atProof, 'send-lost-phone-code'], reach: () => havingSaid(world) },
  'said that it is stolen': { next: 'prove-identity', open: [...atProof, 'send-lost-phone-code'], reach: () => havingSaid(world, 'stolen') },
  'code sent': {
    next: 'prove-identity',
    open: [...atProof, 'send-lost-phone-code', 'prove-lost-phone-code'],
    async reach() {
      const flow = await havingSaid(world);
      await chooseProof(world.portal, flow, { proof: 'answers' });
      return flow;
    },
  },
  'mailbox proven': { next: 'prove-identity', open: [...atProof, 'answer-lost-phone-questions'], reach: () => withMailbox(world) },
  'answers given, the wait runs': {
    next: 'wait',
    open: ['choose-proof', 'prove-lost-phone-recovery-code', 'redeem-pass'],
    reach: () => proven(world, 'answers'),
  },
  'the wait is over': {
    next: 'prove-identity',
    open: ['say-what-happened', 'choose-proof', 'send-lost-phone-code', 'prove-lost-phone-recovery-code'],
    async reach() {
      await proven(world, 'answers');
      world.portal.clock.advance(hours(48));
      return withPassword(world);
    },
  },
  'proven by a recovery code': { next: 'done', open: [], reach: () => proven(world, 'recovery-code') },
  'proven by a pass': { next: 'done', open: [], reach: () => proven(world, 'pass') },
  'handed to the provider': {
    next: 'password',
    open: [],
    async reach() {
      const flow = await proven(world, 'pass');
      await finishLostPhone(world.portal, flow);
      return flow;
    },
  },
  'signed in with the app after all': {
    next: 'password',
    open: [],
    async reach() {
      const flow = await withMailbox(world);
      await proveTotp(world.portal, flow, { code: world.app.code() });
      return flow;
    },
  },
  'too late after the password': { next: 'password', open: [], reach: () => late(havingSaid(world)) },
  'too late after the mailbox': { next: 'password', open: [], reach: () => late(withMailbox(world)) },
  'too late after a pass': { next: 'password', open: [], reach: () => late(proven(world, 'pass')) },
  'account disabled meanwhile': {
    next: 'password',
    open: [],
    async reach() {
      const flow = await withMailbox(world);
      await setAccountStatus(world.portal, testOperator(), world.claire.address, 'disabled');
      return flow;
    },
  },
  'a role given meanwhile': {
    next: 'prove-identity',
    open: ['say-what-happened', 'choose-proof', 'prove-lost-phone-recovery-code'],
    async reach() {
      const flow = await withMailbox(world);
      await giveRole(world.portal, testOperator(), { address: world.claire.address, role: 'agent' });
      return flow;
    },
  },
  'another flow than the one in which it was proven': {
    next: 'password',
    open: [],
    async reach() {
      await withMailbox(world);
      return testFlow(world.portal);
    },
  },
  'another person’s password in the same flow': {
    next: 'password',
    open: [],
    async reach() {
      const paul = await testAccount(world.portal, { address: 'paul.durand@inserm.fr', givenName: 'Paul', familyName: 'Durand' });
      const flow = await withMailbox(world);
      return withPassword({ ...world, claire: paul }, flow);
    },
  },
};

async function late(reached: Promise<Flow>) {
  const flow = await reached;
  world.portal.clock.advance(minutes(15));
  return flow;
}

/** Every act, with an input that is right wherever the act is open. */
const acts: Record<Act, (flow: Flow) => Promise<{ readonly ok: boolean }>> = {
  'say-what-happened': (flow) => sayWhatHappened(world.portal, flow, { happened: 'lost' }),
  'choose-proof': (flow) => chooseProof(world.portal, flow, { proof: 'recovery-code' }),
  'send-lost-phone-code': (flow) => sendEmailCode(world.portal, flow),
  'prove-lost-phone-code': async (flow) =>
    proveEmailCode(world.portal, flow, { code: await lastCode(world.portal, world.claire.address).catch(() => '000000') }),
  'answer-lost-phone-questions': (flow) => answerQuestions(world.portal, flow, rightAnswers),
  'prove-lost-phone-recovery-code': (flow) => proveRecoveryCode(world.portal, flow, { code: world.recoveryCodes[0] ?? '' }),
  'redeem-pass': (flow) => redeemPass(world.portal, flow, { code: pass }),
};

describe.each(Object.entries(points))('%s', (name, { next, open, reach }) => {
  test('the step is computed from what was proven alone', async () => {
    expect(nextLostPhoneStep(await lostPhoneFacts(world.portal, await reach()))).toBe(next);
  });

  test.each(Object.entries(acts) as [Act, (typeof acts)[Act]][])('SEC-33: %s', async (actName, act) => {
    const flow = await reach();
    // The minute between two sendings is no matter here.
    if (actName === 'send-lost-phone-code' && !name.startsWith('too late')) world.portal.clock.advance(seconds(60));
    const before = await snapshot(world.portal, 'events');
    const told = (await events(world.portal)).length;
    const answer = await act(flow);
    if (open.includes(actName)) return expect(answer).toMatchObject({ ok: true });
    const since = (await events(world.portal)).slice(told);
    // Open, and nothing was sent yet: no code is right.
    if (actName === 'prove-lost-phone-code' && open.includes('send-lost-phone-code')) {
      expect(answer).toMatchObject({ ok: false, problems: [{ code: 'expired-code' }] });
      return expect(await snapshot(world.portal, 'events')).toBe(before);
    }
    // The pass outlives the wait in no case: it is open there, and too old.
    if (actName === 'redeem-pass' && name === 'the wait is over') return expect(answer).toMatchObject({ problems: [{ code: 'pass-expired' }] });
    expect(answer).toEqual({ ok: false, problems: [{ code: 'expired-page' }] });
    expect(await snapshot(world.portal, 'events')).toBe(before);
    expect(since).toMatchObject([{ type: 'step-refused', flow: flow.uid, data: { act: actName } }]);
    return undefined;
  });

  test.each(['enrol', 'consent'] as const)('SEC-33: no act is open with the uid of a sign-in at prompt %s', async (prompt) => {
    const flow = { ...(await reach()), prompt, accountId: world.claire.id };
    const before = await snapshot(world.portal, 'events');
    for (const act of Object.values(acts)) expect(await act(flow)).toEqual({ ok: false, problems: [{ code: 'expired-page' }] });
    expect(await finishLostPhone(world.portal, flow)).toBeNull();
    expect(await snapshot(world.portal, 'events')).toBe(before);
  });

  test('SEC-34: it is left for the provider only when nothing is missing', async () => {
    expect((await finishLostPhone(world.portal, await reach())) !== null).toBe(next === 'done');
  });
});

/** Every point of the wizard in a session that may only replace the factors, and the acts that are open there. */
const wizard: Record<string, { readonly open: readonly string[]; reach(): Promise<MemberFlow> }> = {
  'no leave': { open: [], reach: async () => replacingFlow(world) },
  'a leave that waits': {
    open: [],
    async reach() {
      await proven(world, 'answers');
      return replacingFlow(world);
    },
  },
  'a leave': {
    open: ['install-app', 'find-phone'],
    async reach() {
      await proven(world, 'pass');
      return replacingFlow(world);
    },
  },
  'a leave, of a stolen phone': {
    open: ['install-app'],
    async reach() {
      await proven(world, 'pass', 'stolen');
      return replacingFlow(world);
    },
  },
  'an app chosen': { open: ['install-app', 'scan-code', 'find-phone'], reach: () => chosen() },
  'the leave is over': {
    open: [],
    async reach() {
      const flow = await chosen();
      world.portal.clock.advance(hours(1));
      return flow;
    },
  },
  'found again': {
    open: [],
    async reach() {
      const flow = await chosen();
      await findPhone(world.portal, flow);
      return flow;
    },
  },
  'replaced, codes kept before': { open: [], reach: () => replaced() },
  'replaced, after a theft': { open: ['save-recovery-codes'], reach: () => replaced('stolen') },
  'replaced in another browser': {
    open: [],
    async reach() {
      await replaced('stolen');
      return replacingFlow(world);
    },
  },
};

async function chosen(happened: 'lost' | 'stolen' = 'lost') {
  await proven(world, 'pass', happened);
  const flow = replacingFlow(world);
  await installApp(world.portal, flow, { app: 'Google Authenticator' });
  return flow;
}
async function replaced(happened: 'lost' | 'stolen' = 'lost') {
  const flow = await chosen(happened);
  const key = await pendingKey(world.portal, world.claire.id);
  expect(await scanCode(world.portal, flow, { code: totpCode(key, world.portal.now()) })).toMatchObject({ ok: true });
  return flow;
}

const wizardActs: Record<string, (flow: MemberFlow) => Promise<{ readonly ok: boolean }>> = {
  'install-app': (flow) => installApp(world.portal, flow, { app: 'Google Authenticator' }),
  'scan-code': async (flow) => {
    const key = await pendingKey(world.portal, world.claire.id).catch(() => Buffer.alloc(20));
    return scanCode(world.portal, flow, { code: totpCode(key, world.portal.now()) });
  },
  'save-recovery-codes': (flow) => saveRecoveryCodes(world.portal, flow, { kept: 'on' }),
  'find-phone': (flow) => findPhone(world.portal, flow),
};

describe.each(Object.entries(wizard))('the wizard, with %s', (_name, { open, reach }) => {
  test.each(Object.entries(wizardActs))('SEC-33: %s', async (actName, act) => {
    const flow = await reach();
    const before = await snapshot(world.portal, 'events');
    const answer = await act(flow);
    if (open.includes(actName)) return expect(answer).toMatchObject({ ok: true });
    expect(answer).toEqual({ ok: false, problems: [{ code: 'expired-page' }] });
    expect(await snapshot(world.portal, 'events')).toBe(before);
    expect((await events(world.portal)).at(-1)).toMatchObject({ type: 'step-refused', flow: flow.uid });
    return undefined;
  });
});
