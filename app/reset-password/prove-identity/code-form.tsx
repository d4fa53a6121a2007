'use client';
// One code, of the app or of the recovery list.
import type { ReactNode } from 'react';
import { CodeField, Field } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../form-state';

/** @param digits whether the code is six digits; else it is a recovery code. @param ways the other ways that this person has */
export function ProveByCodeForm({
  action,
  title,
  heading,
  lead,
  digits = false,
  words,
  ways,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: string;
  digits?: boolean;
  words: { code: string; codeHint: string; submit: string };
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
      {digits ? (
        <CodeField name="code" label={words.code} hint={words.codeHint} error={form.error('code')} />
      ) : (
        <Field
          name="code"
          label={words.code}
          hint={words.codeHint}
          error={form.error('code')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
      )}
      <SubmitButton>{words.submit}</SubmitButton>
      {ways}
    </FormPage>
  );
}
