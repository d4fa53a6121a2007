// A changed password: what it asks for, what it refuses, and which sessions end.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setPasswordFrozen } from '#db/accounts';
import { listPortalSessions } from '#db/portal-sessions';
import { passwordRefusals } from '../directory/directory.ts';
import {
  events,
  letters,
  type TestAccount,
  type TestPortal,
  testAccount,
  testFlow,
  testPassword,
  testPortal,
  testSession,
  testVisitor,
} from '../portal.testing.ts';
import { digest } from '../secrets.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { signInFacts } from '../sign-in/facts.ts';
import { nextSignInStep } from '../sign-in/steps.ts';
import { mint, type RecentlyProven } from '../visitor.ts';
import { changePassword } from './change-password.ts';
import { isGuessable } from './estimator.ts';

const fit = 'Un héron compte ses sardines violettes';
const claireMartin = { address: 'claire.martin@inserm.fr', givenName: 'Claire', familyName: 'Martin' };
let portal: TestPortal;
let claire: TestAccount;
let member: RecentlyProven;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  for (const token of ['this browser', 'another browser']) await testSession(portal, claire.id, token, { sid: token });
  member = mint<RecentlyProven>({ accountId: claire.id, sessionId: digest('this browser'), provenAt: portal.now(), visitor: testVisitor });
});
afterEach(() => portal.close());

const outcome = async (password: string) => (await portal.directory.verifyPassword(claire.address, password)).outcome;
const problem = (code: string, field: string) => ({ ok: false, problems: [{ code, field }] });

test('SEC-12: with the current password it changes, other sessions end, and its owner is told', async () => {
  expect(await changePassword(portal, member, { current: testPassword, password: fit })).toEqual({ ok: true, value: undefined });
  expect([await outcome(fit), await outcome(testPassword)]).toEqual(['right', 'wrong']);
  const sessions = await portal.store.read((tx) => listPortalSessions(tx, claire.id));
  expect(sessions.map(({ id }) => id)).toEqual([member.sessionId]);
  expect((await events(portal)).at(-1)).toMatchObject({ type: 'password-changed', accountId: claire.id });
  expect((await letters(portal)).map(({ kind }) => kind)).toEqual(['password-changed']);
});

test.each([
  ['', fit, 'empty', 'current'],
  [testPassword, '', 'empty', 'password'],
  ['not the current one', fit, 'wrong-password', 'current'],
  [testPassword, testPassword, 'same-password', 'password'],
  [testPassword, 'quatorze signe', 'password-too-short', 'password'],
  [testPassword, 'vive claire et ses amis du nord', 'password-personal', 'password'],
  [testPassword, 'Les quatre lapins mangent', 'password-guessable', 'password'],
])('from %j to %j: %s', async (current, password, code, field) => {
  expect(await changePassword(portal, member, { current, password })).toEqual(problem(code, field));
  expect(await outcome(testPassword)).toBe('right');
  expect(await portal.store.read((tx) => listPortalSessions(tx, claire.id))).toHaveLength(2);
  expect(await letters(portal)).toEqual([]);
});

test('SEC-05: a stolen session does not guess the password without end', async () => {
  for (let i = 0; i <= portal.settings.policy.attempts.free; i++) await changePassword(portal, member, { current: `guess ${i}`, password: fit });
  expect(await changePassword(portal, member, { current: testPassword, password: fit })).toMatchObject({ ok: false, problems: [{ code: 'wait' }] });
});

test('one that its owner disowned is wrong, until it is replaced', async () => {
  await portal.store.unit(claire.id, (tx) => setPasswordFrozen(tx, claire.id, portal.now()));
  expect(await changePassword(portal, member, { current: testPassword, password: fit })).toEqual(problem('wrong-password', 'current'));
});

test.each(passwordRefusals)('what the directory refuses is told in its reason (%s), and costs no try', async (reason) => {
  const strict: TestPortal = { ...portal, directory: { ...portal.directory, setPassword: async () => ({ outcome: 'refused', reason }) } };
  for (let i = 0; i < 10; i++)
    expect(await changePassword(strict, member, { current: testPassword, password: fit })).toEqual(problem(`directory-${reason}`, 'password'));
  expect(await changePassword(portal, member, { current: testPassword, password: fit })).toMatchObject({ ok: true });
});

test('a sign-in under way with the old password asks for it anew', async () => {
  const flow = testFlow(portal);
  await checkPassword(portal, flow, claire);
  expect(await changePassword(portal, member, { current: testPassword, password: fit })).toMatchObject({ ok: true });
  expect(nextSignInStep(await signInFacts(portal, flow))).toBe('password');
});

describe('SEC-03: the estimator', () => {
  test.each(['motdepassemotdepasse1', 'password123456789', 'Marseille2024Football!'])('%s takes too few guesses', (plain) =>
    expect(isGuessable(plain, claireMartin)).toBe(true),
  );
  test.each([fit, testPassword])('%s takes enough', (plain) => expect(isGuessable(plain, claireMartin)).toBe(false));
});
