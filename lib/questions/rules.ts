// Secret questions: which may be chosen, what an answer must be, and what makes two answers the same. Pure.
import { isReadable } from '../accounts/rules.ts';
import { done, type Problem, type Result, refused } from '../result.ts';

/**
 * The fixed list (SEC-58: no free question): none that a colleague, a CV or a list of publications answers.
 * Their sentences are in lib/language.
 */
export const questionKeys = [
  'school-not-attended',
  'driving-instructor',
  'first-soft-toy',
  'school-trip',
  'maths-teacher',
  'first-school-remembered',
  'childhood-neighbours',
  'first-film',
  'holiday-friend',
  'first-concert',
  'canteen-dish',
  'childhood-doctor',
  'first-record',
  'childhood-hiding-place',
] as const;
export type QuestionKey = (typeof questionKeys)[number];

/** How many are chosen and answered; the form has as many pairs of fields. */
export const askedCount = 4;
const numbers = ['1', '2', '3', '4'] as const;
type Number4 = (typeof numbers)[number];

/** What the form sends: `q1` a question's key, `a1` its answer, … */
export type AnswersInput = { readonly [Field in `q${Number4}` | `a${Number4}`]: string };

/** What is typed where the questions are asked: `a1` answers the first of them, … */
export type GivenAnswers = { readonly [Field in `a${Number4}`]: string };

export interface ChosenAnswer {
  readonly question: QuestionKey;
  /** Normalised. */
  readonly answer: string;
}

/** What can be wrong with a question or an answer. */
export const answersProblems = [
  'question-missing',
  'same-question',
  'answer-missing',
  'same-answer',
  'answer-too-short',
  'answer-guessable',
  'too-long',
  'unreadable',
] as const;
export type AnswersProblem = (typeof answersProblems)[number];

/** Characters of an answer as typed; more is a paste gone wrong. */
export const answerLimit = 200;
/** Characters of a normalised answer: fewer are guessed. */
const answerLeast = 3;

/** Letters that have no decomposition in Unicode, as people replace them on keyboards without them. */
const ligatures: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** An answer's words: without case, accents, punctuation, symbols and invisible marks. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{Diacritic}\p{Cf}]/gu, '')
    .normalize('NFC')
    .replace(/[œæßøłđðþı]/g, (letter) => ligatures[letter] ?? letter)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
}

/**
 * The form in which an answer is compared, years later and on another keyboard: compatibility characters unified (NFKC), small
 * letters, no accents, no punctuation, no spaces. « L’École  Saint-Étienne » and "lecole saint etienne" are the same answer.
 * (SEC-56)
 */
export const normaliseAnswer = (typed: string): string => wordsOf(typed).join('');

/** What is hashed: an answer stands for its own question only. */
export const answerToHash = ({ question, answer }: ChosenAnswer): string => `${question}:${answer}`;

/** Who answers: what others know of them must not be the answer. */
export interface AnsweringPerson {
  readonly address: string;
  readonly givenName: string;
  readonly familyName: string;
}

/** The sentences of a question, in every language: their words must not be its answer. */
export type QuestionSentences = (key: QuestionKey) => readonly string[];

/** Words that add nothing to an answer. */
const fillers = new Set(
  'le la les l un une de du des d et a au aux en mon ma mes m the of my in je j ne n pas c est it is was etait ne ai i'.split(' '),
);
/** What people write who don't want to answer. */
const evasions = new Set(
  (
    'rien aucun aucune neant non oui inconnu inconnue jamais personne sais sait plus souviens oublie reponse answer question secret secrete test toto tata xxx ' +
    'nsp none nothing nobody never unknown yes no idea dont don t know remember forgot inserm motdepasse password mot passe auth compte account blabla bla abc'
  ).split(' '),
);
const runs = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'azertyuiopqsdfghjklmwxcvbn', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiop'].flatMap(
  (run) => [run, [...run].reverse().join('')],
);

function isGuessable(words: readonly string[], person: AnsweringPerson, sentences: readonly string[]): boolean {
  const answer = words.join('');
  const [local = '', domain = ''] = person.address.split('@');
  const known = new Set([person.givenName, person.familyName, local, domain, ...sentences].flatMap(wordsOf));
  const joined = [
    person.givenName,
    person.familyName,
    `${person.givenName}${person.familyName}`,
    `${person.familyName}${person.givenName}`,
    local,
    person.address,
  ];
  if (joined.some((text) => normaliseAnswer(text) === answer)) return true;
  // "123", "abcd", "azerty", "aaaa".
  if (new Set(answer).size === 1 || runs.some((run) => run.includes(answer))) return true;
  return words.every((word) => known.has(word) || fillers.has(word) || evasions.has(word));
}

/**
 * Every problem of the form at once, one a field; or the answers, ready to be hashed. (SEC-58)
 * @param sentences none: the question's own words are then not looked for, as in a browser
 */
export function judgeAnswers(
  input: AnswersInput,
  person: AnsweringPerson,
  sentences: QuestionSentences = () => [],
): Result<readonly ChosenAnswer[], AnswersProblem> {
  const problems: Problem<AnswersProblem>[] = [];
  const chosen: ChosenAnswer[] = [];
  const questions = new Set<string>();
  const answers = new Set<string>();
  for (const n of numbers) {
    const typed = input[`a${n}`];
    const question = questionKeys.find((key) => key === input[`q${n}`]);
    const wrong = (code: AnswersProblem, field: string) => void problems.push({ code, field });

    if (!question) wrong('question-missing', `q${n}`);
    else if (questions.has(question)) wrong('same-question', `q${n}`);
    else questions.add(question);

    if (typed.length > answerLimit) wrong('too-long', `a${n}`);
    else if (typed.trim() === '') wrong('answer-missing', `a${n}`);
    else if (!isReadable(typed)) wrong('unreadable', `a${n}`);
    else {
      const words = wordsOf(typed);
      const answer = words.join('');
      if ([...answer].length < answerLeast) wrong('answer-too-short', `a${n}`);
      else if (isGuessable(words, person, question ? sentences(question) : [])) wrong('answer-guessable', `a${n}`);
      else if (answers.has(answer)) wrong('same-answer', `a${n}`);
      else if (question) chosen.push({ question, answer });
      answers.add(answer);
    }
  }
  const [first, ...others] = problems;
  return first ? refused(first, ...others) : done(chosen);
}

const nobody: AnsweringPerson = { address: '', givenName: '', familyName: '' };

/** What a browser can tell before anything is sent. The act judges again, with what it knows of the person and of the questions. */
export function earlyAnswerProblems(input: AnswersInput): readonly Problem<AnswersProblem>[] {
  const judged = judgeAnswers(input, nobody);
  return judged.ok ? [] : judged.problems;
}
