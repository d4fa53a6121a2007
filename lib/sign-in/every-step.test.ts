// SEC-33, T3: every act of sign-in at every point of it, generated. What is not open is refused, changes no row, and leaves an event.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { minutes, seconds } from '../duration.ts';
import { pairedPhone } from '../factors/phone/phone.testing.ts';
import {
  events,
  lastCode,
  snapshot,
  type TestAccount,
  type TestApp,
  type TestPortal,
  testAccount,
  testApp,
  testFlow,
  testOperator,
  testPortal,
  testRecoveryCodes,
} from '../portal.testing.ts';
import type { Flow } from '../visitor.ts';
import { askPhone } from './ask-phone.ts';
import { checkPassword } from './check-password.ts';
import { signInFacts } from './facts.ts';
import { proveEmailCode } from './prove-email-code.ts';
import { proveRecoveryCode } from './prove-recovery-code.ts';
import { proveTotp } from './prove-totp.ts';
import { sendEmailCode } from './send-email-code.ts';
import { nextSignInStep, type SignInStep } from './steps.ts';

let portal: TestPortal;
/** Has no factor. */
let newcomer: TestAccount;
/** Has an app, a telephone and recovery codes. */
let enrolled: TestAccount;
let app: TestApp;
let recoveryCodes: string[];
beforeEach(async () => {
  portal = await testPortal();
  newcomer = await testAccount(portal, { address: 'nina.neuve@inserm.fr', givenName: 'Nina', familyName: 'Neuve' });
  enrolled = await testAccount(portal);
  app = await testApp(portal, enrolled.id);
  recoveryCodes = await testRecoveryCodes(portal, enrolled.id);
  await pairedPhone(portal, enrolled.id);
});
afterEach(() => portal.close());

const withPassword = async (account: TestAccount, flow: Flow = testFlow(portal)) => {
  expect(await checkPassword(portal, flow, account)).toMatchObject({ ok: true });
  return flow;
};
const newcomerDone = async () => {
  const flow = await withPassword(newcomer);
  expect(await proveEmailCode(portal, flow, { code: await lastCode(portal, newcomer.address) })).toMatchObject({ ok: true });
  return flow;
};
const enrolledDone = async () => {
  const flow = await withPassword(enrolled);
  expect(await proveTotp(portal, flow, { code: app.code(portal.now() - seconds(30)) })).toMatchObject({ ok: true });
  return flow;
};
const late = async (flow: Flow) => {
  portal.clock.advance(minutes(15));
  return flow;
};

/** Every point at which a sign-in can be, and the step that is open there. */
const points: Record<string, { readonly open: SignInStep | null; reach(): Promise<Flow> }> = {
  'nothing given': { open: 'password', reach: async () => testFlow(portal) },
  'password given, no factor': { open: 'email-code', reach: () => withPassword(newcomer) },
  'mailbox proven': { open: 'done', reach: newcomerDone },
  'password given, enrolled': { open: 'second-factor', reach: () => withPassword(enrolled) },
  'code of the app given': { open: 'done', reach: enrolledDone },
  'too late after the password of a newcomer': { open: 'password', reach: async () => late(await withPassword(newcomer)) },
  'too late after the password of an enrolled person': { open: 'password', reach: async () => late(await withPassword(enrolled)) },
  'too late after everything': { open: 'password', reach: async () => late(await enrolledDone()) },
  'account disabled after the password': {
    open: 'password',
    async reach() {
      const flow = await withPassword(enrolled);
      await setAccountStatus(portal, testOperator(), enrolled.address, 'disabled');
      return flow;
    },
  },
  'another flow than the one in which the password was given': {
    open: 'password',
    async reach() {
      await withPassword(enrolled);
      await withPassword(newcomer);
      return testFlow(portal);
    },
  },
  'in the wizard, with the uid of a sign-in': {
    open: null,
    reach: async () => testFlow(portal, { uid: (await withPassword(enrolled)).uid, prompt: 'enrol', accountId: enrolled.id }),
  },
  'at the consent page, with the uid of a sign-in': {
    open: null,
    reach: async () => testFlow(portal, { uid: (await withPassword(newcomer)).uid, prompt: 'consent', accountId: newcomer.id }),
  },
};

/** Every act with an input that is right wherever the act is open, and the steps at which it is. */
const acts: Record<string, { readonly at: readonly SignInStep[]; act(flow: Flow): Promise<{ readonly ok: boolean }> }> = {
  'check-password': {
    at: ['password', 'email-code', 'second-factor', 'done'],
    act: (flow) => checkPassword(portal, flow, enrolled),
  },
  'send-email-code': { at: ['email-code'], act: (flow) => sendEmailCode(portal, flow) },
  'prove-email-code': {
    at: ['email-code'],
    act: async (flow) => proveEmailCode(portal, flow, { code: await lastCode(portal, newcomer.address).catch(() => '000000') }),
  },
  'prove-totp': { at: ['second-factor'], act: (flow) => proveTotp(portal, flow, { code: app.code() }) },
  'ask-phone': { at: ['second-factor'], act: (flow) => askPhone(portal, flow) },
  'prove-recovery-code': { at: ['second-factor'], act: (flow) => proveRecoveryCode(portal, flow, { code: recoveryCodes[0] ?? '' }) },
};

describe.each(Object.entries(points))('%s', (name, { open, reach }) => {
  test('the step is computed from proofs alone', async () => {
    const flow = await reach();
    if (open !== null) expect(nextSignInStep(await signInFacts(portal, flow))).toBe(open);
  });

  test.each(Object.entries(acts))('SEC-33: %s', async (actName, { at, act }) => {
    const flow = await reach();
    // The minute between two sendings is no matter here.
    if (actName === 'send-email-code') portal.clock.advance(seconds(60));
    const before = await snapshot(portal, 'events');
    const told = await events(portal);
    const answer = await act(flow);
    if (open !== null && at.includes(open)) {
      expect(answer.ok).toBe(!(name.startsWith('account disabled') && actName === 'check-password'));
      return;
    }
    expect(answer).toEqual({ ok: false, problems: [{ code: 'expired-page' }] });
    expect(await snapshot(portal, 'events')).toBe(before);
    const since = (await events(portal)).slice(told.length);
    expect(since).toMatchObject([{ type: 'step-refused', flow: flow.uid, data: { act: actName } }]);
  });
});

test('SEC-34: a proof says whose, in which flow, of what kind and when', async () => {
  const flow = await enrolledDone();
  const rows = await portal.store.db.select().from(portal.store.s.proofs);
  expect(rows.sort((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
    { flow: flow.uid, kind: 'password', accountId: enrolled.id, factorId: null, at: portal.now() },
    { flow: flow.uid, kind: 'totp', accountId: enrolled.id, factorId: app.id, at: portal.now() },
  ]);
});

test('SEC-34: proofs of two people in one flow are proofs of nobody', async () => {
  const flow = await enrolledDone();
  const { proofs } = portal.store.s;
  await portal.store.write(
    portal.store.db.insert(proofs).values({ flow: flow.uid, kind: 'email-code', accountId: newcomer.id, factorId: null, at: portal.now() }),
  );
  expect(nextSignInStep(await signInFacts(portal, flow))).toBe('password');
});
