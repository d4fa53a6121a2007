// What of a telephone's app runs while no page is open: it shows that something is asked, says to the portal that a notification came, and
// opens the app where there is no network. It stands alone, without a build: browsers look for it at this address, unchanged.

const home = '/authenticator';
// Spelt the same in app/authenticator/{device,shell}.ts.
const database = 'authenticator';
const store = 'devices';
const shell = 'authenticator-shell';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// ---- Notifications

/** Of one kind each, so that a newer one takes the place of the one before. Always shown: Safari takes the subscription away otherwise. */
self.addEventListener('push', (event) => event.waitUntil(show(read(event.data))));

function read(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

async function show(message) {
  const { title = 'Authentificateur', body = '' } = message.notification ?? {};
  const icon = '/authenticator/icon-192.png';
  const tag = message.t === 'test' ? 'test' : 'req';
  const shown = self.registration.showNotification(title, { body, icon, badge: '/authenticator/badge-96.png', tag, renotify: true });
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const page of pages) if (isHome(page)) page.postMessage({ came: tag });
  await shown;
  // After it is shown: the portal shall believe what a person could see.
  if (typeof message.id === 'string') await forEachDevice((factorId) => signedCall(factorId, 'receipt', { id: message.id }));
}

const isHome = ({ url }) => new URL(url).pathname === home;

/** Never to an address that a message names. */
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((pages) => {
      const page = pages.find(isHome);
      if (!page) return self.clients.openWindow(home);
      page.postMessage({ came: 'click' });
      return page.focus();
    }),
  );
});

/** The browser has changed where notifications go. Not all of them say so: the app compares at each opening, too. */
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAnew(event)));

/** Firefox says neither what was nor what is; Chromium may have subscribed anew itself. Without leave to notify, the portal is told so. */
async function subscribeAnew({ newSubscription }) {
  const ready = (await kept()).find(({ step }) => step === 'ready');
  if (!ready) return;
  const options = { userVisibleOnly: true, applicationServerKey: ready.pushKey };
  const made = await Promise.resolve(newSubscription ?? self.registration.pushManager.subscribe(options)).catch((error) => {
    if (error?.name === 'NotAllowedError') return null;
    throw error;
  });
  const { endpoint, keys } = made?.toJSON() ?? {};
  const subscription = made && { endpoint, p256dh: keys.p256dh, auth: keys.auth };
  await forEachDevice((factorId) => signedCall(factorId, 'subscription', { subscription }));
}

// ---- Calls signed by the telephone, as app/authenticator/portal-call.ts makes them

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Without a version: the page makes the store, and a worker that comes first makes none. */
async function devices(mode, act) {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store, { keyPath: 'factorId' });
  const opened = await answer(opening);
  try {
    const transaction = opened.transaction(store, mode, { durability: 'strict' });
    const complete = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const value = await act(transaction.objectStore(store));
    await complete;
    return value;
  } finally {
    opened.close();
  }
}

const kept = () => devices('readonly', (held) => answer(held.getAll()));

async function forEachDevice(act) {
  for (const { factorId, step } of await kept()) if (step === 'ready') await act(factorId).catch(() => undefined);
}

const takeCounter = (factorId) =>
  devices('readwrite', async (held) => {
    const record = await answer(held.get(factorId));
    if (!record?.key) return null;
    const counter = record.counter + 1;
    await answer(held.put({ ...record, counter }));
    return { key: record.key, counter };
  });

const bytesOf = (text) => new TextEncoder().encode(text);
const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

const signedCall = (factorId, name, input) =>
  navigator.locks.request(`authenticator ${factorId}`, async () => {
    const taken = await takeCounter(factorId);
    if (!taken) return;
    const path = `${home}/api/${name}`;
    const body = JSON.stringify(input);
    const hash = base64url(await crypto.subtle.digest('SHA-256', bytesOf(body)));
    const sentAt = Date.now();
    const text = ['portal-device/1', factorId, 'POST', path, hash, taken.counter, sentAt].join('\n');
    const signature = base64url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, taken.key, bytesOf(text)));
    const headers = { 'content-type': 'application/json', 'x-device': `${factorId}.${taken.counter}.${sentAt}.${signature}` };
    await fetch(path, { method: 'POST', body, headers, credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(15_000) });
  });

// ---- Without network: the page that shows codes. The app itself puts it there; nothing on it is anybody's.

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname === home) event.respondWith(fetch(request).catch(() => copyOf(home)));
  else if (pathname.startsWith('/_next/static/'))
    event.respondWith(caches.match(request, { cacheName: shell }).then((found) => found ?? fetch(request)));
});

const copyOf = async (path) => (await caches.match(path, { cacheName: shell })) ?? Response.error();
