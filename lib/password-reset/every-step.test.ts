// SEC-33, T3: every act of a reset at every point of it, generated. What is not open is refused, changes no row, and leaves an event.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { minutes, seconds } from '../duration.ts';
import {
  events,
  lastCode,
  rightAnswers,
  snapshot,
  type TestAccount,
  type TestApp,
  type TestPortal,
  testAccount,
  testAnswers,
  testApp,
  testOperator,
  testPortal,
  testRecoveryCodes,
  testReset,
} from '../portal.testing.ts';
import type { Reset } from '../visitor.ts';
import { choosePassword } from './choose-password.ts';
import { resetFacts } from './facts.ts';
import { proveAnswers } from './prove-answers.ts';
import { proveEmailCode } from './prove-email-code.ts';
import { askForPasskey, provePasskey } from './prove-passkey.ts';
import { proveRecoveryCode } from './prove-recovery-code.ts';
import { proveTotp } from './prove-totp.ts';
import { beginning, fitPassword, started, withAnswers, withMailbox } from './reset.testing.ts';
import { sendEmailCode } from './send-email-code.ts';
import { startReset } from './start-reset.ts';
import { nextResetStep, type ResetStep } from './steps.ts';

let portal: TestPortal;
/** Has an app, recovery codes and answers. */
let claire: TestAccount;
/** Has nothing beside a password. */
let nina: TestAccount;
let app: TestApp;
let recoveryCodes: string[];
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  nina = await testAccount(portal, { address: 'nina.neuve@inserm.fr', givenName: 'Nina', familyName: 'Neuve' });
  app = await testApp(portal, claire.id);
  recoveryCodes = await testRecoveryCodes(portal, claire.id);
  await testAnswers(portal, claire.id);
});
afterEach(() => portal.close());

const finished = async () => {
  const reset = await withAnswers(portal, claire);
  expect(await choosePassword(portal, reset, { password: fitPassword })).toMatchObject({ ok: true });
  return reset;
};
const late = async (reset: Reset) => {
  portal.clock.advance(minutes(30));
  return reset;
};
const disabled = async (reset: Reset) => {
  await setAccountStatus(portal, testOperator(), claire.address, 'disabled');
  return reset;
};

/** Every point at which a reset can be, the step that is open there, and whether its person has ways to prove themselves. */
const points: Record<string, { readonly open: ResetStep; readonly held?: 'nothing'; reach(): Promise<Reset> }> = {
  'nothing begun': { open: 'start', reach: async () => testReset(portal) },
  'a code sent': { open: 'email-code', reach: () => started(portal, claire) },
  'a code sent to an address that nobody has': { open: 'email-code', reach: () => started(portal, { address: 'personne@inserm.fr' }) },
  'mailbox proven': { open: 'prove-identity', reach: () => withMailbox(portal, claire) },
  'mailbox proven, by a person who has nothing else': { open: 'prove-identity', held: 'nothing', reach: () => withMailbox(portal, nina) },
  'mailbox and answers proven': { open: 'choose-password', reach: () => withAnswers(portal, claire) },
  'a new password in place': { open: 'done', reach: finished },
  'too late after the code': { open: 'start', reach: async () => late(await started(portal, claire)) },
  'too late after the answers': { open: 'start', reach: async () => late(await withAnswers(portal, claire)) },
  'account disabled after the mailbox': { open: 'start', reach: async () => disabled(await withMailbox(portal, claire)) },
  'account disabled after the answers': { open: 'start', reach: async () => disabled(await withAnswers(portal, claire)) },
  'left behind by a newer one in this browser': {
    open: 'start',
    async reach() {
      const old = await withAnswers(portal, claire);
      portal.clock.advance(seconds(60));
      expect(await startReset(portal, testReset(portal), { ...beginning, before: old.uid }, claire)).toMatchObject({ ok: true });
      return old;
    },
  },
  'overtaken by another reset of the account': {
    open: 'start',
    async reach() {
      const old = await withAnswers(portal, claire);
      portal.clock.advance(seconds(60));
      const other = await withAnswers(portal, claire);
      expect(await choosePassword(portal, other, { password: fitPassword })).toMatchObject({ ok: true });
      return old;
    },
  },
};

/** Every act with an input that is right wherever the act is open, and the step at which it is. */
const acts: Record<string, { readonly at: ResetStep; act(reset: Reset): Promise<{ readonly ok: boolean }> }> = {
  'send-email-code': { at: 'email-code', act: (reset) => sendEmailCode(portal, reset) },
  'prove-email-code': {
    at: 'email-code',
    act: async (reset) => proveEmailCode(portal, reset, { code: await lastCode(portal, claire.address).catch(() => '000000') }),
  },
  'prove-answers': { at: 'prove-identity', act: (reset) => proveAnswers(portal, reset, rightAnswers) },
  'prove-totp': { at: 'prove-identity', act: (reset) => proveTotp(portal, reset, { code: app.code() }) },
  'prove-recovery-code': { at: 'prove-identity', act: (reset) => proveRecoveryCode(portal, reset, { code: recoveryCodes[0] ?? '' }) },
  // Nobody here has a passkey: refused everywhere.
  'ask-passkey': { at: 'start', act: (reset) => askForPasskey(portal, reset) },
  'prove-passkey': { at: 'start', act: (reset) => provePasskey(portal, reset, { credential: '{}' }) },
  'choose-password': {
    at: 'choose-password',
    act: (reset) => choosePassword(portal, reset, { password: 'Sept hérons lisent des romans policiers' }),
  },
};

describe.each(Object.entries(points))('%s', (name, { open, held, reach }) => {
  test('the step is computed from rows alone', async () => {
    expect(nextResetStep(await resetFacts(portal, await reach()))).toBe(open);
  });

  test.each(Object.entries(acts))('SEC-33: %s', async (actName, { at, act }) => {
    const reset = await reach();
    // The minute between two sendings is no matter here.
    if (actName === 'send-email-code') portal.clock.advance(seconds(60));
    const before = await snapshot(portal, 'events');
    const told = await events(portal);
    const answer = await act(reset);
    if (open === at && held !== 'nothing' && at !== 'start') {
      // No code is right for an address that nobody has.
      expect(answer.ok).toBe(!(name.includes('nobody') && actName === 'prove-email-code'));
      return;
    }
    expect(answer).toEqual({ ok: false, problems: [{ code: 'expired-page' }] });
    expect(await snapshot(portal, 'events')).toBe(before);
    expect((await events(portal)).slice(told.length)).toMatchObject([{ type: 'step-refused', flow: reset.uid, data: { act: actName } }]);
  });
});
