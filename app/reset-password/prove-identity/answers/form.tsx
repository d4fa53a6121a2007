'use client';
import type { ReactNode } from 'react';
import { Field } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

/** @param questions in the order of their answers */
export function AnswersForm({
  action,
  title,
  heading,
  lead,
  questions,
  words,
  ways,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: string;
  questions: readonly string[];
  words: { submit: string };
  ways: ReactNode;
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
        </>
      }
    >
      {questions.map((question, slot) => {
        const name = `a${slot + 1}`;
        return <Field key={name} name={name} label={question} error={form.error(name)} autoComplete="off" spellCheck={false} />;
      })}
      <SubmitButton>{words.submit}</SubmitButton>
      {ways}
    </FormPage>
  );
}
