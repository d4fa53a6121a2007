// Which language a reader gets, and the words in it.
import type { Problem } from '../result.ts';
import { en } from './en.ts';
import { fr, type Words } from './fr.ts';
import { type ProblemCode, problemCodes } from './problems.ts';

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];
export type { Words };

const spoken: Readonly<Record<Language, Words>> = { fr, en };

export const isLanguage = (value: unknown): value is Language => languages.includes(value as Language);

/** The words of a language. */
export const words = (language: Language): Words => spoken[language];

/**
 * The person's own choice, else the browser's first language that we speak, else French.
 * @param acceptLanguage as sent (RFC 9110, section 12.5.4)
 */
export function languageOf(cookie: string | null | undefined, acceptLanguage: string | null | undefined): Language {
  if (isLanguage(cookie)) return cookie;
  const wanted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted.map(({ language }) => language).find(isLanguage) ?? 'fr';
}

/** What to tell a person of a problem. Throws for a code that is not in the closed union: a defect. */
export function problemSentence(problem: Problem, language: Language): string {
  if (!problemCodes.includes(problem.code as ProblemCode)) throw new Error(`No sentence for the problem ${problem.code}`);
  return words(language).problems[problem.code as ProblemCode](problem);
}
