'use client';
import type { ReactNode } from 'react';
import type { Words } from '#lib/language/fr';
import { WaysBlock } from '#ui/button';
import { CodeField } from '#ui/field';
import { FormPage, useForm, useLatestForm } from '#ui/form-page';
import { Notice } from '#ui/notice';
import { Sentence } from '#ui/sentence';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

export function EmailCodeForm({
  giveCode,
  sendAnother,
  title,
  heading,
  sentTo,
  address,
  notSent,
  mailDown,
  validity,
  sender,
  words,
  noAccess,
}: {
  giveCode: FormAction;
  sendAnother: FormAction;
  title: string;
  heading: string;
  sentTo: string;
  address: string;
  /** Why no code could be sent; null when one was. */
  notSent: string | null;
  mailDown: string | null;
  validity: string;
  sender: string;
  words: Words['emailCode']['form'];
  noAccess: ReactNode;
}) {
  const [form, again] = useLatestForm(useForm(giveCode), useForm(sendAnother));
  const trouble = mailDown ?? notSent;
  return (
    <>
      <FormPage
        form={form}
        others={[again]}
        title={title}
        heading={
          <>
            <h1>{heading}</h1>
            {trouble ? (
              <Notice tone="warning" announce="status">
                <Sentence text={trouble} />
              </Notice>
            ) : (
              <p className="lead">
                {sentTo} <b>{address}</b>.
              </p>
            )}
          </>
        }
      >
        <CodeField name="code" label={words.code} hint={validity} error={form.error('code')} />
        <SubmitButton>{words.submit}</SubmitButton>
      </FormPage>
      <form action={again.action}>
        <WaysBlock>
          <h2>{words.nothingReceived}</h2>
          <p>
            {words.lookInSpam} <b>{sender}</b>.
          </p>
          <SubmitButton kind="secondary" small>
            {words.again}
          </SubmitButton>
          <p className="hint">{noAccess}</p>
        </WaysBlock>
      </form>
    </>
  );
}
