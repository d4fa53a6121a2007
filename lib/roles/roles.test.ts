// Roles: given and taken on the server, by name, and read at each request.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { activityOf } from '../audit/facts.ts';
import { AmbiguousAddress, DirectoryUnavailable } from '../directory/directory.ts';
import { days } from '../duration.ts';
import { Busy } from '../hashing.ts';
import { events, snapshot, type TestPortal, testAccount, testOperator, testPortal, testStart } from '../portal.testing.ts';
import type { Portal } from '../portal.ts';
import { readRole, roleHolders, roleOf, roleToShow } from './facts.ts';
import { giveRole } from './give-role.ts';
import { mayBeKnownByWords, type Role, roles } from './rules.ts';
import { takeRole } from './take-role.ts';

let portal: TestPortal;
beforeEach(async () => {
  portal = await testPortal();
});
afterEach(() => portal.close());

const operator = testOperator();

test('SEC-75: a role counts from the next request on, and is gone at the next one', async () => {
  const claire = await testAccount(portal);
  expect(await roleOf(portal, claire.id)).toBeNull();
  expect(await giveRole(portal, operator, { address: ' Claire.Martin@inserm.fr', role: 'agent' })).toEqual({ ok: true, value: { changed: true } });
  expect(await roleOf(portal, claire.id)).toBe('agent');
  expect(await giveRole(portal, operator, { address: claire.address, role: 'administrator' })).toEqual({ ok: true, value: { changed: true } });
  expect(await roleHolders(portal)).toMatchObject([
    { accountId: claire.id, address: claire.address, role: 'administrator', givenAt: portal.now(), givenBy: 'cli:test' },
  ]);
  expect(await takeRole(portal, operator, { address: claire.address })).toEqual({ ok: true, value: { had: 'administrator' } });
  expect(await roleOf(portal, claire.id)).toBeNull();
  expect((await events(portal)).slice(-3)).toMatchObject([
    { type: 'role-given', accountId: claire.id, actor: 'cli:test', data: { role: 'agent', before: null } },
    { type: 'role-given', data: { role: 'administrator', before: 'agent' } },
    { type: 'role-taken', data: { role: 'administrator' } },
  ]);
});

test('twice is once: nothing is written', async () => {
  const claire = await testAccount(portal);
  await giveRole(portal, operator, { address: claire.address, role: 'agent' });
  const before = await snapshot(portal);
  expect(await giveRole(portal, operator, { address: claire.address, role: 'agent' })).toEqual({ ok: true, value: { changed: false } });
  expect(await snapshot(portal)).toBe(before);
});

test('nobody’s address and no such role change nothing', async () => {
  const claire = await testAccount(portal);
  const before = await snapshot(portal);
  expect(await giveRole(portal, operator, { address: claire.address, role: 'king' })).toMatchObject({
    ok: false,
    problems: [{ code: 'unknown-role' }],
  });
  expect(await giveRole(portal, operator, { address: 'nobody@inserm.fr', role: 'agent' })).toMatchObject({
    problems: [{ code: 'unknown-account' }],
  });
  expect(await giveRole(portal, operator, { address: 'a@inserm.fr,b@inserm.fr', role: 'agent' })).toMatchObject({
    problems: [{ code: 'unknown-account' }],
  });
  expect(await takeRole(portal, operator, { address: 'nobody@inserm.fr' })).toMatchObject({ problems: [{ code: 'unknown-account' }] });
  expect(await takeRole(portal, operator, { address: claire.address })).toEqual({ ok: true, value: { had: null } });
  expect(await snapshot(portal)).toBe(before);
});

const group = 'cn=assistance,ou=groups,dc=inserm,dc=fr';

