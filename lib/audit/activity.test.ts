// What a person reads of what happened to their account.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestPortal, testAccount, testPortal, testVisitor } from '../portal.testing.ts';
import { activityKinds, eventTypes, eventTypesOf } from './events.ts';
import { activityOf } from './facts.ts';
import { recordEvent } from './record-event.ts';

let portal: TestPortal;
beforeEach(async () => {
  portal = await testPortal();
});
afterEach(() => portal.close());

const record = (accountId: string, type: (typeof eventTypes)[number], data = {}) =>
  portal.store.unit(accountId, (tx) => recordEvent(tx, portal.now(), testVisitor, { type, accountId, data }));

test('every event is of one kind', () => {
  const sorted = activityKinds.flatMap((kind) => eventTypesOf(kind));
  expect([...sorted].sort()).toEqual([...eventTypes].sort());
  expect(eventTypesOf(null)).toEqual(eventTypes);
  expect(eventTypesOf('protection')).toContain('password-changed');
  expect(eventTypesOf('sign-in')).toContain('password-wrong');
});

test('a person reads their own events alone, the newest first, page after page, each once', async () => {
  const [claire, paul] = [await testAccount(portal), await testAccount(portal, { address: 'paul.durand@inserm.fr' })];
  const all = { limit: 2, kind: null, before: null };
  const before = (await activityOf(portal, claire.id, { ...all, limit: 100 })).happenings.length;
  for (const type of ['password-right', 'totp-wrong', 'totp-right', 'consent-given'] as const) await record(claire.id, type);
  await record(paul.id, 'password-changed');
  const first = await activityOf(portal, claire.id, all);
  expect(first.happenings.map(({ type }) => type)).toEqual(['consent-given', 'totp-right']);
  const second = await activityOf(portal, claire.id, { ...all, before: first.more });
  expect(second.happenings.map(({ type }) => type)).toEqual(['totp-wrong', 'password-right']);
  expect((await activityOf(portal, claire.id, { ...all, limit: 100, before: second.more })).happenings).toHaveLength(before);
  const sharing = await activityOf(portal, claire.id, { ...all, kind: 'sharing' });
  expect(sharing.happenings.map(({ type }) => type)).toEqual(['consent-given']);
  expect(sharing.more).toBeNull();
});

test('names come with the event; an application that is gone keeps its id', async () => {
  const claire = await testAccount(portal);
  await record(claire.id, 'factor-added', { name: 'Pixel de Claire' });
  await record(claire.id, 'signed-in', { application: 'gone' });
  const { happenings } = await activityOf(portal, claire.id, { limit: 2, kind: null, before: null });
  expect(happenings).toMatchObject([
    { type: 'signed-in', application: 'gone', byOthers: false },
    { type: 'factor-added', factor: 'Pixel de Claire', network: testVisitor.network },
  ]);
});
