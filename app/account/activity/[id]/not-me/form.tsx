'use client';
// The question before an event is disowned: the safe answer first.
import type { ReactNode } from 'react';
import type { FormAction } from '#app/form-state';
import { Actions, ButtonLink } from '#ui/button';
import { FormPage, useForm } from '#ui/form-page';
import { SubmitButton } from '#ui/submit-button';

export function NotMeForm({
  action,
  title,
  heading,
  event,
  keepHref,
  words,
}: {
  action: FormAction;
  title: string;
  heading: ReactNode;
  event: string;
  keepHref: string;
  words: { keep: string; submit: string };
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={heading}>
      <input type="hidden" name="event" value={event} />
      <Actions>
        <ButtonLink kind="secondary" href={keepHref}>
          {words.keep}
        </ButtonLink>
        <SubmitButton danger>{words.submit}</SubmitButton>
      </Actions>
    </FormPage>
  );
}
