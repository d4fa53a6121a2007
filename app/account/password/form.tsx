'use client';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Words } from '#lib/language/fr';
import { judgePassword, type PasswordOwner, type PasswordProblem } from '#lib/passwords/rules';
import { FormPage, useForm } from '#ui/form-page';
import { PasswordField } from '#ui/password-field';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../form-state';

/** Milliseconds after the last key: nobody wants to be judged in the middle of a word. */
const pause = 600;

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
  const [hint, setHint] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const look = (typed: string) => {
    clearTimeout(timer.current);
    setHint('');
    if (typed === '') return;
    timer.current = setTimeout(async () => {
      const weak = judgePassword(typed, owner)?.code;
      if (weak) return setHint(sentences[weak]);
      try {
        // Dictionaries of two megabytes: for who types a password, and for nobody else.
        const { isGuessable } = await import('#lib/passwords/estimator');
        setHint(isGuessable(typed, owner) ? sentences['password-guessable'] : words.strong);
      } catch {
        // No dictionaries, no hint: the act judges anyway.
      }
    }, pause);
  };
  return (
    <FormPage form={form} title={title} heading={heading}>
      <PasswordField name="current" label={words.current} error={form.error('current')} autoComplete="current-password" />
      <PasswordField
        name="password"
        label={words.password}
        hint={words.passwordHint}
        error={form.error('password')}
        autoComplete="new-password"
        onChange={(event) => look(event.target.value)}
      />
      <p className="hint" role="status">
        {hint}
      </p>
      <ProofField form={form} />
      <SubmitButton>{words.submit}</SubmitButton>
    </FormPage>
  );
}
