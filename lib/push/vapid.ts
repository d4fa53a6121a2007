// The key pair by which push services know this portal (RFC 8292). Made once: browsers are subscribed with it, and with no other.
import webPush from 'web-push';
import type { Store } from '#db/unit';
import { insertVapidKeys, listVapidKeys } from '#db/vapid-keys';
import { newId } from '../ids.ts';
import type { Secrets } from '../secrets.ts';
import { vapidKeySeal } from './rules.ts';

export interface VapidKeys {
  /** P-256, base64url: an uncompressed point, and 32 bytes. */
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Makes them when there are none; two portals that begin at once get the same. Throws when the ring no longer opens them. */
export async function vapidKeys({ store, secrets, now }: { store: Store; secrets: Secrets; now(): number }): Promise<VapidKeys> {
  let [row] = await store.read((tx) => listVapidKeys(tx));
  if (!row) {
    const { publicKey, privateKey } = webPush.generateVAPIDKeys();
    const id = newId();
    const made = { id, publicKey, privateKey: secrets.seal(vapidKeySeal(id), privateKey), createdAt: now() };
    [row] = await store.unit('vapid-keys', function* (tx) {
      const others = yield* listVapidKeys(tx);
      if (others.length) return others;
      yield* insertVapidKeys(tx, made);
      return [made];
    });
  }
  if (!row) throw new Error('There are no VAPID keys.');
  return { publicKey: row.publicKey, privateKey: secrets.open(vapidKeySeal(row.id), row.privateKey).toString() };
}
