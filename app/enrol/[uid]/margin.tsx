// The wizard's margin: back, which step of how many, and where it leads to.
import { enrolmentPolicy } from '#lib/enrolment/facts';
import type { EnrolmentFacts, EnrolmentStep } from '#lib/enrolment/steps';
import { words } from '#lib/language/language';
import type { Settings } from '#lib/settings';
import type { MemberFlow } from '#lib/visitor';
import { Back, Stepper } from '#ui/margin';
import { askForHelpPath } from '../../paths';
import { type ReplacingStep, replacingSteps } from '../../replacing-steps';

export type NumberedStep = Exclude<EnrolmentStep, 'welcome' | 'done'>;

/** The steps that the institute asks for, in order. */
export const numberedSteps = (settings: Settings): readonly NumberedStep[] => [
  'install-app',
  'scan-code',
  ...(enrolmentPolicy(settings).questions > 0 ? (['answer-questions'] as const) : []),
  'save-recovery-codes',
];

/** @param back the page before, where going back is possible. @param passkey whether there is a key to make, and no code to scan */
export function WizardMargin({
  step,
  back,
  flow,
  settings,
  passkey = false,
  facts,
}: {
  step: NumberedStep;
  back?: string;
  flow: MemberFlow;
  settings: Settings;
  passkey?: boolean;
  facts: Pick<EnrolmentFacts, 'replacing' | 'recoveryCodesKept'>;
}) {
  // Recovery codes that are being shown are not kept yet.
  const steps: readonly ReplacingStep[] = facts.replacing ? replacingSteps(facts.recoveryCodesKept) : numberedSteps(settings);
  const { enrol, lostPhone, helpdeskCases } = words(flow.visitor.language);
  const names = { ...enrol.steps, ...lostPhone.steps, ...(passkey && { 'scan-code': enrol.passkey.step }) };
  return (
    <>
      {back && <Back href={back} />}
      <Stepper steps={steps.map((s) => names[s])} current={steps.indexOf(step) + 1} returnsTo={flow.application.name} />
      <p className="hint">
        <a href={askForHelpPath('enrol', flow.uid)}>{helpdeskCases.help.link}</a>
      </p>
    </>
  );
}
