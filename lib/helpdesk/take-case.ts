// An agent takes a case: it is theirs from then on, and nobody else's.
import { takeCaseRow } from '#db/cases';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { type CaseProblem, onCase } from './on-case.ts';

/** @param input `case`: its number. @returns whether it is this agent's now; the page says who has it otherwise */
export const takeCase = (portal: Portal, agent: Agent, input: { readonly case: string }): Promise<Result<{ readonly taken: boolean }, CaseProblem>> =>
  onCase(portal, agent, 'handle-case', input.case, function* (tx, now, { id, accountId, takenBy, closedAt }) {
    const taken = yield* takeCaseRow(tx, id, agent.agentId, now);
    if (taken) yield* recordEvent(tx, now, agent, { type: 'case-taken', accountId, data: { case: id } });
    // Twice by the same agent is once.
    return done({ taken: taken || (takenBy === agent.agentId && closedAt === null) });
  });
