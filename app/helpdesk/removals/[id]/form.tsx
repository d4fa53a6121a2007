'use client';
// The second agent's answer: the one that changes nothing first. Each is a form of its own, so that a proof asked for goes with its answer.
import type { ReactNode } from 'react';
import { Actions } from '#ui/button';
import { type Form, FormPage, useForm, useLatestForm } from '#ui/form-page';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

export function DecideForm({
  action,
  title,
  heading,
  request,
  own,
  words,
}: {
  action: FormAction;
  title: string;
  heading: ReactNode;
  request: string;
  /** The agent's own request: it can only be taken back. */
  own: boolean;
  words: { readonly approve: string; readonly refuse: string; readonly withdraw: string };
}) {
  const [keeping, removing] = useLatestForm(useForm(action), useForm(action));
  return (
    <>
      <FormPage form={keeping} others={[removing]} title={title} heading={heading}>
        <Decision form={keeping} request={request} decision={own ? 'withdraw' : 'refuse'} submit={own ? words.withdraw : words.refuse} />
      </FormPage>
      {!own && (
        <form action={removing.action}>
          <Decision form={removing} request={request} decision="approve" submit={words.approve} danger />
        </form>
      )}
    </>
  );
}

function Decision({
  form,
  request,
  decision,
  submit,
  danger = false,
}: {
  form: Form;
  request: string;
  decision: string;
  submit: string;
  danger?: boolean;
}) {
  return (
    <>
      <input type="hidden" name="request" value={request} />
      <input type="hidden" name="decision" value={decision} />
      <ProofField form={form} />
      <Actions>
        <SubmitButton kind={danger ? 'primary' : 'secondary'} danger={danger}>
          {submit}
        </SubmitButton>
      </Actions>
    </>
  );
}
