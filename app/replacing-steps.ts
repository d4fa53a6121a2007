// The steps of who replaces a lost phone, as counted in the margin: two before the wizard, the rest in it.
import type { EnrolmentStep } from '#lib/enrolment/steps';
import type { LostPhoneStep } from '#lib/lost-phone/steps';

export type ReplacingStep = Extract<LostPhoneStep, 'what-happened' | 'prove-identity'> | Exclude<EnrolmentStep, 'welcome' | 'done'>;

/** @param codesKept whether recovery codes are kept, and stay */
export const replacingSteps = (codesKept: boolean): readonly ReplacingStep[] => [
  'what-happened',
  'prove-identity',
  'install-app',
  'scan-code',
  ...(codesKept ? [] : (['save-recovery-codes'] as const)),
];
