// One of the codes kept on paper.
import { words } from '#lib/language/language';
import { CodeForm } from '#ui/code-form';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { lostPhoneProofPlace } from '../../../../../interaction';
import { lostPhonePath } from '../../../../../paths';
import { LostPhoneMargin } from '../../margin';
import { OtherWays } from '../other-ways';
import { giveRecoveryCode } from './actions';

export default async function RecoveryCodePage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, facts } = await lostPhoneProofPlace(uid, 'recovery-code');
  const { secondFactor, resetPassword } = words(flow.visitor.language);
  const { recoveryCode, form } = secondFactor;
  return (
    <Shell margin={<LostPhoneMargin step="prove-identity" back={lostPhonePath(uid, 'prove-identity')} flow={flow} facts={facts} />}>
      <CodeForm
        action={giveRecoveryCode.bind(null, uid)}
        title={await titleOf(recoveryCode.title)}
        heading={recoveryCode.heading}
        lead={resetPassword.recoveryCodeLead}
        words={{ ...recoveryCode.form, submit: form.submit }}
        ways={<OtherWays uid={uid} />}
      />
    </Shell>
  );
}
