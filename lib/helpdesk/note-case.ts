// An agent notes something of a case that they have: for colleagues, and for the person, who may read it in their data.
import { insertCaseNote } from '#db/cases';
import { recordEvent } from '../audit/record-event.ts';
import { judgeText, noteLimits, type TextProblem } from '../cases/rules.ts';
import { newId } from '../ids.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { type CaseProblem, onCase } from './on-case.ts';

/** @param input `case`: its number; `note`: as typed */
export async function noteCase(
  portal: Portal,
  agent: Agent,
  input: { readonly case: string; readonly note: string },
): Promise<Result<void, CaseProblem | TextProblem | 'note-needed' | 'case-not-yours'>> {
  const text = judgeText(input.note, noteLimits.longest);
  if (!text.ok) return refused({ ...text.problems[0], field: 'note' });
  if ([...text.value].length < noteLimits.shortest) return refused({ code: 'note-needed', field: 'note' });
  const noteId = newId();
  return onCase(portal, agent, 'handle-case', input.case, function* (tx, now, { id, accountId, takenBy, closedAt }) {
    if (takenBy !== agent.agentId || closedAt !== null) return refused({ code: 'case-not-yours' });
    yield* insertCaseNote(tx, { id: noteId, caseId: id, writtenBy: agent.agentId, at: now, text: text.value });
    yield* recordEvent(tx, now, agent, { type: 'case-noted', accountId, data: { case: id } });
    return done(undefined);
  });
}
