// The leave to replace every factor without any of the old: from when it counts, and for how long. Pure.
import { days, hours } from '../duration.ts';

/** How long it may be used from its beginning on: an hour; a week when there was a wait, because nobody watches the clock for two days. */
const openFor = { atOnce: hours(1), afterWait: days(7) } as const;

/** A reminder is sent this long before the wait is over; none when the wait is not longer. */
const remindedBefore = days(1);

export interface Window {
  /** Epoch milliseconds. */
  readonly notBefore: number;
  readonly expiresAt: number;
  /** When the owner is reminded; null when they aren't. */
  readonly reminderAt: number | null;
}

/** @param now epoch milliseconds. @param wait milliseconds; 0: none */
export function windowOf(now: number, wait: number): Window {
  const notBefore = now + wait;
  return {
    notBefore,
    expiresAt: notBefore + (wait > 0 ? openFor.afterWait : openFor.atOnce),
    reminderAt: wait > remindedBefore ? notBefore - remindedBefore : null,
  };
}

export type Stage = 'waiting' | 'open' | 'over';

/** @param now epoch milliseconds */
export function stageOf(
  row: { readonly notBefore: number; readonly expiresAt: number; readonly cancelledAt: number | null; readonly finishedAt: number | null },
  now: number,
): Stage {
  if (row.cancelledAt !== null || row.finishedAt !== null || row.expiresAt <= now) return 'over';
  return row.notBefore > now ? 'waiting' : 'open';
}
