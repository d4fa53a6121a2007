// Both languages, as a reader meets them: which one, French typography, the words we don't use, one text for every sign-in failure.
import { expect, test } from 'vitest';
import { hours } from '../duration.ts';
import type { Problem } from '../result.ts';
import { languageOf, languages, problemSentence, words } from './language.ts';
import { problemCodes } from './problems.ts';

const thin = '\u00a0';
const moment = Date.UTC(2026, 2, 12, 13, 2, 10);

/** Every sentence of a language, its functions called with what they take. */
function sentencesOf(value: unknown, place = ''): [place: string, sentence: string][] {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value === 'function') {
    const problem: Problem = { code: 'any', left: 3, retryAt: moment, drift: -600 };
    const detailed = { now: moment, at: moment, until: moment, reason: 'a', count: 2, drift: -600, step: 'a' };
    const tries = [[moment, 2, 3, 4], ['a', moment, 'b', 'c'], [['Votre nom']], [{ phone: '01', sender: 'a@b' }], ['a', 'b'], [detailed]];
    for (const given of place.includes('/problems/') ? [[problem]] : tries) {
      try {
        return sentencesOf(value(...given), place);
      } catch (error) {
        if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      }
    }
    throw new Error(`${place} takes something that this test does not give`);
  }
  if (value && typeof value === 'object') return Object.entries(value).flatMap(([key, inner]) => sentencesOf(inner, `${place}/${key}`));
  return [];
}

test('a reader gets the language they chose, else the browser’s first that we speak, else French', () => {
  expect(languageOf('en', 'fr-FR')).toBe('en');
  expect(languageOf('xx', 'en-GB,en;q=0.9,fr;q=0.8')).toBe('en');
  expect(languageOf(undefined, 'de-DE,de;q=0.9,en;q=0.5,fr;q=0.7')).toBe('fr');
  expect(languageOf(undefined, 'de, en;q=0.1')).toBe('en');
  expect(languageOf(undefined, 'en;q=0, de')).toBe('fr');
  expect(languageOf(undefined, null)).toBe('fr');
  expect(languageOf(undefined, `${'x'.repeat(100_000)},en`)).toBe('fr');
});

test('French has its own typography everywhere', () => {
  for (const [place, sentence] of sentencesOf(words('fr'))) {
    if (/^https?:/.test(sentence)) continue;
    expect(sentence, place).not.toMatch(/'|"|\.\.\./);
    expect(sentence, `${place}: a no-break space stands before : ; ? ! » and after «`).not.toMatch(/[ \p{L}\d][:;?!»](?!\/)|«[^\u00a0]/u);
    expect(sentence, place).not.toMatch(/\d h \d|\d h\u00a0\d/);
  }
});

test('nobody is told off, joked with or shouted at', () => {
  for (const language of languages) {
    for (const [place, sentence] of sentencesOf(words(language))) {
      expect(sentence, place).not.toMatch(/veuillez|\boups|désolé|invalide|please|oops|sorry|invalid|!/i);
      expect(sentence, `${place}: an e-mail code is no factor`).not.toMatch(/double authentification|deux facteurs|two-factor/i);
    }
  }
});

test('every problem has a sentence in both languages', () => {
  for (const language of languages) {
    for (const code of problemCodes) {
      expect(problemSentence({ code }, language), code).toMatch(/\S/);
      expect(problemSentence({ code, field: 'code', left: 1, retryAt: moment, drift: 600 }, language), code).not.toMatch(/undefined|NaN/);
    }
    expect(() => problemSentence({ code: 'no-such-code' }, language)).toThrow();
  }
});

test('SEC-07: wrong credentials are told in one constant text', () => {
  for (const language of languages) {
    const plain = problemSentence({ code: 'wrong-credentials' }, language);
    expect(problemSentence({ code: 'wrong-credentials', left: 1, retryAt: moment, field: 'password' }, language)).toBe(plain);
  }
});

test('hours and dates are Paris time, as the language writes them', () => {
  const { at: french } = words('fr');
  const { at: english } = words('en');
  expect(french.time(moment)).toBe(`14${thin}h${thin}02`);
  expect(french.timeFrom(moment)).toBe(`14${thin}h${thin}03`);
  expect(french.dayAndTime(moment)).toBe(`jeudi 12${thin}mars 2026 à 14${thin}h${thin}02`);
  expect(french.day(Date.UTC(2026, 4, 1))).toBe(`1er${thin}mai 2026`);
  expect(french.time(Date.UTC(2026, 6, 1, 6, 5))).toBe(`8${thin}h${thin}05`);
  expect(french.dayHeading(moment, moment + hours(8))).toBe(`Aujourd’hui, jeudi 12${thin}mars`);
  expect(french.dayHeading(moment, moment + hours(10))).toBe(`Hier, jeudi 12${thin}mars`);
  expect(french.dayHeading(moment, moment + hours(48))).toBe(`Jeudi 12${thin}mars`);
  expect(french.dayHeading(moment, moment + hours(24 * 365))).toBe(`Jeudi 12${thin}mars 2026`);
  expect(english.dayHeading(moment, moment)).toBe('Today, Thursday 12 March');
  expect(english.dayHeading(moment, moment + hours(24))).toBe('Yesterday, Thursday 12 March');
  expect(english.time(moment)).toBe('14:02');
  expect(english.dayAndTime(moment)).toBe('Thursday 12 March 2026 at 14:02');
});

test('tries left are told from three down', () => {
  expect(problemSentence({ code: 'wrong-code', left: 4 }, 'fr')).not.toContain('reste');
  expect(problemSentence({ code: 'wrong-code', left: 3 }, 'fr')).toContain(`3${thin}essais`);
  expect(problemSentence({ code: 'wrong-code', left: 1 }, 'fr')).toContain(`1${thin}essai.`);
});

test('a clock that is off is named with its gap', () => {
  expect(problemSentence({ code: 'clock-drift', drift: 600 }, 'fr')).toContain(`avance de 10${thin}minutes`);
  expect(problemSentence({ code: 'clock-drift', drift: -45 }, 'en')).toContain('45 seconds slow');
});
