// What the answers of an LDAP server mean for a person. Pure. Sources: RFC 4511 appendix A, draft-behera-ldap-password-policy-11 §6.2.
import type { PasswordRefusal } from './directory.ts';

/** Result codes of RFC 4511 that are looked at by number. */
export const ldapCodes = {
  strongerAuthRequired: 8,
  confidentialityRequired: 13,
  constraintViolation: 19,
  noSuchObject: 32,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  unwillingToPerform: 53,
} as const;

/** Errors of the password policy control. */
export const policyErrors = {
  passwordExpired: 0,
  accountLocked: 1,
  changeAfterReset: 2,
  passwordModNotAllowed: 3,
  mustSupplyOldPassword: 4,
  insufficientPasswordQuality: 5,
  passwordTooShort: 6,
  passwordTooYoung: 7,
  passwordInHistory: 8,
} as const;

/**
 * What a bind was answered. Null: no verdict on the password, the directory could not look at it (an outage is no wrong password).
 * @param code of the result. @param policyError of the control; null when there was none
 */
export function bindOutcome(code: number, policyError: number | null): 'right' | 'wrong' | 'locked' | 'expired' | 'must-change' | null {
  if (code === 0) return policyError === policyErrors.changeAfterReset ? 'must-change' : 'right';
  // Without a password, closed by the server's own means, or deleted since the search: servers differ in how they say it.
  const refusals: readonly number[] = [
    ldapCodes.invalidCredentials,
    ldapCodes.inappropriateAuthentication,
    ldapCodes.unwillingToPerform,
    ldapCodes.constraintViolation,
    ldapCodes.noSuchObject,
  ];
  if (!refusals.includes(code)) return null;
  if (policyError === policyErrors.accountLocked) return 'locked';
  return policyError === policyErrors.passwordExpired ? 'expired' : 'wrong';
}

/** Why a password was not taken. Null: that was no judgement of the password. */
export function passwordRefusal(code: number, policyError: number | null): PasswordRefusal | null {
  const refusals: readonly number[] = [ldapCodes.constraintViolation, ldapCodes.unwillingToPerform];
  if (!refusals.includes(code)) return null;
  switch (policyError) {
    case policyErrors.insufficientPasswordQuality:
      return 'too-simple';
    case policyErrors.passwordTooShort:
      return 'too-short';
    case policyErrors.passwordTooYoung:
      return 'too-young';
    case policyErrors.passwordInHistory:
      return 'in-history';
    default:
      return 'other';
  }
}
