'use client';
// The browser's side of notifications: the worker that shows them, and where they are sent.
import { seconds } from '#lib/duration';
import { base64url } from './keys';

/** Where notifications are sent, and the keys that they are encrypted with, base64url. */
export interface Subscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export type Notifications = 'on' | 'off' | 'denied' | 'absent';

const supported = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** A push service that does not answer leaves the browser waiting for ever. */
const patience = seconds(20);
const within = <Value>(promise: Promise<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The push service does not answer.')), patience);
    promise.then(resolve, reject).finally(() => clearTimeout(late));
  });

/** At each opening: the worker updates itself. Null where the browser has none. */
export async function register(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator)) return null;
  return navigator.serviceWorker.register('/authenticator/worker.js', { scope: '/authenticator', updateViaCache: 'none' }).catch(() => null);
}

/** `navigator.serviceWorker.ready` waits for ever where registering failed. */
async function registration(): Promise<ServiceWorkerRegistration | null> {
  const registered = await within(register()).catch(() => null);
  return registered && (registered.active ? registered : within(navigator.serviceWorker.ready).catch(() => null));
}

const readSubscription = (made: PushSubscription): Subscription | null => {
  const [p256dh, auth] = [made.getKey('p256dh'), made.getKey('auth')];
  return p256dh && auth ? { endpoint: made.endpoint, p256dh: base64url(p256dh), auth: base64url(auth) } : null;
};

/** What is there now; nothing is asked. */
export async function currentSubscription(): Promise<{ readonly state: Notifications; readonly subscription: Subscription | null }> {
  if (!supported()) return { state: 'absent', subscription: null };
  if (Notification.permission === 'denied') return { state: 'denied', subscription: null };
  const made = Notification.permission === 'granted' ? await (await registration())?.pushManager.getSubscription() : null;
  const subscription = made ? readSubscription(made) : null;
  return { state: subscription ? 'on' : 'off', subscription };
}

/** Only from a press of a button: browsers want that. Rejects when the push service does not answer. @param pushKey base64url */
export async function subscribe(pushKey: string): Promise<{ readonly state: Notifications; readonly subscription: Subscription | null }> {
  if (!supported()) return { state: 'absent', subscription: null };
  if ((await Notification.requestPermission()) !== 'granted') return { state: 'denied', subscription: null };
  const manager = (await registration())?.pushManager;
  if (!manager) throw new Error('The worker is not there.');
  const options = { userVisibleOnly: true, applicationServerKey: pushKey };
  const made = await within(manager.subscribe(options)).catch(async (error: unknown) => {
    // Made with another key, before the portal's was replaced.
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
    await (await manager.getSubscription())?.unsubscribe();
    return within(manager.subscribe(options));
  });
  return { state: 'on', subscription: readSubscription(made) };
}

export async function unsubscribe(): Promise<void> {
  if (supported()) await (await (await registration())?.pushManager.getSubscription())?.unsubscribe();
}
