// Seals everything that lives for long with the ring's first key, so that older keys can be taken off the ring.
import { type SealedBytes, sealedColumns } from '#db/sealed';
import type { Portal } from '../portal.ts';

const page = 200;

/** Row by row, while the portal runs. @returns how many were sealed with an older key */
export async function resealSecrets({ store, secrets }: Pick<Portal, 'store' | 'secrets'>): Promise<number> {
  const newest = secrets.keyIdOf(secrets.seal('', ''));
  let resealed = 0;
  for (const [table, { list, replace }] of Object.entries(sealedColumns)) {
    for (let after = '', full = true; full; ) {
      const rows: SealedBytes[] = await store.read((tx) => list(tx, after, page));
      for (const { key, boundTo, bytes } of rows) {
        if (secrets.keyIdOf(bytes) === newest) continue;
        const place = `${table}:${boundTo}`;
        const sealed = secrets.seal(place, secrets.open(place, bytes));
        await store.unit(key, (tx) => replace(tx, key, bytes, sealed));
        resealed++;
      }
      full = rows.length === page;
      after = rows.at(-1)?.key ?? after;
    }
  }
  return resealed;
}
