// When a session of the portal ends by itself, and what is said before and after. Pure. (SEC-62)

/** `idle`: nobody used it. `overall`: it has lasted as long as a session may. `other`: somebody ended it, or it is too long ago to tell. */
export type SessionEnding = 'idle' | 'overall' | 'other';

interface Lasting {
  /** Epoch milliseconds. */
  readonly seenAt: number;
  readonly expiresAt: number;
}

/** @param idle milliseconds. @returns the instant (epoch milliseconds) and why: only what idles can be kept by using it */
export function endOf({ seenAt, expiresAt }: Lasting, idle: number): { readonly at: number; readonly why: 'idle' | 'overall' } {
  return seenAt + idle < expiresAt ? { at: seenAt + idle, why: 'idle' } : { at: expiresAt, why: 'overall' };
}
