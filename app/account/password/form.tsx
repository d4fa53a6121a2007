'use client';
import type { ReactNode } from 'react';
import type { Words } from '#lib/language/fr';
import type { PasswordOwner, PasswordProblem } from '#lib/passwords/rules';
import { FormPage, useForm } from '#ui/form-page';
import { NewPasswordField } from '#ui/new-password-field';
import { PasswordField } from '#ui/password-field';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../form-state';

/** @param sentences why a password would be refused, so that the hint says the same as the refusal */
export function ChangePasswordForm({
  action,
  title,
  heading,
  owner,
  words,
  sentences,
}: {
  action: FormAction;
  title: string;
  heading: ReactNode;
  owner: PasswordOwner;
  words: Words['account']['password']['form'];
  sentences: Readonly<Record<PasswordProblem | 'password-guessable', string>>;
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={heading}>
      <PasswordField name="current" label={words.current} error={form.error('current')} autoComplete="current-password" />
      <NewPasswordField error={form.error('password')} owner={owner} words={words} sentences={sentences} />
      <ProofField form={form} />
      <SubmitButton>{words.submit}</SubmitButton>
    </FormPage>
  );
}
