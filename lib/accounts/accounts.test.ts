// Accounts: what is refused, what is written.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { minutes } from '../duration.ts';
import { events, type TestPortal, testAccount, testOperator, testPassword, testPortal } from '../portal.testing.ts';
import { createAccount } from './create-account.ts';
import { findAccount, findAccountAt, listAccounts } from './facts.ts';
import { displayName, foldAddress, judgeAccount } from './rules.ts';
import { setAccountStatus } from './set-account-status.ts';
import { setLanguage } from './set-language.ts';

const domains = { internal: 'inserm.fr', external: 'ext.inserm.fr' };
const claire = { address: 'claire.martin@inserm.fr', givenName: 'Claire', familyName: 'Martin' };

test.each([
  [' Claire.MARTIN@Inserm.fr\n', 'claire.martin@inserm.fr'],
  ['\u200eclaire.martin@inserm.fr\u202c', 'claire.martin@inserm.fr'],
  ['claire.martin+essai@ext.inserm.fr', 'claire.martin+essai@ext.inserm.fr'],
  ['\u212alaus@inserm.fr', null],
  ['clаire.martin@inserm.fr', null],
  ['claire\0@inserm.fr', null],
  ['claire martin@inserm.fr', null],
  ['claire.martin', null],
  ['a@b@inserm.fr', null],
  ['', null],
  ['مثال@inserm.fr', null],
  ['👩‍🔬@inserm.fr', null],
])('the address %j is read as %j', (typed, folded) => expect(foldAddress(typed)).toBe(folded));

test('a megabyte is no address', () => expect(foldAddress(`${'a'.repeat(1_000_000)}@inserm.fr`)).toBeNull());

test('the domain says which kind of account it is, and what the person is to the institute', () => {
  const judged = (address: string) => judgeAccount({ ...claire, address }, domains);
  expect(judged('a@inserm.fr')).toMatchObject({ ok: true, value: { kind: 'internal', affiliations: ['member', 'employee'] } });
  expect(judged('a@ext.inserm.fr')).toMatchObject({ ok: true, value: { kind: 'external', affiliations: ['affiliate'] } });
  expect(judged('a@exemple.fr')).toEqual({ ok: false, problems: [{ code: 'address-format', field: 'address' }] });
});

test('every problem of a new account is told at once, with its field', () => {
  expect(judgeAccount({ address: '', givenName: 'A\r\nBcc: b', familyName: 'x'.repeat(101), affiliations: ['chef'] }, domains)).toEqual({
    ok: false,
    problems: [
      { code: 'empty', field: 'address' },
      { code: 'unreadable', field: 'givenName' },
      { code: 'too-long', field: 'familyName' },
      { code: 'affiliation-unknown', field: 'affiliations' },
    ],
  });
});

test.each(['O’Brien', '李', 'Ægir Þór', 'محمد', '=cmd|calc'])('%s is a name', (familyName) =>
  expect(judgeAccount({ ...claire, familyName }, domains)).toMatchObject({ ok: true, value: { familyName } }),
);
test.each(['a\0b', '\ud800', 'evil\u202etxt', '\u001b[31m'])('%j is no name', (familyName) =>
  expect(judgeAccount({ ...claire, familyName }, domains)).toMatchObject({ ok: false, problems: [{ code: 'unreadable' }] }),
);

let portal: TestPortal;
beforeEach(async () => {
  portal = await testPortal();
});
afterEach(() => portal.close());

test('a new account is found by id and by address, and an event says who made it', async () => {
  const { id } = await testAccount(portal);
  const account = await findAccount(portal, id);
  expect(account).toMatchObject({ ...claire, status: 'active', enrolledAt: null, language: null, eduPersonPrincipalName: claire.address });
  expect(await findAccountAt(portal, claire.address)).toEqual(account);
  expect(account && displayName(account)).toBe('Claire Martin');
  expect(await events(portal)).toMatchObject([{ type: 'account-created', accountId: id, actor: 'cli:test' }]);
});

test('an address belongs to one account, even when two are made at the same moment', async () => {
  const make = () => createAccount(portal, testOperator(), { ...claire, password: testPassword });
  const outcomes = await Promise.all([make(), make(), make()]);
  expect(outcomes.filter((o) => o.ok)).toHaveLength(1);
  expect(outcomes.find((o) => !o.ok)).toEqual({ ok: false, problems: [{ code: 'address-taken', field: 'address' }] });
});

test('an account with a refused password is not made', async () => {
  expect(await createAccount(portal, testOperator(), { ...claire, password: 'martin2027martin' })).toEqual({
    ok: false,
    problems: [{ code: 'password-personal', field: 'password' }],
  });
  expect(await listAccounts(portal, 10)).toEqual([]);
});

test('accounts are listed by address, page after page', async () => {
  for (const name of ['carole', 'alice', 'bruno']) await testAccount(portal, { address: `${name}@inserm.fr` });
  const first = await listAccounts(portal, 2);
  expect(first.map((a) => a.address)).toEqual(['alice@inserm.fr', 'bruno@inserm.fr']);
  expect((await listAccounts(portal, 2, first[1]?.address)).map((a) => a.address)).toEqual(['carole@inserm.fr']);
});

test('disabling an account is written once, and keeps its password from working until it is enabled again', async () => {
  const { id, address, password } = await testAccount(portal);
  portal.clock.advance(minutes(1));
  expect(await setAccountStatus(portal, testOperator(), ' Claire.Martin@inserm.fr ', 'disabled')).toEqual({ ok: true, value: { id, changed: true } });
  expect(await setAccountStatus(portal, testOperator(), address, 'disabled')).toEqual({ ok: true, value: { id, changed: false } });
  expect(await portal.directory.verifyPassword(address, password)).toEqual({ outcome: 'wrong', accountId: id });
  expect(await setAccountStatus(portal, testOperator(), address, 'active')).toMatchObject({ ok: true });
  expect(await portal.directory.verifyPassword(address, password)).toEqual({ outcome: 'right', accountId: id });
  expect((await events(portal)).map((e) => e.type)).toEqual(['account-created', 'account-disabled', 'account-enabled']);
  expect(await setAccountStatus(portal, testOperator(), 'personne@inserm.fr', 'disabled')).toMatchObject({ ok: false });
});

test('the chosen language is remembered', async () => {
  const { id } = await testAccount(portal);
  await setLanguage(portal, id, 'en');
  expect(await findAccount(portal, id)).toMatchObject({ language: 'en' });
});
