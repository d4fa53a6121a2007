'use client';
// A few words more for the request for help that is open: the same action, wherever one is.
import type { ReactNode } from 'react';
import { FormPage, useForm } from '#ui/form-page';
import { LongField } from '#ui/long-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../form-state';

export function AddForm({
  action,
  topic,
  title,
  heading,
  words,
}: {
  action: FormAction;
  topic: string;
  title: string;
  heading: ReactNode;
  words: { readonly label: string; readonly hint: string; readonly submit: string };
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={heading}>
      <input type="hidden" name="topic" value={topic} />
      <LongField
        // What was sent is no longer in the field.
        key={form.state.notice ? form.state.attempt : 'kept'}
        name="text"
        label={words.label}
        hint={words.hint}
        error={form.error('text')}
        required
        defaultValue={form.kept('text')}
      />
      <SubmitButton kind="secondary">{words.submit}</SubmitButton>
    </FormPage>
  );
}
