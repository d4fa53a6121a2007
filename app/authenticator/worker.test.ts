// The worker stands alone, without a build: here it runs in a world of its own, and the portal judges what it says.
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addPhone, pairPhone } from '#lib/factors/add-phone';
import { phonesInPlace } from '#lib/factors/phone/facts';
import { claimPairing, finishPairing } from '#lib/factors/phone/pairing';
import { finishing, testKey, testProven, ticketOf } from '#lib/factors/phone/phone.testing';
import { subscribingInput } from '#lib/factors/phone/sent/rules';
import { verifyCall } from '#lib/factors/phone/signed-call';
import { updateSubscription } from '#lib/factors/phone/update-subscription';
import { type TestAccount, type TestPortal, testAccount, testPortal } from '#lib/portal.testing';
import type { Visitor } from '#lib/visitor';
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
function worldOf(records: Map<string, object>, subscribe: (options: object) => Promise<object> = () => Promise.reject(new Error('Not asked for.'))) {
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
    registration: {
      pushManager: { subscribe },
      showNotification: async (title: string, options: Shown['options']) => shown.push({ title, options }),
    },
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

describe('the browser has changed where notifications go', () => {
  const pushKey = `B${'k'.repeat(86)}`;
  const endpoint = 'https://updates.push.services.mozilla.com/wpush/v2/gAAAAABnew';
  const keys = { p256dh: `B${'B'.repeat(86)}`, auth: 'B'.repeat(22) };
  const made = { endpoint, toJSON: () => ({ endpoint, expirationTime: null, keys }) };
  /** What the worker told the portal, judged by the portal. */
  const told = async ({ sent }: ReturnType<typeof worldOf>, visitor: Visitor) => {
    const [one, ...more] = sent;
    expect(more).toEqual([]);
    const { path = '', init } = one ?? {};
    expect(path).toBe('/authenticator/api/subscription');
    const call = await verifyCall(portal, visitor, { header: init?.headers['x-device'] ?? null, method: 'POST', path, body: init?.body ?? '' });
    if (!call.ok) throw new Error(call.problems[0].code);
    expect(await updateSubscription(portal, call.value, subscribingInput.parse(JSON.parse(init?.body ?? '')))).toMatchObject({ ok: true });
    return (await phonesInPlace(portal, claire.id))[0];
  };

  test.each<[string, object, boolean]>([
    ['Firefox: an event that says nothing', {}, true],
    ['Firefox: both null', { oldSubscription: null, newSubscription: null }, true],
    ['Chromium: what was', { oldSubscription: { endpoint: 'https://fcm.googleapis.com/fcm/send/old', options: {} }, newSubscription: null }, true],
    ['Chromium: what was, and what is', { oldSubscription: { endpoint: 'https://fcm.googleapis.com/fcm/send/old' }, newSubscription: made }, false],
  ])('the portal is told the new address, signed (%s)', async (_, event, asks) => {
    const { factorId, visitor, record } = await kept();
    const asked: object[] = [];
    const world = worldOf(new Map([[factorId, { ...record, pushKey }]]), async (options) => {
      asked.push(options);
      return made;
    });
    await world.tell('pushsubscriptionchange', event);
    expect(asked).toEqual(asks ? [{ userVisibleOnly: true, applicationServerKey: pushKey }] : []);
    expect(JSON.parse(world.sent[0]?.init.body ?? '')).toEqual({ subscription: { endpoint, ...keys } });
    expect(await told(world, visitor)).toMatchObject({ subscribed: true, notifications: 'unknown' });
  });

  test('leave to notify was taken away: the portal knows that nothing arrives any more', async () => {
    const { factorId, visitor, record } = await kept();
    const refused = Object.assign(new Error('Registration failed - permission denied'), { name: 'NotAllowedError' });
    const world = worldOf(new Map([[factorId, { ...record, pushKey }]]), () => Promise.reject(refused));
    await world.tell('pushsubscriptionchange', {});
    expect(await told(world, visitor)).toMatchObject({ subscribed: false, notifications: 'none' });
  });

  test('a push service that is away takes nothing away: the app looks again when it is opened', async () => {
    const { factorId, record } = await kept();
    const world = worldOf(new Map([[factorId, { ...record, pushKey }]]), () => Promise.reject(new Error('AbortError')));
    await expect(world.tell('pushsubscriptionchange', {})).rejects.toThrow('AbortError');
    expect(world.sent).toEqual([]);
    expect(await phonesInPlace(portal, claire.id)).toMatchObject([{ subscribed: true }]);
  });

  test('a telephone that is nobody’s yet subscribes to nothing', async () => {
    const world = worldOf(new Map([['a phone', { factorId: 'a phone', key: null, counter: 0, step: 'claimed', pushKey }]]));
    await world.tell('pushsubscriptionchange', {});
    expect(world.sent).toEqual([]);
  });
});
