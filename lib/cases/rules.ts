// What a case of the helpdesk is called, what may be written about it, and how it ends. Pure but for randomness.
import { randomBytes } from 'node:crypto';
import { isReadable } from '../accounts/rules.ts';
import { done, type Result, refused } from '../result.ts';

/** Crockford's base 32: no I, L, O or U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** e.g. `7KQF-M2XD`, to be read out on the telephone: 40 random bits, without bias. */
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

/** Folder of the cases in the console; the number follows. The letter to the helpdesk leads there. */
export const casesFolder = '/helpdesk/cases';

/** How a case ends. `passed-on`: somebody else goes on with it. */
export const caseOutcomes = ['helped', 'nothing-wrong', 'not-reached', 'passed-on'] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

export const isCaseOutcome = (word: string): word is CaseOutcome => (caseOutcomes as readonly string[]).includes(word);

/** Parts of the queue, in the order of the page. */
export const caseFilters = ['open', 'mine', 'closed'] as const;
export type CaseFilter = (typeof caseFilters)[number];

/** What was done at once, when an event was disowned. */
export interface DoneAtOnce {
  /** How many factors were suspended. */
  readonly factors: number;
  readonly recoveryCodes: boolean;
  readonly answers: boolean;
  readonly password: boolean;
  /** The application whose agreement was taken back, by name. */
  readonly consent: string | null;
}

/** In code points. */
export const noteLimits = { shortest: 3, longest: 1000 } as const;

export type TextProblem = 'too-long' | 'unreadable' | 'looks-secret';

/**
 * Text that people write for others to read: trimmed, lines kept. What looks like a code or a password is refused, because whoever reads
 * the case must not learn it.
 * @param longest in code points
 */
export function judgeText(typed: string, longest: number): Result<string, TextProblem> {
  const text = typed
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if ([...text].length > longest) return refused({ code: 'too-long' });
  if (!isReadable(text.replaceAll('\n', ' '))) return refused({ code: 'unreadable' });
  return looksSecret(text) ? refused({ code: 'looks-secret' }) : done(text);
}

/** Digits with at most one space, dot or dash between two of them. */
const numbers = /\d(?:[ .\u00a0-]?\d)*/g;
/** « mon mot de passe est … », “password: …”. */
const announced =
  /(?:mot de passe|mots de passe|mdp|password|passphrase|passwd|code pin|\bpin)\s*(?:actuel |current )?(?:est|is|c[’']est|:|=)\s*\S/iu;
/** A key, a recovery code or a pass: groups of four letters and digits. */
const grouped = /(?<![\p{L}\d])(?:[A-Za-z0-9]{4}[ -]?){3,}[A-Za-z0-9]{4}(?![\p{L}\d])/gu;
const symbols = /[!@#$%^&*_+=?~|<>{}\\§£€]/;

/** Whether a text seems to hold a code or a password. It may be wrong, in both directions: a person can write it otherwise. */
export function looksSecret(text: string): boolean {
  if (announced.test(text)) return true;
  for (const [number] of text.matchAll(numbers)) if (number.replace(/\D/g, '').length === 6) return true;
  for (const [groups] of text.matchAll(grouped)) if (/\d/.test(groups) && /[A-Za-z]/.test(groups)) return true;
  return text.split(/\s+/).some((word) => {
    const bare = word.replace(/^[«“"'(]+|[»”"'),.;:!?…]+$/gu, '');
    if (bare.length < 8 || /^https?:|^[^@\s]+@[^@\s]+\.\p{L}+$/u.test(bare)) return false;
    const digits = bare.replace(/\D/g, '').length;
    const letters = /\p{Ll}/u.test(bare) && (/\p{Lu}/u.test(bare) || symbols.test(bare));
    return letters && digits > 0 && (symbols.test(bare) || digits > 2);
  });
}

/**
 * Whether the person wrote something that no agent has noted anything about since, nor taken the case after.
 * @param notes each with who wrote it and when, in epoch milliseconds. @param takenAt when the agent who has the case took it; null: nobody has it
 */
export function hasNewWords(
  notes: readonly { readonly writtenBy: string; readonly at: number }[],
  accountId: string,
  takenAt: number | null,
): boolean {
  const last = (own: boolean) => Math.max(0, ...notes.filter(({ writtenBy }) => (writtenBy === accountId) === own).map(({ at }) => at));
  return last(true) > Math.max(last(false), takenAt ?? 0);
}
