// Why a password would be refused, in the reader's words: what pages hand to the field where one is chosen.
import { type Language, problemSentence } from '#lib/language/language';
import type { PasswordProblem } from '#lib/passwords/rules';

const reasons = [
  'password-too-short',
  'password-too-long',
  'password-common',
  'password-personal',
  'password-guessable',
  'unreadable',
] as const satisfies readonly (PasswordProblem | 'password-guessable')[];

export const passwordSentences = (language: Language) =>
  Object.fromEntries(reasons.map((code) => [code, problemSentence({ code }, language)])) as Record<(typeof reasons)[number], string>;
