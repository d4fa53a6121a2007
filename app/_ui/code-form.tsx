'use client';
// One code, of the app or of the recovery list: when signing in, in the account, and on the ways round.
import type { ReactNode } from 'react';
import type { FormAction } from '#app/form-state';
import { CodeField, Field } from './field';
import { FormPage, useForm } from './form-page';
import { Heading } from './heading';
import { SubmitButton } from './submit-button';

/** @param digits whether the code is six digits; else it is a recovery code. @param hidden more of the form. @param ways the other ways that this person has */
export function CodeForm({
  action,
  title,
  heading,
  lead,
  digits = false,
  words,
  hidden,
  ways,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: string | readonly string[];
  digits?: boolean;
  words: { code: string; codeHint: string; submit: string };
  hidden?: ReactNode;
  ways: ReactNode;
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={<Heading heading={heading} lead={lead} />}>
      {hidden}
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
