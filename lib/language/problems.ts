// Every problem that a person can be told of; each has a sentence in every language, or the language does not compile.
import type { Problem } from '../result.ts';

export const problemCodes = [
  'wrong-credentials',
  'busy',
  'directory-down',
  'mail-down',
  'empty',
  'too-long',
  'unreadable',
  'address-format',
  'wrong-code',
  'expired-code',
  'used-code',
  'used-email-code',
  'replaced-code',
  'no-tries-left',
  'send-too-soon',
  'send-limit',
  'clock-drift',
  'wait',
  'factor-disabled',
  'wrong-recovery-code',
  'choose-one',
  'question-missing',
  'same-question',
  'answer-missing',
  'same-answer',
  'answer-too-short',
  'answer-guessable',
  'not-kept',
  'expired-page',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** A sentence of a problem. A line break parts the statement (shown in bold) from what to do about it. */
export type ProblemSentences = Readonly<Record<ProblemCode, (problem: Problem) => string>>;
