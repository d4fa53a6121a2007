// The table of sign-in, over all facts there can be.
import { describe, expect, test } from 'vitest';
import { assurance } from './assurance.ts';
import { type FactorKind, nextSignInStep, type ProofKind, signInSteps, signInTable } from './steps.ts';

const proofKinds: readonly ProofKind[] = ['password', 'email-code', 'totp', 'recovery-code'];
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
});

test('SEC-35: nothing is done without a password, nor a second proof; with a factor the mailbox never replaces it', () => {
  for (const proofs of allProofs) {
    for (const factors of allFactors) {
      const step = nextSignInStep({ proofs, factors });
      if (!proofs.has('password')) expect(step).toBe('password');
      if (step !== 'done') continue;
      expect(proofs.has('password')).toBe(true);
      expect(factors.length > 0 ? proofs.has('totp') || proofs.has('recovery-code') : proofs.has('email-code')).toBe(true);
    }
  }
});

test('every step has its requirement in words', () => expect(Object.keys(signInTable)).toEqual([...signInSteps]));

describe('SEC-21: assurance', () => {
  test('password and e-mail code is one factor', () =>
    expect(assurance(new Set(['password', 'email-code']))).toEqual({ acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] }));
  test.each(['totp', 'recovery-code'] as const)('password and %s is two', (kind) =>
    expect(assurance(new Set(['password', kind]))).toEqual({ acr: 'https://refeds.org/profile/mfa', amr: ['pwd', 'otp', 'mfa'] }),
  );
  test('over all proofs, mfa is said only with a password and a factor', () => {
    for (const proofs of allProofs) {
      const { acr, amr } = assurance(proofs);
      const two = proofs.has('password') && (proofs.has('totp') || proofs.has('recovery-code'));
      expect(acr.endsWith('/mfa')).toBe(two);
      expect(amr.includes('mfa')).toBe(two);
    }
  });
});
