// The end of a sign-in.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { minutes } from '../duration.ts';
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
  testOperator,
  testPortal,
} from '../portal.testing.ts';
import type { Flow } from '../visitor.ts';
import { checkPassword } from './check-password.ts';
import { signInFacts } from './facts.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { proveTotp } from './prove-totp.ts';
import { nextSignInStep } from './steps.ts';

let portal: TestPortal;
let claire: TestAccount;
let app: TestApp;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  app = await testApp(portal, claire.id);
});
afterEach(() => portal.close());

async function proven(flow: Flow = testFlow(portal)): Promise<Flow> {
  await checkPassword(portal, flow, claire);
  expect(await proveTotp(portal, flow, { code: app.code() })).toMatchObject({ ok: true });
  return flow;
}

test('remembers the browser and the factor used there, and says so in one event', async () => {
  const flow = await proven();
  expect(await finishSignIn(portal, flow, 'mark')).toMatchObject({ accountId: claire.id, authenticatedAt: portal.now() });
  expect((await events(portal)).at(-1)).toMatchObject({
    type: 'signed-in',
    accountId: claire.id,
    flow: flow.uid,
    network: '192.0.2.0/24',
    data: { application: 'biblio', acr: 'https://refeds.org/profile/mfa', proofs: 'password totp' },
  });
  const tomorrow = testFlow(portal, { browser: 'mark' });
  await checkPassword(portal, tomorrow, claire);
  expect(await signInFacts(portal, tomorrow)).toMatchObject({ lastUsed: 'totp' });
  const elsewhere = testFlow(portal, { browser: 'another mark' });
  await checkPassword(portal, elsewhere, claire);
  expect(await signInFacts(portal, elsewhere)).toMatchObject({ lastUsed: null });
});

test('SEC-34: works once: the proofs die with it, also when asked ten times at once', async () => {
  const flow = await proven();
  const answers = await Promise.all(Array.from({ length: 10 }, () => finishSignIn(portal, flow, 'mark')));
  expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
  expect(await finishSignIn(portal, flow, 'mark')).toBeNull();
  expect(nextSignInStep(await signInFacts(portal, flow))).toBe('password');
  expect((await events(portal)).filter((event) => event.type === 'signed-in')).toHaveLength(1);
});

test('T4, SEC-33: a second tab that signs in again is asked for a code again', async () => {
  const first = testFlow(portal);
  await checkPassword(portal, first, claire);
  const second = testFlow(portal);
  await checkPassword(portal, second, claire);
  expect(nextSignInStep(await signInFacts(portal, second))).toBe('second-factor');
  expect(await finishSignIn(portal, second, 'mark')).toBeNull();
  await proven(second);
  expect(await finishSignIn(portal, first, 'mark')).toBeNull();
  expect(await finishSignIn(portal, second, 'mark')).not.toBeNull();
});

test('T4: in the same flow, the password again asks for the code again', async () => {
  const flow = await proven();
  await checkPassword(portal, flow, claire);
  expect(await finishSignIn(portal, flow, 'mark')).toBeNull();
});

test.each([
  ['nothing is proven', async () => testFlow(portal)],
  [
    'only the password is',
    async () => {
      const flow = testFlow(portal);
      await checkPassword(portal, flow, claire);
      return flow;
    },
  ],
  [
    'a quarter of an hour has passed',
    async () => {
      const flow = await proven();
      portal.clock.advance(minutes(15));
      return flow;
    },
  ],
  [
    'the account was disabled meanwhile',
    async () => {
      const flow = await proven();
      await setAccountStatus(portal, testOperator(), claire.address, 'disabled');
      return flow;
    },
  ],
  ['it is no sign-in', async () => ({ ...(await proven()), prompt: 'consent' as const })],
])('gives nothing, and changes nothing, when %s', async (_name, make) => {
  const flow = await make();
  const before = await snapshot(portal);
  expect(await finishSignIn(portal, flow, 'mark')).toBeNull();
  expect(await snapshot(portal)).toBe(before);
});

test('SEC-44: a browser never seen before is told to its owner, once; the first sign-in ever is not, nor is a browser that is known', async () => {
  const signsIn = async (mark: string) => {
    portal.clock.advance(minutes(1));
    expect(await finishSignIn(portal, await proven(testFlow(portal, { browser: mark })), mark)).not.toBeNull();
    const event = (await events(portal)).at(-1);
    return { told: (await letters(portal)).filter(({ kind }) => kind === 'new-browser').length, event };
  };
  expect(await signsIn('first')).toMatchObject({ told: 0, event: { data: { newBrowser: false } } });
  expect(await signsIn('first')).toMatchObject({ told: 0 });
  expect(await signsIn('second')).toMatchObject({ told: 1, event: { type: 'signed-in', data: { newBrowser: true } } });
  expect(await signsIn('second')).toMatchObject({ told: 1 });
});
