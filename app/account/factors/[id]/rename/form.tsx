'use client';
import type { Words } from '#lib/language/fr';
import { Field } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../../form-state';

export function RenameForm({
  action,
  title,
  heading,
  factor,
  words,
}: {
  action: FormAction;
  title: string;
  heading: string;
  factor: { id: string; name: string };
  words: Words['account']['factors']['renaming']['form'];
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={<h1>{heading}</h1>}>
      <input type="hidden" name="factor" value={factor.id} />
      <Field
        name="name"
        label={words.name}
        hint={words.nameHint}
        error={form.error('name')}
        defaultValue={form.kept('name') ?? factor.name}
        autoComplete="off"
      />
      <SubmitButton>{words.submit}</SubmitButton>
    </FormPage>
  );
}
