// The pass that the helpdesk has just dictated.
import { words } from '#lib/language/language';
import { CodeForm } from '#ui/code-form';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { lostPhoneProofPlace } from '../../../../../interaction';
import { lostPhonePath } from '../../../../../paths';
import { LostPhoneMargin } from '../../margin';
import { OtherWays } from '../other-ways';
import { givePass } from './actions';

export default async function PassPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { portal, flow, facts } = await lostPhoneProofPlace(uid, 'pass');
  const { pass } = words(flow.visitor.language).lostPhone;
  return (
    <Shell margin={<LostPhoneMargin step="prove-identity" back={lostPhonePath(uid, 'prove-identity')} flow={flow} facts={facts} />}>
      <CodeForm
        action={givePass.bind(null, uid)}
        title={await titleOf(pass.title)}
        heading={pass.heading}
        lead={pass.lead(portal.settings.helpdesk.phone)}
        words={pass.form}
        ways={<OtherWays uid={uid} />}
      />
    </Shell>
  );
}
