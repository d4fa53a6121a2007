// A new password: for the current one and a recent proof. Every other session ends.
import { findAccount } from '#lib/accounts/facts';
import { problemSentence, words } from '#lib/language/language';
import type { PasswordProblem } from '#lib/passwords/rules';
import { AccountShell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { paths } from '../../paths';
import { portal } from '../../portal';
import { requireProofBeforeForm } from '../../session';
import { AccountMargin } from '../margin';
import { change } from './actions';
import { ChangePasswordForm } from './form';

const reasons = [
  'password-too-short',
  'password-too-long',
  'password-common',
  'password-personal',
  'password-guessable',
  'unreadable',
] as const satisfies readonly (PasswordProblem | 'password-guessable')[];

export default async function PasswordPage() {
  const member = await requireProofBeforeForm(paths.password);
  const account = await findAccount(await portal(), member.accountId);
  if (!account) throw new Error('A session of an account that is not there');
  const spoken = words(member.visitor.language).account;
  const { address, givenName, familyName } = account;
  const sentences = Object.fromEntries(reasons.map((code) => [code, problemSentence({ code }, member.visitor.language)])) as Record<
    (typeof reasons)[number],
    string
  >;
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
        sentences={sentences}
      />
    </AccountShell>
  );
}
