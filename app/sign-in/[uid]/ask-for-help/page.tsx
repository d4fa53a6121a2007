// Asks the helpdesk for help, where a sign-in is stuck after the password: no mail, no phone, nothing left.
import { Back, GoingTo } from '#ui/margin';
import { Shell } from '#ui/shell';
import { AskForHelp } from '../../../help/ask-for-help';
import { signInHelpPlace } from '../../../interaction';
import { ask } from './actions';

export default async function SignInHelpPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, accountId, back } = await signInHelpPlace(uid);
  return (
    <Shell
      margin={
        <>
          <Back href={back} />
          <GoingTo application={flow.application} />
        </>
      }
    >
      <AskForHelp accountId={accountId} action={ask.bind(null, uid)} />
    </Shell>
  );
}
