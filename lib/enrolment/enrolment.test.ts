// The wizard's acts: what each answers, which rows it writes, which event it leaves, which letter it sends.
import { Secret, type TOTP, URI } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insertFactor, listFactors } from '#db/factors';
import { listProofs, setProof } from '#db/proofs';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { minutes, seconds } from '../duration.ts';
import { parseRecoveryCode, recoveryCodeHash } from '../factors/recovery-codes/rules.ts';
import { matchingStep } from '../factors/totp/rules.ts';
import { Busy } from '../hashing.ts';
import {
  events,
  letters,
  snapshot,
  type TestAccount,
  type TestFlowFacts,
  type TestPortal,
  testAccount,
  testFlow,
  testMemberFlow,
  testOperator,
  testPortal,
} from '../portal.testing.ts';
import type { Problem, Result } from '../result.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { finishSignIn } from '../sign-in/finish-sign-in.ts';
import { proveTotp } from '../sign-in/prove-totp.ts';
import type { MemberFlow } from '../visitor.ts';
import { answerQuestions } from './answer-questions.ts';
import { enrolmentFacts, enrolmentPolicy, pendingRecoveryCodes, pendingTotp } from './facts.ts';
import { finishEnrolment } from './finish-enrolment.ts';
import { installApp } from './install-app.ts';
import { saveRecoveryCodes } from './save-recovery-codes.ts';
import { scanCode } from './scan-code.ts';
import { type EnrolmentStep, isEnrolmentStepOpen, nextEnrolmentStep } from './steps.ts';

let portal: TestPortal;
let claire: TestAccount;
let flow: MemberFlow;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  flow = flowOf(claire);
});
afterEach(() => portal.close());

const flowOf = (account: TestAccount, facts: TestFlowFacts = {}) => testMemberFlow(portal, { ...facts, accountId: account.id });
const ok = { ok: true, value: undefined };
const expired = { ok: false, problems: [{ code: 'expired-page' }] };
const problem = (code: string, more: Partial<Problem> = {}) => ({ ok: false, problems: [{ code, ...more }] });
const answers = {
  q1: 'first-soft-toy',
  a1: 'Capitaine Patate',
  q2: 'driving-instructor',
  a2: 'Bérengère',
  q3: 'school-trip',
  a3: 'Rocamadour',
  q4: 'first-film',
  a4: 'Le Roi et l’Oiseau',
};
const typedAnswers = ['Capitaine Patate', 'Bérengère', 'Rocamadour', 'Roi et l', 'capitainepatate', 'leroietloiseau'];

const next = async (account = claire) => nextEnrolmentStep(await enrolmentFacts(portal, { accountId: account.id }), enrolmentPolicy(portal.settings));
/** The code that the person's app shows. @param fast how far the phone's clock is ahead, in milliseconds */
async function shownCode(by: MemberFlow = flow, fast = 0): Promise<string> {
  const pending = await pendingTotp(portal, by);
  if (!pending) throw new Error('There is no key to scan.');
  return (URI.parse(pending.uri) as TOTP).generate({ timestamp: portal.now() + fast });
}
/** Wrong now, and at any time that a clock could be off by. */
async function wrongCode(): Promise<string> {
  const near = await Promise.all(Array.from({ length: 131 }, (_, i) => shownCode(flow, seconds(30) * (i - 65))));
  const wrong = Array.from({ length: 200 }, (_, i) => String(i).padStart(6, '0')).find((code) => !near.includes(code));
  return wrong ?? '';
}
const lastEvents = async (count: number) => (await events(portal)).slice(-count);
const factorsOf = (account: TestAccount) => portal.store.read((tx) => listFactors(tx, account.id));
const rowsOf = async (table: 'pendingFactors' | 'recoveryCodes' | 'pendingRecoveryCodes' | 'answers' | 'attempts' | 'proofs' | 'factors') =>
  (await portal.store.db.select().from(portal.store.s[table] as typeof portal.store.s.answers)) as unknown as Record<string, unknown>[];

