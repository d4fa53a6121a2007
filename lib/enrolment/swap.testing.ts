// The secret that an authenticator app would have scanned from the wizard's page, for tests.
import { findPendingFactor } from '#db/pending-factors';
import type { Portal } from '../portal.ts';

/** Throws when none is pending. */
export async function pendingKey(portal: Portal, accountId: string): Promise<Buffer> {
  const pending = await portal.store.read((tx) => findPendingFactor(tx, accountId));
  if (!pending) throw new Error('No secret waits to be scanned.');
  return portal.secrets.open(`factors:${pending.id}`, pending.secret);
}
