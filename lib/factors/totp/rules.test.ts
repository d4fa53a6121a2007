// Time-based codes, against the RFC's own vectors and a generator that shares no line with ours.
import { describe, expect, test } from 'vitest';
import { minutes, seconds } from '../../duration.ts';
import { testStart, totpCode } from '../../portal.testing.ts';
import { readSettings } from '../../settings.ts';
import { matchingStep, newTotpSecret, totpKey, totpUri } from './rules.ts';

const policy = readSettings({ PORTAL_MODE: 'demo', PORTAL_SETTINGS: '/dev/null' }).policy.totp;
const rfcSecret = Buffer.from('12345678901234567890');
const now = testStart;
const step = Math.floor(now / 30_000);
const match = (at: number, lastStep = 0) => matchingStep(rfcSecret, totpCode(rfcSecret, at), now, lastStep, policy);

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('RFC 6238 appendix B: at %d s the code is %s', (at, code) => {
  expect(totpCode(rfcSecret, seconds(at))).toBe(code);
  expect(matchingStep(rfcSecret, code, seconds(at), 0, policy)).toEqual({ kind: 'right', step: Math.floor(at / 30) });
});

describe('SEC-24: the window', () => {
  test('takes the current and the previous step, by the server’s clock', () => {
    expect(match(now)).toEqual({ kind: 'right', step });
    expect(match(now - seconds(30))).toEqual({ kind: 'right', step: step - 1 });
  });
  test('does not take the next step, nor the one before the previous', () => {
    expect(match(now + seconds(30))).toMatchObject({ kind: 'drift', seconds: 30 });
    expect(match(now - seconds(60))).toMatchObject({ kind: 'drift', seconds: -60 });
  });
  test('measures how far a phone’s clock is off, up to half an hour', () => {
    expect(match(now + minutes(10))).toMatchObject({ kind: 'drift', seconds: 600 });
    expect(match(now - minutes(10))).toMatchObject({ kind: 'drift', seconds: -600 });
    expect(match(now + minutes(45))).toEqual({ kind: 'wrong' });
  });
});

test('SEC-23, T9: a step that was accepted, and every one before it, is used', () => {
  expect(match(now, step - 1)).toEqual({ kind: 'right', step });
  expect(match(now, step)).toEqual({ kind: 'used' });
  expect(match(now - seconds(30), step)).toEqual({ kind: 'used' });
});

test.each(['', '12345', '1234567', '٤٨٢٩١٦', 'abcdef', '\0\0\0\0\0\0', '-12345', '12 456'])('%j is wrong', (code) =>
  expect(matchingStep(rfcSecret, code, now, 0, policy)).toEqual({ kind: 'wrong' }),
);

describe('SEC-26: the secret', () => {
  test('has 160 random bits', () => {
    const secrets = Array.from({ length: 200 }, () => newTotpSecret(policy));
    expect(secrets.every((secret) => secret.length === 20)).toBe(true);
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(200);
    expect(totpKey(rfcSecret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  });
  test('is told to apps in the form that all of them read', () => {
    const uri = new URL(totpUri(rfcSecret, 'claire.martin+essai@inserm.fr', 'Inserm', policy));
    expect(uri.href).toMatch(/^otpauth:\/\/totp\/Inserm:claire\.martin%2Bessai%40inserm\.fr\?/);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'Inserm',
      secret: totpKey(rfcSecret),
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});
