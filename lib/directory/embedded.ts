// The directory for institutes that have none: Argon2id hashes beside the accounts.
import { findCredential, replacePasswordHash, setPasswordHash } from '#db/passwords';
import type { Store } from '#db/unit';
import { foldAddress } from '../accounts/rules.ts';
import type { Hashing } from '../hashing.ts';
import { foldPassword, isHashable } from '../passwords/rules.ts';
import type { Directory } from './directory.ts';

interface Needs {
  readonly store: Store;
  readonly hashing: Hashing;
  now(): number;
}

export function embeddedDirectory({ store, hashing, now }: Needs): Directory {
  return {
    async verifyPassword(address, password) {
      const found = await store.read((tx) => findCredential(tx, foldAddress(address) ?? ''));
      // Whatever can't be right is compared with nobody's hash instead of not at all: same work, same time (SEC-08, SEC-13).
      const hashable = isHashable(password);
      const plain = hashable ? foldPassword(password) : '';
      const stored = found?.status === 'active' && hashable && plain !== '' ? found.hash : null;
      const { right, stale } = await hashing.verify(stored, plain);
      if (!found || !right || stored === null) return { outcome: 'wrong', accountId: found?.accountId ?? null };
      if (stale) {
        const renewed = await hashing.hash(plain);
        await store.unit(found.accountId, (tx) => replacePasswordHash(tx, found.accountId, stored, renewed));
      }
      return { outcome: 'right', accountId: found.accountId };
    },
    async setPassword(accountId, password) {
      const hash = await hashing.hash(foldPassword(password));
      const at = now();
      return { outcome: 'ready', commit: (tx) => setPasswordHash(tx, accountId, hash, at) };
    },
    personOf: null,
    stillThere: null,
    roleOf: null,
    complaints: async () => [],
    close() {},
  };
}
