// Looks at the answers that somebody typed: counts the set, compares all of it, one verdict. Shared by password reset, lost phone and the helpdesk.
import { type AnswerRow, listAnswers } from '#db/answers';
import type { Script, Tx } from '#db/unit';
import { clearTries, countTry, giveTryBack } from '../attempts/count-try.ts';
import { answersSubject } from '../attempts/rules.ts';
import { recordEvent } from '../audit/record-event.ts';
import { Busy } from '../hashing.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { Agent, Flow, Reset } from '../visitor.ts';
import { answerLimit, answerToHash, askedCount, type GivenAnswers, normaliseAnswer, type QuestionKey } from './rules.ts';

export type TryAnswersProblem = 'answer-missing' | 'too-long' | 'answers-wrong' | 'answers-closed' | 'answers-disabled' | 'busy';

/** What the caller does in the two units around the comparison. Both run in a unit whose key is the account's id. */
export interface AroundAnswers<Value, Code extends string> {
  /** Before the set is counted: whether the step is open. */
  open(tx: Tx, now: number): Script<Result<unknown, Code>>;
  /** When all were right: looks again whether the step is open, and writes what was proven. */
  proven(tx: Tx, now: number): Script<Result<Value, Code>>;
  /** When they were not. */
  wrong?(tx: Tx, now: number, left: number): Script<void>;
}

/** Which of an account's answers are asked for, and under what name wrong sets of them are counted. */
export interface AskedAnswers {
  readonly subject: string;
  readonly count: number;
  /** @param rows all that the account has. @returns `count` of them, in the order in which they are asked */
  pick(rows: readonly AnswerRow[]): readonly AnswerRow[];
}

const allFour = (accountId: string): AskedAnswers => ({ subject: answersSubject(accountId), count: askedCount, pick: (rows) => rows });

/**
 * The set is counted before anything is compared, all are compared whatever the first ones were, and nothing tells which was wrong
 * (SEC-57). Forms that are not filled in cost no try.
 * @param by whose browser
 * @param input `a1` answers the first question that is asked, …
 * @param asked all four unless said otherwise
 */
export async function tryAnswers<Value, Code extends string>(
  portal: Portal,
  by: Flow | Reset | Agent,
  accountId: string,
  input: Partial<GivenAnswers>,
  around: AroundAnswers<Value, Code>,
  asked = allFour(accountId),
): Promise<Result<Value, Code | TryAnswersProblem>> {
  const { store, hashing, settings } = portal;
  const policy = settings.policy.answers;
  const { subject, count: asking, pick } = asked;
  const given = [input.a1, input.a2, input.a3, input.a4].slice(0, asking).map((typed = '') => typed);

  const counted = await store.unit(accountId, function* (tx): Script<Result<Looked, Code | TryAnswersProblem>> {
    const now = portal.now();
    const open = yield* around.open(tx, now);
    if (!open.ok) return open;
    const unfit = unfitAnswers(given);
    if (unfit) return refused(...unfit);
    const count = yield* countTry(tx, subject, now, policy);
    if (count.kind !== 'allowed') {
      yield* recordEvent(tx, now, by, { type: 'answers-wrong', accountId, data: { problem: count.kind } });
      return count.kind === 'wait' ? refused({ code: 'answers-closed', retryAt: count.until }) : refused({ code: 'answers-disabled' });
    }
    return done({ rows: pick(yield* listAnswers(tx, accountId)), left: count.left, until: count.until });
  });
  if (!counted.ok) return counted;
  const { rows, left, until } = counted.value;

  let right: boolean;
  try {
    // Where an answer is missing, nothing is compared with nothing: as many comparisons in any case.
    const verdicts = await Promise.all(
      given.map((typed, slot) => {
        const row = rows[slot];
        const plain = answerToHash({ question: (row?.question ?? '') as QuestionKey, answer: normaliseAnswer(typed) });
        return hashing.verify(row?.hash ?? null, plain);
      }),
    );
    right = rows.length === asking && verdicts.every((verdict) => verdict.right);
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
    await store.unit(accountId, (tx) => giveTryBack(tx, subject, policy));
    return refused({ code: 'busy' });
  }

  return store.unit(accountId, function* (tx): Script<Result<Value, Code | TryAnswersProblem>> {
    const now = portal.now();
    // Answers that were replaced meanwhile are nobody's any more.
    if (right && sameSet(rows, pick(yield* listAnswers(tx, accountId)))) {
      const proven = yield* around.proven(tx, now);
      if (!proven.ok) return proven;
      yield* clearTries(tx, subject);
      yield* recordEvent(tx, now, by, { type: 'answers-right', accountId });
      return proven;
    }
    yield* recordEvent(tx, now, by, { type: 'answers-wrong', accountId, data: { left } });
    if (around.wrong) yield* around.wrong(tx, now, left);
    return left === 0 ? refused({ code: 'answers-closed', retryAt: until }) : refused({ code: 'answers-wrong', left });
  });
}

interface Looked {
  readonly rows: readonly AnswerRow[];
  readonly left: number;
  /** Epoch milliseconds. */
  readonly until: number;
}

const sameSet = (a: readonly AnswerRow[], b: readonly AnswerRow[]) => a.length === b.length && a.every((row, slot) => row.hash === b[slot]?.hash);

type Unfit = Problem<'answer-missing' | 'too-long'>;

/** What can be said of the form itself, whatever the answers are. */
function unfitAnswers(given: readonly string[]): [Unfit, ...Unfit[]] | null {
  const problems = given.flatMap((typed, slot): Unfit[] => {
    const field = `a${slot + 1}`;
    if (typed.length > answerLimit) return [{ code: 'too-long', field }];
    return normaliseAnswer(typed) === '' ? [{ code: 'answer-missing', field }] : [];
  });
  const [first, ...others] = problems;
  return first ? [first, ...others] : null;
}
