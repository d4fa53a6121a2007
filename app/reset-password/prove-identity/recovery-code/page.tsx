// One of the codes kept on paper.
import { words } from '#lib/language/language';
import { CodeForm } from '#ui/code-form';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { resetPath } from '../../../paths';
import { resetWayPlace } from '../../../reset';
import { ResetMargin } from '../../margin';
import { OtherWays } from '../other-ways';
import { giveRecoveryCode } from './actions';

export default async function RecoveryCodePage() {
  const { portal, reset, person } = await resetWayPlace('recovery-code');
  const { secondFactor, resetPassword } = words(reset.visitor.language);
  const { recoveryCode, form } = secondFactor;
  return (
    <Shell margin={<ResetMargin step="prove-identity" back={resetPath('prove-identity')} />}>
      <CodeForm
        action={giveRecoveryCode}
        title={await titleOf(recoveryCode.title)}
        heading={recoveryCode.heading}
        lead={resetPassword.recoveryCodeLead}
        words={{ ...recoveryCode.form, submit: form.submit }}
        ways={<OtherWays person={person} portal={portal} />}
      />
    </Shell>
  );
}
