'use client';
// Which sessions end, and why.
import type { ReactNode } from 'react';
import { Choice, Choices } from '#ui/choice';
import { FormPage, useForm } from '#ui/form-page';
import type { FormAction } from '../../../form-state';
import { ActFields, type ActWords } from '../act-form';

/** @param choices none: the form is shown again with a question, and what was chosen goes along unseen */
export function EndSessionsForm({
  action,
  title,
  heading,
  hidden,
  words,
  submit,
  cancelHref,
  legend,
  choices,
}: {
  action: FormAction;
  title: string;
  heading: ReactNode;
  hidden: Readonly<Record<string, string>>;
  words: ActWords;
  submit: string;
  cancelHref: string;
  legend: string;
  choices: readonly { readonly value: string; readonly title: string; readonly hint: string }[];
}) {
  const form = useForm(action);
  const chosen = form.kept('session') ?? 'all';
  return (
    <FormPage form={form} title={title} heading={heading}>
      {choices.length === 0 ? (
        <input type="hidden" name="session" value={chosen} />
      ) : (
        <Choices name="session" legend={legend} legendShown error={form.error('session')}>
          {choices.map(({ value, title, hint }, n) => (
            <Choice key={value} name="session" value={value} title={title} hint={hint} chosen={value === chosen} first={n === 0} />
          ))}
        </Choices>
      )}
      <ActFields form={form} hidden={hidden} words={words} submit={submit} cancelHref={cancelHref} />
    </FormPage>
  );
}
