// A lead agent opens a closed case again: it is in the queue, and nobody's.
import { reopenCaseRow } from '#db/cases';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { type CaseProblem, onCase } from './on-case.ts';

/** @param input `case`: its number */
export const reopenCase = (portal: Portal, agent: Agent, input: { readonly case: string }): Promise<Result<void, CaseProblem | 'case-open'>> =>
  onCase(portal, agent, 'reopen-case', input.case, function* (tx, now, { id, accountId }) {
    if (!(yield* reopenCaseRow(tx, id))) return refused({ code: 'case-open' });
    yield* recordEvent(tx, now, agent, { type: 'case-reopened', accountId, data: { case: id } });
    return done(undefined);
  });
