// The second step: codes of an app, and recovery codes.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acceptStep } from '#db/factors';
import { type Engine, engines } from '#db/testing';
import { days, minutes, seconds } from '../duration.ts';
import {
  events,
  letters,
  type TestAccount,
  type TestApp,
  type TestPortal,
  testAccount,
  testApp,
  testFlow,
  testPortal,
  testRecoveryCodes,
} from '../portal.testing.ts';
import type { Flow } from '../visitor.ts';
import { checkPassword } from './check-password.ts';
import { signInFacts } from './facts.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { proveRecoveryCode } from './prove-recovery-code.ts';
import { proveTotp } from './prove-totp.ts';
import { nextSignInStep } from './steps.ts';

let portal: TestPortal;
let claire: TestAccount;
let app: TestApp;

/** A fresh world for each test; on the engine, or on SQLite in memory. */
function eachIn(engine?: Engine) {
  beforeEach(async () => {
    portal = await testPortal(engine ? { store: await engine.open() } : {});
    claire = await testAccount(portal);
    app = await testApp(portal, claire.id);
  });
  afterEach(() => portal.close());
}

async function afterPassword(): Promise<Flow> {
  const flow = testFlow(portal);
  expect(await checkPassword(portal, flow, claire)).toMatchObject({ ok: true });
  return flow;
}
const problem = async (flow: Flow, code: string) => {
  const tried = await proveTotp(portal, flow, { code });
  return tried.ok ? null : tried.problems[0];
};
const recoveryProblem = async (flow: Flow, code: string) => {
  const tried = await proveRecoveryCode(portal, flow, { code });
  return tried.ok ? null : tried.problems[0];
};
/** A code that the app shows at no time near now. */
const wrongCode = () => {
  const near = new Set(Array.from({ length: 141 }, (_, i) => app.code(portal.now() + seconds(30) * (i - 70))));
  for (let n = 0; ; n++) {
    const code = String(n).padStart(6, '0');
    if (!near.has(code)) return code;
  }
};
const factor = async () => (await portal.store.db.select().from(portal.store.s.factors)).find((row) => row.id === app.id);
const tries = async () => portal.store.db.select().from(portal.store.s.attempts);
const lastEvent = async () => (await events(portal)).at(-1);

