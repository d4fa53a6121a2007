// Asks the helpdesk for help, from the wizard, whatever its step.
import { Back, GoingTo } from '#ui/margin';
import { Shell } from '#ui/shell';
import { AskForHelp } from '../../../help/ask-for-help';
import { enrolmentHelpPlace } from '../../../interaction';
import { enrolPath } from '../../../paths';
import { ask } from './actions';

export default async function EnrolmentHelpPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, next } = await enrolmentHelpPlace(uid);
  return (
    <Shell
      margin={
        <>
          <Back href={enrolPath(uid, next)} />
          <GoingTo application={flow.application} />
        </>
      }
    >
      <AskForHelp accountId={flow.accountId} action={ask.bind(null, uid)} />
    </Shell>
  );
}
