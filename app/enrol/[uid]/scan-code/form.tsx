'use client';
import type { ReactNode } from 'react';
import type { Words } from '#lib/language/fr';
import { CodeField } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

export function ScanCodeForm({
  action,
  title,
  heading,
  words,
  hidden,
}: {
  action: FormAction;
  title: string;
  heading: ReactNode;
  words: Words['enrol']['scanCode']['form'];
  /** Which factor this one will replace. */
  hidden?: { name: string; value: string };
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={heading}>
      {hidden && <input type="hidden" {...hidden} />}
      <CodeField name="code" label={words.code} hint={words.codeHint} error={form.error('code')} />
      <ProofField form={form} />
      <SubmitButton>{words.submit}</SubmitButton>
    </FormPage>
  );
}
