// Which authenticator app, or what instead of one, was chosen, and what its factor is called. Pure.
import type { Language } from '../language/language.ts';

/** Chosen by who has an app that is not listed. */
export const otherApp = 'other';

/** Chosen by who wants a passkey or a security key, and no app. */
export const passkeyChoice = 'passkey';

const otherName: Readonly<Record<Language, string>> = { fr: 'Application d’authentification', en: 'Authenticator app' };

/** @param apps the settings' `authenticatorApps`. @returns the factor's name; null when nothing, or nothing known, was chosen */
export function factorName(apps: readonly { readonly name: string }[], app: string, language: Language): string | null {
  if (app === otherApp) return otherName[language];
  return apps.find(({ name }) => name === app)?.name ?? null;
}
