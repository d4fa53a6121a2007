'use client';
// A page on which the browser's authenticator answers: it is asked when the button is pressed, and what it says is sent like any form.
import { type FormEvent, type ReactNode, startTransition, useState } from 'react';
import type { FormAction } from '#app/form-state';
import type { Words } from '#lib/language/fr';
import { answerOf, credentialForm, whyNot } from './credential';
import { FormPage, useForm } from './form-page';
import { Notice } from './notice';
import { useScript } from './script';
import { SubmitButton } from './submit-button';

/** @param ask the question; null when the page is no longer of its time @param making whether a passkey is made, or one proven */
export function PasskeyForm({
  action,
  ask,
  making = false,
  title,
  heading,
  submit,
  words,
  children,
}: {
  action: FormAction;
  ask: () => Promise<string | null>;
  making?: boolean;
  title: string;
  heading: ReactNode;
  submit: string;
  words: Words['passkeys'];
  children?: ReactNode;
}) {
  const form = useForm(action);
  const script = useScript();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<{ why: ReturnType<typeof whyNot> | null; looks: number }>({ why: null, looks: 0 });
  const begin = async (event: FormEvent<HTMLFormElement>) => {
    if (busy) return;
    const beside = new FormData(event.currentTarget);
    setBusy(true);
    setFound(({ looks }) => ({ why: null, looks }));
    try {
      const question = await ask();
      if (question === null) return window.location.reload();
      const answer = await answerOf(question, making);
      startTransition(() => form.action(credentialForm(answer, beside)));
    } catch (error) {
      setFound(({ looks }) => ({ why: whyNot(error), looks: looks + 1 }));
    } finally {
      setBusy(false);
    }
  };
  const problems = found.why ? [{ code: found.why, sentence: words[found.why] }] : [];
  return (
    <FormPage form={form} title={title} heading={heading} hints={{ problems, looks: found.looks }} check={(event) => void begin(event)}>
      {script ? (
        <SubmitButton>{submit}</SubmitButton>
      ) : (
        <noscript>
          <Notice>
            <p>{words.noScript}</p>
          </Notice>
        </noscript>
      )}
      {children}
    </FormPage>
  );
}
