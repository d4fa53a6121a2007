// The worker stands alone, without a build: here it runs in a world of its own, and the portal judges what it says.
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addPhone, pairPhone } from '#lib/factors/add-phone';
import { phonesInPlace } from '#lib/factors/phone/facts';
import { claimPairing, finishPairing } from '#lib/factors/phone/pairing';
import { finishing, testKey, testProven, ticketOf } from '#lib/factors/phone/phone.testing';
import { verifyCall } from '#lib/factors/phone/signed-call';
import { type TestAccount, type TestPortal, testAccount, testPortal } from '#lib/portal.testing';
import { makeKey, signed } from './keys';

interface Sent {
  readonly path: string;
  readonly init: { readonly method: string; readonly body: string; readonly headers: Record<string, string>; readonly credentials: string };
}

interface Shown {
  readonly title: string;
  readonly options: { readonly body: string; readonly tag: string };
}

/** What a worker finds around it, as far as ours looks: the clock is the test portal's. @param records what the page keeps */
function worldOf(records: Map<string, object>) {
  const listeners = new Map<string, (event: object) => void>();
  const shown: Shown[] = [];
  const sent: Sent[] = [];
  const opened: string[] = [];
  const later = <Value>(value: Value) => {
    const request = { result: value, onsuccess: () => {} };
    queueMicrotask(() => request.onsuccess());
    return request;
  };
  const store = {
    get: (id: string) => later(records.get(id)),
    getAll: () => later([...records.values()]),
    put(record: { factorId: string }) {
      records.set(record.factorId, record);
      return later(record.factorId);
    },
  };
  const database = {
    close: () => {},
    transaction() {
      const transaction = { objectStore: () => store, oncomplete: () => {} };
      setImmediate(() => transaction.oncomplete());
      return transaction;
    },
  };
  const self = {
    location: { origin: 'https://auth.test' },
    addEventListener: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
    skipWaiting: () => {},
    clients: { claim: () => {}, matchAll: async () => [], openWindow: async (address: string) => opened.push(address) },
    registration: { showNotification: async (title: string, options: Shown['options']) => shown.push({ title, options }) },
  };
  const fetch = async (path: string, init: Sent['init']) => sent.push({ path, init });
  const locks = { request: (_name: string, act: () => Promise<unknown>) => act() };
  const globals = {
    self,
    Date: { now: portal.now },
    fetch,
    crypto,
    TextEncoder,
    URL,
    AbortSignal,
    btoa,
    indexedDB: { open: () => later(database) },
    navigator: { locks },
  };
  runInContext(readFileSync('public/authenticator/worker.js', 'utf8'), createContext(globals));
  /** Tells the worker of something, and waits for as long as it asks to be kept alive. */
  const tell = async (name: string, event: object) => {
    let alive: Promise<unknown> = Promise.resolve();
    listeners.get(name)?.({
      ...event,
      waitUntil: (work: Promise<unknown>) => {
        alive = work;
      },
    });
    await alive;
  };
  return { tell, shown, sent, opened };
}

let portal: TestPortal;
let claire: TestAccount;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
});
afterEach(() => portal.close());

/** A telephone whose key is the browser's own, as its page keeps it. */
async function kept() {
  const { privateKey, publicKey } = await makeKey();
  const member = testProven(portal, claire.id);
  await pairPhone(portal, member);
  const visitor = { browser: null, network: null, userAgent: null, language: 'fr' } as const;
  const claimed = await claimPairing(portal, visitor, { ticket: await ticketOf(portal, claire.id) });
  if (!claimed.ok) throw new Error('The ticket was refused.');
  const signatures: Promise<string>[] = [];
  const made = {
    ...testKey(),
    key: publicKey,
    sign: (text: string) => {
      signatures.push(signed(privateKey, text));
      return '';
    },
  };
  const { sent } = finishing(portal, claimed.value, made, 'pin');
  const signature = (await signatures[0]) ?? '';
  expect(await finishPairing(portal, visitor, { ...sent, signature })).toMatchObject({ ok: true });
  const { factorId } = claimed.value;
  expect(await addPhone(portal, member, { factor: factorId })).toMatchObject({ ok: true });
  return { factorId, visitor, record: { factorId, key: privateKey, counter: 0, step: 'ready' } };
}

const message = (t: string, title: string) => ({
  data: { json: () => ({ v: 1, t, id: 'an id', exp: 0, notification: { title, body: 'Touchez.', navigate: 'https://evil.example/' } }) },
});

test('its receipt is signed as the portal wants it, each with a counter of its own, without a cookie', async () => {
  const { factorId, visitor, record } = await kept();
  const records = new Map<string, object>([[factorId, record]]);
  const { tell, shown, sent } = worldOf(records);
  await tell('push', message('test', 'Notification d’essai'));
  await tell('push', message('req', 'Demande de connexion'));
  expect(shown.map(({ title, options }) => [title, options.tag])).toEqual([
    ['Notification d’essai', 'test'],
    ['Demande de connexion', 'req'],
  ]);
  expect(records.get(factorId)).toMatchObject({ counter: 2 });
  expect(sent).toHaveLength(2);
  for (const { path, init } of sent) {
    expect(path).toBe('/authenticator/api/receipt');
    expect(init).toMatchObject({ method: 'POST', credentials: 'omit', body: '{"id":"an id"}' });
    const request = { header: init.headers['x-device'] ?? null, method: 'POST', path, body: init.body };
    expect(await verifyCall(portal, visitor, request)).toMatchObject({ ok: true, value: { factorId, retry: false } });
  }
  expect(await phonesInPlace(portal, claire.id)).toMatchObject([{ id: factorId, lockedAt: null }]);
});

test('a notification is shown whatever the message is, and one that is being paired says nothing', async () => {
  const records = new Map<string, object>([['a phone', { factorId: 'a phone', key: null, counter: 0, step: 'claimed' }]]);
  const { tell, shown, sent } = worldOf(records);
  await tell('push', { data: null });
  await tell('push', { data: { json: () => JSON.parse('{') } });
  expect(shown).toHaveLength(2);
  expect(sent).toEqual([]);
});

test('a click opens the app, never the address that a message names', async () => {
  const { tell, opened } = worldOf(new Map());
  await tell('notificationclick', { notification: { close: () => {}, data: { url: 'https://evil.example/' } } });
  expect(opened).toEqual(['/authenticator']);
});
