// Roles: given and taken on the server, by name, and read at each request.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { events, snapshot, type TestPortal, testAccount, testOperator, testPortal } from '../portal.testing.ts';
import { roleHolders, roleOf } from './facts.ts';
import { giveRole } from './give-role.ts';
import { mayBeKnownByWords, roles } from './rules.ts';
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

test('whoever has a role is never known by answers or a pass', () => {
  expect(mayBeKnownByWords(null)).toBe(true);
  for (const role of roles) expect(mayBeKnownByWords(role)).toBe(false);
});
