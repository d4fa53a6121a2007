'use client';
import type { FormAction } from '#app/form-state';
import { WaysBlock } from '#ui/button';
import { CodeField } from '#ui/field';
import { FormPage, useForm, useLatestForm } from '#ui/form-page';
import { Heading } from '#ui/heading';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';

export function CallerCodeForm({
  compare,
  again: sendAgain,
  account,
  title,
  lead,
  validity,
  words,
  ways,
}: {
  compare: FormAction;
  again: FormAction;
  account: string;
  title: string;
  lead: string;
  validity: string;
  words: { heading: string; code: string; submit: string; again: string; late: string; lateLead: string };
  ways: readonly { readonly href: string; readonly name: string }[];
}) {
  const [form, again] = useLatestForm(useForm(compare), useForm(sendAgain));
  return (
    <>
      <FormPage form={form} others={[again]} title={title} heading={<Heading heading={words.heading} lead={lead} />}>
        <input type="hidden" name="account" value={account} />
        <CodeField name="code" label={words.code} hint={validity} error={form.error('code')} autoComplete="off" />
        <ProofField form={form} />
        <SubmitButton>{words.submit}</SubmitButton>
      </FormPage>
      <form action={again.action} noValidate>
        <input type="hidden" name="account" value={account} />
        <input type="hidden" name="method" value="email-code" />
        <WaysBlock>
          <h2>{words.late}</h2>
          <p>{words.lateLead}</p>
          <ProofField form={again} />
          <SubmitButton kind="secondary" small>
            {words.again}
          </SubmitButton>
          {ways.map(({ href, name }) => (
            <a key={href} href={href}>
              {name}
            </a>
          ))}
        </WaysBlock>
      </form>
    </>
  );
}
