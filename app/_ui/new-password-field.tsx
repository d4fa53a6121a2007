'use client';
// A password being chosen: what is said of it while it is typed is what the act would refuse it for.
import { useEffect, useRef, useState } from 'react';
import { judgePassword, type PasswordOwner, type PasswordProblem } from '#lib/passwords/rules';
import { PasswordField } from './password-field';

/** Milliseconds after the last key: nobody wants to be judged in the middle of a word. */
const pause = 600;

export interface NewPasswordWords {
  readonly password: string;
  readonly passwordHint: string;
  readonly strong: string;
}

/** @param sentences why a password would be refused, so that the hint says the same as the refusal */
export function NewPasswordField({
  error,
  owner,
  words,
  sentences,
}: {
  error: string | undefined;
  owner: PasswordOwner;
  words: NewPasswordWords;
  sentences: Readonly<Record<PasswordProblem | 'password-guessable', string>>;
}) {
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
    <>
      <PasswordField
        name="password"
        label={words.password}
        hint={words.passwordHint}
        error={error}
        autoComplete="new-password"
        onChange={(event) => look(event.target.value)}
      />
      <p className="hint" role="status">
        {hint}
      </p>
    </>
  );
}
