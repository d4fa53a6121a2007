// A passkey or a security key, after the password.
import { redirect } from 'next/navigation';
import { words } from '#lib/language/language';
import { Ways } from '#ui/button';
import { Back, GoingTo } from '#ui/margin';
import { PasskeyForm } from '#ui/passkey-form';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { signInPlace } from '../../../../interaction';
import { lostPhonePath, otherWaysPath, signInPath } from '../../../../paths';
import { askPasskey, givePasskey } from './actions';

export default async function PasskeyPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, facts } = await signInPlace(uid, 'second-factor');
  if (!facts.working.includes('passkey')) redirect(otherWaysPath(uid));
  const { secondFactor, passkeys } = words(flow.visitor.language);
  const { passkey, form } = secondFactor;
  return (
    <Shell
      margin={
        <>
          <Back href={signInPath(uid, 'password')} />
          <GoingTo application={flow.application} />
        </>
      }
    >
      <PasskeyForm
        action={givePasskey.bind(null, uid)}
        ask={askPasskey.bind(null, uid)}
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
        <Ways>
          <a href={otherWaysPath(uid)}>{form.otherWay}</a>
          <a href={lostPhonePath(uid, 'what-happened')}>{form.lostPhone}</a>
        </Ways>
      </PasskeyForm>
    </Shell>
  );
}
