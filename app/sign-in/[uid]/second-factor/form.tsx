'use client';
import type { Words } from '#lib/language/fr';
import { Ways } from '#ui/button';
import { CodeField, Field } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

/** @param digits whether the code is six digits; else it is a recovery code */
export function SecondFactorForm({
  action,
  title,
  heading,
  lead,
  digits = false,
  words,
  otherWays,
  lostPhone,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: string;
  digits?: boolean;
  words: Words['secondFactor']['form'] & { code: string; codeHint: string };
  otherWays: string;
  lostPhone: string;
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
      <Ways>
        <a href={otherWays}>{words.otherWay}</a>
        <a href={lostPhone}>{words.lostPhone}</a>
      </Ways>
    </FormPage>
  );
}
