'use client';
// Asks for a proof in the middle of a form whose last one has grown old, by a code or by a passkey: what was typed stays where it is.
import { lazy, Suspense } from 'react';
import { Actions, Button } from './button';
import { Field } from './field';
import { FieldError } from './field-error';
import type { Form } from './form-page';
import { useKitWords } from './kit-words';
import { Notice } from './notice';
import { useScript } from './script';
import { Sentence } from './sentence';

const ProofPasskey = lazy(() => import('./proof-passkey').then((m) => ({ default: m.ProofPasskey })));

export function ProofField({ form }: { form: Form }) {
  const words = useKitWords();
  const script = useScript();
  const error = form.error('proof');
  if (!error) return null;
  const { hint, passkey } = form.state.proof ?? { hint: null, passkey: null };
  return (
    <>
      <Field
        name="proof"
        label={words.proof}
        hint={hint ?? words.proofHint}
        error={error}
        required={passkey === null}
        autoComplete="one-time-code"
        spellCheck={false}
      />
      {passkey &&
        (script ? (
          <Suspense>
            <ProofPasskey form={form} words={passkey} kit={{ Actions, Button, FieldError }} />
          </Suspense>
        ) : (
          <noscript>
            <Notice>
              <Sentence text={passkey.noScript} />
            </Notice>
          </noscript>
        ))}
    </>
  );
}
