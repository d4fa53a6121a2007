'use client';
import { lazy, Suspense } from 'react';
import type { Words } from '#lib/language/fr';
import { Actions, Button, Ways } from '#ui/button';
import { ErrorSummary } from '#ui/error-summary';
import { Field } from '#ui/field';
import { FormPage, useForm } from '#ui/form-page';
import { PasswordField } from '#ui/password-field';
import { useScript } from '#ui/script';
import { SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

// Most people type: the page does not wait for what only some need.
const PasskeySignIn = lazy(() => import('./passkey').then((m) => ({ default: m.PasskeySignIn })));

export function PasswordForm({
  action,
  title,
  heading,
  addressHint,
  address,
  words,
  help,
  passkey,
}: {
  action: FormAction;
  title: string;
  heading: string;
  addressHint: string;
  address: string;
  words: Words['signIn']['form'];
  help: { forgotten: string; lostPhone: string };
  passkey: { action: FormAction; ask: () => Promise<string | null>; words: Pick<Words['passkeys'], 'cancelled' | 'unsupported'> };
}) {
  const form = useForm(action);
  const passkeyForm = useForm(passkey.action);
  const script = useScript();
  return (
    <FormPage
      form={form}
      title={title}
      heading={
        <>
          <h1>{heading}</h1>
          <p className="hint">{words.allRequired}</p>
        </>
      }
    >
      <Field
        name="address"
        type="email"
        label={words.address}
        hint={addressHint}
        error={form.error('address')}
        defaultValue={form.kept('address') ?? address}
        autoComplete="username webauthn"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField key={form.state.attempt} name="password" label={words.password} error={form.error('password')} autoComplete="current-password" />
      <Actions>
        <SubmitButton>{words.submit}</SubmitButton>
      </Actions>
      {script && (
        <Suspense>
          <PasskeySignIn form={passkeyForm} ask={passkey.ask} words={passkey.words} label={words.passkey} kit={{ Actions, Button, ErrorSummary }} />
        </Suspense>
      )}
      <Ways>
        <a href={help.forgotten}>{words.forgotten}</a>
        <a href={help.lostPhone}>{words.lostPhone}</a>
      </Ways>
    </FormPage>
  );
}
