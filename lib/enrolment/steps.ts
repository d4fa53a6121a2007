// The enrolment wizard, as an ordered table of what is still missing. Pure: the page guard and the act ask the same function,
// so that resuming, going back, reloading and a second tab need no code.

export const enrolmentSteps = ['welcome', 'install-app', 'scan-code', 'answer-questions', 'save-recovery-codes', 'done'] as const;
export type EnrolmentStep = (typeof enrolmentSteps)[number];

export interface EnrolmentFacts {
  /** A factor is chosen, its secret made, and its time has not run out. */
  readonly pendingFactor: boolean;
  readonly provenFactors: number;
  readonly answers: number;
  readonly recoveryCodesKept: boolean;
  /**
   * Nothing but a new factor is put in place here, for a lost phone (lib/lost-phone). Until it is proven, `provenFactors` is 0: none of the
   * old ones counts.
   */
  readonly replacing: boolean;
}
export interface EnrolmentPolicy {
  /** How many secret questions are asked; 0 where the institute does without. */
  readonly questions: number;
}

const requirements: readonly { readonly step: EnrolmentStep; readonly missing: (f: EnrolmentFacts, p: EnrolmentPolicy) => boolean }[] = [
  { step: 'welcome', missing: (f) => !f.replacing && !f.pendingFactor && f.provenFactors === 0 && f.answers === 0 && !f.recoveryCodesKept },
  { step: 'install-app', missing: (f) => !f.pendingFactor && f.provenFactors === 0 },
  { step: 'scan-code', missing: (f) => f.provenFactors === 0 },
  { step: 'answer-questions', missing: (f, p) => !f.replacing && f.answers < p.questions },
  { step: 'save-recovery-codes', missing: (f) => !f.recoveryCodesKept },
];

export const nextEnrolmentStep = (facts: EnrolmentFacts, policy: EnrolmentPolicy): EnrolmentStep =>
  requirements.find((r) => r.missing(facts, policy))?.step ?? 'done';

/** Beside the next step: reading on from the welcome page, and choosing another app before the code is proven. */
const alsoOpen: Partial<Record<EnrolmentStep, readonly EnrolmentStep[]>> = {
  welcome: ['install-app'],
  'install-app': ['welcome'],
  'scan-code': ['welcome', 'install-app'],
};
/** Whether a page may be seen, and its act done, now. */
export const isEnrolmentStepOpen = (step: EnrolmentStep, facts: EnrolmentFacts, policy: EnrolmentPolicy): boolean => {
  const next = nextEnrolmentStep(facts, policy);
  if (step === 'welcome' && facts.replacing) return false;
  return step === next || (alsoOpen[next]?.includes(step) ?? false);
};

/** Each step's requirement in words, for docs/flows and the CLI. */
export const enrolmentTable: Record<EnrolmentStep, string> = {
  welcome: 'nothing is in place yet, and no lost phone is replaced',
  'install-app': 'no factor is proven, and none is chosen',
  'scan-code': 'a factor is chosen and not proven',
  'answer-questions': 'fewer answers than questions asked, and no lost phone is replaced',
  'save-recovery-codes': 'no recovery codes are kept',
  done: 'nothing is missing: the provider takes over',
};