describe('the second factor', () => {
  eachIn();

  describe('a code of the app', () => {
    test('SEC-49: of a frozen app proves nothing, and is answered as a wrong one', async () => {
      await portal.store.db.update(portal.store.s.factors).set({ frozenAt: portal.now() });
      const flow = await afterPassword();
      expect(await problem(flow, app.code())).toEqual({ code: 'wrong-code', field: 'code' });
      expect(nextSignInStep(await signInFacts(portal, flow))).toBe('second-factor');
      expect((await factor())?.lastStep).toBe(0);
    });

    test('completes the sign-in with two factors', async () => {
      const flow = await afterPassword();
      const code = app.code();
      expect(await proveTotp(portal, flow, { code: `${code.slice(0, 3)} ${code.slice(3)}` })).toEqual({ ok: true, value: undefined });
      expect(await lastEvent()).toMatchObject({ type: 'totp-right', accountId: claire.id, flow: flow.uid, data: { factor: app.id } });
      expect(await factor()).toMatchObject({ lastUsedAt: portal.now(), lastStep: Math.floor(portal.now() / 30_000) });
      expect(nextSignInStep(await signInFacts(portal, flow))).toBe('done');
      expect(await finishSignIn(portal, flow, 'browser')).toEqual({
        accountId: claire.id,
        acr: 'https://refeds.org/profile/mfa',
        amr: ['pwd', 'otp', 'mfa'],
        authenticatedAt: portal.now(),
      });
    });

    test('SEC-24: of the step before is taken, for who types slowly', async () => {
      expect(await problem(await afterPassword(), app.code(portal.now() - seconds(30)))).toBeNull();
    });

    test('SEC-23, T9: the same code twice: the second is refused, in another flow too', async () => {
      const code = app.code();
      const [first, second] = [await afterPassword(), await afterPassword()];
      expect(await problem(first, code)).toBeNull();
      expect(await problem(second, code)).toEqual({ code: 'used-code', field: 'code' });
      expect(await problem(second, app.code(portal.now() - seconds(30)))).toEqual({ code: 'used-code', field: 'code' });
      portal.clock.advance(seconds(30));
      expect(await problem(second, app.code())).toBeNull();
    });

    test('SEC-05, T2: 100 failures in a row disable the factor, even for the right code; a recovery code still helps', async () => {
      const codes = await testRecoveryCodes(portal, claire.id);
      for (let i = 0; i < 100; i++) {
        expect(await problem(await afterPassword(), wrongCode())).toMatchObject({ code: 'wrong-code' });
        portal.clock.advance(days(1));
      }
      expect(await lastEvent()).toMatchObject({ type: 'totp-disabled', data: { factor: app.id } });
      const flow = await afterPassword();
      expect(await problem(flow, app.code())).toEqual({ code: 'factor-disabled', field: 'code' });
      expect(await recoveryProblem(flow, codes[0] ?? '')).toBeNull();
    });

    test('a clock that is slow is named immediately, with how much', async () => {
      expect(await problem(await afterPassword(), app.code(portal.now() - minutes(10)))).toEqual({ code: 'clock-drift', field: 'code', drift: -600 });
    });

    test('a clock that is fast is named at the second code: a guess must not learn that it will be right soon', async () => {
      const flow = await afterPassword();
      expect(await problem(flow, app.code(portal.now() + minutes(10)))).toEqual({ code: 'wrong-code', field: 'code' });
      expect(await problem(flow, app.code(portal.now() + minutes(10)))).toEqual({ code: 'wrong-code', field: 'code' });
      portal.clock.advance(seconds(30));
      expect(await problem(flow, app.code(portal.now() + minutes(10)))).toEqual({ code: 'clock-drift', field: 'code', drift: 600 });
    });

    test('of any of the person’s apps will do, and failures count for each', async () => {
      const tablet = await testApp(portal, claire.id, 'Sign&go Authenticator');
      const flow = await afterPassword();
      await problem(flow, wrongCode());
      expect(await tries()).toHaveLength(2);
      expect(await problem(flow, tablet.code())).toBeNull();
      expect(await tries()).toEqual([]);
      expect((await signInFacts(portal, flow)).factorNames.map((f) => f.name)).toEqual(['Google Authenticator', 'Sign&go Authenticator']);
    });

    test('of somebody else’s app will not', async () => {
      const jean = await testAccount(portal, { address: 'jean.petit@inserm.fr', givenName: 'Jean', familyName: 'Petit' });
      const his = await testApp(portal, jean.id);
      const code = his.code();
      if (code !== app.code() && code !== app.code(portal.now() - seconds(30)))
        expect(await problem(await afterPassword(), code)).toMatchObject({ code: 'wrong-code' });
    });

    test.each([
      ['a NUL', '\0'],
      ['five digits', '12345'],
      ['a word', 'code'],
      ['two emoji', '🔢🔢'],
      ['a mark that turns text around', '\u202e'],
      ['a megabyte', 'x'.repeat(1_000_000)],
    ])('%s is no code, and costs no try', async (_name, typed) => {
      const flow = await afterPassword();
      expect(await problem(flow, typed)).toEqual({ code: 'wrong-code', field: 'code' });
      expect(await problem(flow, '  ')).toEqual({ code: 'empty', field: 'code' });
      expect(await tries()).toEqual([]);
    });
  });

  describe('a recovery code', () => {
    let codes: string[];
    beforeEach(async () => {
      codes = await testRecoveryCodes(portal, claire.id);
    });
    const first = () => codes[0] ?? '';

    test('completes the sign-in with two factors, and is not what the next day proposes', async () => {
      const flow = await afterPassword();
      expect(await signInFacts(portal, flow)).toMatchObject({ recoveryCodesLeft: 10 });
      expect(await recoveryProblem(flow, ` 1. ${first().toLowerCase().replaceAll('-', ' ')}`)).toBeNull();
      expect(await lastEvent()).toMatchObject({ type: 'recovery-code-right', data: { left: 9 } });
      expect(await signInFacts(portal, flow)).toMatchObject({ recoveryCodesLeft: 9 });
      expect(await finishSignIn(portal, flow, 'browser')).toMatchObject({ acr: 'https://refeds.org/profile/mfa' });
      expect(await portal.store.db.select().from(portal.store.s.knownBrowsers)).toMatchObject([{ browser: 'browser', factorKind: null }]);
    });

    test('SEC-41: is throttled', async () => {
      const flow = await afterPassword();
      for (let i = 0; i < 4; i++) expect(await recoveryProblem(flow, '0000-0000-0000-0000')).toMatchObject({ code: 'wrong-recovery-code' });
      expect(await recoveryProblem(flow, first())).toEqual({ code: 'wait', field: 'code', retryAt: portal.now() + seconds(30) });
      expect(await problem(flow, app.code())).toBeNull();
    });

    test('of somebody else is wrong', async () => {
      const jean = await testAccount(portal, { address: 'jean.petit@inserm.fr', givenName: 'Jean', familyName: 'Petit' });
      const [his] = await testRecoveryCodes(portal, jean.id);
      expect(await recoveryProblem(await afterPassword(), his ?? '')).toMatchObject({ code: 'wrong-recovery-code' });
    });

    test.each([
      ['a NUL', '\0'],
      ['another kind of code', '482916'],
      ['an emoji', '🔢'],
      ['a mark that turns text around', '\u202e'],
      ['a megabyte', 'x'.repeat(1_000_000)],
    ])('%s is none, and costs no try', async (_name, typed) => {
      const flow = await afterPassword();
      expect(await recoveryProblem(flow, typed)).toEqual({ code: 'wrong-recovery-code', field: 'code' });
      expect(await recoveryProblem(flow, '')).toEqual({ code: 'empty', field: 'code' });
      expect(await tries()).toEqual([]);
    });
  });

  test('SEC-10: a right password with a failed second factor sends one notice in 24 hours', async () => {
    const notices = async () => (await letters(portal)).filter((letter) => letter.kind === 'second-factor-failed');
    const flow = await afterPassword();
    await problem(flow, wrongCode());
    await problem(flow, wrongCode());
    await recoveryProblem(flow, '0000-0000-0000-0000');
    expect(await notices()).toMatchObject([{ to: claire.address, accountId: claire.id }]);
    portal.clock.advance(days(1));
    await problem(await afterPassword(), wrongCode());
    expect(await notices()).toHaveLength(2);
  });

  test('SEC-25: a secret moved to another row does not open', async () => {
    const other = await testApp(portal, claire.id);
    const row = await factor();
    const { factors } = portal.store.s;
    await portal.store.write(
      portal.store.db
        .update(factors)
        .set({ secret: row?.secret ?? Buffer.alloc(0) })
        .where(eq(factors.id, other.id)),
    );
    await expect(problem(await afterPassword(), app.code())).rejects.toThrow();
  });
});

