// Proves another authenticator app by its first code: from then on it is a factor, beside those that were there.
import { findAccountRow } from '#db/accounts';
import { insertFactor } from '#db/factors';
import { deletePendingFactor, findPendingFactor } from '#db/pending-factors';
import { clearTries, countTry } from '../attempts/count-try.ts';
import { recordEvent } from '../audit/record-event.ts';
import { parseDigits } from '../codes/rules.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { RecentlyProven } from '../visitor.ts';
import { matchingStep } from './totp/rules.ts';

export type ProveAppProblem = 'empty' | 'wrong-code' | 'used-code' | 'clock-drift' | 'wait' | 'factor-disabled' | 'expired-page';

/** A right code is spent here: it won't do at the next sign-in (SEC-23). Without an app that waits for its code: `expired-page`. */
export async function proveApp(portal: Portal, member: RecentlyProven, input: { readonly code: string }): Promise<Result<void, ProveAppProblem>> {
  const { store, secrets, settings } = portal;
  const { accountId } = member;
  const { totp, attempts } = settings.policy;
  const now = portal.now();
  const code = parseDigits(input.code, totp.digits);
  const problem = (code: ProveAppProblem, more: Pick<Problem, 'retryAt' | 'drift'> = {}) => refused({ code, field: 'code', ...more });

  return store.unit(accountId, function* (tx) {
    const account = yield* findAccountRow(tx, accountId);
    const pending = yield* findPendingFactor(tx, accountId);
    if (!account || pending?.kind !== 'totp' || pending.expiresAt <= now) {
      yield* recordEvent(tx, now, member, { type: 'step-refused', accountId, data: { act: 'prove-app' } });
      return refused({ code: 'expired-page' as const });
    }
    if (input.code.trim() === '') return problem('empty');
    if (code === null) return problem('wrong-code');
    const subject = `add-app:${accountId}`;
    const counted = yield* countTry(tx, subject, now, attempts);
    if (counted.kind === 'wait') return problem('wait', { retryAt: counted.until });
    if (counted.kind === 'disabled') return problem('factor-disabled');
    const match = matchingStep(secrets.open(`factors:${pending.id}`, pending.secret), code, now, 0, totp);
    if (match.kind !== 'right') {
      const drift = match.kind === 'drift' ? match.seconds : null;
      yield* recordEvent(tx, now, member, { type: 'totp-wrong', accountId, data: { act: 'prove-app', drift } });
      if (drift !== null) return problem('clock-drift', { drift });
      return problem(match.kind === 'used' ? 'used-code' : 'wrong-code');
    }
    const { id, kind, name, secret } = pending;
    yield* insertFactor(tx, { id, accountId, kind, name, secret, lastStep: match.step, createdAt: now, lastUsedAt: now });
    yield* deletePendingFactor(tx, accountId);
    yield* clearTries(tx, subject);
    const event = yield* recordEvent(tx, now, member, { type: 'factor-added', accountId, data: { factor: id, kind, name } });
    yield* queueNotice(portal, tx, now, member, accountId, event, { kind: 'factor-added', factor: name });
    return done(undefined);
  });
}
