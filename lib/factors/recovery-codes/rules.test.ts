// Recovery codes: what they are made of, and how forgivingly they are read.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newRecoveryCode, newRecoveryCodes, parseRecoveryCode, recoveryCodeHash } from './rules.ts';

test('SEC-41: ten different codes, in four groups of four, without letters that look like digits', () => {
  const codes = newRecoveryCodes(10);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
});

test('SEC-16: every character of the alphabet comes as often as any other', () => {
  const seen = new Map<string, number>();
  const total = 4000 * 16;
  for (let i = 0; i < 4000; i++) for (const c of newRecoveryCode().replaceAll('-', '')) seen.set(c, (seen.get(c) ?? 0) + 1);
  expect(seen.size).toBe(32);
  const expected = total / 32;
  const chiSquare = [...seen.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  // 31 degrees of freedom: above 80 once in a million runs.
  expect(chiSquare).toBeLessThan(80);
});

describe('a code is read as people type and paste it', () => {
  const code = '7KQF-M2XD-9TRV-H4PA';
  test.each([
    '7KQF-M2XD-9TRV-H4PA',
    ' 7kqf m2xd 9trv h4pa ',
    '7KQFM2XD9TRVH4PA',
    '7KQF–M2XD—9TRV‑H4PA',
    '3. 7KQF-M2XD-9TRV-H4PA',
    '10) 7KQF-M2XD-9TRV-H4PA',
    '10 7KQF-M2XD-9TRV-H4PA',
    '\u200e７ＫＱＦ-M2XD-9TRV-H4PA\u200f',
    '7K QF-M2\nXD-9TRV-H4PA',
  ])('%j', (typed) => expect(parseRecoveryCode(typed)).toBe(code));
  test('O, I and L mean 0, 1 and 1', () => expect(parseRecoveryCode('oOiI-lL00-1111-2222')).toBe('0011-1100-1111-2222'));
  test.each(['', '7KQF-M2XD-9TRV', '7KQF-M2XD-9TRV-H4PA-7KQF', 'UUUU-UUUU-UUUU-UUUU', '\0', '🙂'.repeat(16), '482916'])('%j is none', (typed) =>
    expect(parseRecoveryCode(typed)).toBeNull(),
  );
  test('a megabyte is none', () => expect(parseRecoveryCode('A'.repeat(1_000_000))).toBeNull());

  test('whatever code is made is read back', () => {
    fc.assert(
      fc.property(fc.constantFrom(' ', '-', '', ' - '), fc.boolean(), (separator, small) => {
        const made = newRecoveryCode();
        const typed = made.replaceAll('-', separator);
        expect(parseRecoveryCode(small ? typed.toLowerCase() : typed)).toBe(made);
      }),
    );
  });
});

test('SEC-41: what is stored belongs to one account', () => {
  const secrets = { keyedHash: (purpose: string, value: string) => `${purpose}|${value}` };
  expect(recoveryCodeHash(secrets, 'a', 'X')).not.toBe(recoveryCodeHash(secrets, 'b', 'X'));
});
