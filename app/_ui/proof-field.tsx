'use client';
// Asks for a code in the middle of a form whose proof has grown old: what was typed stays where it is.
import { Field } from './field';
import type { Form } from './form-page';
import { useKitWords } from './kit-words';

export function ProofField({ form }: { form: Form }) {
  const words = useKitWords();
  const error = form.error('proof');
  if (!error) return null;
  return <Field name="proof" label={words.proof} hint={words.proofHint} error={error} autoComplete="one-time-code" spellCheck={false} />;
}
