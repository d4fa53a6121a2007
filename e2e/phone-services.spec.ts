// The stand-ins around a phone are true: a browser subscribes, the portal's own sender wakes it up through a proxy with production's
// allow-list, the desktop shows a notification, and a click on it is a person's. The page is this test's own.
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import type { PushOutcome, PushSubscription } from '#lib/push/sender';
import { type NotificationDaemon, startNotificationDaemon } from './phone-services/notification-daemon.ts';
import { type PhoneServices, startPhoneServices } from './phone-services/phone-services.ts';
import type { Sending } from './phone-services/portal-sender.ts';

const installed = (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, 'dbus-daemon')));

const page = '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Téléphone</title><link rel="icon" href="data:,"><h1>Téléphone</h1>';
const worker = `
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('push', (event) => {
  const { t, id, notification } = event.data.json();
  event.waitUntil(self.registration.showNotification(notification.title, { body: notification.body, tag: t, data: { id, url: notification.navigate } }));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url + '?trusted=' + event.isTrusted + '&id=' + event.notification.data.id));
});`;

interface Sender {
  readonly publicKey: string;
  send(sending: Sending): Promise<PushOutcome>;
  stop(): Promise<void>;
}

/** The portal's sender with its own keys, in an environment as an administrator would give it. */
async function startSender(environment: Readonly<Record<string, string>>): Promise<Sender> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-sender-'));
  const child = fork('e2e/phone-services/portal-sender.ts', [], {
    execArgv: ['--import', 'tsx'],
    // Its log is not this test's.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, PORTAL_MODE: 'demo', PORTAL_DATA: folder, PORTAL_SETTINGS: devNull, ...environment },
  });
  const said = () =>
    new Promise<unknown>((resolve, reject) => {
      child.once('exit', () => reject(new Error('The sender has ended.')));
      child.once('message', resolve);
    });
  return {
    publicKey: (await said()) as string,
    send(sending) {
      const outcome = said();
      child.send(sending);
      return outcome as Promise<PushOutcome>;
    },
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

test.describe('a phone', () => {
  test.describe.configure({ mode: 'serial' });

  let services: PhoneServices;
  let desktop: NotificationDaemon;
  let sender: Sender;
  let site: Server;
  let origin: string;
  let profile: string;
  let context: BrowserContext;
  let phone: Page;

  test.beforeAll(async ({ browserName }, testInfo) => {
    testInfo.skip(!installed || browserName !== 'chromium', 'dbus-daemon is not installed (apt-get install dbus libnotify4).');
    services = await startPhoneServices();
    desktop = await startNotificationDaemon();
    sender = await startSender(services.portalEnvironment);
    site = createServer((request, response) => {
      const script = request.url === '/worker.js';
      response.setHeader('content-type', script ? 'text/javascript' : 'text/html').end(script ? worker : page);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    origin = `http://localhost:${(site.address() as AddressInfo).port}`;
    profile = mkdtempSync(join(tmpdir(), 'portal-phone-'));
    const { launchOptions } = testInfo.project.use;
    // Chromium subscribes and takes clicks only in a profile that is kept.
    context = await chromium.launchPersistentContext(profile, {
      ...launchOptions,
      args: [...services.push.chromiumSwitches],
      env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: desktop.address },
      permissions: ['notifications'],
    });
    phone = await context.newPage();
    await phone.goto(origin);
  });

  test.afterAll(async () => {
    if (!installed) return;
    await context?.close();
    await sender?.stop();
    await desktop?.stop();
    await services?.stop();
    site?.close();
    if (profile) rmSync(profile, { recursive: true, force: true });
  });

  const subscribe = (key: string) =>
    phone.evaluate(async (applicationServerKey) => {
      await navigator.serviceWorker.register('/worker.js');
      const registration = await navigator.serviceWorker.ready;
      const { endpoint, keys } = (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })).toJSON();
      return { endpoint: endpoint ?? '', p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' };
    }, key);
  const unsubscribe = () =>
    phone.evaluate(async () => (await (await navigator.serviceWorker.ready).pushManager.getSubscription())?.unsubscribe() ?? false);

  const request = (subscription: PushSubscription): Sending => ({
    subscription,
    facts: {
      kind: 'req',
      id: 'iQ2yJ0m3yVqk0g3b3yN1iA',
      accountId: 'claire',
      title: 'Demande de connexion',
      body: 'Touchez pour vérifier et répondre',
      navigate: `${origin}/authenticator`,
    },
    life: 20_000,
  });
  const pathOf = (endpoint: string) => new URL(endpoint).pathname;

  test('is woken up by the portal’s own sender: the notification that is shown says nothing more, and a click on it is a person’s', async () => {
    const subscription = await subscribe(sender.publicKey);
    expect(await sender.send(request(subscription))).toEqual({ outcome: 'sent' });
    await expect.poll(() => desktop.shown).toHaveLength(1);
    const [shown] = desktop.shown;
    if (!shown) throw new Error('No notification.');
    expect(shown.title).toBe('Demande de connexion');
    expect(shown.body).toContain('Touchez pour vérifier et répondre');
    // The browser adds the site it comes from.
    expect(`${shown.title} ${shown.body}`.replace(/localhost:\d+/g, '')).not.toMatch(/\d|claire|http|iQ2yJ0m3/);

    const opened = context.waitForEvent('page');
    desktop.click(shown);
    await (await opened).waitForURL(`${origin}/authenticator?trusted=true&id=iQ2yJ0m3yVqk0g3b3yN1iA`);

    const [received] = services.push.received;
    expect(received).toMatchObject({ path: pathOf(subscription.endpoint), status: 201, headers: { ttl: '20', urgency: 'high' } });
    expect(received?.body.toString('latin1')).not.toContain('Demande');
    expect(new Set(services.proxy.asked)).toEqual(new Set([`${new URL(subscription.endpoint).host}:443`]));
  });

  test('that has unsubscribed is gone', async () => {
    const subscription = await subscribe(sender.publicKey);
    expect(await unsubscribe()).toBe(true);
    await expect.poll(() => sender.send(request(subscription))).toEqual({ outcome: 'gone' });
    expect(desktop.shown).toHaveLength(1);
  });

  test('that subscribed with another portal’s key hears nothing from this one', async () => {
    const other = await startSender(services.portalEnvironment);
    try {
      const subscription = await subscribe(other.publicKey);
      expect(await sender.send(request(subscription))).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('403') });
      expect(desktop.shown).toHaveLength(1);
      expect(await other.send(request(subscription))).toEqual({ outcome: 'sent' });
      await expect.poll(() => desktop.shown).toHaveLength(2);
    } finally {
      await other.stop();
    }
  });

  test('SSRF: that gives an endpoint inside the network gets the proxy asked for nothing', async () => {
    const asked = services.proxy.asked.length;
    const inside: PushSubscription = {
      endpoint: `${origin.replace('http', 'https')}/fcm/send/x`,
      p256dh: `B${'a'.repeat(86)}`,
      auth: 'a'.repeat(22),
    };
    expect(await sender.send(request(inside))).toMatchObject({ outcome: 'refused' });
    expect(await sender.send(request({ ...inside, endpoint: 'https://169.254.169.254/latest/meta-data/' }))).toMatchObject({ outcome: 'refused' });
    expect(services.proxy.asked).toHaveLength(asked);
  });
});
