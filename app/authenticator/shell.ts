'use client';
// Keeps the app itself for when there is no network: its page, which is the same for everybody, and the files that it has loaded.

// Spelt the same in public/authenticator/worker.js.
const shell = 'authenticator-shell';
const home = '/authenticator';

/** At each opening with a network; what an older version needed goes. Never rejects: an app that can't be kept works all the same. */
export async function keepShell(): Promise<void> {
  if (!('caches' in window)) return;
  try {
    const cache = await caches.open(shell);
    const loaded = performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name))
      .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/_next/static/'))
      .map(({ href }) => href);
    const wanted = new Set([new URL(home, location.origin).href, ...loaded]);
    const there = await cache.keys();
    const held = new Set(there.map(({ url }) => url));
    await cache.add(home);
    await cache.addAll(loaded.filter((url) => !held.has(url)));
    await Promise.all(there.filter(({ url }) => !wanted.has(url)).map((request) => cache.delete(request)));
  } catch {
    // No network, or no room.
  }
}
