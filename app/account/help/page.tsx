// Asks the helpdesk for help, from one's own account.
import { words } from '#lib/language/language';
import { AccountShell } from '#ui/shell';
import { AskForHelp } from '../../help/ask-for-help';
import { paths } from '../../paths';
import { requireMember } from '../../session';
import { AccountMargin } from '../margin';
import { ask } from './actions';

export default async function AccountHelpPage() {
  const member = await requireMember(paths.askForHelp);
  const spoken = words(member.visitor.language).account;
  return (
    <AccountShell label={spoken.label} margin={<AccountMargin member={member} current={null} />}>
      <AskForHelp accountId={member.accountId} action={ask} />
    </AccountShell>
  );
}
