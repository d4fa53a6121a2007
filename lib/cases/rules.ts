// What a case of the helpdesk is called: eight characters that can be read out on the telephone. Pure but for randomness.
import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** e.g. `7KQF-M2XD`: 40 random bits, without bias. */
export function newCaseNumber(): string {
  let bits = randomBytes(5).reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  let number = '';
  for (let i = 0; i < 8; i++) {
    number += `${i === 4 ? '-' : ''}${alphabet[Number(bits & 31n)]}`;
    bits >>= 5n;
  }
  return number;
}

/** Of our own making, so of a known shape: anything else is not shown. */
export const isCaseNumber = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/.test(value);
