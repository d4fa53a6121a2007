'use client';
// One of a few ways, as cards.
import type { ReactElement, ReactNode } from 'react';
import { Choice, Choices } from '#ui/choice';
import { FormPage, useForm } from '#ui/form-page';
import { Heading } from '#ui/heading';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

export function ChoiceForm({
  action,
  title,
  heading,
  lead,
  notice,
  name,
  legend,
  choices,
  words,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: string;
  notice?: ReactNode;
  /** The field's name. */
  name: string;
  legend: string;
  choices: readonly { value: string; title: string; hint: string; icon?: ReactElement | undefined }[];
  words: { submit: string };
}) {
  const form = useForm(action);
  return (
    <FormPage
      form={form}
      title={title}
      heading={
        <Heading heading={heading} lead={lead}>
          {notice}
        </Heading>
      }
    >
      <Choices name={name} legend={legend} error={form.error(name)}>
        {choices.map((choice, n) => (
          <Choice key={choice.value} name={name} {...choice} first={n === 0} chosen={n === 0} />
        ))}
      </Choices>
      <SubmitButton>{words.submit}</SubmitButton>
    </FormPage>
  );
}
