'use client';
import type { ReactNode } from 'react';
import { AnswerFields } from '#ui/answer-fields';
import { FormPage, useForm } from '#ui/form-page';
import { Heading } from '#ui/heading';
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
    <FormPage form={form} title={title} heading={<Heading heading={heading} lead={lead} />}>
      <AnswerFields form={form} questions={questions} />
      <SubmitButton>{words.submit}</SubmitButton>
      {ways}
    </FormPage>
  );
}
