// What a factor may be called, and which may go. Pure.
import { days } from '../duration.ts';
import type { Problem } from '../result.ts';
import type { FactorKind } from '../sign-in/steps.ts';

/** Characters of a name: what fits on a line of a telephone, twice. */
export const nameLimit = 60;

export type NameProblem = 'name-missing' | 'too-long' | 'unreadable';

/** @returns the name as kept: one line, without spaces around; or why it can't be one. What it means is its owner's business. */
export function judgeName(typed: string): { readonly name: string } | { readonly problem: Problem<NameProblem> } {
  const wrong = (code: NameProblem) => ({ problem: { code, field: 'name' } });
  const name = typed
    .normalize('NFC')
    .trim()
    .replace(/[ \t\u00a0]+/g, ' ');
  if (name === '') return wrong('name-missing');
  if ([...name].length > nameLimit) return wrong('too-long');
  // Control and direction marks would turn a list of factors upside down.
  if (!name.isWellFormed() || /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(name)) return wrong('unreadable');
  return { name };
}

export interface HeldFactor {
  readonly id: string;
  readonly kind: FactorKind;
  /** Neither frozen by its owner nor disabled after too many tries. */
  readonly works: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** Whether a factor may go: only while another one works (SEC-42). */
export const mayRemove = (factors: readonly HeldFactor[], id: string): boolean => factors.some((factor) => factor.id !== id && factor.works);

/** Lives on a telephone: an app of codes, or the portal's own. */
const onPhone = (kind: FactorKind) => kind !== 'passkey';

/** How long after a new app was added the path « Je change de téléphone » offers to remove the old one. */
const changeTakes = days(1);

const changePhoneSteps = ['choose-app', 'scan-code', 'remove-old', 'done'] as const;
export type ChangePhoneStep = (typeof changePhoneSteps)[number];

/**
 * Where somebody stands who changes phones. Computed, never stored: whoever stops comes back to the same place, and signs in with the
 * old phone until the new one is proven.
 * @param old the id of the factor on the old phone. @param pending whether an app waits for its first code, or a telephone to be confirmed. @param now epoch milliseconds
 */
export function changePhoneStep(factors: readonly HeldFactor[], old: string, pending: boolean, now: number): ChangePhoneStep {
  const leaving = factors.find((factor) => factor.id === old);
  if (!leaving) return 'done';
  if (pending) return 'scan-code';
  const arrived = factors.some(
    (factor) =>
      factor.id !== old &&
      factor.works &&
      onPhone(factor.kind) === onPhone(leaving.kind) &&
      factor.createdAt > leaving.createdAt &&
      now - factor.createdAt < changeTakes,
  );
  return arrived ? 'remove-old' : 'choose-app';
}
