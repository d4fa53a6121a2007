// Codes of a few digits: how they are read from what people type or paste, and when another may be sent. Pure.
import type { AttemptPolicy } from '../attempts/rules.ts';
import { days } from '../duration.ts';

/** More than a message that somebody pastes whole. */
const typedLimit = 2000;

/** Digits that are not in ASCII: each list starts at zero. Full-width ones are folded by NFKC. */
const zeros = [0x06_60, 0x06_f0];

/** ASCII digits, without the marks that copying brings along. */
const folded = (typed: string) =>
  typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
      const point = digit.codePointAt(0) ?? 0;
      return String(point - (zeros.findLast((zero) => zero <= point) ?? 0));
    });

/**
 * The code in « 482 916 », « 482-916 » or a whole pasted message: all its digits when there are just as many as a code has, else the
 * only run of that length, in one piece or two halves. Null when there is none, or more than one.
 */
export function parseDigits(typed: string, length: number): string | null {
  if (typed.length > typedLimit) return null;
  const text = folded(typed);
  const digits = text.replace(/\D/g, '');
  if (digits.length === length) return digits;
  const half = Math.ceil(length / 2);
  const runs = text.matchAll(new RegExp(`(?<!\\d)\\d{${half}}[\\s\\p{Pd}.]?\\d{${length - half}}(?!\\d)`, 'gu'));
  const found = new Set([...runs].map(([run]) => run.replace(/\D/g, '')));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

export interface SendingPolicy {
  /** Milliseconds between two sendings. */
  readonly between: number;
  readonly burst: { readonly sendings: number; readonly within: number };
  readonly perDay: number;
}

/** When another code may be sent; `code` says which limit makes wait until then. */
export interface NextSending {
  readonly from: number;
  readonly code: 'send-too-soon' | 'send-limit';
}

/** @param sendings instants of the last 24 hours, the latest first. @returns null when nothing stands against sending (SEC-20) */
export function nextSending(sendings: readonly number[], now: number, policy: SendingPolicy): NextSending | null {
  const after = (nth: number, wait: number) => {
    const at = sendings[nth - 1];
    return at === undefined ? 0 : at + wait;
  };
  const limit = Math.max(after(policy.burst.sendings, policy.burst.within), after(policy.perDay, days(1)));
  const soon = after(1, policy.between);
  const from = Math.max(limit, soon);
  if (from <= now) return null;
  return { from, code: limit > soon ? 'send-limit' : 'send-too-soon' };
}

/** Whose code it is, and what for. */
export interface CodeOf {
  readonly purpose: 'sign-in' | 'reset-password' | 'lost-phone' | 'verify-caller';
  /** An account's id, or the stand-in's for an address that nobody has. */
  readonly accountId: string;
  /**
   * SHA-256 of the browser's mark where its account knows it; null in any other. Only a reset, which anybody can ask for, is counted apart
   * for it: before the other purposes comes a password (decision 0006).
   */
  readonly browser?: string | null;
}

/** How the subjects of all codes of a purpose begin. */
export const codesOf = (purpose: CodeOf['purpose']) => `email-code:${purpose}:`;

/**
 * The subject under which an account's wrong codes and sendings are counted, over all its codes of a purpose: each code limits itself to
 * a few tries. What strangers use up of a reset in other browsers is not the owner's in a known one (SEC-06).
 */
export const emailCodeSubject = ({ purpose, accountId, browser = null }: CodeOf) =>
  `${codesOf(purpose)}${accountId}${purpose === 'reset-password' ? (browser === null ? ':unknown' : `:known:${browser}`) : ''}`;

/** No waits, since each code takes a few tries only; but disabled at the cap like everything that can be guessed (SEC-05, T1). */
export const emailCodeAttempts = ({ cap }: AttemptPolicy): AttemptPolicy => ({ free: cap, waits: [], perDay: cap, cap });
