'use client';
// The question of an act: why, and the button. The safe answer stands first.
import type { ReactNode } from 'react';
import { Actions, ButtonLink } from '#ui/button';
import { Field } from '#ui/field';
import { type Form, FormPage, useForm } from '#ui/form-page';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../form-state';

export interface ActWords {
  readonly reason: string;
  readonly reasonHint: string;
  readonly cancel: string;
}

/** @param hidden fields that the page chose, by name */
export function ActForm({
  action,
  title,
  heading,
  hidden,
  words,
  submit,
  danger = false,
  cancelHref,
  children,
}: {
  action: FormAction;
  title: string;
  heading: ReactNode;
  hidden: Readonly<Record<string, string>>;
  words: ActWords;
  submit: string;
  danger?: boolean;
  cancelHref: string;
  children?: ReactNode;
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={heading}>
      {children}
      <ActFields form={form} hidden={hidden} words={words} submit={submit} danger={danger} cancelHref={cancelHref} />
    </FormPage>
  );
}

export function ActFields({
  form,
  hidden,
  words,
  submit,
  danger = false,
  cancelHref,
}: {
  form: Form;
  hidden: Readonly<Record<string, string>>;
  words: ActWords;
  submit: string;
  danger?: boolean;
  cancelHref: string;
}) {
  return (
    <>
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" key={name} name={name} value={value} />
      ))}
      <Field
        name="reason"
        label={words.reason}
        hint={words.reasonHint}
        error={form.error('reason')}
        defaultValue={form.kept('reason')}
        autoComplete="off"
      />
      <ProofField form={form} />
      <Actions>
        <ButtonLink kind="secondary" href={cancelHref}>
          {words.cancel}
        </ButtonLink>
        <SubmitButton danger={danger}>{submit}</SubmitButton>
      </Actions>
    </>
  );
}
