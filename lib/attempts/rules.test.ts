// How often something may be tried: the table, its properties, and a month of an attacker's patience.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { days, hours, minutes, seconds } from '../duration.ts';
import { readSettings } from '../settings.ts';
import { count, judge, type Tries, uncount } from './rules.ts';

const policy = readSettings({ PORTAL_MODE: 'demo', PORTAL_SETTINGS: '/dev/null' }).policy.attempts;
const start = 1_800_000_000_000;

const failing = (times: number, from = start) => {
  let tries: Tries | null = null;
  for (let i = 0; i < times; i++) tries = count(tries, from + i, policy);
  return tries;
};

test('SEC-05: three failures are free, then each wait is longer than the one before, up to an hour', () => {
  const waits = Array.from({ length: 12 }, (_, i) => (failing(i + 1)?.waitUntil ?? 0) - (start + i));
  expect(waits).toEqual([0, 0, 0, seconds(30), minutes(1), minutes(2), minutes(5), minutes(10), minutes(30), hours(1), hours(1), hours(1)]);
});

test('SEC-05: after 25 failures a day of rest', () => {
  const tries = failing(25);
  expect(judge(tries, start + hours(20), policy)).toEqual({ kind: 'wait', until: start + 24 + days(1) });
  expect(judge(tries, start + 24 + days(1), policy)).toEqual({ kind: 'allowed' });
});

test('SEC-05: 100 failures in a row disable, for ever', () => {
  expect(judge(failing(99), start + days(365), policy)).toEqual({ kind: 'allowed' });
  expect(judge(failing(100), start + days(365), policy)).toEqual({ kind: 'disabled' });
});

test('a try that nobody could look at is given back, with its wait', () => {
  const before = failing(3);
  const after = count(before, start + minutes(1), policy);
  expect(judge(after, start + minutes(1), policy).kind).toBe('wait');
  const given = uncount(after, policy);
  expect(given).toMatchObject({ failures: 3, dayFailures: 3 });
  expect(judge(given, start + minutes(1), policy)).toEqual({ kind: 'allowed' });
});

/** Tries as soon as it is allowed, `burst` at a time with `pause` between. @returns the instants of tries that were looked at */
function attack(lasting: number, pause: (n: number) => number): number[] {
  let tries: Tries | null = null;
  const looked: number[] = [];
  for (let now = start, n = 0; now < start + lasting; n++) {
    const verdict = judge(tries, now, policy);
    if (verdict.kind === 'disabled') break;
    if (verdict.kind === 'wait') {
      now = verdict.until;
      continue;
    }
    tries = count(tries, now, policy);
    looked.push(now);
    now += pause(n);
  }
  return looked;
}

test('T2, SEC-05: 30 days of five tries then a wait end at 100 tries, on the fourth day at the latest', () => {
  for (const wait of [minutes(1), minutes(15), hours(1), hours(6)]) {
    const looked = attack(days(30), (n) => (n % 5 === 4 ? wait : seconds(1)));
    expect(looked).toHaveLength(100);
    // Against a code of six digits with two steps open: two chances in 10,000 in all, and none after.
    expect((looked.length * 2) / 1_000_000).toBeLessThanOrEqual(0.0002);
  }
  const impatient = attack(days(30), () => 1);
  expect(((impatient[99] ?? 0) - start) / days(1)).toBeGreaterThan(3);
});

test('SEC-05: however the tries are spaced, no 24 hours hold more than 25 and no attack more than 100', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: hours(30) }), { minLength: 1, maxLength: 20 }), (pauses) => {
      const looked = attack(days(120), (n) => pauses[n % pauses.length] ?? 0);
      expect(looked.length).toBeLessThanOrEqual(policy.cap);
      for (const [i, at] of looked.entries()) {
        const after = looked[i + policy.perDay];
        if (after !== undefined) expect(after - at).toBeGreaterThanOrEqual(days(1));
      }
    }),
    { numRuns: 200 },
  );
});

test('a clock that goes back opens nothing', () => {
  const tries = failing(4);
  expect(judge(tries, start - days(2), policy).kind).toBe('wait');
});
