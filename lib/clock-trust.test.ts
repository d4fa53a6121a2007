// When others' clocks are enough to call ours wrong.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreedSkew, createClockTrust } from './clock-trust.ts';
import { minutes, seconds } from './duration.ts';

const agreed = (...skews: number[]) => agreedSkew(skews, seconds(30));

describe('SEC-115: the clock is called wrong', () => {
  test('by two that agree, whichever way it is off', () => {
    expect(agreed(seconds(31), seconds(32))).toBe(seconds(32));
    expect(agreed(-minutes(5), -minutes(5) + seconds(1))).toBe(-minutes(5) + seconds(1));
  });
  test('by more than half of those that answered', () => {
    expect(agreed(minutes(5), minutes(5), 0)).toBe(minutes(5));
    expect(agreed(minutes(5), minutes(5), 0, 0)).toBeNull();
    expect(agreed(minutes(5), minutes(5), -minutes(5))).toBe(minutes(5));
  });
  test('never by one alone, by several that contradict one another, within what codes allow for, or by nobody', () => {
    expect(agreed()).toBeNull();
    expect(agreed(minutes(60))).toBeNull();
    expect(agreed(minutes(60), 0)).toBeNull();
    expect(agreed(minutes(60), -minutes(60))).toBeNull();
    expect(agreed(minutes(1), minutes(2), minutes(3))).toBeNull();
    expect(agreed(seconds(30), seconds(30), -seconds(30))).toBeNull();
  });
  test('whatever any one of them says, when all others find it right', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2000, max: 2000 }), { minLength: 1, maxLength: 6 }), fc.integer(), (right, one) => {
        expect(agreed(...right, one)).toBeNull();
      }),
    );
  });
});

test('SEC-115: what was heard before is worth nothing once others answer, or nobody does', () => {
  const trust = createClockTrust(seconds(30));
  expect(trust.state()).toEqual({ trusted: true, agreed: null, greatest: null });
  trust.heard([minutes(5), minutes(5), 12]);
  expect(trust.state()).toEqual({ trusted: false, agreed: minutes(5), greatest: minutes(5) });
  trust.heard([]);
  expect(trust.state()).toEqual({ trusted: true, agreed: null, greatest: null });
  trust.heard([3, -seconds(4)]);
  expect(trust.state()).toEqual({ trusted: true, agreed: null, greatest: -seconds(4) });
});
