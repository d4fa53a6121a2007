'use client';
import { type Resolver, useForm as useFields } from 'react-hook-form';
import type { Words } from '#lib/language/fr';
import { type AnswersInput, type AnswersProblem, earlyAnswerProblems } from '#lib/questions/rules';
import { Field } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
import { Heading } from '#ui/heading';
import { ProofField } from '#ui/proof-field';
import { FieldPair, SelectField } from '#ui/select-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

const early: Resolver<AnswersInput> = (values) => {
  const problems = earlyAnswerProblems(values);
  if (problems.length === 0) return { values, errors: {} };
  return { values: {}, errors: Object.fromEntries(problems.map(({ code, field }) => [field, { type: code }])) };
};

const numbers = ['1', '2', '3', '4'] as const;
const fieldsInOrder = numbers.flatMap((n) => [`q${n}`, `a${n}`] as const);

export function AnswerQuestionsForm({
  action,
  title,
  heading,
  lead,
  questions,
  words,
  sentences,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: string;
  questions: readonly { key: string; sentence: string }[];
  words: Words['enrol']['answerQuestions']['form'];
  sentences: Readonly<Record<AnswersProblem, string>>;
}) {
  const form = useForm(action);
  const { register, handleSubmit, formState } = useFields<AnswersInput>({ resolver: early, reValidateMode: 'onSubmit', shouldFocusError: false });
  const problems = fieldsInOrder.flatMap((field) => {
    const code = formState.errors[field]?.type as AnswersProblem | undefined;
    return code ? [{ code, field, sentence: sentences[code] }] : [];
  });
  const error = (field: string) => (problems.length ? problems.find((p) => p.field === field)?.sentence : form.error(field));
  return (
    <FormPage
      form={form}
      title={title}
      hints={{ problems, looks: formState.submitCount }}
      check={(event, send) => void handleSubmit(send)(event)}
      heading={
        <Heading heading={heading} lead={lead}>
          <p className="hint" id="answers-hint">
            {words.hint}
          </p>
        </Heading>
      }
    >
      {numbers.map((n, index) => (
        <FieldPair key={n}>
          <SelectField
            {...register(`q${n}`)}
            name={`q${n}`}
            label={words.question[index]}
            error={error(`q${n}`)}
            defaultValue={form.kept(`q${n}`) ?? ''}
          >
            <option value="">{words.chooseQuestion}</option>
            {questions.map(({ key, sentence }) => (
              <option value={key} key={key}>
                {sentence}
              </option>
            ))}
          </SelectField>
          <Field
            {...register(`a${n}`)}
            name={`a${n}`}
            label={
              <>
                {words.answer}
                <span className="vh"> {words.toQuestion[index]}</span>
              </>
            }
            error={error(`a${n}`)}
            autoComplete="off"
            spellCheck={false}
            aria-describedby="answers-hint"
          />
        </FieldPair>
      ))}
      <ProofField form={form} />
      <SubmitButton>{words.submit}</SubmitButton>
    </FormPage>
  );
}
