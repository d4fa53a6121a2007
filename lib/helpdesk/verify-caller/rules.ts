// How an agent makes sure of who calls: the ways there are, how long each may take, and which two questions a caller is asked. Pure.
import type { Policy } from '../../settings.ts';

/** In the order in which they are proposed: the strongest first. */
export const callerMethods = ['phone', 'email-code', 'answers'] as const;
export type CallerMethod = (typeof callerMethods)[number];

export const isCallerMethod = (text: string): text is CallerMethod => (callerMethods as readonly string[]).includes(text);

/** How many answers a caller dictates: whoever listens never hears enough to reset a password with (decision 0036). */
export const dictatedCount = 2;

export interface CallerFacts {
  /** Telephones that work. */
  readonly phones: number;
  /** Whether they are asked no more. */
  readonly suspended: boolean;
  /** Whether secret questions are part of the product here. */
  readonly questions: boolean;
  readonly answers: number;
  /** Until when wrong sets close them, whoever gave those: epoch milliseconds. Null when nothing does; Infinity for good. */
  readonly answersClosedUntil: number | null;
  /** Whoever has a role proves it by what they hold. */
  readonly hasRole: boolean;
}

/** Why a way is not there; null where it is. */
export type Unavailable = 'no-phone' | 'phone-suspended' | 'questions-off' | 'no-answers' | 'answers-closed' | 'has-role';

/** @param asked how many answers somebody has who has chosen them all. Source: SEC-48, decision 0036 */
export function unavailable(method: CallerMethod, facts: CallerFacts, asked: number): Unavailable | null {
  if (method === 'email-code') return null;
  if (method === 'phone') return facts.phones === 0 ? 'no-phone' : facts.suspended ? 'phone-suspended' : null;
  if (!facts.questions) return 'questions-off';
  if (facts.hasRole) return 'has-role';
  if (facts.answers !== asked) return 'no-answers';
  return facts.answersClosedUntil === null ? null : 'answers-closed';
}

/** Until when it may be answered, once it is asked. Milliseconds. */
export function timeToAnswer(method: CallerMethod, policy: Pick<Policy, 'phone' | 'emailCode' | 'helpdesk'>): number {
  // A telephone's answer is fetched after it was given.
  if (method === 'phone') return policy.phone.request + policy.phone.answer;
  return method === 'email-code' ? policy.emailCode.lifetime : policy.helpdesk.toAnswer;
}

/**
 * The same two for an account as long as it has the same questions, whoever asks and however often. Answering them anew does not move
 * them: nobody hears the other two by making somebody change their answers.
 * @param weigh a keyed hash: nobody outside can tell which two they are
 */
export function dictatedOf<Row extends { readonly question: string }>(rows: readonly Row[], weigh: (question: string) => string): readonly Row[] {
  const weighed = rows.map((row) => ({ row, weight: weigh(row.question) })).toSorted((a, b) => (a.weight < b.weight ? -1 : 1));
  return weighed.slice(0, dictatedCount).map(({ row }) => row);
}
