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

/**
 * What a bind to Active Directory was answered, by the number of the system's error that its message tells (`data 52e`): code 49 says no more.
 * All but 525, 52e and 775 are told to whoever has the right password alone. Null: no verdict on the password.
 * Source: MS-ERREF 2.2, ERROR_NO_SUCH_USER (525) and those after it.
 */
export function activeDirectoryBindOutcome(code: number, message: string): 'wrong' | 'locked' | 'expired' | 'must-change' | null {
  if (code !== ldapCodes.invalidCredentials) return null;
  switch (/\bdata ([0-9a-f]+)\b/i.exec(message)?.[1]?.toLowerCase()) {
    // Nobody, or not this password.
    case '525':
    case '52e':
      return 'wrong';
    // A restriction, the wrong hour, the wrong machine, disabled, a right that is missing, the account's end, too many tries.
    case '52f':
    case '530':
    case '531':
    case '533':
    case '534':
    case '701':
    case '775':
      return 'locked';
    case '532':
      return 'expired';
    case '773':
      return 'must-change';
    default:
      return null;
  }
}

/**
 * Why Active Directory took no password. It says that a rule stands against it (52d), not which one; 56: the old one, which was right a
 * moment ago, is not. Null: that was no judgement of the password.
 */
export function activeDirectoryRefusal(code: number, message: string): PasswordRefusal | null {
  const refusals: readonly number[] = [ldapCodes.constraintViolation, ldapCodes.unwillingToPerform, ldapCodes.invalidCredentials];
  if (code === ldapCodes.invalidCredentials) return activeDirectoryBindOutcome(code, message) === null ? null : 'other';
  return refusals.includes(code) && /^0000(052D|0056)\b/i.test(message.trim()) ? 'other' : null;
}

/** unicodePwd: in quotes, as UTF-16LE (MS-ADTS 3.1.1.3.1.5.1). What is inside is not escaped. */
export const quotedPassword = (password: string) => Buffer.from(`"${password}"`, 'utf16le');

/** objectGUID as it is written; its first three parts come with their bytes turned round (MS-DTYP 2.3.4). @param bytes sixteen */
export function guidOf(bytes: Buffer): string {
  const part = (from: number, to: number) => bytes.subarray(from, to).toString('hex');
  const turned = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).reverse().toString('hex');
  return [turned(0, 4), turned(4, 6), turned(6, 8), part(8, 10), part(10, 16)].join('-');
}

/** The other way round. @returns nobody's number when it is none */
export function bytesOfGuid(guid: string): Buffer {
  const hex = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(guid) ? guid.replaceAll('-', '') : '0'.repeat(32);
  const bytes = Buffer.from(hex, 'hex');
  return Buffer.concat([bytes.subarray(0, 4).reverse(), bytes.subarray(4, 6).reverse(), bytes.subarray(6, 8).reverse(), bytes.subarray(8)]);
}

/** Hundreds of nanoseconds since 1601. @param instant epoch milliseconds */
export const activeDirectoryTime = (instant: number): string => ((BigInt(instant) + 11_644_473_600_000n) * 10_000n).toString();
