// Factors as their owner changes them in the account: what each act answers, which rows, event and letter it leaves.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listFactors } from '#db/factors';
import { findPendingFactor } from '#db/pending-factors';
import { days, seconds } from '../duration.ts';
import { pendingRecoveryCodes, pendingTotp } from '../enrolment/facts.ts';
import {
  events,
  letters,
  type TestAccount,
  type TestApp,
  type TestPortal,
  testAccount,
  testApp,
  testPortal,
  testRecoveryCodes,
  testVisitor,
  totpCode,
} from '../portal.testing.ts';
import { proveFactor } from '../proof/prove-factor.ts';
import { changeQuestions } from '../questions/change-questions.ts';
import { mint, type RecentlyProven } from '../visitor.ts';
import { chooseApp } from './choose-app.ts';
import { changePhoneFacts } from './facts.ts';
import { proveApp } from './prove-app.ts';
import { keepRecoveryCodes } from './recovery-codes/keep-recovery-codes.ts';
import { makeRecoveryCodes } from './recovery-codes/make-recovery-codes.ts';
import { removeFactor } from './remove-factor.ts';
import { renameFactor } from './rename-factor.ts';
import { changePhoneStep, judgeName, mayRemove } from './rules.ts';

let portal: TestPortal;
let claire: TestAccount;
let member: RecentlyProven;
let app: TestApp;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  member = memberOf(claire);
  app = await testApp(portal, claire.id);
});
afterEach(() => portal.close());

const memberOf = ({ id }: TestAccount) =>
  mint<RecentlyProven>({ accountId: id, sessionId: 'a session', provenAt: portal.now(), visitor: testVisitor });
const ok = { ok: true, value: undefined };
const problem = (code: string, field?: string) => ({ ok: false, problems: [{ code, ...(field && { field }) }] });
const factorsOf = (account = claire) => portal.store.read((tx) => listFactors(tx, account.id));
const lastEvent = async () => (await events(portal)).at(-1);
const kinds = async () => (await letters(portal)).map(({ kind }) => kind);
/** What the app being put in place shows. @param ago how far back, in milliseconds */
async function pendingCode(by = claire, ago = 0): Promise<string> {
  const pending = await portal.store.read((tx) => findPendingFactor(tx, by.id));
  if (!pending) throw new Error('No app waits for its first code.');
  return totpCode(portal.secrets.open(`factors:${pending.id}`, pending.secret), portal.now() - ago);
}
/** A second app, through the acts. */
async function addsApp(): Promise<string> {
  await chooseApp(portal, member, { app: 'other' });
  expect(await proveApp(portal, member, { code: await pendingCode() })).toEqual(ok);
  return (await factorsOf()).at(-1)?.id ?? '';
}

