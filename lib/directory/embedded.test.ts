// The embedded directory.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { createHashing } from '../hashing.ts';
import { type TestPortal, testAccount, testPortal } from '../portal.testing.ts';
import { directoryContract } from './directory.testing.ts';
import { embeddedDirectory } from './embedded.ts';

let portal: TestPortal;
beforeEach(async () => {
  portal = await testPortal();
});
afterEach(() => portal.close());

const storedHash = async (accountId: string) => {
  const rows = await portal.store.db.select().from(portal.store.s.passwords);
  return rows.find((row) => row.accountId === accountId)?.hash ?? '';
};

describe.each(engines())('on $name', ({ open }) =>
  directoryContract(async () => {
    const own = await testPortal({ store: await open() });
    return {
      portal: own,
      async person(address, password) {
        const { id } = await testAccount(own, { address, ...(password !== null && { password }) });
        if (password === null) await own.store.write(own.store.db.delete(own.store.s.passwords).where(eq(own.store.s.passwords.accountId, id)));
        return id;
      },
      close: () => own.close(),
    };
  }),
);

test('SEC-11: Argon2id with its parameters, a 128-bit salt and a pepper; made again when the cost was raised', async () => {
  const { id, address, password } = await testAccount(portal);
  const before = await storedHash(id);
  expect(before).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$[A-Za-z0-9+/]{22}\$/);
  const hashing = createHashing({ memoryKiB: 64, passes: 2 }, portal.secrets.pepper);
  const dearer = embeddedDirectory({ store: portal.store, hashing, now: portal.now });
  await dearer.verifyPassword(address, 'wrong');
  expect(await storedHash(id)).toBe(before);
  expect(await dearer.verifyPassword(address, password)).toMatchObject({ outcome: 'right' });
  expect(await storedHash(id)).toMatch(/\$m=64,t=2,p=1\$/);
  const unpeppered = embeddedDirectory({
    store: portal.store,
    hashing: createHashing({ memoryKiB: 64, passes: 2 }, Buffer.alloc(32)),
    now: portal.now,
  });
  expect(await unpeppered.verifyPassword(address, password)).toMatchObject({ outcome: 'wrong' });
});

describe('SEC-08: every answer costs one hash', () => {
  test.each([
    ['unknown', 'personne@inserm.fr', 'Les sept girafes lisent'],
    ['wrong', 'claire.martin@inserm.fr', 'Les sept girafes dorment'],
    ['empty', 'claire.martin@inserm.fr', ''],
    ['a megabyte', 'claire.martin@inserm.fr', 'x'.repeat(1_000_000)],
    ['a megabyte for an unknown address', 'personne@inserm.fr', 'x'.repeat(1_000_000)],
    ['disabled', 'closed@inserm.fr', 'Les sept girafes lisent'],
    ['right', 'claire.martin@inserm.fr', 'Les sept girafes lisent'],
  ])('%s', async (_name, address, password) => {
    await testAccount(portal);
    const closed = await testAccount(portal, { address: 'closed@inserm.fr' });
    await portal.store.write(
      portal.store.db.update(portal.store.s.accounts).set({ status: 'disabled' }).where(eq(portal.store.s.accounts.id, closed.id)),
    );
    const compared: { known: boolean; length: number }[] = [];
    const counting = embeddedDirectory({
      store: portal.store,
      now: portal.now,
      hashing: {
        hash: portal.hashing.hash,
        load: portal.hashing.load,
        verify(stored, plain) {
          compared.push({ known: stored !== null, length: plain.length });
          return portal.hashing.verify(stored, plain);
        },
      },
    });
    await counting.verifyPassword(address, password);
    expect(compared).toHaveLength(1);
    expect(compared[0]?.length).toBeLessThanOrEqual(1024);
  });
});
