// Opens an account again that the helpdesk has frozen. What an operator or the directory closed stays closed.
import { setAccountStatusRow } from '#db/accounts';
import type { Script } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { type ActProblem, actOn } from './act-on.ts';
import { refuseAct } from './refuse-act.ts';

/** `account-disabled`: an operator or the directory closed it, which no agent undoes. `not-frozen`: it is open, maybe by a colleague's act a moment ago. */
export const unfreeze = (
  portal: Portal,
  agent: Agent,
  input: { readonly account: string; readonly reason: string },
): Promise<Result<void, ActProblem | 'not-frozen' | 'account-disabled'>> =>
  actOn(portal, agent, 'unfreeze', input, function* (tx, now, { account, verification, reason }): Script<
    Result<void, 'not-frozen' | 'account-disabled'>
  > {
    const { id, status } = account;
    if (status === 'disabled') return yield* refuseAct(tx, now, agent, 'unfreeze', id, { code: 'account-disabled' });
    if (!(yield* setAccountStatusRow(tx, id, 'frozen', 'active'))) return refused({ code: 'not-frozen' });
    const data = { reason, method: verification?.method ?? null };
    const event = yield* recordEvent(tx, now, agent, { type: 'account-unfrozen', accountId: id, data });
    yield* queueNotice(portal, tx, now, agent, id, event, { kind: 'account-unfrozen' });
    return done(undefined);
  });
