// Sends a letter that leads to the first page of a password reset. It is no key: the page is open to everybody, and what it asks for, the
// mailbox and a second proof, neither the agent nor a caller who lies has (SEC-51, SEC-76).
import type { Script } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import { minutes } from '../duration.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { type ActProblem, actOn } from './act-on.ts';
import { readLastGiven, readLastSentReset } from './acts/facts.ts';
import { judgeApart } from './acts/rules.ts';
import { refuseAct } from './refuse-act.ts';

/** A second letter so soon would be the first one, sent twice. */
const betweenResets = minutes(2);

export type SendResetProblem = ActProblem | 'account-closed' | 'reset-just-sent' | 'reset-after-pass';

/** `reset-just-sent`: within two minutes of another letter. `reset-after-pass`, with when it may be tried again: within a day of a pass, unless a lead sends it. */
export const sendReset = (
  portal: Portal,
  agent: Agent,
  input: { readonly account: string; readonly reason: string },
): Promise<Result<void, SendResetProblem>> =>
  actOn(portal, agent, 'send-reset', input, function* (tx, now, { account, verification, reason }): Script<Result<void, SendResetProblem>> {
    const { id, status } = account;
    const no = <Code extends SendResetProblem>(code: Code, retryAt?: number) =>
      refuseAct(tx, now, agent, 'send-reset', id, { code, ...(retryAt !== undefined && { retryAt }) });
    if (status !== 'active') return yield* no('account-closed');
    const retryAt = judgeApart('send-reset', agent.role, yield* readLastGiven(tx, id), now, portal.settings.policy.helpdesk.apart);
    if (retryAt !== null) return yield* no('reset-after-pass', retryAt);
    const sentAt = yield* readLastSentReset(tx, id);
    if (sentAt !== null && now - sentAt < betweenResets) return refused({ code: 'reset-just-sent' });
    const data = { reason, method: verification?.method ?? null };
    const event = yield* recordEvent(tx, now, agent, { type: 'reset-sent', accountId: id, data });
    yield* queueNotice(portal, tx, now, agent, id, event, { kind: 'reset-sent' });
    return done(undefined);
  });
