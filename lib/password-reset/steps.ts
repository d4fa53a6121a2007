// A forgotten password, as an ordered table of what is still missing. Pure: the page guard and the act ask the same function.

export const resetSteps = ['start', 'email-code', 'prove-identity', 'choose-password', 'done'] as const;
export type ResetStep = (typeof resetSteps)[number];

export interface ResetFacts {
  /** This browser has begun a reset, not longer ago than one lasts. */
  readonly underWay: boolean;
  readonly mailboxProven: boolean;
  readonly identityProven: boolean;
  readonly finished: boolean;
}

const requirements: readonly { readonly step: ResetStep; readonly missing: (facts: ResetFacts) => boolean }[] = [
  { step: 'start', missing: (f) => !f.underWay },
  // Before any question or choice: nobody sees those of an address whose mailbox they don't hold.
  { step: 'email-code', missing: (f) => !f.mailboxProven },
  { step: 'prove-identity', missing: (f) => !f.identityProven },
  { step: 'choose-password', missing: (f) => !f.finished },
];

export const nextResetStep = (facts: ResetFacts): ResetStep => requirements.find((r) => r.missing(facts))?.step ?? 'done';

/** Each step's requirement in words, for docs/flows and the CLI. */
export const resetTable: Record<ResetStep, string> = {
  start: 'no reset is under way in this browser, or it is more than 30 minutes old',
  'email-code': 'the mailbox is not proven',
  'prove-identity': 'neither a factor, nor a recovery code, nor the four answers are proven',
  'choose-password': 'no new password is in place',
  done: 'nothing is missing: all sessions have ended, the person signs in',
};
