// How often something guessable may be tried. Pure. Sources: SEC-05, NIST SP 800-63B-4 §3.2.2 (disabled at 100 consecutive failures), T2.
import { days } from '../duration.ts';

/** The subjects under which tries are counted: of a factor, of an account's recovery codes and of its secret answers; the same wherever they are proven. */
export const factorSubject = (id: string) => `factor:${id}`;
export const recoveryCodesSubject = (accountId: string) => `recovery-codes:${accountId}`;
export const answersSubject = (accountId: string) => `answers:${accountId}`;
/** Of the two answers that a caller dictates: apart, so that a stranger on the telephone closes nothing of the owner's (decision 0036). */
export const callerAnswersSubject = (accountId: string) => `caller-answers:${accountId}`;

export interface AttemptPolicy {
  /** Consecutive failures after which nobody waits. */
  readonly free: number;
  /** Waits after the following failures, in milliseconds; the last one repeats. */
  readonly waits: readonly number[];
  /** Failures within 24 hours, then `rest`. */
  readonly perDay: number;
  /** In milliseconds; a day when left out. */
  readonly rest?: number;
  /** Consecutive failures, then no try is looked at any more. */
  readonly cap: number;
}

/** What is remembered of the failures against one thing. Instants in epoch milliseconds. */
export interface Tries {
  readonly failures: number;
  readonly dayFailures: number;
  readonly dayStartedAt: number;
  readonly waitUntil: number;
  readonly lastAt: number;
}

export type Verdict = { readonly kind: 'allowed' } | { readonly kind: 'wait'; readonly until: number } | { readonly kind: 'disabled' };

/** Whether a try may be looked at now. */
export function judge(tries: Tries | null, now: number, policy: AttemptPolicy): Verdict {
  if (!tries) return { kind: 'allowed' };
  if (tries.failures >= policy.cap) return { kind: 'disabled' };
  return tries.waitUntil > now ? { kind: 'wait', until: tries.waitUntil } : { kind: 'allowed' };
}

/** The tries with one more, as if it failed. The day goes on while failures come less than 24 hours apart, so that no 24 hours hold more than `perDay`. */
export function count(tries: Tries | null, now: number, policy: AttemptPolicy): Tries {
  const sameDay = tries !== null && now - tries.lastAt < days(1);
  const failures = (tries?.failures ?? 0) + 1;
  const dayFailures = sameDay ? tries.dayFailures + 1 : 1;
  return {
    failures,
    dayFailures,
    dayStartedAt: sameDay ? tries.dayStartedAt : now,
    waitUntil: now + restAfter(failures, dayFailures, policy),
    lastAt: now,
  };
}

/** The tries without the last one, which nobody could look at (the directory did not answer). */
export function uncount(tries: Tries, policy: AttemptPolicy): Tries {
  const failures = Math.max(0, tries.failures - 1);
  const dayFailures = Math.max(0, tries.dayFailures - 1);
  return { ...tries, failures, dayFailures, waitUntil: tries.lastAt + restAfter(failures, dayFailures, policy) };
}

function restAfter(failures: number, dayFailures: number, policy: AttemptPolicy): number {
  if (dayFailures >= policy.perDay) return policy.rest ?? days(1);
  const over = failures - policy.free;
  return over > 0 ? (policy.waits[Math.min(over, policy.waits.length) - 1] ?? 0) : 0;
}
