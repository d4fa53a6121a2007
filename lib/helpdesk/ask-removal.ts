// Asks for a factor to be removed: nothing is removed until another agent has looked (SEC-80).
import { listFactors } from '#db/factors';
import { insertRemovalRequest, listOpenRemovalRequests } from '#db/removal-requests';
import type { Script } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import { readHeldFactors } from '../factors/facts.ts';
import { mayRemove } from '../factors/rules.ts';
import { newId } from '../ids.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { type ActProblem, actOn } from './act-on.ts';
import { refuseAct } from './refuse-act.ts';

export type AskRemovalProblem = ActProblem | 'factor-removed' | 'only-factor' | 'removal-asked';

/** An account has few factors, and one request each. */
const open = 50;

/** The last one that works is never removed: password and mailbox would then do. A pass replaces it instead (SEC-42, decision 0037). */
export const askRemoval = (
  portal: Portal,
  agent: Agent,
  input: { readonly account: string; readonly reason: string; readonly factor: string },
): Promise<Result<void, AskRemovalProblem>> =>
  actOn(portal, agent, 'ask-removal', input, function* (tx, now, { account, verification, reason }): Script<Result<void, AskRemovalProblem>> {
    const { id: accountId } = account;
    if (!verification) throw new Error('A removal asked for without a verified caller');
    const factor = (yield* listFactors(tx, accountId)).find(({ id }) => id === input.factor);
    if (!factor) return yield* refuseAct(tx, now, agent, 'ask-removal', accountId, { code: 'factor-removed' });
    const { kind, name } = factor;
    if (!mayRemove(yield* readHeldFactors(portal, tx, accountId, now), factor.id))
      return yield* refuseAct(tx, now, agent, 'ask-removal', accountId, { code: 'only-factor' });
    const waiting = yield* listOpenRemovalRequests(tx, now, open, accountId);
    if (waiting.some(({ factorId }) => factorId === factor.id)) return refused({ code: 'removal-asked' });
    const { method } = verification;
    const id = newId();
    yield* insertRemovalRequest(tx, {
      id,
      accountId,
      factorId: factor.id,
      askedBy: agent.agentId,
      reason,
      method,
      askedAt: now,
      expiresAt: now + portal.settings.policy.helpdesk.removal,
      decidedBy: null,
      decidedAt: null,
      decision: null,
    });
    const data = { reason, method, request: id, factor: factor.id, kind, name };
    const event = yield* recordEvent(tx, now, agent, { type: 'removal-asked', accountId, data });
    yield* queueNotice(portal, tx, now, agent, accountId, event, { kind: 'removal-asked', factor: name });
    return done(undefined);
  });
