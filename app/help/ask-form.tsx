'use client';
// Asks the helpdesk for help: what is wrong, and a few words more. The same from the account, the wizard, a sign-in and a reset.
import type { ReactNode } from 'react';
import { Choice, Choices } from '#ui/choice';
import { FormPage, useForm } from '#ui/form-page';
import { LongField } from '#ui/long-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../form-state';

export function AskForm({
  action,
  title,
  heading,
  topics,
  words,
}: {
  action: FormAction;
  title: string;
  heading: ReactNode;
  topics: readonly { readonly value: string; readonly title: string }[];
  words: { readonly topic: string; readonly text: string; readonly textHint: string; readonly submit: string };
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={heading}>
      <Choices name="topic" legend={words.topic} legendShown error={form.error('topic')}>
        {topics.map((topic, n) => (
          <Choice key={topic.value} name="topic" {...topic} first={n === 0} chosen={form.kept('topic') === topic.value} />
        ))}
      </Choices>
      <LongField name="text" label={words.text} hint={words.textHint} error={form.error('text')} defaultValue={form.kept('text')} />
      <SubmitButton>{words.submit}</SubmitButton>
    </FormPage>
  );
}
