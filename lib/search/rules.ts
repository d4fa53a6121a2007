// By which words an account is found, and what somebody may look for. Pure. Decision 0035.
import { addressLimit, isReadable } from '../accounts/rules.ts';
import { type EnrolmentPolicy, type EnrolmentStep, enrolmentSteps } from '../enrolment/steps.ts';
import { done, type Result, refused } from '../result.ts';

/** Letters that do not fall apart into a plain one and a mark. */
const plainLetters: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ς: 'σ' };
/** In code points, of one word: what is longer is found by its beginning. */
const wordLimit = 64;
/** In code points, of what is typed: also as much of it as the audit log keeps. */
const queryLimit = 100;
/** More words than a name has only cost time: the longest are looked for. */
const mostWords = 8;
/** Letters and figures in all, below which half of the institute would be found. */
const fewestLetters = 2;

/** Small letters without accents; hyphens, apostrophes, dots and spaces part words. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[œæßøłđðþıς]/g, (letter) => plainLetters[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => [...word].slice(0, wordLimit).join(''));
}

/** What is kept of a name beside its words: « D’Angelo » is also typed in one go. */
const inOneGo = (name: string): string[] => {
  const words = wordsOf(name);
  return words.length > 1 ? wordsOf(words.join('')) : [];
};

/** The words by which an account is found: of its names, and of what stands before the @ of its address. */
export function termsOf(person: { readonly address: string; readonly givenName: string; readonly familyName: string }): string[] {
  const { givenName, familyName, address } = person;
  const local = address.slice(0, address.lastIndexOf('@'));
  return [...new Set([givenName, familyName, local].flatMap(wordsOf).concat(inOneGo(givenName), inOneGo(familyName)))];
}

export type Query =
  /** Each is the beginning of one of the account's words, in any order. */
  | { readonly kind: 'words'; readonly words: readonly [string, ...string[]] }
  /** The beginning of an address, folded. */
  | { readonly kind: 'address'; readonly start: string };

export interface ReadQuery {
  readonly query: Query;
  /** As typed, on one line: what is shown again and recorded. */
  readonly text: string;
}

export type QueryProblem = 'too-short' | 'too-long' | 'unreadable';

/** What somebody typed, as a question that an index answers. `too-short`: fewer than `fewestLetters`; `too-long`: more than `queryLimit` characters. */
export function readQuery(typed: string): Result<ReadQuery, QueryProblem> {
  if (typed.length > queryLimit * 4) return refused({ code: 'too-long', field: 'q' });
  const text = typed
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/\s+/g, ' ');
  if (!isReadable(text)) return refused({ code: 'unreadable', field: 'q' });
  if ([...text].length > queryLimit) return refused({ code: 'too-long', field: 'q' });
  const start = text.toLowerCase();
  if (/^[a-z0-9._%+'-]+@[a-z0-9.-]*$/.test(start)) return done({ query: { kind: 'address', start: start.slice(0, addressLimit) }, text });
  const all = [...new Set(wordsOf(text))].sort((a, b) => b.length - a.length);
  // A word that begins another one asks nothing more.
  const [first, ...others] = all.filter((word, n) => !all.some((longer, m) => m < n && longer.startsWith(word))).slice(0, mostWords);
  if (!first || all.join('').length < fewestLetters) return refused({ code: 'too-short', field: 'q' });
  return done({ query: { kind: 'words', words: [first, ...others] }, text });
}

/** How far somebody has come in the wizard, as a list of people tells it. */
export type Progress =
  | { readonly kind: 'not-begun' }
  | { readonly kind: 'at-step'; readonly step: number; readonly of: number }
  | { readonly kind: 'finished' };

/** The number of the step that is open, of those that there are here: `{ step: 2, of: 4 }`. */
export function progressOf(step: EnrolmentStep, policy: EnrolmentPolicy): Progress {
  if (step === 'welcome') return { kind: 'not-begun' };
  if (step === 'done') return { kind: 'finished' };
  const steps = enrolmentSteps.filter((s) => s !== 'welcome' && s !== 'done' && (s !== 'answer-questions' || policy.questions > 0));
  return { kind: 'at-step', step: steps.indexOf(step) + 1, of: steps.length };
}

const foundStates = ['active', 'to-finish', 'blocked', 'frozen', 'disabled'] as const;
export type FoundState = (typeof foundStates)[number];

export interface StateFacts {
  readonly status: 'active' | 'frozen' | 'disabled';
  /** No password is looked at now, in a browser that the person has not used yet; or it was disowned. */
  readonly passwordRefused: boolean;
  readonly factors: number;
  /** Of them, those that prove nothing now. */
  readonly factorsRefused: number;
  readonly progress: Progress;
}

/** One word for the state of an account: what stands most in its owner's way. */
export function stateOf({ status, passwordRefused, factors, factorsRefused, progress }: StateFacts): FoundState {
  if (status !== 'active') return status;
  if (passwordRefused || (factors > 0 && factorsRefused === factors)) return 'blocked';
  return progress.kind === 'finished' ? 'active' : 'to-finish';
}
