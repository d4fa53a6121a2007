// The code received by e-mail.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Engine, engines } from '#db/testing';
import { emailCodeHash } from '../codes/issue-email-code.ts';
import { days, minutes, seconds } from '../duration.ts';
import {
  events,
  lastCode,
  letters,
  type TestAccount,
  type TestFlowFacts,
  type TestPortal,
  testAccount,
  testFlow,
  testPortal,
} from '../portal.testing.ts';
import type { Flow } from '../visitor.ts';
import { checkPassword } from './check-password.ts';
import { signInFacts } from './facts.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { proveEmailCode } from './prove-email-code.ts';
import { sendEmailCode } from './send-email-code.ts';
import { nextSignInStep } from './steps.ts';

let portal: TestPortal;
let claire: TestAccount;

/** A fresh world for each test; on the engine, or on SQLite in memory. */
function eachIn(engine?: Engine) {
  beforeEach(async () => {
    portal = await testPortal(engine ? { store: await engine.open() } : {});
    claire = await testAccount(portal);
  });
  afterEach(() => portal.close());
}

/** A flow in which the password was right. */
async function afterPassword(account = claire, facts: TestFlowFacts = {}): Promise<Flow> {
  const flow = testFlow(portal, facts);
  expect(await checkPassword(portal, flow, account)).toMatchObject({ ok: true });
  return flow;
}
const code = () => lastCode(portal, claire.address);
/** Another code than this one. */
const not = (right: string, n = 1) => String((Number(right) + n) % 1_000_000).padStart(6, '0');
const problem = async (flow: Flow, typed: string) => {
  const tried = await proveEmailCode(portal, flow, { code: typed });
  return tried.ok ? null : tried.problems[0];
};
const stored = async (flow: Flow) => (await portal.store.db.select().from(portal.store.s.emailCodes)).find((row) => row.flow === flow.uid);