async function proveApp(by = flow) {
  expect(await installApp(portal, by, { app: 'other' })).toEqual(ok);
  expect(await scanCode(portal, by, { code: await shownCode(by) })).toEqual(ok);
}
async function enrol(by = flow) {
  await proveApp(by);
  expect(await answerQuestions(portal, by, answers)).toEqual(ok);
  expect(await saveRecoveryCodes(portal, by, { kept: 'yes' })).toEqual(ok);
}

test('from nothing to enrolled: each act leads to the next step, writes an event, and the person is written to', async () => {
  expect(await next()).toBe('welcome');
  await installApp(portal, flow, { app: 'Google Authenticator' });
  expect(await next()).toBe('scan-code');
  await scanCode(portal, flow, { code: await shownCode() });
  expect(await next()).toBe('answer-questions');
  await answerQuestions(portal, flow, answers);
  expect(await next()).toBe('save-recovery-codes');
  await saveRecoveryCodes(portal, flow, { kept: 'yes' });
  expect(await next()).toBe('done');

  expect((await events(portal)).map((e) => e.type)).toEqual([
    'account-created',
    'app-chosen',
    'factor-added',
    'answers-chosen',
    'recovery-codes-kept',
    'enrolment-finished',
  ]);
  for (const event of (await events(portal)).slice(1)) {
    expect(event).toMatchObject({ accountId: claire.id, actor: null, flow: flow.uid, network: '192.0.2.0/24', browser: 'Mozilla/5.0 (test)' });
  }
  const written = await letters(portal);
  expect(written.map((l) => [l.kind, l.to])).toEqual([
    ['factor-added', claire.address],
    ['enrolment-finished', claire.address],
  ]);
  expect(written[0]?.text).toContain('Google Authenticator');
  expect(await portal.store.db.select({ at: portal.store.s.accounts.enrolledAt }).from(portal.store.s.accounts)).toEqual([{ at: portal.now() }]);
});

