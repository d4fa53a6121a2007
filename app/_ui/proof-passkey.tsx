'use client';
// The passkey in place of a code, in the middle of a form: its answer goes along with what was typed. Comes only where it is asked for.
import { type MouseEvent, startTransition, useState } from 'react';
import { askPasskey } from '#app/account/confirm/actions';
import type { FormState } from '#app/form-state';
import type { Actions, Button } from './button';
import { answerOf, whyNot } from './credential';
import type { FieldError } from './field-error';
import type { Form } from './form-page';

/** @param kit components come from the page: brought along here, their style would be a file of its own */
export function ProofPasskey({
  form,
  words,
  kit,
}: {
  form: Form;
  words: NonNullable<NonNullable<FormState['proof']>['passkey']>;
  kit: { Actions: typeof Actions; Button: typeof Button; FieldError: typeof FieldError };
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const begin = async ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const around = currentTarget.form;
    if (busy || form.pending || !around) return;
    setBusy(true);
    setProblem(null);
    try {
      const question = await ask();
      const answer = await answerOf(question, false);
      const data = new FormData(around);
      data.set('passkey', answer);
      startTransition(() => form.action(data));
    } catch (error) {
      setProblem(words[whyNot(error) === 'unsupported' ? 'unsupported' : 'cancelled']);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div role="alert">{problem && <kit.FieldError id="passkey-error">{problem.replace('\n', '. ')}</kit.FieldError>}</div>
      <kit.Actions>
        <kit.Button type="button" kind="secondary" aria-disabled={busy || form.pending || undefined} onClick={begin}>
          {words.label}
        </kit.Button>
      </kit.Actions>
    </>
  );
}

/** Throws when there is nothing to ask: the passkey is gone meanwhile. */
async function ask(): Promise<string> {
  const question = await askPasskey();
  if (question === null) throw new Error('No passkey to ask for');
  return question;
}
