'use client';
// The question before a factor goes: the safe answer first.
import type { ReactNode } from 'react';
import { Actions, ButtonLink } from '#ui/button';
import { FormPage, useForm } from '#ui/form-page';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../form-state';

export function RemoveForm({
  action,
  title,
  heading,
  factor,
  keepHref,
  words,
}: {
  action: FormAction;
  title: string;
  heading: ReactNode;
  factor: string;
  keepHref: string;
  words: { keep: string; remove: string };
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={heading}>
      <input type="hidden" name="factor" value={factor} />
      <ProofField form={form} />
      <Actions>
        <ButtonLink kind="secondary" href={keepHref}>
          {words.keep}
        </ButtonLink>
        <SubmitButton danger>{words.remove}</SubmitButton>
      </Actions>
    </FormPage>
  );
}
