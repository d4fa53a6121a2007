// Slow hashes: right, wrong and absent cost the same work, and there are never more at once than the machine can do.
import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { Busy, createHashing } from './hashing.ts';

const cost = { memoryKiB: 64, passes: 2 };
const pepper = Buffer.alloc(32, 7);
const hashing = createHashing(cost, pepper);

test('SEC-11: the hash is Argon2id with the chosen parameters and a salt of its own', async () => {
  const [a, b] = [await hashing.hash('Les sept girafes'), await hashing.hash('Les sept girafes')];
  expect(a).toMatch(/^\$argon2id\$v=19\$m=64,t=2,p=1\$/);
  expect(a).not.toBe(b);
  const salt = a.split('$')[4] ?? '';
  expect(Buffer.from(salt, 'base64').length).toBeGreaterThanOrEqual(16);
});

test('SEC-11: the right password is right, another or a missing one is not', async () => {
  const stored = await hashing.hash('Les sept girafes');
  expect(await hashing.verify(stored, 'Les sept girafes')).toEqual({ right: true, stale: false });
  expect(await hashing.verify(stored, 'Les sept girafe')).toEqual({ right: false, stale: false });
  expect(await hashing.verify(null, 'nobody has this')).toEqual({ right: false, stale: false });
});

test('SEC-01: the whole password counts, its 73rd character and its last', async () => {
  const long = 'x'.repeat(200);
  const stored = await hashing.hash(long);
  expect((await hashing.verify(stored, `${'x'.repeat(72)}y${'x'.repeat(127)}`)).right).toBe(false);
  expect((await hashing.verify(stored, `${'x'.repeat(199)}y`)).right).toBe(false);
  expect((await hashing.verify(stored, long)).right).toBe(true);
});

test('SEC-11: without the pepper, which no database holds, the hash is of no use', async () => {
  const stored = await hashing.hash('Les sept girafes');
  expect((await createHashing(cost, Buffer.alloc(32, 8)).verify(stored, 'Les sept girafes')).right).toBe(false);
});

test('SEC-11: a hash with weaker parameters is right and stale', async () => {
  const weak = await createHashing({ memoryKiB: 32, passes: 1 }, pepper).hash('Les sept girafes');
  expect(await hashing.verify(weak, 'Les sept girafes')).toEqual({ right: true, stale: true });
  const stronger = await createHashing({ memoryKiB: 128, passes: 3 }, pepper).hash('Les sept girafes');
  expect(await hashing.verify(stronger, 'Les sept girafes')).toEqual({ right: true, stale: false });
});

test('SEC-13: what exceeds the queue is refused at once, and the queue then empties in order', async () => {
  const short = createHashing(cost, pepper, 2);
  const room = availableParallelism() + 2;
  const outcomes = await Promise.allSettled(Array.from({ length: room + 5 }, () => short.hash('x')));
  const refusals = outcomes.filter((o) => o.status === 'rejected');
  expect(refusals).toHaveLength(5);
  expect(refusals.every((o) => o.reason instanceof Busy)).toBe(true);
  await expect(short.hash('x')).resolves.toBeTruthy();
});

test('SEC-08: a queue that was full at the first unknown address does not answer for all the others', async () => {
  const short = createHashing(cost, pepper, 0);
  const running = Array.from({ length: availableParallelism() }, () => short.hash('x'));
  await expect(short.verify(null, 'x')).rejects.toThrow(Busy);
  await Promise.all(running);
  await expect(short.verify(null, 'x')).resolves.toEqual({ right: false, stale: false });
});
