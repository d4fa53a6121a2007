// An act that rules beyond roles stand against: it is written down with the rule's name, and nothing else happens.
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import { type Problem, refused } from '../result.ts';
import type { Agent } from '../visitor.ts';
import type { HelpdeskAction } from './rules.ts';

/** In the unit of the account. @param now epoch milliseconds */
export function* refuseAct<Code extends string>(
  tx: Tx,
  now: number,
  agent: Agent,
  action: HelpdeskAction,
  accountId: string,
  problem: Problem<Code>,
): Script<ReturnType<typeof refused<Code>>> {
  yield* recordEvent(tx, now, agent, { type: 'helpdesk-refused', accountId, data: { action, why: problem.code } });
  return refused(problem);
}
