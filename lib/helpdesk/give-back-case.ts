// An agent gives a case back to the queue; a lead agent does it also for somebody who is away.
import { giveBackCaseRow } from '#db/cases';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { type CaseProblem, onCase } from './on-case.ts';
import { mayDo } from './rules.ts';

/** @param input `case`: its number */
export const giveBackCase = (portal: Portal, agent: Agent, input: { readonly case: string }): Promise<Result<void, CaseProblem | 'case-not-yours'>> =>
  onCase(portal, agent, 'handle-case', input.case, function* (tx, now, { id, accountId, takenBy }) {
    const may = takenBy !== null && (takenBy === agent.agentId || mayDo(agent.role, 'reopen-case'));
    if (!may || !(yield* giveBackCaseRow(tx, id, takenBy))) return refused({ code: 'case-not-yours' });
    yield* recordEvent(tx, now, agent, { type: 'case-returned', accountId, data: { case: id } });
    return done(undefined);
  });
