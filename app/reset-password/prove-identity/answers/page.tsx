// The four secret questions, all together. Shown to nobody who does not hold the mailbox.
import { words } from '#lib/language/language';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { resetPath } from '../../../paths';
import { resetWayPlace } from '../../../reset';
import { ResetMargin } from '../../margin';
import { OtherWays } from '../other-ways';
import { giveAnswers } from './actions';
import { AnswersForm } from './form';

export default async function AnswersPage() {
  const { portal, reset, person } = await resetWayPlace('answers');
  const { questions, resetPassword } = words(reset.visitor.language);
  const said = resetPassword.answers;
  return (
    <Shell margin={<ResetMargin step="prove-identity" back={resetPath('prove-identity')} />}>
      <AnswersForm
        action={giveAnswers}
        title={await titleOf(said.title)}
        heading={said.heading}
        lead={said.lead}
        questions={person.questions.map((key) => questions[key])}
        words={said.form}
        ways={<OtherWays person={person} portal={portal} />}
      />
    </Shell>
  );
}
