// Signing in with a directory elsewhere: accounts appear, follow what the directory says, and stay their owner's.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AmbiguousAddress, type Person, type Verification } from '../directory/directory.ts';
import { events, letters, snapshot, type TestPortal, testFlow, testOperator, testPassword, testPortal } from '../portal.testing.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { createAccount } from './create-account.ts';
import { findAccountAt, listAccounts } from './facts.ts';
import { setAccountStatus } from './set-account-status.ts';

const claire: Person = {
  directoryId: '3f0c7a52-0000-4000-8000-000000000001',
  addresses: ['Claire.Martin@inserm.fr', 'c.martin@inserm.fr'],
  givenName: 'Claire',
  familyName: 'Martin',
  affiliations: ['Member', 'faculty', 'something of our own'],
};

let portal: TestPortal;
beforeEach(async () => {
  portal = await testPortal();
});
afterEach(() => portal.close());

/** A sign-in with a directory that answers this. */
function signIn(answer: Verification | Error, address = 'claire.martin@inserm.fr', flow = testFlow(portal)) {
  const verifyPassword = async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return checkPassword({ ...portal, directory: { ...portal.directory, verifyPassword } }, flow, { address, password: testPassword });
}
const right = (person: Partial<Person> = {}, accountId: string | null = null): Verification => ({
  outcome: 'right',
  accountId,
  person: { ...claire, ...person },
});
const accounts = () => listAccounts(portal, 100);
const create = async (address: string) => {
  const made = await createAccount(portal, testOperator(), { address, givenName: 'Claire', familyName: 'Martin', password: testPassword });
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.value.id;
};
const lastEvents = async (count: number) => (await events(portal)).slice(-count);

describe('the first sign-in', () => {
  test('makes the account from what the directory says, and goes on with the code by e-mail', async () => {
    expect(await signIn(right())).toMatchObject({ ok: true });
    const [account] = await accounts();
    expect(account).toMatchObject({
      address: 'claire.martin@inserm.fr',
      givenName: 'Claire',
      familyName: 'Martin',
      kind: 'internal',
      affiliations: ['member', 'faculty'],
      status: 'active',
      directoryId: claire.directoryId,
    });
    expect((await events(portal)).map(({ type, accountId }) => [type, accountId])).toEqual([
      ['account-created', account?.id],
      ['password-right', account?.id],
      ['email-code-sent', account?.id],
    ]);
    expect((await letters(portal)).map(({ to }) => to)).toEqual(['claire.martin@inserm.fr']);
  });

  test('takes over the account that was there before the directory, by its address, with all it has', async () => {
    const id = await create('claire.martin@inserm.fr');
    expect(await signIn(right({ familyName: 'Martin-Dupont' }))).toMatchObject({ ok: true });
    expect(await accounts()).toMatchObject([{ id, familyName: 'Martin-Dupont', directoryId: claire.directoryId }]);
    expect((await events(portal)).find(({ type }) => type === 'account-refreshed')?.data).toEqual({ what: 'directoryId familyName affiliations' });
  });

  test('of two browsers at once makes one account', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => signIn(right())));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await accounts()).toHaveLength(1);
  });

  test.each([
    ['no first name', { givenName: '' }],
    ['a name that would break a line', { familyName: 'Martin\r\nBcc: x@y.fr' }],
    ['an address of elsewhere', { addresses: ['claire@exemple.fr'] }, 'claire@exemple.fr'],
  ])('with %s makes none, says why, and costs no try', async (_name, person, address = 'claire.martin@inserm.fr') => {
    const before = await snapshot(portal, 'attempts');
    for (let i = 0; i < 6; i++) expect(await signIn(right(person), address)).toEqual({ ok: false, problems: [{ code: 'directory-incomplete' }] });
    expect(await snapshot(portal, 'attempts')).toBe(before);
  });
});

