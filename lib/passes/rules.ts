// The pass that the helpdesk gives to a caller: written like a recovery code, so that it survives the telephone. Pure.
import { hours } from '../duration.ts';
import { newRecoveryCode, parseRecoveryCode } from '../factors/recovery-codes/rules.ts';

/** Source: PRODUCT.md. */
export const passLifetime = hours(1);

/** The subject under which wrong passes of an account are counted. */
export const passSubject = (accountId: string) => `pass:${accountId}`;

/** `XXXX-XXXX-XXXX-XXXX`, 80 random bits, in an alphabet that has no I, L, O or U. */
export const newPass = newRecoveryCode;

/** The pass in what was typed or pasted; null when it is none. */
export const parsePass = parseRecoveryCode;

/** What is stored: it fits no other account, and is no recovery code. @param pass as `parsePass` gives it */
export const passHash = (secrets: { keyedHash(purpose: string, value: string): string }, accountId: string, pass: string): string =>
  secrets.keyedHash('pass', `${accountId}:${pass}`);
