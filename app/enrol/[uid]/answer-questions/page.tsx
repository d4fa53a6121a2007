// Step 3: four secret questions.
import { problemSentence, words } from '#lib/language/language';
import { type AnswersProblem, answersProblems, questionKeys } from '#lib/questions/rules';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { enrolmentPlace } from '../../../interaction';
import { WizardMargin } from '../margin';
import { giveAnswers } from './actions';
import { AnswerQuestionsForm } from './form';

export default async function AnswerQuestionsPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal, facts } = await enrolmentPlace(uid, 'answer-questions');
  const { enrol, questions } = words(flow.visitor.language);
  const sentences = Object.fromEntries(answersProblems.map((code) => [code, problemSentence({ code }, flow.visitor.language)])) as Record<
    AnswersProblem,
    string
  >;
  return (
    <Shell margin={<WizardMargin step="answer-questions" flow={flow} settings={portal.settings} facts={facts} />}>
      <AnswerQuestionsForm
        action={giveAnswers.bind(null, uid)}
        title={await titleOf(enrol.answerQuestions.title)}
        heading={enrol.answerQuestions.title}
        lead={enrol.answerQuestions.lead}
        questions={questionKeys.map((key) => ({ key, sentence: questions[key] }))}
        words={enrol.answerQuestions.form}
        sentences={sentences}
      />
    </Shell>
  );
}
