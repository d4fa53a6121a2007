// The keys by which push services know the portal: made once, kept for ever, readable with the ring alone.
import { expect, test } from 'vitest';
import { engines } from '#db/testing';
import { resealSecrets } from '../operations/reseal-secrets.ts';
import { testPortal } from '../portal.testing.ts';
import { createSecrets, newKeyRing, newSealingKey } from '../secrets.ts';
import { vapidKeys } from './vapid.ts';

const rowsOf = async ({ store }: Awaited<ReturnType<typeof testPortal>>) => store.db.select().from(store.s.vapidKeys);

test('keys are made at the first need and stay the same', async () => {
  const portal = await testPortal();
  expect(await rowsOf(portal)).toEqual([]);
  const keys = await vapidKeys(portal);
  expect(Buffer.from(keys.publicKey, 'base64url')).toHaveLength(65);
  expect(Buffer.from(keys.privateKey, 'base64url')).toHaveLength(32);
  expect(await vapidKeys(portal)).toEqual(keys);
  expect(await rowsOf(portal)).toHaveLength(1);
  await portal.close();
});

test('the private key is sealed for its row, and a ring without the key that sealed it says so', async () => {
  const portal = await testPortal();
  const { privateKey } = await vapidKeys(portal);
  const [row] = await rowsOf(portal);
  expect(row?.privateKey.toString('latin1')).not.toContain(privateKey);
  expect(() => portal.secrets.open('vapid_keys:another', row?.privateKey ?? Buffer.alloc(0))).toThrow();
  const ring = newKeyRing();
  await expect(vapidKeys({ ...portal, secrets: createSecrets(() => ring) })).rejects.toThrow('not in the key ring');
  expect(await rowsOf(portal)).toHaveLength(1);
  await portal.close();
});

test('sealed again with a new key, they are the same keys: no phone has to subscribe again', async () => {
  const portal = await testPortal();
  const older = newKeyRing();
  const before = await vapidKeys({ ...portal, secrets: createSecrets(() => older) });
  const added = { ...older, sealing: [newSealingKey(), ...older.sealing] };
  expect(await resealSecrets({ store: portal.store, secrets: createSecrets(() => added) })).toBe(1);
  const newer = { ...added, sealing: added.sealing.slice(0, 1) };
  expect(await vapidKeys({ ...portal, secrets: createSecrets(() => newer) })).toEqual(before);
  await portal.close();
});

for (const engine of engines()) {
  test(`${engine.name}: two portals that need them at once on an empty store share one pair`, async () => {
    const [one, two] = await engine.openTwice();
    try {
      const first = await testPortal({ store: one });
      const second = { ...(await testPortal({ store: two })), secrets: first.secrets };
      const [a, b] = await Promise.all([vapidKeys(first), vapidKeys(second)]);
      expect(a).toEqual(b);
      expect(await rowsOf(first)).toHaveLength(1);
    } finally {
      await one.close();
      await two.close();
    }
  });
}
