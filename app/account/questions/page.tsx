// All four secret questions, chosen anew. The answers that are kept can't be read, so none is shown.
import { redirect } from 'next/navigation';
import { inPlace } from '#lib/factors/facts';
import { problemSentence, words } from '#lib/language/language';
import { type AnswersProblem, answersProblems, questionKeys } from '#lib/questions/rules';
import { AccountShell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { AnswerQuestionsForm } from '../../enrol/[uid]/answer-questions/form';
import { paths } from '../../paths';
import { portal } from '../../portal';
import { requireProofBeforeForm } from '../../session';
import { AccountMargin } from '../margin';
import { change } from './actions';

export default async function QuestionsPage() {
  const member = await requireProofBeforeForm(paths.questions);
  const running = await portal();
  if (!running.settings.questions) redirect(paths.account);
  const { answeredAt } = await inPlace(running, member.accountId);
  const { account, enrol, questions } = words(member.visitor.language);
  const said = account.changeQuestions;
  const sentences = Object.fromEntries(answersProblems.map((code) => [code, problemSentence({ code }, member.visitor.language)])) as Record<
    AnswersProblem,
    string
  >;
  return (
    <AccountShell label={account.label} margin={<AccountMargin member={member} current="questions" />}>
      <AnswerQuestionsForm
        action={change}
        title={await titleOf(account.places.questions)}
        heading={said.title}
        lead={answeredAt === null ? enrol.answerQuestions.lead : said.lead(answeredAt)}
        questions={questionKeys.map((key) => ({ key, sentence: questions[key] }))}
        words={{ ...enrol.answerQuestions.form, submit: said.submit }}
        sentences={sentences}
      />
    </AccountShell>
  );
}