describe.each(engines())('many at once, on $name', (engine) => {
  eachIn(engine);

  test('SEC-23, T9: a code of the app used twice at the same moment: exactly one wins', async () => {
    const flows = await Promise.all(Array.from({ length: 4 }, afterPassword));
    const code = app.code();
    const answers = await Promise.all(flows.map((flow) => problem(flow, code)));
    expect(answers.filter((p) => p === null)).toHaveLength(1);
    expect(answers.filter((p) => p?.code === 'used-code')).toHaveLength(3);
  });

  test('SEC-23: a step is accepted by one of ten nodes, and none before it afterwards', async () => {
    const accept = (step: number, node: number) => portal.store.unit(`node ${node}`, (tx) => acceptStep(tx, app.id, step, portal.now()));
    const answers = await Promise.all(Array.from({ length: 10 }, (_, node) => accept(100, node)));
    expect(answers.filter((accepted) => accepted)).toHaveLength(1);
    expect(await accept(99, 0)).toBe(false);
    expect(await accept(101, 0)).toBe(true);
  });

  test('T1: of 200 wrong codes at once, over 20 sign-ins, four are compared; then the right one waits too', async () => {
    const flows: Flow[] = [];
    for (let i = 0; i < 20; i++) flows.push(await afterPassword());
    const wrong = wrongCode();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => problem(flows[i % 20] as Flow, wrong)));
    expect(answers.filter((p) => p?.code === 'wrong-code')).toHaveLength(4);
    expect(answers.filter((p) => p?.code === 'wait')).toHaveLength(196);
    expect(await tries()).toMatchObject([{ subject: `factor:${app.id}`, failures: 4 }]);
    expect(await problem(flows[0] as Flow, app.code())).toEqual({ code: 'wait', field: 'code', retryAt: portal.now() + seconds(30) });
    portal.clock.advance(seconds(30));
    expect(await problem(flows[0] as Flow, app.code())).toBeNull();
    expect(await tries()).toEqual([]);
  });

  test('SEC-18: a recovery code works once, also when used twice at the same moment', async () => {
    const codes = await testRecoveryCodes(portal, claire.id);
    const first = () => codes[0] ?? '';
    const flows = await Promise.all(Array.from({ length: 4 }, afterPassword));
    const answers = await Promise.all(flows.map((flow) => recoveryProblem(flow, first())));
    expect(answers.filter((p) => p === null)).toHaveLength(1);
    expect(answers.filter((p) => p?.code === 'wrong-recovery-code')).toHaveLength(3);
    expect(await recoveryProblem(await afterPassword(), codes[1] ?? '')).toBeNull();
  });
});
