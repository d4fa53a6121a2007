// Replaces the four secret questions and their answers, all together (SEC-36, SEC-56).
import { findAccountRow } from '#db/accounts';
import { setAnswers } from '#db/answers';
import { clearTries } from '../attempts/count-try.ts';
import { answersSubject, callerAnswersSubject } from '../attempts/rules.ts';
import { recordEvent } from '../audit/record-event.ts';
import { Busy } from '../hashing.ts';
import { en } from '../language/en.ts';
import { fr } from '../language/fr.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { RecentlyProven } from '../visitor.ts';
import { type AnswersInput, type AnswersProblem, answerToHash, judgeAnswers, type QuestionKey } from './rules.ts';

const sentences = (key: QuestionKey) => [fr.questions[key], en.questions[key]];

export async function changeQuestions(portal: Portal, member: RecentlyProven, input: AnswersInput): Promise<Result<void, AnswersProblem | 'busy'>> {
  const { store, hashing } = portal;
  const { accountId } = member;
  const now = portal.now();
  const account = await store.read((tx) => findAccountRow(tx, accountId));
  if (!account) throw new Error('A session of an account that is not there');
  const judged = judgeAnswers(input, account, sentences);
  if (!judged.ok) return judged;
  let hashes: string[];
  try {
    hashes = await Promise.all(judged.value.map((chosen) => hashing.hash(answerToHash(chosen))));
  } catch (error) {
    if (error instanceof Busy) return refused({ code: 'busy' });
    throw error;
  }
  const rows = judged.value.map(({ question }, slot) => ({ accountId, slot, question, hash: hashes[slot] ?? '', changedAt: now }));
  return store.unit(accountId, function* (tx) {
    yield* setAnswers(tx, accountId, rows);
    // Tries at the old ones, and whatever closed them, say nothing of the new ones.
    yield* clearTries(tx, answersSubject(accountId));
    yield* clearTries(tx, callerAnswersSubject(accountId));
    const event = yield* recordEvent(tx, now, member, { type: 'answers-changed', accountId, data: { count: rows.length } });
    yield* queueNotice(portal, tx, now, member, accountId, event, { kind: 'answers-changed' });
    return done(undefined);
  });
}
