// The table of sign-in, over all facts there can be.
import { describe, expect, test } from 'vitest';
import { assurance, recoveryCodeAmr } from './assurance.ts';
import { type FactorKind, firstFactor, nextSignInStep, type ProofKind, signInSteps, signInTable } from './steps.ts';

const second: readonly ProofKind[] = ['totp', 'recovery-code', 'passkey', 'passkey-verified', 'phone-biometrics', 'phone-pin'];
const proofKinds: readonly ProofKind[] = ['password', 'email-code', ...second];
const allProofs = Array.from({ length: 2 ** proofKinds.length }, (_, bits) => new Set(proofKinds.filter((_kind, i) => bits & (1 << i))));
const allFactors: readonly (readonly FactorKind[])[] = [[], ['totp'], ['totp', 'totp'], ['totp', 'phone'], ['passkey']];

test('the steps come in order', () => {
  const step = (factors: readonly FactorKind[], ...proofs: ProofKind[]) => nextSignInStep({ factors, proofs: new Set(proofs) });
  expect(step([])).toBe('password');
  expect(step([], 'password')).toBe('email-code');
  expect(step([], 'password', 'email-code')).toBe('done');
  expect(step(['totp'], 'password')).toBe('second-factor');
  expect(step(['totp'], 'password', 'totp')).toBe('done');
  expect(step(['totp'], 'password', 'recovery-code')).toBe('done');
  expect(step(['passkey'], 'password')).toBe('second-factor');
  expect(step(['passkey'], 'password', 'passkey')).toBe('done');
  expect(step(['passkey'], 'passkey-verified')).toBe('done');
  expect(step(['passkey'], 'passkey')).toBe('password');
  expect(step(['phone'], 'password')).toBe('second-factor');
  expect(step(['phone'], 'password', 'phone-pin')).toBe('done');
  expect(step(['phone'], 'phone-biometrics')).toBe('password');
});

test('SEC-35: nothing is done without a password and a second proof, or a passkey that verified its owner; with a factor the mailbox never replaces it', () => {
  for (const proofs of allProofs) {
    for (const factors of allFactors) {
      const step = nextSignInStep({ proofs, factors });
      const first = proofs.has('password') || proofs.has('passkey-verified');
      if (!first) expect(step).toBe('password');
      if (step !== 'done') continue;
      expect(first).toBe(true);
      expect(factors.length > 0 ? second.some((kind) => proofs.has(kind)) : proofs.has('email-code')).toBe(true);
      // …and what an old copy may have brought back proves nothing without the mailbox.
      const wanted = nextSignInStep({ proofs, factors, mailboxWanted: true });
      expect(wanted).toBe(proofs.has('email-code') ? 'done' : 'email-code');
    }
  }
});

test('SEC-27: a passkey is asked for first, unless this browser last used something else', () => {
  expect(firstFactor(['totp', 'passkey'], null)).toBe('passkey');
  expect(firstFactor(['totp', 'passkey'], 'totp')).toBe('totp');
  expect(firstFactor(['totp', 'phone'], null)).toBe('phone');
  expect(firstFactor(['totp', 'phone', 'passkey'], null)).toBe('passkey');
  expect(firstFactor(['totp'], null)).toBe('totp');
});

test('every step has its requirement in words', () => expect(Object.keys(signInTable)).toEqual([...signInSteps]));

describe('SEC-21: assurance', () => {
  test('password and e-mail code is one factor', () =>
    expect(assurance(new Set(['password', 'email-code']))).toEqual({ acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] }));
  test('password and totp is two', () =>
    expect(assurance(new Set(['password', 'totp']))).toEqual({ acr: 'https://refeds.org/profile/mfa', amr: ['pwd', 'otp', 'mfa'] }));
  test('password and recovery-code is two, and says which', () =>
    expect(assurance(new Set(['password', 'recovery-code']))).toEqual({
      acr: 'https://refeds.org/profile/mfa',
      amr: ['pwd', 'otp', recoveryCodeAmr, 'mfa'],
    }));
  test('SEC-31: a passkey is two factors by itself where it verified its owner, and one where it did not', () => {
    const of = (...proofs: ProofKind[]) => assurance(new Set(proofs));
    expect(of('passkey-verified')).toEqual({ acr: 'https://refeds.org/profile/mfa', amr: ['pop', 'user', 'mfa'] });
    expect(of('passkey')).toEqual({ acr: 'https://refeds.org/profile/sfa', amr: ['pop'] });
    expect(of('password', 'passkey')).toEqual({ acr: 'https://refeds.org/profile/mfa', amr: ['pwd', 'pop', 'mfa'] });
  });
  test('a telephone that said yes is the second of two factors, and says how it was unlocked', () => {
    const of = (...proofs: ProofKind[]) => assurance(new Set(proofs));
    expect(of('password', 'phone-biometrics')).toEqual({ acr: 'https://refeds.org/profile/mfa', amr: ['pwd', 'swk', 'user', 'mfa'] });
    expect(of('password', 'phone-pin')).toEqual({ acr: 'https://refeds.org/profile/mfa', amr: ['pwd', 'swk', 'pin', 'mfa'] });
    expect(of('phone-biometrics')).toMatchObject({ acr: 'https://refeds.org/profile/sfa' });
  });
  test('over all proofs, mfa is said only with a password and a factor, or a passkey that verified its owner', () => {
    for (const proofs of allProofs) {
      const { acr, amr } = assurance(proofs);
      const two = proofs.has('passkey-verified') || (proofs.has('password') && second.some((kind) => proofs.has(kind)));
      expect(acr.endsWith('/mfa')).toBe(two);
      expect(amr.includes('mfa')).toBe(two);
    }
  });
});