describe('every other sign-in', () => {
  beforeEach(() => signIn(right()));

  test('changes nothing where nothing has changed', async () => {
    const before = await accounts();
    await signIn(right());
    expect(await accounts()).toEqual(before);
    expect((await events(portal)).filter(({ type }) => type === 'account-refreshed')).toEqual([]);
  });

  test('brings names, kind and affiliations up to date', async () => {
    const changed = { addresses: ['claire.martin@ext.inserm.fr'], givenName: 'Clara', affiliations: ['affiliate'] };
    const [before] = await accounts();
    expect(await signIn(right(changed, before?.id ?? null), 'claire.martin@ext.inserm.fr')).toMatchObject({ ok: true });
    expect(await accounts()).toMatchObject([
      { id: before?.id, address: 'claire.martin@ext.inserm.fr', givenName: 'Clara', kind: 'external', affiliations: ['affiliate'] },
    ]);
  });

  test('SEC-44: a changed address is told to the old mailbox and to the new one, neither named whole; other changes are no letter', async () => {
    const [before] = await accounts();
    const sentBefore = (await letters(portal)).length;
    await signIn(right({ givenName: 'Clara' }, before?.id ?? null));
    expect(await letters(portal)).toHaveLength(sentBefore);
    await signIn(right({ addresses: ['claire.dupont@inserm.fr'] }, before?.id ?? null), 'claire.dupont@inserm.fr');
    const told = (await letters(portal)).filter(({ kind }) => kind === 'address-changed');
    expect(told.map(({ to }) => to)).toEqual(['claire.martin@inserm.fr', 'claire.dupont@inserm.fr']);
    for (const { text } of told) {
      expect(text).toContain('c•••n@inserm.fr');
      expect(text).toContain('c•••t@inserm.fr');
      expect(text).not.toMatch(/claire\.(martin|dupont)/);
    }
  });

  test('by another address of the same person keeps the account and its address', async () => {
    const [before] = await accounts();
    expect(await signIn(right({}, before?.id ?? null), 'c.martin@inserm.fr')).toMatchObject({ ok: true });
    expect(await accounts()).toEqual([before]);
    expect((await lastEvents(1))[0]).toMatchObject({ accountId: before?.id });
  });

  test('of somebody else who was given the address does not open the account', async () => {
    const [before] = await accounts();
    const other = { directoryId: '3f0c7a52-0000-4000-8000-000000000002', givenName: 'Chloé' };
    expect(await signIn(right(other))).toEqual({ ok: false, problems: [{ code: 'directory-ambiguous' }] });
    expect(await accounts()).toEqual([before]);
  });

  test('does not take the address of another account', async () => {
    const id = await create('jean.petit@inserm.fr');
    const [claires] = (await accounts()).filter((account) => account.id !== id);
    expect(await signIn(right({ addresses: ['jean.petit@inserm.fr'] }, claires?.id ?? null), 'jean.petit@inserm.fr')).toEqual({
      ok: false,
      problems: [{ code: 'directory-ambiguous' }],
    });
    expect(await findAccountAt(portal, 'jean.petit@inserm.fr')).toMatchObject({ id, directoryId: null });
  });

  test('is wrong once the account is disabled, even if the directory says yes', async () => {
    await setAccountStatus(portal, testOperator(), 'claire.martin@inserm.fr', 'disabled');
    expect(await signIn(right({ givenName: 'Clara' }))).toEqual({ ok: false, problems: [{ code: 'wrong-credentials' }] });
    expect(await accounts()).toMatchObject([{ givenName: 'Claire' }]);
  });

  test('by an alias of an account that was disabled before it had a number is wrong too', async () => {
    await create('anna.roy@inserm.fr');
    await setAccountStatus(portal, testOperator(), 'anna.roy@inserm.fr', 'disabled');
    const anna = { directoryId: '3f0c7a52-0000-4000-8000-000000000003', addresses: ['anna.roy@inserm.fr', 'a.roy@inserm.fr'] };
    expect(await signIn(right(anna), 'a.roy@inserm.fr')).toEqual({ ok: false, problems: [{ code: 'wrong-credentials' }] });
  });
});

describe('what else a directory answers', () => {
  const answer = (outcome: 'expired' | 'must-change' | 'locked') => ({ outcome, accountId: null }) as const;
  test.each([
    ['expired', 'password-expired'],
    ['must-change', 'password-must-change'],
  ] as const)('%s is told, costs no try, and lets nobody in', async (outcome, code) => {
    for (let i = 0; i < 6; i++) expect(await signIn(answer(outcome))).toEqual({ ok: false, problems: [{ code }] });
    expect((await lastEvents(1))[0]).toMatchObject({ type: 'password-wrong', data: { try: outcome } });
    expect(await accounts()).toEqual([]);
    expect(await letters(portal)).toEqual([]);
  });

  test('SEC-07: locked there is wrong here, since the directory says it to anybody; the log knows better', async () => {
    expect(await signIn(answer('locked'))).toEqual({ ok: false, problems: [{ code: 'wrong-credentials' }] });
    expect((await lastEvents(1))[0]).toMatchObject({ type: 'password-wrong', data: { try: 'locked' } });
  });

  test('SEC-05: who must wait is told nothing of it', async () => {
    for (let i = 0; i < 4; i++) await signIn({ outcome: 'wrong', accountId: null });
    // The adapter is then asked for nobody, and answers `wrong`.
    expect(await signIn({ outcome: 'wrong', accountId: null })).toEqual({ ok: false, problems: [{ code: 'wrong-credentials' }] });
  });

  test('two entries with one address: said plainly, and no try is counted', async () => {
    for (let i = 0; i < 6; i++) expect(await signIn(new AmbiguousAddress('two'))).toEqual({ ok: false, problems: [{ code: 'directory-ambiguous' }] });
    expect(await signIn(right())).toMatchObject({ ok: true });
  });

  test('a password that its owner has disowned stays wrong, expired or not', async () => {
    await signIn(right());
    const [account] = await accounts();
    await portal.store.write(portal.store.db.update(portal.store.s.accounts).set({ passwordFrozenAt: 1 }));
    for (const verified of [right({}, account?.id ?? null), { outcome: 'expired', accountId: account?.id ?? null } as const])
      expect(await signIn(verified)).toEqual({ ok: false, problems: [{ code: 'wrong-credentials' }] });
  });
});
