// A passkey or a security key.
import { words } from '#lib/language/language';
import { PasskeyForm } from '#ui/passkey-form';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { resetPath } from '../../../paths';
import { resetWayPlace } from '../../../reset';
import { ResetMargin } from '../../margin';
import { OtherWays } from '../other-ways';
import { askPasskey, givePasskey } from './actions';

export default async function PasskeyPage() {
  const { portal, reset, person } = await resetWayPlace('passkey');
  const { secondFactor, passkeys } = words(reset.visitor.language);
  const { passkey } = secondFactor;
  return (
    <Shell margin={<ResetMargin step="prove-identity" back={resetPath('prove-identity')} />}>
      <PasskeyForm
        action={givePasskey}
        ask={askPasskey}
        title={await titleOf(passkey.title)}
        heading={
          <>
            <h1>{passkey.heading}</h1>
            <p className="lead">{passkey.lead}</p>
          </>
        }
        submit={passkey.form.submit}
        words={passkeys}
      >
        <OtherWays person={person} portal={portal} />
      </PasskeyForm>
    </Shell>
  );
}
