// The one way to act on somebody's account from the console: asks who acts, on whom, whether the caller is verified and why it is done, and
// only then acts, in one unit of work of the account. A refusal is written down too.
import { type AccountRow, findAccountRow } from '#db/accounts';
import { type CallerVerificationRow, findProvenVerification } from '#db/caller-verifications';
import type { Script, Tx } from '#db/unit';
import { isReadable } from '../accounts/rules.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import { readActingRole, readRole, roleOf } from '../roles/facts.ts';
import type { Agent } from '../visitor.ts';
import { type HelpdeskAction, type HelpdeskRefusal, helpdeskActions, judgeAction, rank, reasonLimits } from './rules.ts';

export type ActProblem = HelpdeskRefusal | 'unknown-account' | 'reason-needed' | 'too-long' | 'unreadable';

export interface Subject {
  readonly account: AccountRow;
  /** How the caller was verified, where that is needed; null where it was not. */
  readonly verification: CallerVerificationRow | null;
  /** Trimmed; empty where none is needed. */
  readonly reason: string;
}

/**
 * @param input `account`: the subject's id; `reason`: as typed
 * @param act what is done, in the unit; its event and its letter are its own business, the judgement is not
 */
export async function actOn<Value, Code extends string>(
  portal: Portal,
  agent: Agent,
  action: HelpdeskAction,
  input: { readonly account: string; readonly reason?: string },
  act: (tx: Tx, now: number, subject: Subject) => Script<Result<Value, Code>>,
): Promise<Result<Value, Code | ActProblem>> {
  const reason = judgeReason(action, input.reason ?? '');
  if (!reason.ok) return reason;
  // What a directory elsewhere says of the subject's role is remembered before the unit reads it.
  await roleOf(portal, input.account);
  return portal.store.unit(input.account, function* (tx): Script<Result<Value, Code | ActProblem>> {
    const now = portal.now();
    const account = yield* findAccountRow(tx, input.account);
    if (!account) return refused({ code: 'unknown-account' });
    const verification = yield* findProvenVerification(tx, account.id, agent.agentId, now - portal.settings.policy.helpdesk.verified);
    // It may have been taken, or the account closed, since the request began (SEC-75).
    const role = yield* readActingRole(tx, agent.agentId);
    const refusal =
      role === null || rank(role) < rank(agent.role)
        ? 'not-your-role'
        : judgeAction(action, {
            agent: { id: agent.agentId, role: agent.role },
            subject: { id: account.id, role: yield* readRole(tx, account.id) },
            callerVerified: verification !== null,
          });
    if (refusal) {
      yield* recordEvent(tx, now, agent, { type: 'helpdesk-refused', accountId: account.id, data: { action, why: refusal } });
      return refused({ code: refusal });
    }
    return yield* act(tx, now, { account, verification, reason: reason.value });
  });
}

function judgeReason(action: HelpdeskAction, typed: string): Result<string, 'reason-needed' | 'too-long' | 'unreadable'> {
  if (!helpdeskActions[action].reason) return done('');
  const reason = typed.normalize('NFC').trim().replace(/\s+/g, ' ');
  const { shortest, longest } = reasonLimits;
  if ([...reason].length < shortest) return refused({ code: 'reason-needed', field: 'reason' });
  if ([...reason].length > longest) return refused({ code: 'too-long', field: 'reason' });
  return isReadable(reason) ? done(reason) : refused({ code: 'unreadable', field: 'reason' });
}
