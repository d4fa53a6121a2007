// The four secret questions, all together. Shown to nobody who does not hold the mailbox and the password.
import { words } from '#lib/language/language';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { lostPhoneProofPlace } from '../../../../../interaction';
import { lostPhonePath } from '../../../../../paths';
import { AnswersForm } from '../../../../../reset-password/prove-identity/answers/form';
import { LostPhoneMargin } from '../../margin';
import { OtherWays } from '../other-ways';
import { giveAnswers } from './actions';

export default async function AnswersPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, facts } = await lostPhoneProofPlace(uid, 'answers');
  const { questions, resetPassword } = words(flow.visitor.language);
  const { answers } = resetPassword;
  return (
    <Shell margin={<LostPhoneMargin step="prove-identity" back={lostPhonePath(uid, 'prove-identity')} flow={flow} facts={facts} />}>
      <AnswersForm
        action={giveAnswers.bind(null, uid)}
        title={await titleOf(answers.title)}
        heading={answers.heading}
        lead={answers.lead}
        questions={facts.questions.map((key) => questions[key])}
        words={answers.form}
        ways={<OtherWays uid={uid} />}
      />
    </Shell>
  );
}