describe('with groups of a directory elsewhere', () => {
  /** An account that belongs to an entry there. */
  const linked = async (address = 'claire.martin@inserm.fr') => {
    const account = await testAccount(portal, { address });
    const { accounts } = portal.store.s;
    await portal.store.write(
      portal.store.db
        .update(accounts)
        .set({ directoryId: `of ${address}` })
        .where(eq(accounts.id, account.id)),
    );
    return account;
  };
  test('SEC-75: an account that only has the address of somebody in a group gets no role by it, and loses what a role takes away', async () => {
    const claire = await testAccount(portal);
    const says: Portal['directory'] = { ...portal.directory, roleOf: async () => ({ role: 'administrator', group }) };
    expect(await roleOf({ ...portal, directory: says }, claire.id)).toBeNull();
    expect(await portal.store.read((tx) => readRole(tx, claire.id))).toBe('administrator');
    await giveRole(portal, operator, { address: claire.address, role: 'agent' });
    expect(await roleOf({ ...portal, directory: says }, claire.id)).toBe('agent');
  });

  const given = async (role: Role | null, answer: Role | null | Error) => {
    const claire = await linked(`${role}@inserm.fr`);
    if (role) await giveRole(portal, operator, { address: claire.address, role });
    let asked = 0;
    const directory: Portal['directory'] = {
      ...portal.directory,
      async roleOf({ address }) {
        expect(address).toBe(claire.address);
        asked++;
        if (answer instanceof Error) throw answer;
        return answer && { role: answer, group };
      },
    };
    return {
      id: claire.id,
      asked: () => asked,
      role: roleOf({ ...portal, directory }, claire.id),
      nobody: roleOf({ ...portal, directory }, 'nobody'),
    };
  };

  test.each([
    [null, null, null],
    [null, 'agent', 'agent'],
    ['agent', null, 'agent'],
    ['agent', 'lead-agent', 'lead-agent'],
    ['lead-agent', 'agent', 'lead-agent'],
    ['administrator', 'agent', 'administrator'],
    [null, 'administrator', 'administrator'],
  ] as const)('SEC-75: given here %j, there %j: the higher one counts, %j', async (here, there, expected) => {
    const asked = await given(here, there);
    expect(await asked.role).toBe(expected);
    expect(await asked.nobody).toBeNull();
    expect(asked.asked()).toBe(here === 'administrator' ? 0 : 1);
  });

  test('what was said last is remembered for whatever a role takes away, until something else is said', async () => {
    const claire = await linked();
    const says = (role: Role | null) =>
      roleOf({ ...portal, directory: { ...portal.directory, roleOf: async () => role && { role, group } } }, claire.id);
    const remembered = () => portal.store.read((tx) => readRole(tx, claire.id));
    await says('agent');
    expect(await remembered()).toBe('agent');
    portal.clock.advance(days(1));
    await says('agent');
    expect(await roleHolders(portal)).toEqual([
      { accountId: claire.id, address: claire.address, role: 'agent', givenAt: testStart, givenBy: 'directory' },
    ]);
    await giveRole(portal, operator, { address: claire.address, role: 'lead-agent' });
    expect(await remembered()).toBe('lead-agent');
    expect((await roleHolders(portal)).map(({ role, givenBy }) => [role, givenBy])).toEqual([
      ['lead-agent', 'cli:test'],
      ['agent', 'directory'],
    ]);
    await takeRole(portal, operator, { address: claire.address });
    expect(await remembered()).toBe('agent');
    await says(null);
    expect(await remembered()).toBeNull();
    await says('administrator');
    // Moved back: there is no directory elsewhere any more.
    expect(await roleOf(portal, claire.id)).toBeNull();
    expect(await remembered()).toBeNull();
  });

  test.each([[new DirectoryUnavailable('down')], [new Busy('full')], [new AmbiguousAddress('two')]])(
    'SEC-75: while it does not answer (%s), only what was given here counts',
    async (error) => {
      expect(await (await given('agent', error)).role).toBe('agent');
      await expect((await given(null, error)).role).rejects.toThrow(DirectoryUnavailable);
      // What is shown is what was said last.
      const jean = await linked('jean.petit@inserm.fr');
      const says = (roleOf: NonNullable<Portal['directory']['roleOf']>) =>
        roleToShow({ ...portal, directory: { ...portal.directory, roleOf } }, jean.id);
      expect(await says(async () => ({ role: 'lead-agent', group }))).toBe('lead-agent');
      expect(await says(() => Promise.reject(error))).toBe('lead-agent');
    },
  );
});

test('whoever has a role is never known by answers or a pass', () => {
  expect(mayBeKnownByWords(null)).toBe(true);
  for (const role of roles) expect(mayBeKnownByWords(role)).toBe(false);
});

describe.each(engines())('SEC-110: a role by a group, on $name', ({ open }) => {
  let there: TestPortal;
  beforeEach(async () => {
    there = await testPortal({ store: await open() });
  });
  afterEach(() => there.close());

  const asking = (accountId: string, role: Role | null, of = group) =>
    roleOf({ ...there, directory: { ...there.directory, roleOf: async () => role && { role, group: of } } }, accountId);
  const told = async () =>
    (await events(there)).filter(({ type }) => type.startsWith('role-')).map(({ type, actor, data }) => ({ type, actor, data: { ...data } }));

  test('each change is one event, however many requests hear of it, and no request is one', async () => {
    const { id } = await testAccount(there);
    await there.store.write(there.store.db.update(there.store.s.accounts).set({ directoryId: 'an entry' }).where(eq(there.store.s.accounts.id, id)));
    const many = (role: Role | null, of?: string) => Promise.all(Array.from({ length: 8 }, () => asking(id, role, of)));
    for (const role of [null, 'agent', 'agent', 'lead-agent', 'agent', null, null] as const) {
      there.clock.advance(days(1));
      await many(role, role === 'lead-agent' ? 'cn=leads' : group);
    }
    const counts = true;
    expect(await told()).toEqual([
      { type: 'role-given', actor: 'directory', data: { role: 'agent', before: null, group, counts } },
      { type: 'role-given', actor: 'directory', data: { role: 'lead-agent', before: 'agent', group: 'cn=leads', counts } },
      { type: 'role-given', actor: 'directory', data: { role: 'agent', before: 'lead-agent', group, counts } },
      { type: 'role-taken', actor: 'directory', data: { role: 'agent', group, counts } },
    ]);
    const { happenings } = await activityOf(there, id, { limit: 9, kind: null, before: null });
    expect(happenings.slice(0, 4).map(({ type, byOthers }) => [type, byOthers])).toEqual([
      ['role-taken', true],
      ['role-given', true],
      ['role-given', true],
      ['role-given', true],
    ]);
  });

  test('who only has the address of somebody in a group has none by it, and the event says so', async () => {
    const { id } = await testAccount(there);
    expect(await asking(id, 'agent')).toBeNull();
    expect(await told()).toMatchObject([{ type: 'role-given', data: { role: 'agent', counts: false } }]);
  });
});