describe('a code', () => {
  eachIn();

  test('the right code proves the mailbox, and the sign-in is complete with one factor', async () => {
    const flow = await afterPassword();
    const right = await code();
    expect(await proveEmailCode(portal, flow, { code: ` ${right.slice(0, 3)} ${right.slice(3)}\n` })).toEqual({ ok: true, value: undefined });
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('done');
    const finished = await finishSignIn(portal, flow, 'browser');
    // SEC-21: never an mfa of it.
    expect(finished).toMatchObject({ accountId: claire.id, acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] });
    expect((await events(portal)).map((event) => event.type)).toEqual([
      'account-created',
      'password-right',
      'email-code-sent',
      'email-code-right',
      'signed-in',
    ]);
  });

  test('SEC-17: six digits, ten minutes', async () => {
    const flow = await afterPassword();
    const right = await code();
    expect(right).toMatch(/^\d{6}$/);
    portal.clock.advance(minutes(10) - 1);
    expect(await problem(flow, not(right))).toMatchObject({ code: 'wrong-code', left: 4 });
    portal.clock.advance(1);
    expect(await problem(flow, right)).toEqual({ code: 'expired-code', field: 'code' });
  });

  test('SEC-15: a code works only in the flow, for the account, that asked for it', async () => {
    const first = await afterPassword();
    const firstCode = await code();
    portal.clock.advance(seconds(60));
    const second = await afterPassword();
    const secondCode = await code();
    const jean = await testAccount(portal, { address: 'jean.petit@inserm.fr', givenName: 'Jean', familyName: 'Petit' });
    const third = await afterPassword(jean);
    if (firstCode !== secondCode) {
      expect(await problem(second, firstCode)).toMatchObject({ code: 'wrong-code' });
      expect(await problem(first, secondCode)).toMatchObject({ code: 'wrong-code' });
    }
    expect(await problem(third, secondCode)).toMatchObject({ code: 'wrong-code' });
    expect(await problem(testFlow(portal), secondCode)).toMatchObject({ code: 'expired-page' });
    expect(await problem(first, firstCode)).toBeNull();
    expect(await problem(second, secondCode)).toBeNull();
  });

  test('SEC-15: when another person signs in, in the same flow, the code of the first is dead', async () => {
    const jean = await testAccount(portal, { address: 'jean.petit@inserm.fr', givenName: 'Jean', familyName: 'Petit' });
    const flow = await afterPassword();
    const right = await code();
    await checkPassword(portal, flow, jean);
    expect(await stored(flow)).toMatchObject({ accountId: jean.id, replacedHash: null });
    if ((await lastCode(portal, jean.address)) !== right) expect(await problem(flow, right)).toMatchObject({ code: 'wrong-code' });
  });

  test('SEC-18: a code works once', async () => {
    const flow = await afterPassword();
    const right = await code();
    expect(await problem(flow, right)).toBeNull();
    expect(await problem(flow, right)).toMatchObject({ code: 'expired-page' });
    await checkPassword(portal, flow, claire);
    expect(await problem(flow, right)).toMatchObject({ code: 'used-email-code' });
  });

  test('SEC-18: sending again kills the code before, which is then recognised', async () => {
    const flow = await afterPassword();
    const first = await code();
    portal.clock.advance(seconds(60));
    expect(await sendEmailCode(portal, flow)).toEqual({ ok: true, value: undefined });
    const second = await code();
    if (first !== second) expect(await problem(flow, first)).toEqual({ code: 'replaced-code', field: 'code', left: 4 });
    expect(await problem(flow, second)).toBeNull();
  });

  test('SEC-20: sending again waits a minute, and stops at five in a quarter of an hour and ten a day', async () => {
    const flow = await afterPassword();
    expect(await sendEmailCode(portal, flow)).toEqual({ ok: false, problems: [{ code: 'send-too-soon', retryAt: portal.now() + seconds(60) }] });
    for (let i = 0; i < 4; i++) {
      portal.clock.advance(seconds(60));
      expect(await sendEmailCode(portal, flow)).toMatchObject({ ok: true });
    }
    portal.clock.advance(seconds(60));
    const limited = await sendEmailCode(portal, flow);
    expect(limited).toEqual({ ok: false, problems: [{ code: 'send-limit', retryAt: portal.now() + minutes(10) }] });
    expect(await letters(portal)).toHaveLength(5);
    const start = portal.now();
    while (portal.now() < start + days(1)) {
      portal.clock.advance(minutes(14));
      await checkPassword(portal, testFlow(portal), claire);
    }
    const sent = (await events(portal)).filter((event) => event.type === 'email-code-sent').map((event) => event.at);
    expect(Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + days(1)).length))).toBe(10);
  });

  test('SEC-05, T1: 100 wrong codes in a row, over as many codes as it takes, and no code is looked at any more', async () => {
    let looked = 0;
    for (let i = 0; i < 30; i++) {
      const flow = testFlow(portal);
      await checkPassword(portal, flow, claire);
      if ((await signInFacts(portal, flow)).emailCode) {
        const right = await code();
        for (let n = 1; n <= 5; n++) {
          const answer = await problem(flow, not(right, n));
          if (answer?.code === 'wrong-code' || answer?.code === 'no-tries-left') looked++;
        }
      }
      portal.clock.advance(days(1) / 10);
    }
    expect(looked).toBe(100);
    expect(await letters(portal)).toHaveLength(20);
    const flow = testFlow(portal);
    await checkPassword(portal, flow, claire);
    expect(await problem(flow, await code())).toEqual({ code: 'factor-disabled', field: 'code' });
    expect(await sendEmailCode(portal, flow)).toEqual({ ok: false, problems: [{ code: 'factor-disabled' }] });
  });

  test.each([
    ['a NUL', '\0'],
    ['five digits', '12345'],
    ['six letters', 'abcdef'],
    ['an emoji', '🔢'],
    ['a mark that turns text around', '\u202e'],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['SQL', "' or 1=1"],
  ])('%s is no code, and costs no try', async (_name, typed) => {
    const flow = await afterPassword();
    expect(await problem(flow, typed)).toEqual({ code: 'wrong-code', field: 'code', left: 5 });
    expect(await problem(flow, ' \n')).toEqual({ code: 'empty', field: 'code' });
    expect(await stored(flow)).toMatchObject({ tries: 0 });
  });

  test('a whole message pasted is read', async () => {
    const flow = await afterPassword();
    const [letter] = await letters(portal);
    expect(await problem(flow, letter?.subject ?? '')).toBeNull();
  });

  test('the database holds no code that could be found out without the key', async () => {
    const flow = await afterPassword();
    const row = await stored(flow);
    expect(row?.hash).toMatch(/^[\w-]{43}$/);
    const right = await code();
    expect(JSON.stringify(row)).not.toContain(right);
    const other = await testPortal();
    expect(emailCodeHash(portal, flow.uid, 'sign-in', claire.id, right)).toBe(row?.hash);
    // SEC-15: bound to flow, purpose and account by itself too, not only by the row that holds it.
    expect(emailCodeHash(portal, 'another flow', 'sign-in', claire.id, right)).not.toBe(row?.hash);
    expect(emailCodeHash(portal, flow.uid, 'reset-password', claire.id, right)).not.toBe(row?.hash);
    expect(emailCodeHash(portal, flow.uid, 'sign-in', 'another account', right)).not.toBe(row?.hash);
    expect(emailCodeHash(other, flow.uid, 'sign-in', claire.id, right)).not.toBe(row?.hash);
    await other.close();
  });

  test('the letter is in the language of the browser', async () => {
    await afterPassword(claire, { language: 'en' });
    expect((await letters(portal))[0]?.html).toContain('lang="en"');
  });
});

