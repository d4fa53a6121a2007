'use client';
import type { PasswordOwner, PasswordProblem } from '#lib/passwords/rules';
import { FormPage, useForm } from '#ui/form-page';
import { Heading } from '#ui/heading';
import { NewPasswordField, type NewPasswordWords } from '#ui/new-password-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../form-state';

export function ChoosePasswordForm({
  action,
  title,
  heading,
  lead,
  owner,
  words,
  sentences,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: string;
  owner: PasswordOwner;
  words: NewPasswordWords & { submit: string };
  sentences: Readonly<Record<PasswordProblem | 'password-guessable', string>>;
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={<Heading heading={heading} lead={lead} />}>
      {/* For password managers, which keep a password with its address; it is not sent. */}
      <input type="email" autoComplete="username" defaultValue={owner.address} readOnly hidden />
      <NewPasswordField error={form.error('password')} owner={owner} words={words} sentences={sentences} />
      <SubmitButton>{words.submit}</SubmitButton>
    </FormPage>
  );
}
