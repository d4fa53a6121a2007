// Whether this process's clock may judge codes of apps, by what others' clocks say of it (SEC-115, decision 0039). Of one process:
// lib/operations/watch-clock.ts tells it what it heard.
import { seconds } from './duration.ts';

/** Others say the same when they differ by no more; a database that is busy answers late. */
const sameTime = seconds(5);

/** Milliseconds, positive when our clock is ahead. */
export interface ClockState {
  /** False: several others agree that it is wrong. Whoever could ask nobody trusts it. */
  readonly trusted: boolean;
  /** What those others agree on; null while it is trusted. */
  readonly agreed: number | null;
  /** By the other that differs most; null when none answered. */
  readonly greatest: number | null;
}

export interface ClockTrust {
  /** What each of the others that answered said, just now. What was heard before is worth nothing any more. */
  heard(skews: readonly number[]): void;
  state(): ClockState;
}

/**
 * By how much the clock is wrong, when more than half of the others that answered, and two at least, say so and agree: one wrong time server
 * can't stop anybody, nor can one that somebody answers for. Milliseconds; null: nobody can say that it is wrong.
 * @param skews how far ours is ahead of each. @param accepted what codes allow for
 */
export function agreedSkew(skews: readonly number[], accepted: number): number | null {
  const wrong = skews.filter((skew) => Math.abs(skew) > accepted).toSorted((a, b) => a - b);
  let most: readonly number[] = [];
  for (const first of wrong) {
    const same = wrong.filter((skew) => skew >= first && skew - first <= sameTime);
    if (same.length > most.length) most = same;
  }
  if (most.length < 2 || most.length * 2 <= skews.length) return null;
  return most[Math.floor(most.length / 2)] ?? null;
}

/** @param accepted by how much it may be wrong, milliseconds */
export function createClockTrust(accepted: number): ClockTrust {
  let state: ClockState = { trusted: true, agreed: null, greatest: null };
  return {
    heard(skews) {
      const agreed = agreedSkew(skews, accepted);
      const [greatest = null] = skews.toSorted((a, b) => Math.abs(b) - Math.abs(a));
      state = { trusted: agreed === null, agreed, greatest };
    },
    state: () => state,
  };
}
