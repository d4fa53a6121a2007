// Keeps the four secret answers, all together, as hashes.
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
import { type AnswersInput, type AnswersProblem, answerToHash, judgeAnswers, type QuestionKey } from '../questions/rules.ts';
import { done, type Result, refused } from '../result.ts';
import type { MemberFlow } from '../visitor.ts';
import { checkStep, notOpen } from './check-step.ts';
import { enrolmentFacts, enrolmentPolicy } from './facts.ts';
import { newPendingCodes, prepareRecoveryCodes } from './prepare-recovery-codes.ts';
import { isEnrolmentStepOpen } from './steps.ts';

const sentences = (key: QuestionKey) => [fr.questions[key], en.questions[key]];

export async function answerQuestions(
  portal: Portal,
  flow: MemberFlow,
  input: AnswersInput,
): Promise<Result<void, AnswersProblem | 'busy' | 'expired-page'>> {
  const { store, hashing } = portal;
  const { accountId } = flow;
  const now = portal.now();
  const account = await store.read((tx) => findAccountRow(tx, accountId));
  const judged = account && judgeAnswers(input, account, sentences);
  // Four hashes are only paid for when the step is open; the unit checks again.
  const open = isEnrolmentStepOpen('answer-questions', await enrolmentFacts(portal, flow), enrolmentPolicy(portal.settings));
  let rows: { accountId: string; slot: number; question: string; hash: string; changedAt: number }[] = [];
  if (open && judged?.ok) {
    try {
      const hashes = await Promise.all(judged.value.map((chosen) => hashing.hash(answerToHash(chosen))));
      rows = judged.value.map(({ question }, slot) => ({ accountId, slot, question, hash: hashes[slot] ?? '', changedAt: now }));
    } catch (error) {
      if (error instanceof Busy) return refused({ code: 'busy' });
      throw error;
    }
  }
  const codes = newPendingCodes(portal, accountId);

  return store.unit(accountId, function* (tx) {
    const enrolling = yield* checkStep(portal, tx, flow, 'answer-questions', now);
    if (!enrolling) return notOpen();
    if (!judged?.ok) return judged ?? notOpen();
    // Opened between the two looks: nothing was hashed, so nothing can be kept.
    if (rows.length === 0) return notOpen();
    yield* setAnswers(tx, accountId, rows);
    // As where they are changed: what closed the old ones says nothing of the new ones.
    yield* clearTries(tx, answersSubject(accountId));
    yield* clearTries(tx, callerAnswersSubject(accountId));
    yield* prepareRecoveryCodes(tx, accountId, codes, now);
    const event = yield* recordEvent(tx, now, flow, { type: 'answers-chosen', accountId, data: { count: rows.length } });
    // The first ones are told of with the rest of the wizard, at its end.
    if (enrolling.enrolledAt !== null) yield* queueNotice(portal, tx, now, flow, accountId, event, { kind: 'answers-changed' });
    return done(undefined);
  });
}
