// Which authenticator app, or what instead of one, was chosen, and what its factor is called. Pure.
import type { Language } from '../language/language.ts';

/** Chosen by who has an app that is not listed. */
export const otherApp = 'other';

/** Chosen by who wants the portal to ask their telephone. */
export const phoneChoice = 'phone';

/** Chosen by who wants a passkey or a security key, and no app. */
export const passkeyChoice = 'passkey';

const otherName: Readonly<Record<Language, string>> = { fr: 'Application d’authentification', en: 'Authenticator app' };

/** @param apps the settings' `authenticatorApps`. @returns the factor's name; null when nothing, or nothing known, was chosen */
export function factorName(apps: readonly { readonly name: string }[], app: string, language: Language): string | null {
  if (app === otherApp) return otherName[language];
  return apps.find(({ name }) => name === app)?.name ?? null;
}

/** What somebody who does not know which way to choose is asked. In the order of the page. */
export const meansAsked = ['smartphone', 'install', 'computer'] as const;
/** `smartphone`: one at hand; `install`: an app may be put on it; `computer`: one of their own, or a security key. */
export type Means = Readonly<Record<(typeof meansAsked)[number], boolean>>;

/** Which sentence says why. */
export type RecommendationReason = 'notification-on-phone' | 'passkey-on-phone' | 'passkey-on-computer' | 'nothing-at-hand';
export interface Recommendation {
  /** As of `installApp`; null when nothing can be put in place with what is there: the helpdesk goes on. */
  readonly choice: string | null;
  readonly reason: RecommendationReason;
}

/** @returns one way, and why */
export function recommend({ smartphone, install, computer }: Means): Recommendation {
  // The portal's own app says who asks, and shows codes as well; what a telephone keeps otherwise is of use where the browser can ask it.
  if (smartphone && install) return { choice: phoneChoice, reason: 'notification-on-phone' };
  if (smartphone) return { choice: passkeyChoice, reason: 'passkey-on-phone' };
  if (computer) return { choice: passkeyChoice, reason: 'passkey-on-computer' };
  return { choice: null, reason: 'nothing-at-hand' };
}

/** @param answered as a query has it. @returns null unless each was answered `yes` or `no` */
export function readMeans(answered: Readonly<Record<string, unknown>>): Means | null {
  if (meansAsked.some((asked) => answered[asked] !== 'yes' && answered[asked] !== 'no')) return null;
  const [smartphone, install, computer] = meansAsked.map((asked) => answered[asked] === 'yes');
  return { smartphone: smartphone === true, install: install === true, computer: computer === true };
}
