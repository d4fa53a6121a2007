// What is sealed opens in its own place alone, and what is random is evenly so.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSecrets, digest, newKeyRing, newSealingKey, randomDigits, randomToken, sameSecret } from './secrets.ts';

const ring = newKeyRing();
const secrets = createSecrets(() => ring);

describe('sealing', () => {
  test('SEC-25: whatever is sealed comes back whole', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, row) => {
        expect(secrets.open(row, secrets.seal(row, bytes))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  test('SEC-25: sealed for one row, it does not open in another', () => {
    const sealed = secrets.seal('factors:a', 'seed');
    expect(() => secrets.open('factors:b', sealed)).toThrow();
    expect(() => secrets.open('factors:', sealed)).toThrow();
  });

  test('SEC-25: one altered bit anywhere is noticed', () => {
    const sealed = secrets.seal('factors:a', 'seed');
    for (let i = 0; i < sealed.length; i++) {
      const altered = Buffer.from(sealed);
      altered[i] = (altered[i] ?? 0) ^ 1;
      expect(() => secrets.open('factors:a', altered)).toThrow();
    }
    expect(() => secrets.open('factors:a', sealed.subarray(0, -1))).toThrow();
    expect(() => secrets.open('factors:a', new Uint8Array())).toThrow();
  });

  test('SEC-25: the same seed sealed twice looks different, and neither shows it', () => {
    const [a, b] = [secrets.seal('x', 'JBSWY3DPEHPK3PXP'), secrets.seal('x', 'JBSWY3DPEHPK3PXP')];
    expect(a.equals(b)).toBe(false);
    expect(a.includes('JBSWY3DP')).toBe(false);
  });

  test('SEC-107: an older key opens what it sealed while it is on the ring, and a rotation reaches a running process', () => {
    let current = ring;
    const running = createSecrets(() => current);
    const rotated = { ...ring, sealing: [newSealingKey(), ...ring.sealing] };
    const byNew = createSecrets(() => rotated).seal('x', 'new');
    expect(() => running.open('x', byNew)).toThrow('not in the key ring');
    current = rotated;
    expect(running.open('x', byNew).toString()).toBe('new');
    expect(running.open('x', secrets.seal('x', 'old')).toString()).toBe('old');
    expect(running.keyIdOf(running.seal('x', ''))).toBe(rotated.sealing[0]?.id);
  });

  test('another installation’s ring opens nothing', () => {
    expect(() => createSecrets(newKeyRing).open('x', secrets.seal('x', 'y'))).toThrow();
  });
});

describe('keyed hashes', () => {
  test('are the same for ever, and different for each purpose and value', () => {
    const [a, b, c] = [secrets.keyedHash('code', '123456'), secrets.keyedHash('address', '123456'), secrets.keyedHash('code', '123457')];
    expect(secrets.keyedHash('code', '123456')).toBe(a);
    expect(new Set([a, b, c]).size).toBe(3);
  });

  test('outlive the sealing keys, and not the pepper', () => {
    const rotated = createSecrets(() => ({ ...ring, sealing: [newSealingKey()] }));
    expect(rotated.keyedHash('code', '1')).toBe(secrets.keyedHash('code', '1'));
    expect(createSecrets(newKeyRing).keyedHash('code', '1')).not.toBe(secrets.keyedHash('code', '1'));
  });

  test('libraries get keys of their own, newest first, and never the sealing keys', () => {
    const rotated = createSecrets(() => ({ ...ring, sealing: [newSealingKey(), ...ring.sealing] }));
    expect(rotated.derived('cookies').slice(1)).toEqual(secrets.derived('cookies'));
    expect(rotated.derived('cookies')).not.toContain(ring.sealing[0]?.key);
    expect(secrets.derived('cookies')).not.toEqual(secrets.derived('sessions'));
  });
});

describe('randomness', () => {
  test('SEC-16: digits of codes are even: no position and no digit is favoured', () => {
    const codes = Array.from({ length: 20_000 }, () => randomDigits(6));
    for (let position = 0; position < 6; position++) {
      const counts = Array<number>(10).fill(0);
      for (const code of codes) counts[Number(code[position])] = (counts[Number(code[position])] ?? 0) + 1;
      const chiSquare = counts.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0);
      // 9 degrees of freedom: an honest source exceeds 45 once in a million.
      expect(chiSquare).toBeLessThan(45);
    }
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
  });

  test('SEC-16: tokens have the bits that were asked for, and never come twice', () => {
    expect(Buffer.from(randomToken(128), 'base64url')).toHaveLength(16);
    expect(Buffer.from(randomToken(256), 'base64url')).toHaveLength(32);
    expect(new Set(Array.from({ length: 1000 }, () => randomToken(128))).size).toBe(1000);
  });
});

test('SEC-108: secrets of any two lengths can be compared', () => {
  expect(sameSecret('a', 'a')).toBe(true);
  expect(sameSecret('a', 'ab')).toBe(false);
  expect(sameSecret('', '')).toBe(true);
  expect(digest('a')).not.toBe(digest('b'));
});
