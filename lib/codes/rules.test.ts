// Reading codes, and when another may be sent.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { days, hours, minutes, seconds } from '../duration.ts';
import { readSettings } from '../settings.ts';
import { nextSending, parseDigits } from './rules.ts';

describe('a code is found in what people type or paste', () => {
  test.each([
    ['482916', '482916'],
    [' 482 916 ', '482916'],
    ['482\u00a0916', '482916'],
    ['482\u202f916', '482916'],
    ['482-916', '482916'],
    ['482–916', '482916'],
    ['4 8 2 9 1 6', '482916'],
    ['\u200f482916\u200e', '482916'],
    ['４８２９１６', '482916'],
    ['٤٨٢٩١٦', '482916'],
    ['۴۸۲۹۱۶', '482916'],
    ['« 482 916 »', '482916'],
    ['482 916 est votre code Inserm', '482916'],
    ['482 916 est votre code, valable jusqu’à 14 h 12.\n@auth.inserm.fr #482916', '482916'],
    ['Assistance : 01 99 00 47 12. Code : 482916.', '482916'],
    ['48291', null],
    ['4829167', null],
    ['482916 or 482917', null],
    ['', null],
    ['\0\0', null],
    ['🔢🔢🔢🔢🔢🔢', null],
    ['code', null],
  ])('%j is read as %j', (typed, code) => expect(parseDigits(typed, 6)).toBe(code));

  test('a megabyte is no code', () => expect(parseDigits('1'.repeat(1_000_000), 6)).toBeNull());

  test('whatever six digits are sent come back from between any words', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{6}$/),
        fc.stringMatching(/^[a-z ’«»\n]{0,40}$/),
        fc.stringMatching(/^[a-z ’«»\n]{0,40}$/),
        (code, before, after) => {
          expect(parseDigits(`${before}${code}${after}`, 6)).toBe(code);
          expect(parseDigits(`${before}${code.slice(0, 3)}\u00a0${code.slice(3)}${after}`, 6)).toBe(code);
        },
      ),
    );
  });
});

describe('SEC-20: sending codes', () => {
  const policy = readSettings({ PORTAL_MODE: 'demo', PORTAL_SETTINGS: '/dev/null' }).policy.emailCode;
  const now = 1_800_000_000_000;
  const ago = (...lengths: number[]) => lengths.map((length) => now - length);

  test('the first leaves at once, the next after a minute', () => {
    expect(nextSending([], now, policy)).toBeNull();
    expect(nextSending(ago(seconds(59)), now, policy)).toEqual({ from: now + seconds(1), code: 'send-too-soon' });
    expect(nextSending(ago(seconds(60)), now, policy)).toBeNull();
  });
  test('five within a quarter of an hour, ten within a day', () => {
    const five = ago(minutes(1), minutes(2), minutes(3), minutes(4), minutes(5));
    expect(nextSending(five, now, policy)).toEqual({ from: now + minutes(10), code: 'send-limit' });
    const ten = ago(...Array.from({ length: 10 }, (_, i) => hours(i + 1)));
    expect(nextSending(ten, now, policy)).toEqual({ from: now + days(1) - hours(10), code: 'send-limit' });
  });
  test('whoever asks as often as possible gets no more than that', () => {
    const sent: number[] = [];
    for (let t = now; t < now + days(3); t += seconds(20)) {
      const latest = sent.filter((at) => at > t - days(1)).reverse();
      if (nextSending(latest, t, policy) === null) sent.push(t);
    }
    const most = (within: number) => Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + within).length));
    expect([most(seconds(60)), most(minutes(15)), most(days(1))]).toEqual([1, 5, 10]);
  });
});
