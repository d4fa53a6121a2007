// The port through which phones are woken up.

/** As the phone's browser gave it. Whoever has it can wake that phone up: kept sealed, never logged. */
export interface PushSubscription {
  /** An address at the browser maker's push service; it passed `isPushEndpoint`. */
  readonly endpoint: string;
  /** The browser's public key and secret, base64url (RFC 8291, section 3). */
  readonly p256dh: string;
  readonly auth: string;
}

export interface PushMessage {
  /** What the phone's worker reads: nothing that a lock screen must not show. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds: neither we nor the push service try after it. */
  readonly uselessAt: number;
  /** A later message of the same topic replaces one that has not arrived yet (RFC 8030, section 5.4). 32 characters of base64url at most. */
  readonly topic: string;
}

export type PushOutcome =
  /** The push service has taken it; whether the phone gets it, only the phone can tell. */
  | { readonly outcome: 'sent' }
  /** The subscription is no more: forget it. */
  | { readonly outcome: 'gone' }
  /** It will never be taken; nothing is to be forgotten. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** It could not be handed over while it was of use. */
  | { readonly outcome: 'failed'; readonly reason: string };

export interface PushSender {
  /** The key that a browser subscribes with (`applicationServerKey`), base64url; always the same (RFC 8292). */
  publicKey(): Promise<string>;
  /** Tries until the message is of no use. Never rejects. An answer to a person must not wait for it. */
  send(subscription: PushSubscription, message: PushMessage): Promise<PushOutcome>;
  /** Messages by how they ended, since this process began, and how often one was tried again. */
  readonly counters: Readonly<Record<PushOutcome['outcome'] | 'retried', number>>;
  /** Gives up what is still being tried. */
  close(): void;
}
