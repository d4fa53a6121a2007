'use client';
import type { Words } from '#lib/language/fr';
import { Field } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
import { FieldPair, SelectField } from '#ui/select-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

export function AnswerQuestionsForm({
  action,
  title,
  heading,
  lead,
  questions,
  words,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: string;
  questions: readonly { key: string; sentence: string }[];
  words: Words['enrol']['answerQuestions']['form'];
}) {
  const form = useForm(action);
  return (
    <FormPage
      form={form}
      title={title}
      heading={
        <>
          <h1>{heading}</h1>
          <p className="lead">{lead}</p>
          <p className="hint" id="answers-hint">
            {words.hint}
          </p>
        </>
      }
    >
      {words.question.map((label, n) => {
        const question = `q${n + 1}`;
        const answer = `a${n + 1}`;
        return (
          <FieldPair key={question}>
            <SelectField name={question} label={label} error={form.error(question)} defaultValue={form.kept(question) ?? ''}>
              <option value="">{words.chooseQuestion}</option>
              {questions.map(({ key, sentence }) => (
                <option value={key} key={key}>
                  {sentence}
                </option>
              ))}
            </SelectField>
            <Field
              name={answer}
              label={
                <>
                  {words.answer}
                  <span className="vh"> {words.toQuestion[n]}</span>
                </>
              }
              error={form.error(answer)}
              autoComplete="off"
              spellCheck={false}
              aria-describedby="answers-hint"
            />
          </FieldPair>
        );
      })}
      <SubmitButton>{words.submit}</SubmitButton>
    </FormPage>
  );
}
