'use client';
import type { ReactNode } from 'react';
import type { Words } from '#lib/language/fr';
import { CodeField } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

export function ScanCodeForm({
  action,
  title,
  heading,
  words,
}: {
  action: FormAction;
  title: string;
  heading: ReactNode;
  words: Words['enrol']['scanCode']['form'];
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={heading}>
      <CodeField name="code" label={words.code} hint={words.codeHint} error={form.error('code')} />
      <SubmitButton>{words.submit}</SubmitButton>
    </FormPage>
  );
}
