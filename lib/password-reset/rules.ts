// What proves, beside the mailbox, that a forgotten password is one's own; and the stand-in for addresses that nobody has. Pure.
import { mayBeKnownByWords, type Role } from '../roles/rules.ts';
import type { FactorKind } from '../sign-in/steps.ts';

/** Where a reset begins; open to everybody. Letters lead there. */
export const startResetFolder = '/reset-password/start';

/** In the order in which they are offered; each is enough, with the code of the mailbox. */
export const resetWays = ['passkey', 'code-app', 'answers', 'recovery-code'] as const;
export type ResetWay = (typeof resetWays)[number];

/** What a person really has. */
export interface HeldForReset {
  /** Factors that work. */
  readonly working: readonly FactorKind[];
  /** All of them: frozen and disabled ones too. */
  readonly factors: number;
  readonly recoveryCodesLeft: number;
  /** All four answers are in place. */
  readonly answers: boolean;
  /** `closed`: after too many wrong sets, until an instant or for good. */
  readonly answersPath: 'open' | 'closed';
  readonly role: Role | null;
  /** Its owner said that they did not choose the password. */
  readonly passwordFrozen: boolean;
}

export interface ResetPolicy {
  /** Whether the institute asks questions at all. */
  readonly questions: boolean;
  readonly answers: 'always' | 'without-factor' | 'never';
}

/**
 * Whether this person's answers may count, whatever was tried: not where settings say so, not for whoever looks after other people's
 * accounts, and not where somebody else may have just used them.
 */
export function answersMayCount(held: HeldForReset, policy: ResetPolicy): boolean {
  if (!held.answers || !policy.questions || policy.answers === 'never') return false;
  if (policy.answers === 'without-factor' && held.factors > 0) return false;
  return mayBeKnownByWords(held.role) && !held.passwordFrozen;
}

/** Only what this person really has and may use now. */
export function waysToProve(held: HeldForReset, policy: ResetPolicy): ResetWay[] {
  const open: Readonly<Record<ResetWay, boolean>> = {
    passkey: held.working.includes('passkey'),
    // A telephone shows codes as well (one scan, two ways).
    'code-app': held.working.includes('totp') || held.working.includes('phone'),
    answers: held.answersPath === 'open' && answersMayCount(held, policy),
    'recovery-code': held.recoveryCodesLeft > 0,
  };
  return resetWays.filter((way) => open[way]);
}

const nobody = 'nobody:';
/** The id that an address without an account goes by, so that it leaves the same rows (decision 0020). @param hash keyed, of the address */
export const standInOf = (hash: string) => `${nobody}${hash}`;
export const isStandIn = (accountId: string) => accountId.startsWith(nobody);
/** The account that an event is about; null for a stand-in. */
export const knownAccount = (accountId: string) => (isStandIn(accountId) ? null : accountId);
