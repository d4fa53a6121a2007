'use client';
// A PIN, with a button that shows it. No password manager is asked to keep it: it would take it for the account's password.
import type { ComponentProps } from 'react';
import { KitWordsProvider, useKitWords } from '#ui/kit-words';
import { PasswordField } from '#ui/password-field';
import { useWords } from './screen';

type Props = Pick<ComponentProps<typeof PasswordField>, 'name' | 'label' | 'hint' | 'error'> & {
  /** Where the page has two, their buttons have a name each. */
  which?: 'only' | 'current' | 'new';
};

export function PinField({ which = 'only', ...field }: Props) {
  const kit = useKitWords();
  const { pinField } = useWords().words;
  return (
    <KitWordsProvider words={{ ...kit, thePassword: pinField.the[which], passwordShown: pinField.shown, passwordHidden: pinField.hidden }}>
      <PasswordField {...field} autoComplete="off" inputMode="numeric" maxLength={12} />
    </KitWordsProvider>
  );
}
