// What a server's answers mean: every code and every reason of the policy, and nothing in between.
import { expect, test } from 'vitest';
import { bindOutcome, passwordRefusal, policyErrors } from './rules.ts';

test.each([
  [0, null, 'right'],
  [0, policyErrors.changeAfterReset, 'must-change'],
  [49, null, 'wrong'],
  [49, policyErrors.accountLocked, 'locked'],
  [49, policyErrors.passwordExpired, 'expired'],
  [49, policyErrors.changeAfterReset, 'wrong'],
  [48, null, 'wrong'],
  [53, null, 'wrong'],
  [19, policyErrors.accountLocked, 'locked'],
  [32, null, 'wrong'],
])('a bind answered %i with reason %j is %s', (code, reason, outcome) => expect(bindOutcome(code, reason)).toBe(outcome));

test('every other answer to a bind is an outage, never a wrong password, and never a right one', () => {
  const said = [19, 32, 48, 49, 53];
  for (let code = 1; code <= 123; code++)
    if (!said.includes(code)) for (const reason of [null, ...Object.values(policyErrors)]) expect(bindOutcome(code, reason)).toBeNull();
});

test.each([
  [19, policyErrors.passwordInHistory, 'in-history'],
  [19, policyErrors.passwordTooYoung, 'too-young'],
  [19, policyErrors.passwordTooShort, 'too-short'],
  [19, policyErrors.insufficientPasswordQuality, 'too-simple'],
  [53, policyErrors.mustSupplyOldPassword, 'other'],
  [19, 9, 'other'],
  [19, null, 'other'],
  [50, policyErrors.passwordModNotAllowed, null],
  [0, null, null],
  [2, null, null],
  [51, null, null],
])('a new password answered %i with reason %j is refused as %j', (code, reason, refusal) => expect(passwordRefusal(code, reason)).toBe(refusal));
