'use client';
// What this telephone keeps, in its browser: for each account its key, its counter and where its pairing stands. The worker reads the same.
import type { PublicKey, Unlock } from '#lib/factors/phone/rules';

interface Kept {
  readonly factorId: string;
  readonly address: string;
  readonly personName: string;
  /** Of the codes that it can show: an HMAC key that no script can read. */
  readonly codes: CryptoKey;
  /** What it subscribes to notifications with. */
  readonly pushKey: string;
  /** The last one used. */
  readonly counter: number;
}

/** Being paired: nobody's yet. */
export interface Pairing extends Kept {
  readonly step: 'claimed' | 'finishing' | 'finished';
  readonly claim: string;
  readonly nonce: string;
  /** For its platform authenticator: JSON. */
  readonly question: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** Written before the portal is told of it: the portal must not know a key that is lost. */
  readonly key: CryptoKey | null;
  readonly publicKey: PublicKey | null;
  readonly unlock: Unlock | null;
}

export interface Device extends Kept {
  readonly step: 'ready';
  readonly key: CryptoKey;
  readonly unlock: Unlock;
}
export type Record = Pairing | Device;

// Spelt the same in public/authenticator/worker.js.
const database = 'authenticator';
const store = 'devices';

const answer = <Value>(request: IDBRequest<Value>) =>
  new Promise<Value>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opened: Promise<IDBDatabase> | undefined;

/** Rejects where the browser keeps nothing: private windows of some browsers. */
function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'factorId' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** On the disk, and not only on its way there, once it resolves. */
async function written<Value>(act: (devices: IDBObjectStore) => Promise<Value>): Promise<Value> {
  const transaction = (await open()).transaction(store, 'readwrite', { durability: 'strict' });
  const complete = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  const value = await act(transaction.objectStore(store));
  await complete;
  return value;
}

export const listRecords = async (): Promise<Record[]> => answer((await open()).transaction(store).objectStore(store).getAll());

export const putRecord = (record: Record): Promise<void> =>
  written(async (devices) => {
    await answer(devices.put(record));
  });

export const deleteRecord = (factorId: string): Promise<void> =>
  written(async (devices) => {
    await answer(devices.delete(factorId));
  });

/** The next counter, each given out once, also by the worker and by other tabs. Null when the telephone is no longer kept. */
export const takeCounter = (factorId: string): Promise<{ readonly key: CryptoKey; readonly counter: number } | null> =>
  written(async (devices) => {
    const record: Record | undefined = await answer(devices.get(factorId));
    if (!record?.key) return null;
    const counter = record.counter + 1;
    await answer(devices.put({ ...record, counter }));
    return { key: record.key, counter };
  });

/** What a telephone needs of its browser: keys that can be used and not read, and a place to keep them. */
export async function isFit(): Promise<boolean> {
  try {
    return typeof crypto.subtle === 'object' && Array.isArray(await listRecords());
  } catch {
    return false;
  }
}
