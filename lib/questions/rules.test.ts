// Which answers are the same, and which are refused.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { en } from '../language/en.ts';
import { fr } from '../language/fr.ts';
import { type AnswersInput, answerToHash, earlyAnswerProblems, judgeAnswers, normaliseAnswer, type QuestionKey, questionKeys } from './rules.ts';

const claire = { address: 'claire.martin@inserm.fr', givenName: 'Claire', familyName: 'Martin' };
const sentences = (key: QuestionKey) => [fr.questions[key], en.questions[key]];
const good: AnswersInput = {
  q1: 'first-soft-toy',
  a1: 'Capitaine Patate',
  q2: 'driving-instructor',
  a2: 'Bérengère',
  q3: 'school-trip',
  a3: 'Rocamadour',
  q4: 'first-film',
  a4: 'Le Roi et l’Oiseau',
};
const judge = (changes: Partial<AnswersInput> = {}) => judgeAnswers({ ...good, ...changes }, claire, sentences);
const problemsOf = (changes: Partial<AnswersInput>) => {
  const judged = judge(changes);
  return judged.ok ? [] : judged.problems;
};

test('at least twelve questions are offered, each with a sentence in every language', () => {
  expect(new Set(questionKeys).size).toBeGreaterThanOrEqual(12);
  for (const key of questionKeys) for (const sentence of sentences(key)) expect(sentence).toMatch(/\p{L}{3}/u);
});

describe('SEC-56: an answer is the same', () => {
  test.each([
    ['Bérengère', 'berengere'],
    ['  BERENGERE ', 'Bérengère'],
    ['L’École  Saint-Étienne', 'lecole saint etienne'],
    ["L'école, Saint-Étienne.", 'L’École Saint Étienne'],
    ['Œuf', 'oeuf'],
    ['Straße', 'STRASSE'],
    ['Cafe\u0301', 'Caf\u00e9'],
    ['ＴＯＫＹＯ', 'Tokyo'],
    ['\u200fDupont\u200e', 'Dupont'],
    ['n° 12', 'N 12'],
    ['محمد', 'مُحَمَّد'],
    ['İzmir', 'izmir'],
  ])('%j as %j', (one, other) => expect(normaliseAnswer(one)).toBe(normaliseAnswer(other)));

  test.each([
    ['Bérengère', 'Bérangère'],
    ['Paris 12', 'Paris 13'],
    ['東京', '京都'],
    ['हिंदी', 'हद'],
  ])('but %j not as %j', (one, other) => expect(normaliseAnswer(one)).not.toBe(normaliseAnswer(other)));

  test('whatever is normalised stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(normaliseAnswer(normaliseAnswer(text))).toBe(normaliseAnswer(text));
        expect(normaliseAnswer(`  ${text.toUpperCase()}  `)).toBe(normaliseAnswer(text.toUpperCase()));
      }),
      { numRuns: 500 },
    );
  });
});

describe('SEC-58: a set of answers', () => {
  test('that is four different ones is accepted, normalised and tied to its questions', () => {
    const judged = judge();
    expect(judged).toEqual({
      ok: true,
      value: [
        { question: 'first-soft-toy', answer: 'capitainepatate' },
        { question: 'driving-instructor', answer: 'berengere' },
        { question: 'school-trip', answer: 'rocamadour' },
        { question: 'first-film', answer: 'leroietloiseau' },
      ],
    });
    if (judged.ok && judged.value[0]) expect(answerToHash(judged.value[0])).toBe('first-soft-toy:capitainepatate');
  });

  test.each<[string, Partial<AnswersInput>, string, string]>([
    ['a question left open', { q3: '' }, 'question-missing', 'q3'],
    ['a question of their own', { q3: 'my-own-question' }, 'question-missing', 'q3'],
    ['a property of every object', { q3: 'constructor' }, 'question-missing', 'q3'],
    ['the same question twice', { q4: 'first-soft-toy' }, 'same-question', 'q4'],
    ['no answer', { a2: '   ' }, 'answer-missing', 'a2'],
    ['the same answer, differently written', { a4: 'CAPITAINE-PATATE' }, 'same-answer', 'a4'],
    ['two letters', { a1: 'Lu' }, 'answer-too-short', 'a1'],
    ['two letters between signs', { a1: '--L--u--' }, 'answer-too-short', 'a1'],
    ['only pictures', { a1: '🐶🐶🐶🐶' }, 'answer-too-short', 'a1'],
    ['"123"', { a1: '123' }, 'answer-guessable', 'a1'],
    ['a run of keys', { a1: 'AZERTY' }, 'answer-guessable', 'a1'],
    ['one letter again and again', { a1: 'aaaaaa' }, 'answer-guessable', 'a1'],
    ['their own address', { a1: 'claire.martin@inserm.fr' }, 'answer-guessable', 'a1'],
    ['part of their address', { a1: 'Claire Martin' }, 'answer-guessable', 'a1'],
    ['their name', { a1: 'MARTIN' }, 'answer-guessable', 'a1'],
    ['their names run together', { a1: 'martinclaire' }, 'answer-guessable', 'a1'],
    ['the question’s own words', { a1: 'Ma première peluche' }, 'answer-guessable', 'a1'],
    ['the question’s words in the other language', { q4: 'first-film', a4: 'the first film' }, 'answer-guessable', 'a4'],
    ['a refusal to answer', { a1: 'Je ne sais pas' }, 'answer-guessable', 'a1'],
    ['a page of text', { a1: 'x'.repeat(1_000_000) }, 'too-long', 'a1'],
    ['a NUL', { a1: 'Rocam\0adour' }, 'unreadable', 'a1'],
    ['a mark that reverses what follows', { a1: '\u202eRocamadour' }, 'unreadable', 'a1'],
    ['half a character', { a1: 'abc\ud83d' }, 'unreadable', 'a1'],
  ])('with %s is refused, at its field', (_what, changes, code, field) => {
    expect(problemsOf(changes)).toEqual([{ code, field }]);
  });

  test('is told every problem at once', () => {
    expect(problemsOf({ q1: '', a2: '', q4: 'school-trip', a4: 'ab' })).toEqual([
      { code: 'question-missing', field: 'q1' },
      { code: 'answer-missing', field: 'a2' },
      { code: 'same-question', field: 'q4' },
      { code: 'answer-too-short', field: 'a4' },
    ]);
  });

  test.each(['Martinique', 'Clairefontaine', 'Saint-Martin-de-Ré', 'Paris', 'محمد', '東京タワー', 'O’Brien'])('may hold the answer %s', (answer) => {
    expect(problemsOf({ a1: answer })).toEqual([]);
  });

  test('whatever is typed, is accepted or refused with a field, and never throws', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    const key = fc.oneof(fc.constantFrom(...questionKeys), text);
    fc.assert(
      fc.property(fc.record({ q1: key, a1: text, q2: key, a2: text, q3: key, a3: text, q4: key, a4: text }), (input) => {
        const judged = judgeAnswers(input, claire, sentences);
        if (judged.ok) expect(new Set(judged.value.map((v) => v.answer)).size).toBe(4);
        else for (const problem of judged.problems) expect(problem.field).toMatch(/^[qa][1-4]$/);
      }),
    );
  });

  test('gets the same hints from the schema of the form, which refuses other fields', () => {
    expect(earlyAnswerProblems(good)).toEqual([]);
    expect(earlyAnswerProblems({ ...good, a2: '' })).toEqual([{ code: 'answer-missing', field: 'a2' }]);
  });
});
