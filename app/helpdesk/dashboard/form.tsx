'use client';
import type { ReactNode } from 'react';
import { FormPage, useForm } from '#ui/form-page';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../form-state';

export function AgainForm({ action, title, heading, submit }: { action: FormAction; title: string; heading: ReactNode; submit: string }) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={heading} className="no-print">
      <ProofField form={form} />
      <SubmitButton kind="secondary" small>
        {submit}
      </SubmitButton>
    </FormPage>
  );
}
