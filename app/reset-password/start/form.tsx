'use client';
import type { Words } from '#lib/language/fr';
import { Actions, Ways } from '#ui/button';
import { Field } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
import { Heading } from '#ui/heading';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../form-state';

export function StartResetForm({
  action,
  title,
  heading,
  lead,
  addressHint,
  from,
  words,
  codeSent,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: string;
  addressHint: string;
  /** The interaction to come back to; empty when there is none. */
  from: string;
  words: Words['resetPassword']['start']['form'];
  codeSent: { href: string; name: string } | null;
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={<Heading heading={heading} lead={lead} />}>
      <input type="hidden" name="from" value={from} />
      <Field
        name="address"
        type="email"
        label={words.address}
        hint={addressHint}
        error={form.error('address')}
        defaultValue={form.kept('address')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Actions>
        <SubmitButton>{words.submit}</SubmitButton>
      </Actions>
      {codeSent && (
        <Ways>
          <a href={codeSent.href}>{codeSent.name}</a>
        </Ways>
      )}
    </FormPage>
  );
}
