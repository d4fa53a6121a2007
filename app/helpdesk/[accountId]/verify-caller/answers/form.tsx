'use client';
import type { FormAction } from '#app/form-state';
import { AnswerFields } from '#ui/answer-fields';
import { Ways } from '#ui/button';
import { FormPage, useForm } from '#ui/form-page';
import { Heading } from '#ui/heading';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';

/** @param questions in the order of their answers */
export function CallerAnswersForm({
  action,
  account,
  title,
  words,
  questions,
  ways,
}: {
  action: FormAction;
  account: string;
  title: string;
  words: { heading: string; lead: string; submit: string };
  questions: readonly string[];
  ways: readonly { readonly href: string; readonly name: string }[];
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={<Heading heading={words.heading} lead={words.lead} />}>
      <input type="hidden" name="account" value={account} />
      <AnswerFields form={form} questions={questions} />
      <ProofField form={form} />
      <SubmitButton>{words.submit}</SubmitButton>
      <Ways>
        {ways.map(({ href, name }) => (
          <a key={href} href={href}>
            {name}
          </a>
        ))}
      </Ways>
    </FormPage>
  );
}
