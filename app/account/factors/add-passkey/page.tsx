// Another passkey or security key.
import { words } from '#lib/language/language';
import { Back } from '#ui/margin';
import { PasskeyForm } from '#ui/passkey-form';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { paths } from '../../../paths';
import { requireRecentProof } from '../../../session';
import { askPasskey, givePasskey } from './actions';

export default async function AddPasskeyPage() {
  const member = await requireRecentProof(paths.addPasskey);
  const { enrol, passkeys } = words(member.visitor.language);
  const { passkey } = enrol;
  return (
    <Shell margin={<Back href={paths.factors} />}>
      <PasskeyForm
        making
        action={givePasskey}
        ask={askPasskey}
        title={await titleOf(passkey.title)}
        heading={
          <>
            <h1>{passkey.title}</h1>
            <p className="lead">{passkey.lead}</p>
          </>
        }
        submit={passkey.form.submit}
        words={passkeys}
      />
    </Shell>
  );
}
