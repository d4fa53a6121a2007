// Proves the authenticator app by its first code: from then on it is a factor.
import { insertFactor } from '#db/factors';
import { deletePendingFactor, findPendingFactor } from '#db/pending-factors';
import { setProof } from '#db/proofs';
import { clearTries, countTry } from '../attempts/count-try.ts';
import { recordEvent } from '../audit/record-event.ts';
import { parseDigits } from '../codes/rules.ts';
import { matchingStep } from '../factors/totp/rules.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { MemberFlow } from '../visitor.ts';
import { checkStep, notOpen } from './check-step.ts';
import { newPendingCodes, prepareRecoveryCodes } from './prepare-recovery-codes.ts';

export type ScanCodeProblem = 'empty' | 'wrong-code' | 'used-code' | 'clock-drift' | 'wait' | 'factor-disabled' | 'expired-page';

/** The subject under which wrong first codes are counted. */
export const enrolmentSubject = (accountId: string) => `enrol:${accountId}`;

/** Text without six digits in it costs no try. A right code is spent here: it won't do at the first sign-in (SEC-23). */
export async function scanCode(portal: Portal, flow: MemberFlow, input: { readonly code: string }): Promise<Result<void, ScanCodeProblem>> {
  const { store, secrets, settings } = portal;
  const { accountId } = flow;
  const { totp, attempts } = settings.policy;
  const now = portal.now();
  const code = parseDigits(input.code, totp.digits);
  const codes = newPendingCodes(portal, accountId);
  const problem = (code: ScanCodeProblem, more: Pick<Problem, 'retryAt' | 'drift'> = {}) => refused({ code, field: 'code', ...more });

  return store.unit(accountId, function* (tx) {
    const account = yield* checkStep(portal, tx, flow, 'scan-code', now);
    const pending = account && (yield* findPendingFactor(tx, accountId));
    if (!account || pending?.kind !== 'totp') return notOpen();
    if (input.code.trim() === '') return problem('empty');
    if (code === null) return problem('wrong-code');

    const counted = yield* countTry(tx, enrolmentSubject(accountId), now, attempts);
    if (counted.kind === 'wait') return problem('wait', { retryAt: counted.until });
    if (counted.kind === 'disabled') return problem('factor-disabled');
    const match = matchingStep(secrets.open(`factors:${pending.id}`, pending.secret), code, now, 0, totp);
    if (match.kind !== 'right') {
      yield* recordEvent(tx, now, flow, {
        type: 'totp-wrong',
        accountId,
        data: { step: 'scan-code', drift: match.kind === 'drift' ? match.seconds : null },
      });
      if (match.kind === 'drift') return problem('clock-drift', { drift: match.seconds });
      return problem(match.kind === 'used' ? 'used-code' : 'wrong-code');
    }

    const { id, kind, name, secret } = pending;
    yield* insertFactor(tx, { id, accountId, kind, name, secret, lastStep: match.step, createdAt: now, lastUsedAt: now });
    yield* deletePendingFactor(tx, accountId);
    yield* clearTries(tx, enrolmentSubject(accountId));
    yield* setProof(tx, { flow: flow.uid, kind: 'totp', accountId, factorId: id, at: now });
    yield* prepareRecoveryCodes(tx, accountId, codes, now);
    const event = yield* recordEvent(tx, now, flow, { type: 'factor-added', accountId, data: { factor: id, kind, name } });
    yield* queueNotice(portal, tx, now, flow, accountId, event, { kind: 'factor-added', factor: name });
    return done(undefined);
  });
}
