// Gives a caller a pass: read out once, good once, for an hour. It opens the replacement of factors to whoever has given the right password,
// and nothing to anybody else (SEC-45); who gives it never sees that password (SEC-76).
import { listFactors } from '#db/factors';
import { expirePasses, findPassRow, insertPass } from '#db/passes';
import type { Script } from '#db/unit';
import { clearTries } from '../attempts/count-try.ts';
import { recordEvent } from '../audit/record-event.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import { newPass, passHash, passLifetime, passSubject } from '../passes/rules.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import { digest } from '../secrets.ts';
import type { Agent } from '../visitor.ts';
import { type ActProblem, actOn } from './act-on.ts';
import { readLastGiven } from './acts/facts.ts';
import { judgeApart } from './acts/rules.ts';
import { refuseAct } from './refuse-act.ts';

export type GivePassProblem = ActProblem | 'account-closed' | 'nothing-to-replace' | 'pass-after-reset' | 'pass-shown' | 'expired-page';

/** Four groups of four. Only the hash is kept: what is not read out now is lost, and the next one takes its place. */
export interface GivenPass {
  readonly once: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/**
 * @param input `once`: random, made with the page that asks. The same form sent again, by a reload or a second click, gives nothing: the
 * pass was on the first answer alone.
 */
export async function givePass(
  portal: Portal,
  agent: Agent,
  input: { readonly account: string; readonly reason: string; readonly once: string },
): Promise<Result<GivenPass, GivePassProblem>> {
  if (!/^[\w-]{22}$/.test(input.once)) return refused({ code: 'expired-page' });
  const id = digest(`${agent.agentId}:${input.account}:${input.once}`);
  const pass = newPass();
  return actOn(portal, agent, 'give-pass', input, function* (tx, now, subject): Script<Result<GivenPass, GivePassProblem>> {
    const { account, verification, reason } = subject;
    const { id: accountId, status } = account;
    const no = <Code extends GivePassProblem>(code: Code, retryAt?: number) =>
      refuseAct(tx, now, agent, 'give-pass', accountId, { code, ...(retryAt !== undefined && { retryAt }) });
    if (yield* findPassRow(tx, id)) return refused({ code: 'pass-shown' });
    if (status !== 'active') return yield* no('account-closed');
    // Who has no factor is asked for nothing but the password and the mailbox: a pass would open nothing.
    if ((yield* listFactors(tx, accountId)).length === 0) return yield* no('nothing-to-replace');
    const retryAt = judgeApart('give-pass', agent.role, yield* readLastGiven(tx, accountId), now, portal.settings.policy.helpdesk.apart);
    if (retryAt !== null) return yield* no('pass-after-reset', retryAt);
    const expiresAt = now + passLifetime;
    yield* expirePasses(tx, accountId, now);
    // Wrong tries at another pass say nothing of this one.
    yield* clearTries(tx, passSubject(accountId));
    const hash = passHash(portal.secrets, accountId, pass);
    yield* insertPass(tx, { id, accountId, hash, issuedBy: agent.agentId, createdAt: now, expiresAt, usedAt: null });
    const data = { reason, method: verification?.method ?? null, pass: id };
    const event = yield* recordEvent(tx, now, agent, { type: 'pass-given', accountId, data });
    yield* queueNotice(portal, tx, now, agent, accountId, event, { kind: 'pass-given' });
    return done({ once: pass, expiresAt });
  });
}
