// The margin of a reset: back, and which step of four.

import { words } from '#lib/language/language';
import type { ResetStep } from '#lib/password-reset/steps';
import { Back, Stepper } from '#ui/margin';
import { paths } from '../paths';
import { language } from '../visitor';

const numbered = ['start', 'email-code', 'prove-identity', 'choose-password'] as const satisfies readonly ResetStep[];

/** @param back the page before, where going back is possible */
export async function ResetMargin({ step, back }: { step: (typeof numbered)[number]; back?: string | undefined }) {
  const { resetPassword, helpdeskCases } = words(await language());
  const { steps } = resetPassword;
  return (
    <>
      {back && <Back href={back} />}
      <Stepper steps={numbered.map((name) => steps[name])} current={numbered.indexOf(step) + 1} />
      {(step === 'prove-identity' || step === 'choose-password') && (
        <p className="hint">
          <a href={paths.askForHelpInReset}>{helpdeskCases.help.link}</a>
        </p>
      )}
    </>
  );
}
