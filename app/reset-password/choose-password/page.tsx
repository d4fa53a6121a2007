// The new password, in the place of the forgotten one.
import { words } from '#lib/language/language';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { passwordSentences } from '../../password-sentences';
import { startResetPath } from '../../paths';
import { resetPersonPlace } from '../../reset';
import { ResetMargin } from '../margin';
import { choose } from './actions';
import { ChoosePasswordForm } from './form';

export default async function ChoosePasswordPage() {
  const { reset, facts, person } = await resetPersonPlace('choose-password');
  const { language } = reset.visitor;
  const { resetPassword, account } = words(language);
  const said = resetPassword.choosePassword;
  const { address, givenName, familyName } = person.account;
  return (
    <Shell margin={<ResetMargin step="choose-password" back={startResetPath(facts.signIn)} />}>
      <ChoosePasswordForm
        action={choose}
        title={await titleOf(said.title)}
        heading={said.heading}
        lead={said.lead}
        owner={{ address, givenName, familyName }}
        words={{ ...account.password.form, ...said.form }}
        sentences={passwordSentences(language)}
      />
    </Shell>
  );
}
