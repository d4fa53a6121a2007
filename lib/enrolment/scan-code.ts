// Proves the authenticator app by its first code: from then on it is a factor, and for a lost phone the only one.
import { findPendingFactor } from '#db/pending-factors';
import { setProof } from '#db/proofs';
import type { Script } from '#db/unit';
import { type NewAppProblem, proveNewApp } from '../factors/totp/new-app.ts';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { done, type Result } from '../result.ts';
import type { MemberFlow } from '../visitor.ts';
import { checkStep, notOpen } from './check-step.ts';
import { newPendingCodes, prepareRecoveryCodes } from './prepare-recovery-codes.ts';
import { replaceFactors, replaces } from './replace-factors.ts';

export type ScanCodeProblem = NewAppProblem | 'expired-page';

/** The subject under which wrong first codes are counted. */
const enrolmentSubject = (accountId: string) => `enrol:${accountId}`;

export async function scanCode(portal: Portal, flow: MemberFlow, input: { readonly code: string }): Promise<Result<void, ScanCodeProblem>> {
  const { accountId } = flow;
  const now = portal.now();
  const codes = newPendingCodes(portal, accountId);
  const told = replaces(flow);
  const scanned = await portal.store.unit(accountId, function* (tx): Script<Result<SignedOut[], ScanCodeProblem>> {
    const account = yield* checkStep(portal, tx, flow, 'scan-code', now);
    const pending = account && (yield* findPendingFactor(tx, accountId));
    if (pending?.kind !== 'totp') return notOpen();
    const proven = yield* proveNewApp(portal, tx, now, flow, pending, input.code, enrolmentSubject(accountId), { step: 'scan-code' }, told);
    if (!proven.ok) return proven;
    yield* setProof(tx, { flow: flow.uid, kind: 'totp', accountId, factorId: proven.value, at: now });
    const ended = yield* replaceFactors(portal, tx, now, flow, proven.value);
    yield* prepareRecoveryCodes(tx, accountId, codes, now);
    return done(ended);
  });
  if (!scanned.ok) return scanned;
  if (scanned.value.length > 0) await announceSignOut(portal, scanned.value);
  return done(undefined);
}
