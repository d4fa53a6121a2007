// How well an account is protected, and the one next thing worth doing. Pure.
import { days } from '../duration.ts';

export interface ProtectionFacts {
  /** Factors that work. */
  readonly factors: number;
  /** Null when no set was ever kept. */
  readonly recoveryCodesLeft: number | null;
  /** Whether the institute asks questions at all. */
  readonly questions: boolean;
  /** When the secret answers were chosen, in epoch milliseconds; null when they were not. */
  readonly answeredAt: number | null;
}

export type NextThing = 'add-factor' | 'make-recovery-codes' | 'choose-questions' | 'renew-questions' | 'add-second-factor';

export interface Protection {
  /** `password-only`: nothing but the password. `one-way`: one factor, and nothing in its place on the day it is missing. */
  readonly level: 'password-only' | 'one-way' | 'well';
  readonly next: NextThing | null;
}

/** Fewer recovery codes than this is worth a word. */
const fewRecoveryCodes = 3;
/** Answers older than this are half forgotten. */
const oldAnswers = days(730);

/** In the order in which they matter. */
const things: readonly { readonly thing: NextThing; readonly worth: (facts: ProtectionFacts, now: number) => boolean }[] = [
  { thing: 'add-factor', worth: (f) => f.factors === 0 },
  { thing: 'make-recovery-codes', worth: (f) => (f.recoveryCodesLeft ?? 0) < fewRecoveryCodes },
  { thing: 'choose-questions', worth: (f) => f.questions && f.answeredAt === null },
  { thing: 'renew-questions', worth: (f, now) => f.questions && f.answeredAt !== null && now - f.answeredAt > oldAnswers },
  { thing: 'add-second-factor', worth: (f) => f.factors === 1 },
];

/** @param now epoch milliseconds */
export function protection(facts: ProtectionFacts, now: number): Protection {
  const next = things.find(({ worth }) => worth(facts, now))?.thing ?? null;
  if (facts.factors === 0) return { level: 'password-only', next };
  return { level: facts.factors === 1 && (facts.recoveryCodesLeft ?? 0) === 0 ? 'one-way' : 'well', next };
}