describe('choosing an app', () => {
  test.each(['', 'Nope', 'constructor', 'google authenticator', '\0', 'é'.repeat(1_000_000), '👩‍🔬', '\u202eother'])(
    'takes only what is on the list (not %j)',
    async (app) => {
      expect(await installApp(portal, flow, { app: app.slice(0, 40) })).toEqual(problem('choose-one', { field: 'app' }));
      expect(await installApp(portal, flow, { app })).toEqual(problem('choose-one', { field: 'app' }));
      expect(await rowsOf('pendingFactors')).toEqual([]);
    },
  );

  test('SEC-38: again, the same or another, keeps a secret that may be in the app already', async () => {
    await installApp(portal, flow, { app: 'Google Authenticator' });
    const first = await pendingTotp(portal, flow);
    portal.clock.advance(minutes(5));
    await installApp(portal, flow, { app: 'Google Authenticator' });
    expect(await pendingTotp(portal, flow)).toEqual(first);
    await installApp(portal, flowOf(claire), { app: 'Sign&go Authenticator' });
    expect(await pendingTotp(portal, flow)).toEqual({ ...first, name: 'Sign&go Authenticator' });
    await installApp(portal, flowOf(claire, { language: 'en' }), { app: 'other' });
    expect(await pendingTotp(portal, flow)).toEqual({ ...first, name: 'Authenticator app' });
  });

  test('SEC-38: a pending secret lives for half an hour, then another is made', async () => {
    await installApp(portal, flow, { app: 'other' });
    const first = await pendingTotp(portal, flow);
    const code = await shownCode();
    portal.clock.advance(portal.settings.policy.totp.pendingLifetime);
    expect(await pendingTotp(portal, flow)).toBeNull();
    expect(await next()).toBe('welcome');
    expect(await scanCode(portal, flow, { code })).toEqual(expired);
    await installApp(portal, flow, { app: 'other' });
    expect((await pendingTotp(portal, flow))?.key).not.toBe(first?.key);
  });

  test('SEC-26: the QR code says what every app reads: 160 bits, SHA-1, six digits, thirty seconds, issuer and address', async () => {
    await installApp(portal, flow, { app: 'other' });
    const pending = await pendingTotp(portal, flow);
    const uri = new URL(pending?.uri ?? '');
    expect(uri.href).toMatch(/^otpauth:\/\/totp\/Inserm:claire\.martin%40inserm\.fr\?/);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'Inserm',
      secret: pending?.key.replaceAll(' ', ''),
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
    expect(Secret.fromBase32(uri.searchParams.get('secret') ?? '').bytes).toHaveLength(20);
    expect(pending?.key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  });
});

describe('proving the app', () => {
  beforeEach(async () => {
    await installApp(portal, flow, { app: 'Google Authenticator' });
  });

  test('makes a factor, a proof of this flow, and recovery codes to keep', async () => {
    const [pending] = await rowsOf('pendingFactors');
    await scanCode(portal, flow, { code: await shownCode() });
    expect(await factorsOf(claire)).toMatchObject([
      { id: pending?.id, accountId: claire.id, kind: 'totp', name: 'Google Authenticator', createdAt: portal.now(), lastUsedAt: portal.now() },
    ]);
    expect(await rowsOf('pendingFactors')).toEqual([]);
    expect(await rowsOf('attempts')).toEqual([]);
    expect(await rowsOf('proofs')).toMatchObject([{ flow: flow.uid, kind: 'totp', accountId: claire.id, factorId: pending?.id, at: portal.now() }]);
    expect(await rowsOf('pendingRecoveryCodes')).toHaveLength(1);
    expect(await lastEvents(1)).toMatchObject([{ type: 'factor-added', data: { kind: 'totp', name: 'Google Authenticator' } }]);
  });

  test('SEC-23: the code of the wizard is spent, and does not sign in afterwards', async () => {
    const code = await shownCode();
    await scanCode(portal, flow, { code });
    const [factor] = await factorsOf(claire);
    if (!factor) throw new Error('No factor.');
    const secret = portal.secrets.open(`factors:${factor.id}`, factor.secret);
    const { totp } = portal.settings.policy;
    expect(matchingStep(secret, code, portal.now(), factor.lastStep, totp)).toEqual({ kind: 'used' });
    portal.clock.advance(seconds(30));
    expect(matchingStep(secret, code, portal.now(), factor.lastStep, totp)).toEqual({ kind: 'used' });
  });

  test('SEC-23: the first sign-in refuses the code of the wizard, and takes the next one, once', async () => {
    const code = await shownCode();
    const { uri = '' } = (await pendingTotp(portal, flow)) ?? {};
    await scanCode(portal, flow, { code });
    const signIn = testFlow(portal);
    expect(await checkPassword(portal, signIn, { address: claire.address, password: claire.password })).toEqual(ok);
    expect(await proveTotp(portal, signIn, { code })).toMatchObject(problem('used-code', { field: 'code' }));
    portal.clock.advance(seconds(30));
    const nextCode = (URI.parse(uri) as TOTP).generate({ timestamp: portal.now() });
    expect(await proveTotp(portal, signIn, { code })).toMatchObject(problem('used-code', { field: 'code' }));
    expect(await proveTotp(portal, signIn, { code: nextCode })).toEqual(ok);
    expect(await finishSignIn(portal, signIn, 'a browser')).toMatchObject({ accountId: claire.id, acr: 'https://refeds.org/profile/mfa' });
  });

  test('SEC-25: two sealed secrets whose rows are swapped do not open', async () => {
    await scanCode(portal, flow, { code: await shownCode() });
    const paul = await testAccount(portal, { address: 'paul.lefevre@inserm.fr', givenName: 'Paul', familyName: 'Lefèvre' });
    await proveApp(flowOf(paul));
    const [[hers], [his]] = [await factorsOf(claire), await factorsOf(paul)];
    if (!hers || !his) throw new Error('No factors.');
    expect(portal.secrets.open(`factors:${hers.id}`, hers.secret)).toHaveLength(20);
    expect(() => portal.secrets.open(`factors:${hers.id}`, his.secret)).toThrow();
    expect(() => portal.secrets.open(`factors:${his.id}`, hers.secret)).toThrow();
  });

  test('SEC-37: the key is shown no more once it is proven', async () => {
    const key = (await pendingTotp(portal, flow))?.key.replaceAll(' ', '') ?? '';
    await scanCode(portal, flow, { code: await shownCode() });
    expect(await pendingTotp(portal, flow)).toBeNull();
    expect(await pendingTotp(portal, flowOf(claire))).toBeNull();
    const everything = `${await snapshot(portal)}${JSON.stringify(await letters(portal))}${JSON.stringify(await events(portal))}`;
    expect(everything).not.toContain(key);
    expect(everything).not.toContain(Buffer.from(Secret.fromBase32(key).bytes).toString('base64'));
  });

  test.each([' 482 ', '', '   ', 'abcdef', '1234567', '\0', '👩‍🔬', '١٢', 'x'.repeat(1_000_000), '\u202e'])(
    'costs no try when there are no six digits in %j',
    async (typed) => {
      const result = await scanCode(portal, flow, { code: typed });
      expect(result).toEqual(problem(typed.trim() === '' ? 'empty' : 'wrong-code', { field: 'code' }));
      expect(await rowsOf('attempts')).toEqual([]);
    },
  );

  test.each([
    ['in two groups', (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
    ['with text around', (code: string) => `Inserm: ${code.slice(0, 3)}-${code.slice(3)} (30 s)`],
    [
      'in full-width digits, between marks',
      (code: string) => `\u200f${[...code].map((d) => String.fromCodePoint(0xff10 + Number(d))).join('')}\u200e`,
    ],
  ])('reads a code pasted %s', async (_how, paste) => {
    expect(await scanCode(portal, flow, { code: paste(await shownCode()) })).toEqual(ok);
  });

  test('SEC-05: wrong codes are counted, and after three of them each costs a wait during which even the right one is not looked at', async () => {
    for (let i = 0; i < 3; i++) expect(await scanCode(portal, flow, { code: await wrongCode() })).toEqual(problem('wrong-code', { field: 'code' }));
    expect(await scanCode(portal, flow, { code: await wrongCode() })).toEqual(problem('wrong-code', { field: 'code' }));
    const retryAt = portal.now() + seconds(30);
    expect(await scanCode(portal, flow, { code: await shownCode() })).toEqual(problem('wait', { field: 'code', retryAt }));
    // Another flow of the same person waits too.
    expect(await scanCode(portal, flowOf(claire), { code: await shownCode() })).toEqual(problem('wait', { field: 'code', retryAt }));
    expect((await lastEvents(4)).map((e) => e.type)).toEqual(['totp-wrong', 'totp-wrong', 'totp-wrong', 'totp-wrong']);
    expect(await factorsOf(claire)).toEqual([]);
    portal.clock.advance(seconds(30));
    expect(await scanCode(portal, flow, { code: await shownCode() })).toEqual(ok);
    expect(await rowsOf('attempts')).toEqual([]);
  });

  test.each([minutes(10), -minutes(10), minutes(29), seconds(60)])('says that the phone’s clock is off by %d ms', async (fast) => {
    const result = await scanCode(portal, flow, { code: await shownCode(flow, fast) });
    expect(result).toMatchObject(problem('clock-drift', { field: 'code' }));
    const drift = !result.ok ? (result.problems[0].drift ?? 0) : 0;
    expect(Math.abs(drift - fast / 1000)).toBeLessThanOrEqual(30);
    expect(await factorsOf(claire)).toEqual([]);
    expect(await rowsOf('attempts')).toMatchObject([{ failures: 1 }]);
  });

  test('SEC-24: the code of the step before is right, that of the step after is not', async () => {
    expect(await scanCode(portal, flow, { code: await shownCode(flow, seconds(30)) })).toMatchObject(problem('clock-drift'));
    expect(await scanCode(portal, flow, { code: await shownCode(flow, -seconds(30)) })).toEqual(ok);
  });

  test('REL-01: twenty times at once makes one factor, one letter, one event', async () => {
    const code = await shownCode();
    const results: Result<void>[] = await Promise.all(Array.from({ length: 20 }, () => scanCode(portal, flow, { code })));
    expect(results.filter((r) => r.ok)).toHaveLength(1);
    for (const result of results.filter((r) => !r.ok)) expect(result).toEqual(expired);
    expect(await factorsOf(claire)).toHaveLength(1);
    expect(await letters(portal)).toHaveLength(1);
    expect((await events(portal)).filter((e) => e.type === 'factor-added')).toHaveLength(1);
  });

  test('T5: nobody proves somebody else’s app', async () => {
    const paul = await testAccount(portal, { address: 'paul.lefevre@inserm.fr', givenName: 'Paul', familyName: 'Lefèvre' });
    const code = await shownCode();
    expect(await scanCode(portal, flowOf(paul), { code })).toEqual(expired);
    await installApp(portal, flowOf(paul), { app: 'other' });
    expect(await scanCode(portal, flowOf(paul), { code })).toMatchObject({ ok: false });
    expect(await factorsOf(paul)).toEqual([]);
    expect(await factorsOf(claire)).toEqual([]);
  });
});

describe('answering the questions', () => {
  beforeEach(() => proveApp());

  test('SEC-56: keeps slow hashes of the normalised answers, and no answer anywhere', async () => {
    expect(await answerQuestions(portal, flow, answers)).toEqual(ok);
    const rows = await rowsOf('answers');
    expect(rows.map((r) => [r.slot, r.question])).toEqual([
      [0, 'first-soft-toy'],
      [1, 'driving-instructor'],
      [2, 'school-trip'],
      [3, 'first-film'],
    ]);
    for (const row of rows) expect(row.hash).toMatch(/^\$argon2id\$/);
    expect(await portal.hashing.verify(String(rows[1]?.hash), 'driving-instructor:berengere')).toMatchObject({ right: true });
    expect(await portal.hashing.verify(String(rows[1]?.hash), 'first-film:berengere')).toMatchObject({ right: false });
    const everything = `${await snapshot(portal)}${JSON.stringify(await letters(portal))}`.toLowerCase();
    for (const typed of typedAnswers) expect(everything).not.toContain(typed.toLowerCase());
    expect(await lastEvents(1)).toMatchObject([{ type: 'answers-chosen', data: { count: 4 } }]);
  });

  test('SEC-58: refuses a set with a problem, as a whole, at its fields', async () => {
    const before = await snapshot(portal);
    expect(await answerQuestions(portal, flow, { ...answers, a2: 'Martin', q3: 'first-soft-toy' })).toEqual({
      ok: false,
      problems: [
        { code: 'answer-guessable', field: 'a2' },
        { code: 'same-question', field: 'q3' },
      ],
    });
    expect(await snapshot(portal)).toBe(before);
  });

  test.each(['', '\0', 'x'.repeat(1_000_000), '👩‍🔬', '\u202e', '   ', '\r\n'])(
    'answers a problem for %j in any field, and keeps nothing',
    async (typed) => {
      for (const field of Object.keys(answers)) expect((await answerQuestions(portal, flow, { ...answers, [field]: typed })).ok).toBe(false);
      expect(await rowsOf('answers')).toEqual([]);
    },
  );

  test('when too many hashes wait, asks to try again and keeps nothing', async () => {
    const full = { ...portal, hashing: { ...portal.hashing, hash: () => Promise.reject(new Busy('full')) } };
    expect(await answerQuestions(full, flow, answers)).toEqual(problem('busy'));
    expect(await rowsOf('answers')).toEqual([]);
  });

  test('twice at once keeps one whole set', async () => {
    const others = { ...answers, a1: 'Nounours Gaston', a2: 'Philibert', a3: 'Carcassonne', a4: 'Bambi' };
    const results: Result<void>[] = await Promise.all([answerQuestions(portal, flow, answers), answerQuestions(portal, flow, others)]);
    expect(results.filter((r) => r.ok)).toHaveLength(1);
    expect(await rowsOf('answers')).toHaveLength(4);
  });
});

describe('keeping the recovery codes', () => {
  beforeEach(async () => {
    await proveApp();
    await answerQuestions(portal, flow, answers);
  });

  test('SEC-41: ten different codes of 80 bits, the same at every reload until they are kept', async () => {
    const shown = await pendingRecoveryCodes(portal, flow);
    expect(shown?.address).toBe(claire.address);
    expect(new Set(shown?.codes).size).toBe(10);
    for (const code of shown?.codes ?? []) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    portal.clock.advance(minutes(60));
    expect(await pendingRecoveryCodes(portal, flowOf(claire))).toEqual(shown);
  });

  test('SEC-41: kept codes are hashed, and never shown again', async () => {
    const { codes = [] } = (await pendingRecoveryCodes(portal, flow)) ?? {};
    expect(await saveRecoveryCodes(portal, flow, { kept: 'yes' })).toEqual(ok);
    expect(await pendingRecoveryCodes(portal, flow)).toBeNull();
    expect(await rowsOf('pendingRecoveryCodes')).toEqual([]);
    const hashes = codes.map((code) => recoveryCodeHash(portal.secrets, claire.id, parseRecoveryCode(code) ?? ''));
    expect((await rowsOf('recoveryCodes')).map((r) => r.hash).sort()).toEqual(hashes.sort());
    const everything = `${await snapshot(portal)}${JSON.stringify(await letters(portal))}`;
    for (const code of codes) {
      expect(everything).not.toContain(code);
      expect(everything).not.toContain(code.replaceAll('-', ''));
    }
  });

  test('asks for the person’s word first', async () => {
    const before = await snapshot(portal);
    expect(await saveRecoveryCodes(portal, flow, { kept: '' })).toEqual(problem('not-kept', { field: 'kept' }));
    expect(await snapshot(portal)).toBe(before);
  });

  test('never keeps codes that nobody has seen', async () => {
    await portal.store.write(portal.store.db.delete(portal.store.s.pendingRecoveryCodes));
    expect(await saveRecoveryCodes(portal, flow, { kept: 'yes' })).toEqual(problem('not-kept', { field: 'kept' }));
    expect((await pendingRecoveryCodes(portal, flow))?.codes).toHaveLength(10);
    expect(await rowsOf('recoveryCodes')).toEqual([]);
  });

  test('a later set is told of as such, and the day of enrolment stays', async () => {
    await saveRecoveryCodes(portal, flow, { kept: 'yes' });
    const finishedAt = portal.now();
    await portal.store.write(portal.store.db.delete(portal.store.s.recoveryCodes));
    portal.clock.advance(minutes(90));
    await saveRecoveryCodes(portal, flow, { kept: 'yes' });
    await saveRecoveryCodes(portal, flow, { kept: 'yes' });
    expect((await letters(portal)).map((l) => l.kind)).toEqual(['factor-added', 'enrolment-finished', 'recovery-codes-kept']);
    expect((await portal.store.db.select().from(portal.store.s.accounts))[0]?.enrolledAt).toBe(finishedAt);
  });
});

describe('going back to the application', () => {
  test('SEC-34: a factor proven in this flow raises the session, once', async () => {
    await enrol();
    const provenAt = portal.now();
    portal.clock.advance(minutes(3));
    expect(await finishEnrolment(portal, flow)).toEqual({
      accountId: claire.id,
      raised: { acr: 'https://refeds.org/profile/mfa', amr: ['pwd', 'otp', 'mfa'], authenticatedAt: provenAt },
    });
    expect(await finishEnrolment(portal, flow)).toEqual({ accountId: claire.id, raised: null });
  });

  test('SEC-34: nothing proven in this flow leaves the session what it was', async () => {
    await enrol(flowOf(claire, { uid: 'another-flow-of-hers' }));
    expect(await finishEnrolment(portal, flow)).toEqual({ accountId: claire.id, raised: null });
  });

  test('SEC-34: neither another person’s proof, nor another kind, nor an old one counts', async () => {
    await enrol(flowOf(claire, { uid: 'another-flow-of-hers' }));
    const paul = await testAccount(portal, { address: 'paul.lefevre@inserm.fr', givenName: 'Paul', familyName: 'Lefèvre' });
    const prove = (accountId: string, kind: 'totp' | 'email-code', at: number) =>
      portal.store.unit('proofs', (tx) => setProof(tx, { flow: flow.uid, kind, accountId, factorId: null, at }));
    await prove(paul.id, 'totp', portal.now());
    await prove(claire.id, 'email-code', portal.now());
    expect(await finishEnrolment(portal, flow)).toMatchObject({ raised: null });
    await prove(claire.id, 'totp', portal.now() - portal.settings.policy.session.idle);
    expect(await finishEnrolment(portal, flow)).toMatchObject({ raised: null });
    expect(await portal.store.read((tx) => listProofs(tx, flow.uid, 0))).toEqual([]);
  });

  test('is refused while a step is missing', async () => {
    await proveApp();
    expect(await finishEnrolment(portal, flow)).toBeNull();
    expect(await lastEvents(1)).toMatchObject([{ type: 'step-refused', data: { step: 'done' } }]);
    expect(await rowsOf('proofs')).toHaveLength(1);
  });
});

test('where the institute does without questions, recovery codes follow the app', async () => {
  const without = { ...portal, settings: { ...portal.settings, questions: false } };
  await installApp(without, flow, { app: 'other' });
  await scanCode(without, flow, { code: await shownCode() });
  expect(await answerQuestions(without, flow, answers)).toEqual(expired);
  expect((await pendingRecoveryCodes(without, flow))?.codes).toHaveLength(10);
  expect(await saveRecoveryCodes(without, flow, { kept: 'yes' })).toEqual(ok);
  expect(await finishEnrolment(without, flow)).not.toBeNull();
});

describe('stopping and coming back', () => {
  const stops: [EnrolmentStep, () => Promise<unknown>][] = [
    ['welcome', async () => {}],
    ['scan-code', () => installApp(portal, flow, { app: 'other' })],
    ['answer-questions', async () => scanCode(portal, flow, { code: await shownCode() })],
    ['save-recovery-codes', () => answerQuestions(portal, flow, answers)],
    ['done', () => saveRecoveryCodes(portal, flow, { kept: 'yes' })],
  ];
  test.each(stops.map(([step], i) => [step, i] as const))(
    'SEC-38: at %s, the password goes on working, and another application on another computer continues there',
    async (step, last) => {
      for (const [, act] of stops.slice(0, last + 1)) await act();
      expect(await portal.directory.verifyPassword(claire.address, claire.password)).toEqual({ outcome: 'right', accountId: claire.id });
      portal.clock.advance(minutes(20));
      expect(await next()).toBe(step);
      flow = flowOf(claire, { uid: 'tomorrow', application: { id: 'cloud', name: 'Cloud', host: 'cloud.inserm.fr' }, language: 'en' });
      for (const [, act] of stops.slice(last + 1)) await act();
      expect(await next()).toBe('done');
      expect(await finishEnrolment(portal, flow)).not.toBeNull();
    },
  );
});

describe('SEC-33: in every state that rows can be in', () => {
  const pendings = ['none', 'pending', 'expired'] as const;
  const codeStates = ['none', 'pending', 'kept'] as const;
  const states = pendings.flatMap((pending) =>
    [0, 1].flatMap((factors) => [0, 3, 4].flatMap((answered) => codeStates.map((codes) => ({ pending, factors, answered, codes })))),
  );

  const acts: Record<Exclude<EnrolmentStep, 'welcome'>, () => Promise<boolean>> = {
    'install-app': async () => (await installApp(portal, flow, { app: 'other' })).ok,
    'scan-code': async () => (await scanCode(portal, flow, { code: (await pendingTotp(portal, flow)) ? await shownCode() : '482916' })).ok,
    'answer-questions': async () => (await answerQuestions(portal, flow, answers)).ok,
    'save-recovery-codes': async () => (await saveRecoveryCodes(portal, flow, { kept: 'yes' })).ok,
    done: async () => (await finishEnrolment(portal, flow)) !== null,
  };
  const steps = Object.keys(acts) as (keyof typeof acts)[];

  async function reach({ pending, factors, answered, codes }: (typeof states)[number]) {
    const { store, secrets } = portal;
    const { s, db } = store;
    const at = portal.now();
    const sealed = (id: string) => secrets.seal(`factors:${id}`, Buffer.alloc(20, 7));
    const base = { accountId: claire.id, kind: 'totp' as const, name: 'x', createdAt: at };
    for (const table of [s.pendingFactors, s.factors, s.answers, s.recoveryCodes, s.pendingRecoveryCodes, s.attempts, s.proofs]) {
      await store.write(db.delete(table as typeof s.answers));
    }
    if (pending !== 'none') {
      const expiresAt = pending === 'pending' ? at + minutes(30) : at;
      await store.write(db.insert(s.pendingFactors).values({ ...base, id: 'p', secret: sealed('p'), expiresAt }));
    }
    if (factors) {
      await store.unit(claire.id, (tx) => insertFactor(tx, { ...base, id: 'f', secret: sealed('f'), lastStep: 0, lastUsedAt: null }));
    }
    for (let slot = 0; slot < answered; slot++) {
      await store.write(db.insert(s.answers).values({ accountId: claire.id, slot, question: 'x', hash: 'x', changedAt: at }));
    }
    if (codes === 'kept')
      await store.write(db.insert(s.recoveryCodes).values({ id: 'r', accountId: claire.id, hash: 'x', createdAt: at, usedAt: null }));
    if (codes === 'pending') {
      const sealedCodes = secrets.seal(`pending-recovery-codes:${claire.id}`, JSON.stringify(['0000-0000-0000-0000']));
      await store.write(db.insert(s.pendingRecoveryCodes).values({ accountId: claire.id, codes: sealedCodes, createdAt: at }));
    }
  }

  /** Expects a refusal that changed no row and left the event. */
  async function expectRefused(step: keyof typeof acts) {
    const before = await snapshot(portal, 'events');
    const count = (await events(portal)).length;
    expect(await acts[step]()).toBe(false);
    expect(await snapshot(portal, 'events')).toBe(before);
    const after = await events(portal);
    expect(after).toHaveLength(count + 1);
    expect(after.at(-1)).toMatchObject({ type: 'step-refused', accountId: claire.id, flow: flow.uid, data: { step } });
  }

  test.each(states)(
    'an act is done when its step is open and refused without a trace otherwise: $pending secret, $factors factors, $answered answers, $codes codes',
    async (state) => {
      for (const step of steps) {
        await reach(state);
        const open = isEnrolmentStepOpen(step, await enrolmentFacts(portal, { accountId: claire.id }), enrolmentPolicy(portal.settings));
        if (!open) await expectRefused(step);
        else if (step !== 'save-recovery-codes' || state.codes !== 'none') expect(await acts[step]()).toBe(true);
      }
    },
  );

  test('no act is done for an account that is disabled meanwhile', async () => {
    await setAccountStatus(portal, testOperator(), claire.address, 'disabled');
    for (const step of steps)
      for (const state of states.filter((_, i) => i % 5 === 0)) {
        await reach(state);
        await expectRefused(step);
      }
  });

  test.each(['login', 'consent'] as const)('no act is done from a flow that is about %s', async (prompt) => {
    flow = flowOf(claire, { prompt });
    for (const step of steps)
      for (const state of states.filter((_, i) => i % 5 === 0)) {
        await reach(state);
        await expectRefused(step);
      }
  });
});
