'use client';
import type { ReactNode } from 'react';
import type { Words } from '#lib/language/fr';
import { CheckField } from '#ui/check-field';
import { FormPage, useForm } from '#ui/form-page';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

export function SaveRecoveryCodesForm({
  action,
  title,
  heading,
  warning,
  words,
}: {
  action: FormAction;
  title: string;
  heading: ReactNode;
  warning: ReactNode;
  words: Words['enrol']['saveRecoveryCodes']['form'];
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={heading} className="no-print">
      {warning}
      <CheckField name="kept" label={words.kept} error={form.error('kept')} />
      <ProofField form={form} />
      <SubmitButton>{words.submit}</SubmitButton>
    </FormPage>
  );
}
