// The caller has dictated two answers: the agent types them, and the portal compares both at once, where nobody looks.
import { decideVerification } from '#db/caller-verifications';
import type { Script, Tx } from '#db/unit';
import { callerAnswersSubject } from '../../attempts/rules.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Portal } from '../../portal.ts';
import { type AskedAnswers, type TryAnswersProblem, tryAnswers } from '../../questions/try-answers.ts';
import { done, type Result, refused } from '../../result.ts';
import type { Agent } from '../../visitor.ts';
import { type ActProblem, actOn } from '../act-on.ts';
import { failCaller } from '../fail-caller.ts';
import { dictatedAnswers, readOpenVerification, readUnavailable } from './facts.ts';
import { dictatedCount } from './rules.ts';

type Gone = 'verification-gone' | 'caller-answers-closed';
type Problems = Exclude<TryAnswersProblem, 'answers-wrong' | 'answers-closed' | 'answers-disabled'> | Gone | 'caller-answers-wrong';

/**
 * Wrong sets are counted under a name of their own, with the limits of all answers: five a day, then closed to callers for a week. They
 * close nothing of the owner's (decision 0036). @param input `a1` and `a2`: as the caller says them
 */
export async function proveCallerAnswers(
  portal: Portal,
  agent: Agent,
  input: { readonly account: string; readonly a1: string; readonly a2: string },
): Promise<Result<void, ActProblem | Problems>> {
  const { account: accountId, a1, a2 } = input;
  // The judgement on role and subject, and its record; the row is looked at again where the set is counted.
  const allowed = await actOn<void, Problems>(portal, agent, 'verify-caller', input, function* (tx, now): Script<Result<void, Problems>> {
    return (yield* stillOpen(tx, now)) ? done(undefined) : refused({ code: 'verification-gone' });
  });
  if (!allowed.ok) return allowed;

  const asked: AskedAnswers = {
    subject: callerAnswersSubject(accountId),
    count: dictatedCount,
    pick: (rows) => dictatedAnswers(portal, accountId, rows),
  };
  const tried = await tryAnswers<void, Gone>(
    portal,
    agent,
    accountId,
    { a1, a2 },
    {
      *open(tx, now): Script<Result<unknown, Gone>> {
        if (!(yield* stillOpen(tx, now))) return refused({ code: 'verification-gone' });
        const why = yield* readUnavailable(portal, tx, accountId, 'answers', now);
        return why === null ? done(undefined) : refused({ code: why === 'answers-closed' ? 'caller-answers-closed' : 'verification-gone' });
      },
      *proven(tx, now): Script<Result<void, Gone>> {
        const open = yield* stillOpen(tx, now);
        if (!open || !(yield* decideVerification(tx, open.id, 'provenAt', now))) return refused({ code: 'verification-gone' });
        yield* recordEvent(tx, now, agent, { type: 'caller-verified', accountId, data: { method: 'answers' } });
        return done(undefined);
      },
      *wrong(tx, now, left): Script<void> {
        const open = yield* stillOpen(tx, now);
        if (open) yield* failCaller(portal, tx, now, agent, open, 'wrong-answers', left === 0);
      },
    },
    asked,
  );
  if (tried.ok) return tried;
  // The agent is told in other words than the owner.
  const [first, ...others] = tried.problems.map(({ code, ...more }) => ({ ...more, code: toldAs(code) }));
  return first ? refused(first, ...others) : refused({ code: 'verification-gone' });

  function stillOpen(tx: Tx, now: number) {
    return readOpenVerification(tx, accountId, agent.agentId, 'answers', now);
  }
}

function toldAs(code: TryAnswersProblem | Gone): Problems {
  if (code === 'answers-wrong') return 'caller-answers-wrong';
  return code === 'answers-closed' || code === 'answers-disabled' ? 'caller-answers-closed' : code;
}
