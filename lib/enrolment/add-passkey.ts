// Step scan-code for who chose a passkey instead of an app: made and verified at once, it is a factor, and for a lost phone the
// only one.
import { deletePendingFactor, findPendingFactor } from '#db/pending-factors';
import { setProof } from '#db/proofs';
import type { Script, Tx } from '#db/unit';
import { askRegistration, keepPasskey, type RegisterProblem, readNewPasskey } from '../factors/passkey/register.ts';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { done, type Result } from '../result.ts';
import type { MemberFlow } from '../visitor.ts';
import { checkStep, notOpen } from './check-step.ts';
import { newPendingCodes, prepareRecoveryCodes } from './prepare-recovery-codes.ts';
import { replaceFactors, replaces } from './replace-factors.ts';

const placeOf = ({ uid, accountId }: MemberFlow) => ({ purpose: 'enrol', place: uid, accountId }) as const;

/** The account, when the step is open and a passkey is what was chosen. */
function* open(portal: Portal, tx: Tx, flow: MemberFlow, now: number) {
  const account = yield* checkStep(portal, tx, flow, 'scan-code', now);
  const pending = account && (yield* findPendingFactor(tx, flow.accountId));
  return pending?.kind === 'passkey' ? account : null;
}

/** @returns the question for the browser's authenticator, as JSON */
export async function askNewPasskey(portal: Portal, flow: MemberFlow): Promise<Result<string, 'expired-page'>> {
  const question = await askRegistration(portal, placeOf(flow), (tx, now) => open(portal, tx, flow, now));
  return question === null ? notOpen() : done(question);
}

/** @param input `credential`: what the browser's authenticator gave, as JSON */
export async function addPasskey(
  portal: Portal,
  flow: MemberFlow,
  input: { readonly credential: string },
): Promise<Result<void, RegisterProblem | 'expired-page'>> {
  const { accountId } = flow;
  const made = await readNewPasskey(portal, flow, placeOf(flow), input.credential);
  if (!made.ok) return made;
  const now = portal.now();
  const codes = newPendingCodes(portal, accountId);
  const added = await portal.store.unit(accountId, function* (tx): Script<Result<SignedOut[], RegisterProblem | 'expired-page'>> {
    const account = yield* open(portal, tx, flow, now);
    if (!account) return notOpen();
    const kept = yield* keepPasskey(portal, tx, now, flow, account, made.value, replaces(flow));
    if (!kept.ok) return kept;
    yield* deletePendingFactor(tx, accountId);
    const kind = made.value.userVerified ? 'passkey-verified' : 'passkey';
    yield* setProof(tx, { flow: flow.uid, kind, accountId, factorId: made.value.factorId, at: now });
    const ended = yield* replaceFactors(portal, tx, now, flow, made.value.factorId);
    yield* prepareRecoveryCodes(tx, accountId, codes, now);
    return done(ended);
  });
  if (!added.ok) return added;
  if (added.value.length > 0) await announceSignOut(portal, added.value);
  return done(undefined);
}