describe('a name', () => {
  test.each([
    ['  Pixel   de Claire ', 'Pixel de Claire'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['📱', '📱'],
  ])('%s is kept as %s', (typed, name) => expect(judgeName(typed)).toEqual({ name }));
  test.each([
    ['', 'name-missing'],
    [' \u00a0\t', 'name-missing'],
    ['a'.repeat(61), 'too-long'],
    ['a'.repeat(10_000), 'too-long'],
    ['a\nb', 'unreadable'],
    ['a\u202eb', 'unreadable'],
    ['\ud800', 'unreadable'],
  ])('%j is refused: %s', (typed, code) => expect(judgeName(typed)).toEqual({ problem: { code, field: 'name' } }));
});

describe('renaming', () => {
  test('a factor gets its new name, and an event says so', async () => {
    expect(await renameFactor(portal, member, { factor: app.id, name: ' Pixel de Claire ' })).toEqual(ok);
    expect((await factorsOf())[0]?.name).toBe('Pixel de Claire');
    expect(await lastEvent()).toMatchObject({ type: 'factor-renamed', data: { factor: app.id, name: 'Pixel de Claire' } });
  });
  test('another person’s factor keeps its name, and the try is recorded', async () => {
    const other = await testAccount(portal, { address: 'karim.benali@inserm.fr', givenName: 'Karim', familyName: 'Benali' });
    const theirs = await testApp(portal, other.id);
    expect(await renameFactor(portal, member, { factor: theirs.id, name: 'Mine' })).toEqual(problem('factor-gone'));
    expect((await factorsOf(other))[0]?.name).toBe('Google Authenticator');
    expect(await lastEvent()).toMatchObject({ type: 'step-refused', accountId: claire.id, data: { act: 'rename-factor' } });
  });
});

test('SEC-78: the helpdesk’s console takes no recovery code, and spends none', async () => {
  const [code = ''] = await testRecoveryCodes(portal, claire.id);
  expect(await proveFactor(portal, member, { code }, 'console')).toEqual(problem('factor-needed', 'code'));
  expect(await proveFactor(portal, member, { code })).toMatchObject({ ok: true, value: 'recovery-code' });
});

describe('removing', () => {
  test('SEC-42: the last factor stays', async () => {
    expect(await removeFactor(portal, member, { factor: app.id })).toEqual(problem('last-factor'));
    expect(await factorsOf()).toHaveLength(1);
    expect(await lastEvent()).toMatchObject({ type: 'step-refused' });
  });
  test('one of two goes, with an event and a letter; it opens nothing any more', async () => {
    const second = await addsApp();
    expect(await removeFactor(portal, member, { factor: app.id })).toEqual(ok);
    expect((await factorsOf()).map(({ id }) => id)).toEqual([second]);
    expect(await lastEvent()).toMatchObject({ type: 'factor-removed', data: { factor: app.id, kind: 'totp' } });
    expect(await kinds()).toEqual(['factor-added', 'factor-removed']);
    expect(await proveFactor(portal, member, { code: app.code() })).toEqual(problem('wrong-code', 'code'));
  });
  test('SEC-42: of two tabs that remove the two factors at once, one wins', async () => {
    const second = await addsApp();
    const both = await Promise.all([removeFactor(portal, member, { factor: app.id }), removeFactor(portal, member, { factor: second })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await factorsOf()).toHaveLength(1);
  });
  test('the same factor twice: gone is gone', async () => {
    await addsApp();
    await removeFactor(portal, member, { factor: app.id });
    expect(await removeFactor(portal, member, { factor: app.id })).toEqual(problem('factor-gone'));
  });
  test('a frozen factor is no replacement', () => {
    const held = (id: string, works: boolean) => ({ id, kind: 'totp' as const, works, createdAt: 0 });
    expect(mayRemove([held('a', true), held('b', false)], 'a')).toBe(false);
    expect(mayRemove([held('a', true), held('b', false)], 'b')).toBe(true);
  });
  test('another person’s factor stays, and the try is recorded', async () => {
    await addsApp();
    const other = await testAccount(portal, { address: 'karim.benali@inserm.fr', givenName: 'Karim', familyName: 'Benali' });
    const theirs = await testApp(portal, other.id);
    expect(await removeFactor(portal, member, { factor: theirs.id })).toEqual(problem('factor-gone'));
    expect(await factorsOf(other)).toHaveLength(1);
    expect(await lastEvent()).toMatchObject({ type: 'step-refused', accountId: claire.id });
  });
});

describe('adding an app', () => {
  test('SEC-38: the factor in place works until the new one is proven, and after', async () => {
    await chooseApp(portal, member, { app: 'other' });
    expect(await proveApp(portal, member, { code: '000000' })).toMatchObject({ ok: false });
    expect(await proveFactor(portal, member, { code: app.code() })).toMatchObject({ ok: true });
    expect(await proveApp(portal, member, { code: await pendingCode() })).toEqual(ok);
    expect(await factorsOf()).toHaveLength(2);
    expect(await pendingTotp(portal, member)).toBeNull();
  });
  test('SEC-23: the code that proved it is spent', async () => {
    await chooseApp(portal, member, { app: 'other' });
    const code = await pendingCode();
    await proveApp(portal, member, { code });
    expect(await proveFactor(portal, member, { code })).toEqual(problem('used-code', 'code'));
  });
  test('the key is the same at every reload, and choosing again keeps it', async () => {
    await chooseApp(portal, member, { app: 'other' });
    const before = await pendingTotp(portal, member);
    await chooseApp(portal, member, { app: portal.settings.authenticatorApps[0]?.name ?? '' });
    expect((await pendingTotp(portal, member))?.key).toBe(before?.key);
  });
  test('past its time, a code proves nothing', async () => {
    await chooseApp(portal, member, { app: 'other' });
    const code = await pendingCode();
    portal.clock.advance(portal.settings.policy.totp.pendingLifetime);
    expect(await proveApp(portal, member, { code })).toEqual(problem('expired-page'));
  });
});

describe('a new phone', () => {
  const step = () => changePhoneFacts(portal, member, app.id);
  test('add, prove, remove the old: at every step a factor works', async () => {
    expect(await step()).toBe('choose-app');
    portal.clock.advance(seconds(31));
    await chooseApp(portal, member, { app: 'other' });
    expect(await step()).toBe('scan-code');
    expect(await proveFactor(portal, member, { code: app.code() })).toMatchObject({ ok: true });
    await proveApp(portal, member, { code: await pendingCode() });
    expect(await step()).toBe('remove-old');
    await removeFactor(portal, member, { factor: app.id });
    expect(await step()).toBe('done');
  });
  test('stopped with the key on screen: tomorrow it begins anew, and the old phone works', async () => {
    await chooseApp(portal, member, { app: 'other' });
    portal.clock.advance(days(1));
    expect(await step()).toBe('choose-app');
    expect(await proveFactor(portal, member, { code: app.code() })).toMatchObject({ ok: true });
  });
  test('an app of last year is no new phone', () => {
    const held = (id: string, createdAt: number) => ({ id, kind: 'totp' as const, works: true, createdAt });
    expect(changePhoneStep([held('old', 0), held('new', days(300))], 'old', false, days(400))).toBe('choose-app');
  });
});

describe('recovery codes', () => {
  test('SEC-41: the old set works until the new one is kept, then dies in the same unit', async () => {
    const [old = '', spare = ''] = await testRecoveryCodes(portal, claire.id);
    await makeRecoveryCodes(portal, member, {});
    expect(await proveFactor(portal, member, { code: old })).toMatchObject({ ok: true });
    const shown = (await pendingRecoveryCodes(portal, member))?.codes ?? [];
    expect(shown).toHaveLength(10);
    expect(await keepRecoveryCodes(portal, member, { kept: '' })).toEqual(problem('not-kept', 'kept'));
    expect(await keepRecoveryCodes(portal, member, { kept: 'yes' })).toEqual(ok);
    expect(await pendingRecoveryCodes(portal, member)).toBeNull();
    expect(await proveFactor(portal, member, { code: spare })).toEqual(problem('wrong-recovery-code', 'code'));
    expect(await proveFactor(portal, member, { code: shown[0] ?? '' })).toMatchObject({ ok: true });
    expect(await kinds()).toEqual(['recovery-code-used', 'recovery-codes-kept', 'recovery-code-used']);
  });
  test('made twice, the first set is nobody’s', async () => {
    await makeRecoveryCodes(portal, member, {});
    const first = (await pendingRecoveryCodes(portal, member))?.codes;
    await makeRecoveryCodes(portal, member, {});
    expect((await pendingRecoveryCodes(portal, member))?.codes).not.toEqual(first);
  });
  test('none on screen: nothing is kept, and the try is recorded', async () => {
    expect(await keepRecoveryCodes(portal, member, { kept: 'yes' })).toEqual(problem('expired-page'));
    expect(await lastEvent()).toMatchObject({ type: 'step-refused' });
  });
});

describe('a proof', () => {
  test('SEC-05: wrong codes wait as they do at sign-in', async () => {
    for (let i = 0; i < portal.settings.policy.attempts.free + 1; i++) await proveFactor(portal, member, { code: '000000' });
    expect(await proveFactor(portal, member, { code: app.code() })).toMatchObject({ ok: false, problems: [{ code: 'wait' }] });
  });
  test('SEC-18: a recovery code proves once', async () => {
    const [code = ''] = await testRecoveryCodes(portal, claire.id);
    expect(await proveFactor(portal, member, { code })).toMatchObject({ ok: true });
    expect(await proveFactor(portal, member, { code })).toEqual(problem('wrong-recovery-code', 'code'));
  });
  test('a frozen factor proves nothing', async () => {
    await portal.store.db.update(portal.store.s.factors).set({ frozenAt: portal.now() });
    expect(await proveFactor(portal, member, { code: app.code() })).toEqual(problem('wrong-code', 'code'));
  });
  test.each(['', '   '])('%j is empty, and costs no try', async (code) => {
    expect(await proveFactor(portal, member, { code })).toEqual(problem('empty', 'code'));
    expect(await events(portal)).toHaveLength(1);
  });
});

test('all four questions are replaced together, with an event and a letter', async () => {
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
  expect(await changeQuestions(portal, member, { ...answers, a2: 'x' })).toMatchObject({ ok: false });
  expect(await changeQuestions(portal, member, answers)).toEqual(ok);
  expect(await portal.store.db.select().from(portal.store.s.answers)).toHaveLength(4);
  expect(await lastEvent()).toMatchObject({ type: 'answers-changed', data: { count: 4 } });
  expect(await kinds()).toEqual(['answers-changed']);
});
