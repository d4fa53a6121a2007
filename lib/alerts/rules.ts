// When failures are more than people's own mistakes, over all accounts together: what no single account's count can see. Pure. Source: SEC-09, T3.
import { hours, minutes } from '../duration.ts';

/** Wrong words and codes; what its owner did in a browser that they use is no sign of anybody else. */
const failures = /^(password|email-code|totp|answers|recovery-code|pass|passkey)-wrong$|^phone-reported$/;

/** Whether it may be somebody else's try: wrong, and not in a browser that its owner uses. */
export const isCountedFailure = (event: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }): boolean =>
  failures.test(event.type) && event.data.knownBrowser !== true;

export interface FailureLimits {
  readonly failuresPerMinute: number;
  readonly failuresPerHour: number;
}

export interface FailureSums {
  readonly minute: number;
  readonly hour: number;
}

/** The beginning of the minute in which an instant is, epoch milliseconds. */
export const minuteOf = (at: number) => at - (at % minutes(1));

/** @param counted by the minutes' beginnings. The last minute is the one under way or the one before, whichever brought more. */
export function sumFailures(counted: readonly { readonly minute: number; readonly failures: number }[], now: number): FailureSums {
  const current = minuteOf(now);
  const of = (minute: number) => counted.find((row) => row.minute === minute)?.failures ?? 0;
  return {
    minute: Math.max(of(current), of(current - minutes(1))),
    hour: counted.filter(({ minute }) => minute > now - hours(1)).reduce((sum, row) => sum + row.failures, 0),
  };
}

/** Whether so many are an alert: either limit is reached. */
export const isTripped = ({ minute, hour }: FailureSums, limits: FailureLimits): boolean =>
  minute >= limits.failuresPerMinute || hour >= limits.failuresPerHour;
