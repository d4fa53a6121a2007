// The way of who has no factor any more, as an ordered table of what is still missing. Pure: the page guard and the act ask the same
// function. It ends in a session that can do nothing but put a new factor in place (lib/enrolment).

export const lostPhoneSteps = ['password', 'wait', 'what-happened', 'prove-identity', 'done'] as const;
export type LostPhoneStep = (typeof lostPhoneSteps)[number];

/** What happened to the phone: a stolen one is in somebody's hands. */
export const happenings = ['lost', 'stolen'] as const;
export type Happening = (typeof happenings)[number];

/** How a person proves who they are, beside the password; `answers` come after a code sent to the mailbox, never without. */
export const lostPhoneWays = ['recovery-code', 'answers', 'pass'] as const;
export type LostPhoneWay = (typeof lostPhoneWays)[number];

export interface LostPhoneFacts {
  /** A password was right in this flow, the account has a factor, and none was proven: the sign-in stands at its second factor. */
  readonly passwordProven: boolean;
  /** What the person said in this flow, or when the re-enrolment that is under way was opened. */
  readonly happened: Happening | null;
  /** A re-enrolment is open that gives nothing yet: its waiting period runs. */
  readonly waiting: boolean;
  /** The waiting period of a re-enrolment is over, and its time has not run out: a code to the mailbox is all that is asked again. */
  readonly waited: boolean;
  /** A code sent to the mailbox for this purpose came back in this flow. */
  readonly mailboxProven: boolean;
  /** This flow has proven enough, and the re-enrolment is open now. */
  readonly opened: boolean;
  /** What this person has, and rules allow. */
  readonly ways: readonly LostPhoneWay[];
}

const requirements: readonly { readonly step: LostPhoneStep; readonly missing: (f: LostPhoneFacts) => boolean }[] = [
  { step: 'password', missing: (f) => !f.passwordProven },
  { step: 'wait', missing: (f) => f.waiting && !f.opened },
  { step: 'what-happened', missing: (f) => f.happened === null },
  { step: 'prove-identity', missing: (f) => !f.opened },
];

export const nextLostPhoneStep = (facts: LostPhoneFacts): LostPhoneStep => requirements.find((r) => r.missing(facts))?.step ?? 'done';

/** Beside the next step: saying it again; and, while waiting, what needs no wait. */
const alsoOpen: Partial<Record<LostPhoneStep, readonly LostPhoneStep[]>> = {
  'prove-identity': ['what-happened'],
  wait: ['prove-identity'],
};
/** Whether a page may be seen, and its act done, now. */
export const isLostPhoneStepOpen = (step: LostPhoneStep, facts: LostPhoneFacts): boolean => {
  const next = nextLostPhoneStep(facts);
  return step === next || (alsoOpen[next]?.includes(step) ?? false);
};

/** Places within step prove-identity. `email-code` and `answers` are the two halves of one way. */
export const proofPlaces = ['recovery-code', 'email-code', 'answers', 'pass'] as const;
export type ProofPlace = (typeof proofPlaces)[number];

/** Whether this proof may be tried now. While waiting, answers were given already: nothing makes the wait shorter, or begin again. */
export function isProofOpen(place: ProofPlace, facts: LostPhoneFacts): boolean {
  if (!isLostPhoneStepOpen('prove-identity', facts)) return false;
  if (place === 'recovery-code' || place === 'pass') return facts.ways.includes(place);
  if (!facts.ways.includes('answers') || facts.waiting) return false;
  return place === 'email-code' ? !facts.mailboxProven : facts.mailboxProven && !facts.waited;
}

/** Each step's requirement in words, for docs/flows and the CLI. */
export const lostPhoneTable: Record<LostPhoneStep, string> = {
  password: 'no right password in this flow, or the account has no factor',
  wait: 'the waiting period of a re-enrolment runs',
  'what-happened': 'not said yet whether the phone is lost or stolen',
  'prove-identity': 'nothing beyond the password is proven in this flow',
  done: 'the re-enrolment is open: the provider takes over, then the wizard',
};