describe.each(engines())('many at once, on $name', (engine) => {
  eachIn(engine);

  test('SEC-19, T1: of 200 wrong codes at once five are looked at, and the right one is then refused', async () => {
    const flow = await afterPassword();
    const right = await code();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => problem(flow, not(right, i + 1))));
    expect(await stored(flow)).toMatchObject({ tries: 5, usedAt: null });
    const lefts = answers.map((p) => p?.left).filter((left) => left !== undefined);
    expect(lefts.sort()).toEqual([1, 2, 3, 4]);
    expect(answers.filter((p) => p?.code === 'no-tries-left')).toHaveLength(196);
    expect(await problem(flow, right)).toEqual({ code: 'no-tries-left', field: 'code' });
    expect((await signInFacts(portal, flow)).emailCode).toMatchObject({ usable: false });
  });

  test('SEC-19, T1: 200 wrong codes over 20 sign-ins: exactly five are looked at for each code that was sent', async () => {
    const flows: Flow[] = [];
    for (let i = 0; i < 20; i++) flows.push(await afterPassword());
    const right = await code();
    await Promise.all(Array.from({ length: 200 }, (_, i) => problem(flows[i % 20] as Flow, not(right, i + 1))));
    const rows = await portal.store.db.select().from(portal.store.s.emailCodes);
    expect(rows.map((row) => row.tries)).toEqual([5]);
    expect(await letters(portal)).toHaveLength(1);
    expect(await problem(flows[0] as Flow, right)).toMatchObject({ code: 'no-tries-left' });
  });

  test('SEC-19: of 50 right codes at once one is right', async () => {
    const flow = await afterPassword();
    const right = await code();
    const answers = await Promise.all(Array.from({ length: 50 }, () => problem(flow, right)));
    expect(answers.filter((p) => p === null)).toHaveLength(1);
    expect((await events(portal)).filter((event) => event.type === 'email-code-right')).toHaveLength(1);
  });

  test('SEC-20: ten requests at once send one code', async () => {
    const flow = await afterPassword();
    portal.clock.advance(seconds(60));
    const answers = await Promise.all(Array.from({ length: 10 }, () => sendEmailCode(portal, flow)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await letters(portal)).toHaveLength(2);
  });
});
