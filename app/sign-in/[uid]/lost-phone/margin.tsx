// The margin of a lost phone: back, which step of how many (the wizard's steps follow), and where it leads to.
import { words } from '#lib/language/language';
import type { KnownLostPhone } from '#lib/lost-phone/facts';
import type { Flow } from '#lib/visitor';
import { Back, Stepper } from '#ui/margin';
import { askForHelpPath } from '../../../paths';
import { replacingSteps } from '../../../replacing-steps';

/** @param back the page before */
export function LostPhoneMargin({
  step,
  back,
  flow,
  facts,
}: {
  step: 'what-happened' | 'prove-identity';
  back: string;
  flow: Flow;
  facts: KnownLostPhone;
}) {
  const { lostPhone, enrol, helpdeskCases } = words(flow.visitor.language);
  const steps = replacingSteps(facts.recoveryCodesKept && facts.happened !== 'stolen');
  const names = { ...enrol.steps, ...lostPhone.steps };
  return (
    <>
      <Back href={back} />
      <Stepper steps={steps.map((s) => names[s])} current={steps.indexOf(step) + 1} returnsTo={flow.application.name} />
      <p className="hint">
        <a href={askForHelpPath('sign-in', flow.uid)}>{helpdeskCases.help.link}</a>
      </p>
    </>
  );
}
