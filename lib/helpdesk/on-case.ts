// The one way to act on a case: as acting on the account that it is about, with the case as it is now.
import { type CaseRow, findCase } from '#db/cases';
import type { Script, Tx } from '#db/unit';
import type { Portal } from '../portal.ts';
import { type Result, refused } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { type ActProblem, actOn } from './act-on.ts';

/** `case-gone`: no case has this number. */
export type CaseProblem = ActProblem | 'case-gone';

/** @param act in the unit of the account; the case as it stands there */
export async function onCase<Value, Code extends string>(
  portal: Portal,
  agent: Agent,
  action: 'handle-case' | 'reopen-case',
  number: string,
  act: (tx: Tx, now: number, found: CaseRow) => Script<Result<Value, Code>>,
): Promise<Result<Value, Code | CaseProblem>> {
  const found = await portal.store.read((tx) => findCase(tx, number));
  if (!found) return refused({ code: 'case-gone' });
  return actOn<Value, Code | 'case-gone'>(portal, agent, action, { account: found.accountId }, function* (tx, now) {
    const row = yield* findCase(tx, number);
    if (!row) return refused({ code: 'case-gone' });
    return yield* act(tx, now, row);
  });
}
