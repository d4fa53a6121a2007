'use client';
import type { ReactNode } from 'react';
import type { Words } from '#lib/language/fr';
import { CodeField, Field } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../form-state';

/** A code, of the app or of the recovery list. @param ways the other ways that this person has */
export function ConfirmForm({
  action,
  title,
  heading,
  lead,
  digits,
  returnTo,
  ways,
  words,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: readonly string[];
  digits: boolean;
  returnTo: string;
  ways: ReactNode;
  words: Words['account']['confirm']['form'];
}) {
  const form = useForm(action);
  return (
    <FormPage
      form={form}
      title={title}
      heading={
        <>
          <h1>{heading}</h1>
          {lead.map((sentence) => (
            <p className="lead" key={sentence}>
              {sentence}
            </p>
          ))}
        </>
      }
    >
      <input type="hidden" name="returnTo" value={returnTo} />
      {digits ? (
        <CodeField name="code" label={words.code} hint={words.codeHint} error={form.error('code')} />
      ) : (
        <Field
          name="code"
          label={words.recoveryCode}
          hint={words.recoveryCodeHint}
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
