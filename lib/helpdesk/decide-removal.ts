// The second agent's look at a factor to be removed: approves or refuses, from a console of their own. Who asked may only take it back. Of
// all who decide at once, one is the one (SEC-80).
import { deleteFactor, listFactors } from '#db/factors';
import { decideRemovalRequest, findRemovalRequest, type RemovalDecision, type RemovalRequestRow } from '#db/removal-requests';
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import { readHeldFactors } from '../factors/facts.ts';
import { mayRemove } from '../factors/rules.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import { readActingRole, roleOf } from '../roles/facts.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { Agent } from '../visitor.ts';
import { type ActProblem, actOn } from './act-on.ts';
import { refuseAct } from './refuse-act.ts';
import { mayDo } from './rules.ts';

export type DecideRemovalProblem =
  | ActProblem
  | 'choose-one'
  | 'removal-gone'
  | 'removal-expired'
  | 'own-removal'
  | 'others-removal'
  | 'asker-gone'
  | 'factor-removed'
  | 'only-factor';

const decisions: Readonly<Record<string, RemovalDecision>> = { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' };

/** @param input `request`: its id; `decision`: approve, refuse or withdraw */
export async function decideRemoval(
  portal: Portal,
  agent: Agent,
  input: { readonly request: string; readonly decision: string },
): Promise<Result<RemovalDecision, DecideRemovalProblem>> {
  const decision = decisions[input.decision];
  if (decision === undefined) return refused({ code: 'choose-one' });
  const before = await portal.store.read((tx) => findRemovalRequest(tx, input.request));
  if (!before) return refused({ code: 'removal-gone' });
  // What a directory elsewhere says of the asker's role is remembered before the unit reads it.
  await roleOf(portal, before.askedBy);
  const account = before.accountId;
  const decided = await actOn(portal, agent, 'decide-removal', { account }, function* (tx, now): Script<Result<SignedOut[], DecideRemovalProblem>> {
    const no = <Code extends DecideRemovalProblem>(code: Code) => refuseAct(tx, now, agent, 'decide-removal', account, { code });
    const request = yield* findRemovalRequest(tx, input.request);
    if (!request || request.decidedAt !== null) return refused({ code: 'removal-gone' });
    if (request.expiresAt <= now) return refused({ code: 'removal-expired' });
    const own = request.askedBy === agent.agentId;
    if (own && decision !== 'withdrawn') return yield* no('own-removal');
    if (!own && decision === 'withdrawn') return yield* no('others-removal');
    if (decision === 'approved') {
      // Whoever has lost their role since, or whose account was closed, has not asked for anything.
      if (!mayDo(yield* readActingRole(tx, request.askedBy), 'ask-removal')) return yield* no('asker-gone');
      return yield* remove(portal, tx, now, agent, request);
    }
    if (!(yield* decideRemovalRequest(tx, request.id, agent.agentId, decision, now))) return refused({ code: 'removal-gone' });
    const factor = (yield* listFactors(tx, account)).find(({ id }) => id === request.factorId);
    const data = about(request, decision, factor?.name ?? null);
    const event = yield* recordEvent(tx, now, agent, { type: 'removal-decided', accountId: account, data });
    if (factor) yield* queueNotice(portal, tx, now, agent, account, event, { kind: 'removal-not-done', factor: factor.name });
    return done([]);
  });
  if (!decided.ok) return decided;
  if (decided.value.length > 0) await announceSignOut(portal, decided.value);
  return done(decision);
}

const about = ({ id, factorId, askedBy, reason, method }: RemovalRequestRow, decision: RemovalDecision, name: string | null) => ({
  request: id,
  decision,
  askedBy,
  reason,
  method,
  factor: factorId,
  name,
});

/** Looks again at everything: the factor may be the last one by now. What was opened with it ends with it. */
function* remove(
  portal: Portal,
  tx: Tx,
  now: number,
  agent: Agent,
  request: RemovalRequestRow,
): Script<Result<SignedOut[], 'factor-removed' | 'only-factor' | 'removal-gone'>> {
  const { accountId, factorId } = request;
  const factor = (yield* listFactors(tx, accountId)).find(({ id }) => id === factorId);
  const no = <Code extends string>(code: Code) => refuseAct(tx, now, agent, 'decide-removal', accountId, { code });
  if (!factor) return yield* no('factor-removed' as const);
  if (!mayRemove(yield* readHeldFactors(portal, tx, accountId, now), factorId)) return yield* no('only-factor' as const);
  if (!(yield* decideRemovalRequest(tx, request.id, agent.agentId, 'approved', now))) return refused({ code: 'removal-gone' });
  const { kind, name } = factor;
  yield* deleteFactor(tx, accountId, factorId);
  const ended = yield* endSessions(portal, tx, accountId, null);
  yield* recordEvent(tx, now, agent, { type: 'removal-decided', accountId, data: about(request, 'approved', name) });
  const event = yield* recordEvent(tx, now, agent, { type: 'factor-removed', accountId, data: { factor: factorId, kind, name } });
  yield* queueNotice(portal, tx, now, agent, accountId, event, { kind: 'removed-by-helpdesk', factor: name });
  return done(ended);
}
