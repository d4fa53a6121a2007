// A new password: for the current one and a recent proof. Every other session ends.
import { findAccount } from '#lib/accounts/facts';
import { words } from '#lib/language/language';
import { AccountShell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { passwordSentences } from '../../password-sentences';
import { paths } from '../../paths';
import { portal } from '../../portal';
import { requireProofBeforeForm } from '../../session';
import { AccountMargin } from '../margin';
import { change } from './actions';
import { ChangePasswordForm } from './form';

export default async function PasswordPage() {
  const member = await requireProofBeforeForm(paths.password);
  const account = await findAccount(await portal(), member.accountId);
  if (!account) throw new Error('A session of an account that is not there');
  const spoken = words(member.visitor.language).account;
  const { address, givenName, familyName } = account;
  return (
    <AccountShell label={spoken.label} margin={<AccountMargin member={member} current="password" />}>
      <ChangePasswordForm
        action={change}
        title={await titleOf(spoken.places.password)}
        heading={
          <>
            <h1>{spoken.password.title}</h1>
            <p className="lead">{spoken.password.lead}</p>
          </>
        }
        owner={{ address, givenName, familyName }}
        words={spoken.password.form}
        sentences={passwordSentences(member.visitor.language)}
      />
    </AccountShell>
  );
}
