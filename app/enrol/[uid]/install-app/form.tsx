'use client';
import type { ReactNode } from 'react';
import { passkeyChoice } from '#lib/enrolment/rules';
import type { Words } from '#lib/language/fr';
import { WaysBlock } from '#ui/button';
import { Choice, Choices, Store } from '#ui/choice';
import { FormPage, useForm } from '#ui/form-page';
import { KeyIcon, QuestionIcon, SixFiguresIcon } from '#ui/icon';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';
import { Tag } from '#ui/tag';
import type { FormAction } from '../../../form-state';

interface App {
  name: string;
  hint: string;
  stores: readonly { system: string; url: string; code: ReactNode }[];
}

export function InstallAppForm({
  action,
  title,
  heading,
  lead,
  apps,
  words,
  noSmartphone,
  passkeys = true,
  hidden,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: string;
  apps: readonly App[];
  words: Words['enrol']['installApp']['form'];
  noSmartphone?: { question: string; answer: string };
  /** Whether a passkey is one of the choices here. */
  passkeys?: boolean;
  /** Which factor this one will replace. */
  hidden?: { name: string; value: string };
}) {
  const form = useForm(action);
  const chosen = form.kept('app');
  return (
    <FormPage
      form={form}
      title={title}
      heading={
        <>
          <h1>{heading}</h1>
          <p className="lead">{lead}</p>
        </>
      }
    >
      {hidden && <input type="hidden" {...hidden} />}
      <Choices name="app" legend={words.legend} error={form.error('app')}>
        {apps.map((app, n) => (
          <Choice
            key={app.name}
            name="app"
            value={app.name}
            title={app.name}
            hint={app.hint}
            icon={<SixFiguresIcon />}
            first={n === 0}
            tag={n === 0 && apps.length > 1 ? <Tag tone="accent">{words.recommended}</Tag> : undefined}
            chosen={chosen === app.name || (!chosen && n === 0)}
          >
            <p>{words.install}</p>
            <p className="hint">{words.storeHint}</p>
            {app.stores.map(({ system, url, code }) => (
              <Store key={system}>
                {code}
                <p>
                  <a href={url} rel="noreferrer">
                    {system}
                    <span className="vh"> : {app.name}</span>
                  </a>
                </p>
              </Store>
            ))}
          </Choice>
        ))}
        <Choice
          name="app"
          value="other"
          title={words.otherApp}
          hint={words.otherAppHint}
          icon={<QuestionIcon />}
          first={apps.length === 0}
          chosen={chosen === 'other'}
        />
        {passkeys && (
          <Choice
            name="app"
            value={passkeyChoice}
            title={words.passkey}
            hint={
              <>
                {words.passkeyHint} <noscript>{words.passkeyScript}</noscript>
              </>
            }
            icon={<KeyIcon />}
            chosen={chosen === passkeyChoice}
          />
        )}
      </Choices>
      <ProofField form={form} />
      <SubmitButton>{words.submit}</SubmitButton>
      {noSmartphone && (
        <WaysBlock>
          <h2>{noSmartphone.question}</h2>
          <p>{noSmartphone.answer}</p>
        </WaysBlock>
      )}
    </FormPage>
  );
}
