// Known by the four answers, after the mailbox. Where the institute wants it, they open the re-enrolment after a wait only.
import type { Script } from '#db/unit';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import type { GivenAnswers } from '../questions/rules.ts';
import { type TryAnswersProblem, tryAnswers } from '../questions/try-answers.ts';
import { done, type Result } from '../result.ts';
import type { Flow } from '../visitor.ts';
import type { KnownLostPhone } from './facts.ts';
import { ownerOfWay, readOpenPlace, refusePlace } from './open-place.ts';
import { openReEnrolment } from './open-re-enrolment.ts';
import { isProofOpen, type LostPhoneFacts } from './steps.ts';

const act = 'answer-lost-phone-questions';

export async function answerQuestions(portal: Portal, flow: Flow, input: GivenAnswers): Promise<Result<void, TryAnswersProblem | 'expired-page'>> {
  const accountId = await ownerOfWay(portal, flow);
  if (accountId === null) return portal.store.unit(`flow:${flow.uid}`, (tx) => refusePlace(tx, portal.now(), flow, act, null));
  const isOpen = (facts: LostPhoneFacts) => isProofOpen('answers', facts);
  const proven = await tryAnswers<SignedOut[], 'expired-page'>(portal, flow, accountId, input, {
    *open(tx, now): Script<Result<unknown, 'expired-page'>> {
      const facts = yield* readOpenPlace(portal, tx, flow, accountId, now, isOpen);
      return facts ? done(undefined) : yield* refusePlace(tx, now, flow, act, accountId);
    },
    *proven(tx, now): Script<Result<SignedOut[], 'expired-page'>> {
      // Counting this very try may have closed the path for the next one: this one was looked at, and was right.
      const stillOpen = (f: KnownLostPhone) => f.mayAnswer && f.mailboxProven && !f.waiting && !f.waited && !f.opened;
      const facts = yield* readOpenPlace(portal, tx, flow, accountId, now, stillOpen);
      return facts ? done(yield* openReEnrolment(portal, tx, now, flow, facts, 'answers')) : yield* refusePlace(tx, now, flow, act, accountId);
    },
  });
  if (!proven.ok) return proven;
  if (proven.value.length > 0) await announceSignOut(portal, proven.value);
  return done(undefined);
}
