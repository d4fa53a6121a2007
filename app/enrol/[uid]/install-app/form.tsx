'use client';
import type { ReactNode } from 'react';
import { otherApp, passkeyChoice, phoneChoice } from '#lib/enrolment/rules';
import type { Words } from '#lib/language/fr';
import { Ways, WaysBlock } from '#ui/button';
import { Choice, Choices, Store } from '#ui/choice';
import { FormPage, useForm } from '#ui/form-page';
import { Heading } from '#ui/heading';
import { KeyIcon, PhoneIcon, QuestionIcon, SixFiguresIcon } from '#ui/icon';
import { Notice } from '#ui/notice';
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
  phone,
  noSmartphone,
  unsure,
  advice,
  passkeys = true,
  hidden,
}: {
  action: FormAction;
  title: string;
  heading: string;
  lead: string;
  apps: readonly App[];
  words: Words['enrol']['installApp']['form'];
  phone: Words['phone']['choice'];
  noSmartphone?: { question: string; answer: string };
  /** The way to three questions. */
  unsure?: { href: string; label: string };
  /** What came out of them; `choice` null: none of those here. */
  advice?: { choice: string | null; title: string; why: string } | undefined;
  /** Whether a passkey is one of the choices here. */
  passkeys?: boolean;
  /** Which factor this one will replace. */
  hidden?: { name: string; value: string };
}) {
  const form = useForm(action);
  // The telephone where nobody was asked; after that, what was advised.
  const recommended = advice ? advice.choice : phoneChoice;
  const chosen = form.kept('app') || recommended;
  const tag = (value: string) => value === recommended && <Tag tone="accent">{value === phoneChoice ? phone.recommended : words.recommended}</Tag>;
  return (
    <FormPage
      form={form}
      title={title}
      heading={
        <Heading heading={heading} lead={lead}>
          {advice && (
            <Notice title={advice.title}>
              <p>{advice.why}</p>
            </Notice>
          )}
        </Heading>
      }
    >
      {hidden && <input type="hidden" {...hidden} />}
      <Choices name="app" legend={words.legend} error={form.error('app')}>
        <Choice
          name="app"
          value={phoneChoice}
          title={phone.title}
          hint={phone.hint}
          icon={<PhoneIcon />}
          first
          tag={tag(phoneChoice)}
          chosen={chosen === phoneChoice}
        />
        {apps.map((app) => (
          <Choice
            key={app.name}
            name="app"
            value={app.name}
            title={app.name}
            hint={app.hint}
            icon={<SixFiguresIcon />}
            tag={tag(app.name)}
            chosen={chosen === app.name}
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
          value={otherApp}
          title={words.otherApp}
          hint={words.otherAppHint}
          icon={<QuestionIcon />}
          tag={tag(otherApp)}
          chosen={chosen === otherApp}
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
            tag={tag(passkeyChoice)}
            chosen={chosen === passkeyChoice}
          />
        )}
      </Choices>
      <ProofField form={form} />
      <SubmitButton>{words.submit}</SubmitButton>
      {unsure && (
        <Ways>
          <a href={unsure.href}>{unsure.label}</a>
        </Ways>
      )}
      {noSmartphone && (
        <WaysBlock>
          <h2>{noSmartphone.question}</h2>
          <p>{noSmartphone.answer}</p>
        </WaysBlock>
      )}
    </FormPage>
  );
}
