// What a phone is told, how big it looks from outside, what a push service's answer means, and when to try again.
import { seconds } from '../duration.ts';
import type { Secrets } from '../secrets.ts';
import type { PushMessage } from './sender.ts';

/** What a VAPID private key's sealed bytes are bound to. */
export const vapidKeySeal = (id: string) => `vapid_keys:${id}`;

/** Bytes of every payload: a push service learns from the size neither the kind of message nor its language. Services take 3,993 at least. */
export const payloadBytes = 1024;

export interface PushFacts {
  /** A request to sign in, or a test of notifications. */
  readonly kind: 'req' | 'test';
  /** The request's or the test's id: random, and worth nothing without the phone's key. */
  readonly id: string;
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly uselessAt: number;
  /** Shown on the lock screen: no application, place or number. */
  readonly title: string;
  readonly body?: string;
  /** The portal's own address to open. */
  readonly navigate: string;
}

/**
 * One shape for every browser: our worker reads v, t, id and exp (epoch milliseconds); Safari, which may show it without asking the worker,
 * reads the rest (Declarative Web Push; `mutable` lets the worker see it first).
 */
export function phoneMessage(secrets: Pick<Secrets, 'keyedHash'>, facts: PushFacts): PushMessage {
  const { kind, id, accountId, uselessAt, title, body, navigate } = facts;
  const notification = { title, ...(body === undefined ? {} : { body }), navigate, tag: kind };
  return {
    payload: { v: 1, t: kind, id, exp: uselessAt, web_push: 8030, mutable: true, notification },
    uselessAt,
    // Keyed: a push service can't tell whose it is. 192 bits of it are the 32 characters that a topic may have.
    topic: secrets.keyedHash('push-topic', `${kind} ${accountId}`).slice(0, 32),
  };
}

/** As JSON, with spaces after it up to `payloadBytes`. Throws when it is longer: a programmer's mistake. */
export function paddedPayload(payload: PushMessage['payload']): Buffer {
  const json = Buffer.from(JSON.stringify(payload));
  if (json.length > payloadBytes) throw new Error(`A push payload has ${json.length} bytes, more than ${payloadBytes}.`);
  return Buffer.concat([json, Buffer.alloc(payloadBytes - json.length, ' ')]);
}

/** RFC 8030, sections 5 and 7.3. @param status of HTTP */
export function verdictOf(status: number): 'sent' | 'gone' | 'refused' | 'again' {
  if (status >= 200 && status < 300) return 'sent';
  if (status === 404 || status === 410) return 'gone';
  return status === 408 || status === 425 || status === 429 || status >= 500 ? 'again' : 'refused';
}

/** After the first, second, … failure; the last one repeats. */
const waits = [seconds(1), seconds(2), seconds(4), seconds(8), seconds(15)] as const;

/** @param now epoch milliseconds. @param retryAfter the answer's header, in its two forms (RFC 9110, section 10.2.3); nonsense counts as none */
export function nextTry(now: number, tries: number, uselessAt: number, retryAfter?: string): number | null {
  const asked = retryAfter === undefined ? 0 : /^\d{1,9}$/.test(retryAfter) ? seconds(Number(retryAfter)) : Date.parse(retryAfter) - now || 0;
  const at = now + Math.max(asked, waits[Math.min(tries, waits.length) - 1] ?? waits[0]);
  // A second is what a message needs to arrive and be of any use.
  return at + seconds(1) <= uselessAt ? at : null;
}
