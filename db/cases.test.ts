// Cases and links, on both engines: of one event there is one case, and every link about it is spent together.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insertAccount } from './accounts.ts';
import { findCaseOfEvent, insertCase, listCasesOfAccount } from './cases.ts';
import { findDisavowal, insertDisavowal, setDisavowalsUsed } from './disavowals.ts';
import { engines } from './testing.ts';
import type { Store } from './unit.ts';

describe.each(engines())('on $name', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
    const person = { givenName: 'Claire', familyName: 'Martin', kind: 'internal', affiliations: [], status: 'active' } as const;
    await store.unit('a', (tx) => insertAccount(tx, { id: 'a', address: 'claire.martin@inserm.fr', ...person, affiliations: [], createdAt: 1 }, []));
  });
  afterEach(() => store.close());

  const row = (id: string, eventId: string | null) => ({ id, accountId: 'a', kind: 'not-me' as const, eventId, note: {}, openedAt: 1 });

  test('ten at once open one case about one event; calls for help are as many as they are', async () => {
    const opened = await Promise.all(Array.from({ length: 10 }, (_, i) => store.unit(`k${i}`, (tx) => insertCase(tx, row(`c${i}`, 'e')))));
    expect(opened.filter(Boolean)).toHaveLength(1);
    for (const id of ['h1', 'h2']) expect(await store.unit('a', (tx) => insertCase(tx, { ...row(id, null), kind: 'help' }))).toBe(true);
    expect(await store.read((tx) => listCasesOfAccount(tx, 'a'))).toHaveLength(3);
    expect(await store.read((tx) => findCaseOfEvent(tx, 'e'))).toMatchObject({ accountId: 'a', closedAt: null });
  });

  test('every link about one event is spent together, and none about another', async () => {
    const link = { accountId: 'a', createdAt: 1, expiresAt: 9 };
    await store.unit('a', function* (tx) {
      for (const [id, eventId] of [
        ['x', 'e'],
        ['y', 'e'],
        ['z', 'f'],
      ] as const)
        yield* insertDisavowal(tx, { ...link, id, eventId });
      yield* setDisavowalsUsed(tx, 'a', 'e', 5);
    });
    const used = await Promise.all(['x', 'y', 'z'].map(async (id) => (await store.read((tx) => findDisavowal(tx, id)))?.usedAt));
    expect(used).toEqual([5, 5, null]);
  });
});
