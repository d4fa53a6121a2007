// Recovery codes: ten, each of 80 random bits, in an alphabet where no letter can be taken for a digit. Pure but for randomness.
import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U; who types I, L or O means 1, 1, 0. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bitsPerCharacter = 5;
const characters = 16;
const groupLength = 4;
/** More than anybody pastes with one code. */
const typedLimit = 200;

const grouped = (code: string) => code.match(new RegExp(`.{${groupLength}}`, 'g'))?.join('-') ?? '';

/** `XXXX-XXXX-XXXX-XXXX`, as shown, printed and hashed. Each character is five bits of its own: no bias. */
export function newRecoveryCode(): string {
  let bits = BigInt(`0x${randomBytes((characters * bitsPerCharacter) / 8).toString('hex')}`);
  let code = '';
  for (let i = 0; i < characters; i++) {
    code += alphabet[Number(bits & 31n)];
    bits >>= 5n;
  }
  return grouped(code);
}

/** Different from one another. */
export function newRecoveryCodes(count: number): string[] {
  const codes = new Set<string>();
  while (codes.size < count) codes.add(newRecoveryCode());
  return [...codes];
}

/**
 * The code in what was typed or pasted: either case, any spaces and dashes, full-width letters, a list's number before it.
 * Null when it is none.
 */
export function parseRecoveryCode(typed: string): string | null {
  if (typed.length > typedLimit) return null;
  const bare = typed
    .normalize('NFKC')
    .replace(/^[\s\p{Cf}]*\d{1,2}\s*[.):][\s\p{Cf}]*/u, '')
    .toUpperCase()
    .replace(/[\s\p{Cf}\p{Pd}\u2212._]/gu, '')
    .replace(/[ILO]/g, (letter) => (letter === 'O' ? '0' : '1'));
  // A number without punctuation: `10 7KQF-…`.
  const code = new RegExp(`^(?:10|[1-9])?([${alphabet}]{${characters}})$`).exec(bare)?.[1];
  return code ? grouped(code) : null;
}

/** What is stored: a slow hash is needless for 80 random bits. @param code as `parseRecoveryCode` gives it */
export const recoveryCodeHash = (secrets: { keyedHash(purpose: string, value: string): string }, accountId: string, code: string): string =>
  secrets.keyedHash('recovery-code', `${accountId}:${code}`);
