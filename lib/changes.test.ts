// Who watches an account hears of what is done to it, and of nothing else.
import { expect, test } from 'vitest';
import { q, type Script } from '#db/unit';
import { createChanges } from './changes.ts';
import { testPortal } from './portal.testing.ts';

test('each unit of an account tells those who watch it, once it is done, and nobody else', async () => {
  const portal = await testPortal();
  const heard: string[] = [];
  const stop = portal.changes.listen('claire', () => heard.push('claire'));
  portal.changes.listen('karim', () => heard.push('karim'));
  await portal.store.unit('claire', function* () {});
  expect(heard).toEqual(['claire']);
  await expect(
    portal.store.unit('claire', function* (tx): Script<void> {
      yield* q(tx.db.select().from(tx.s.accounts));
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  stop();
  await portal.store.unit('claire', function* () {});
  expect(heard).toEqual(['claire']);
  await portal.close();
});

test('who stops listening while being told is not missed by the others', () => {
  const changes = createChanges();
  const heard: number[] = [];
  const stop = changes.listen('a', () => {
    heard.push(1);
    stop();
  });
  changes.listen('a', () => heard.push(2));
  changes.tell('a');
  changes.tell('a');
  expect(heard).toEqual([1, 2, 2]);
});
