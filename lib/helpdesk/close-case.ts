// An agent closes a case that they have, and says how it ended; the person is told by letter.
import { closeCaseRow } from '#db/cases';
import { recordEvent } from '../audit/record-event.ts';
import { isCaseOutcome } from '../cases/rules.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { type CaseProblem, onCase } from './on-case.ts';

/** @param input `case`: its number; `outcome`: one of `caseOutcomes` */
export async function closeCase(
  portal: Portal,
  agent: Agent,
  input: { readonly case: string; readonly outcome: string },
): Promise<Result<void, CaseProblem | 'choose-one' | 'case-not-yours'>> {
  const { outcome } = input;
  if (!isCaseOutcome(outcome)) return refused({ code: 'choose-one', field: 'outcome' });
  return onCase(portal, agent, 'handle-case', input.case, function* (tx, now, { id, accountId, kind }) {
    if (!(yield* closeCaseRow(tx, id, agent.agentId, now, outcome))) return refused({ code: 'case-not-yours' });
    const event = yield* recordEvent(tx, now, agent, { type: 'case-closed', accountId, data: { case: id, outcome } });
    yield* queueNotice(portal, tx, now, agent, accountId, event, { kind: 'case-closed', caseNumber: id, about: kind, outcome });
    return done(undefined);
  });
}
