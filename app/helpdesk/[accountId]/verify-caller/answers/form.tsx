'use client';
import type { FormAction } from '#app/form-state';
import { Ways } from '#ui/button';
import { Field } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
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
    <FormPage
      form={form}
      title={title}
      heading={
        <>
          <h1>{words.heading}</h1>
          <p className="lead">{words.lead}</p>
        </>
      }
    >
      <input type="hidden" name="account" value={account} />
      {questions.map((question, slot) => {
        const name = `a${slot + 1}`;
        return <Field key={name} name={name} label={question} error={form.error(name)} autoComplete="off" spellCheck={false} />;
      })}
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
