// Puts an authenticator app in place, in two steps: its secret is made, then its first code proves it. The wizard and the account ask it,
// each inside its own unit of work and after its own guard.
import { insertFactor } from '#db/factors';
import { deletePendingFactor, findPendingFactor, type PendingFactorRow, setPendingFactor, setPendingFactorName } from '#db/pending-factors';
import type { Script, Tx } from '#db/unit';
import { clearTries, countTry } from '../../attempts/count-try.ts';
import type { EventFacts } from '../../audit/events.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { recordUpTo } from '../../audit/record-up-to.ts';
import { parseDigits } from '../../codes/rules.ts';
import { newId } from '../../ids.ts';
import { queueNotice } from '../../mail/queue-notice.ts';
import type { Portal } from '../../portal.ts';
import { done, type Problem, type Result, refused } from '../../result.ts';
import type { Member, MemberFlow } from '../../visitor.ts';
import { matchingStep, newTotpSecret } from './rules.ts';

type By = Member | MemberFlow;

export type NewFactor = Pick<PendingFactorRow, 'id' | 'kind' | 'secret'>;

/** Made outside the unit. A passkey's own secret never leaves its authenticator: nothing is sealed for it. */
export function newFactor({ secrets, settings }: Pick<Portal, 'secrets' | 'settings'>, kind: 'totp' | 'passkey'): NewFactor {
  const id = newId();
  return { id, kind, secret: secrets.seal(`factors:${id}`, kind === 'passkey' ? '' : newTotpSecret(settings.policy.totp)) };
}

/** Nothing is in place by this. A secret that may be in the app already stays as it is: another choice of the same kind only names it. */
export function* chooseNewFactor(
  { settings }: Pick<Portal, 'settings'>,
  tx: Tx,
  now: number,
  by: By,
  { id, kind, secret }: NewFactor,
  name: string,
): Script<void> {
  const { accountId } = by;
  const pending = yield* findPendingFactor(tx, accountId);
  if (pending?.kind === kind && pending.expiresAt > now) yield* setPendingFactorName(tx, accountId, name);
  else {
    const expiresAt = now + settings.policy.totp.pendingLifetime;
    yield* setPendingFactor(tx, { accountId, id, kind, name, secret, createdAt: now, expiresAt });
  }
  yield* recordEvent(tx, now, by, { type: 'app-chosen', accountId, data: { app: name } });
}

export type NewAppProblem = 'empty' | 'wrong-code' | 'used-code' | 'clock-drift' | 'portal-clock-new-app' | 'wait' | 'factor-disabled';

/**
 * Text without six digits in it costs no try. A right code is spent here: it won't do at the next sign-in (SEC-23).
 * @param pending of kind totp, and of its time. @param typed the code as typed
 * @param subject under which wrong first codes are counted. @param about goes into the event of a wrong one
 * @param told whether the owner is told of more than this, by the caller
 * @returns the id of the factor that is now in place; its event and notice are on their way
 */
export function* proveNewApp(
  portal: Pick<Portal, 'secrets' | 'settings' | 'networks' | 'clockTrust'>,
  tx: Tx,
  now: number,
  by: By,
  pending: PendingFactorRow,
  typed: string,
  subject: string,
  about: NonNullable<EventFacts['data']>,
  told = false,
): Script<Result<string, NewAppProblem>> {
  const { accountId } = by;
  const { totp, attempts } = portal.settings.policy;
  const problem = (code: NewAppProblem, more: Pick<Problem, 'retryAt' | 'drift'> = {}) => refused<NewAppProblem>({ code, field: 'code', ...more });
  if (typed.trim() === '') return problem('empty');
  const code = parseDigits(typed, totp.digits);
  if (code === null) return problem('wrong-code');
  if (!portal.clockTrust.state().trusted) {
    yield* recordUpTo(tx, now, by, { type: 'totp-not-judged', accountId, data: about });
    return refused({ code: 'portal-clock-new-app' });
  }
  const counted = yield* countTry(tx, subject, now, attempts);
  if (counted.kind === 'wait') return problem('wait', { retryAt: counted.until });
  if (counted.kind === 'disabled') return problem('factor-disabled');
  const { id, kind, name, secret } = pending;
  const match = matchingStep(portal.secrets.open(`factors:${id}`, secret), code, now, 0, totp);
  if (match.kind !== 'right') {
    const drift = match.kind === 'drift' ? match.seconds : null;
    yield* recordEvent(tx, now, by, { type: 'totp-wrong', accountId, data: { ...about, drift } });
    if (drift !== null) return problem('clock-drift', { drift });
    return problem(match.kind === 'used' ? 'used-code' : 'wrong-code');
  }
  yield* insertFactor(tx, { id, accountId, kind, name, secret, lastStep: match.step, createdAt: now, lastUsedAt: now });
  yield* deletePendingFactor(tx, accountId);
  yield* clearTries(tx, subject);
  const event = yield* recordEvent(tx, now, by, { type: 'factor-added', accountId, data: { factor: id, kind, name } });
  if (!told) yield* queueNotice(portal, tx, now, by, accountId, event, { kind: 'factor-added', factor: name });
  return done(id);
}
