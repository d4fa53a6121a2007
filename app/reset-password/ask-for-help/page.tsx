// Asks the helpdesk for help, where a new password can't be had: once the mailbox is proven.
import { Back } from '#ui/margin';
import { Shell } from '#ui/shell';
import { AskForHelp } from '../../help/ask-for-help';
import { resetPath } from '../../paths';
import { resetHelpPlace } from '../../reset';
import { ask } from './actions';

export default async function ResetHelpPage() {
  const { person, next } = await resetHelpPlace();
  return (
    <Shell margin={<Back href={resetPath(next)} />}>
      <AskForHelp accountId={person.account.id} action={ask} />
    </Shell>
  );
}
