// Steps install-app and scan-code for who chose a telephone: a QR code, a telephone that comes with it, and the word that it is the right one.
import { setProof } from '#db/proofs';
import type { Script } from '#db/unit';
import { type ConfirmProblem, dropPairing, keepPairing, keepPhone, newPairing } from '../factors/phone/pairing.ts';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { done, type Result } from '../result.ts';
import type { MemberFlow } from '../visitor.ts';
import { checkStep, notOpen } from './check-step.ts';
import { newPendingCodes, prepareRecoveryCodes } from './prepare-recovery-codes.ts';
import { replaceFactors, replaces } from './replace-factors.ts';

/** Chooses a telephone, or shows another QR code. Open as long as no factor is proven. */
export function pairPhone(portal: Portal, flow: MemberFlow, _input: object = {}): Promise<Result<void, 'expired-page'>> {
  const now = portal.now();
  const made = newPairing(portal, flow);
  return portal.store.unit(flow.accountId, function* (tx): Script<Result<void, 'expired-page'>> {
    if (!(yield* checkStep(portal, tx, flow, 'install-app', now))) return notOpen();
    yield* keepPairing(tx, now, flow, made);
    return done(undefined);
  });
}

/** @param input `factor`: the id that stood on the page with the telephone's name. For a lost phone it is then the only factor */
export async function addPhone(
  portal: Portal,
  flow: MemberFlow,
  input: { readonly factor: string },
): Promise<Result<void, ConfirmProblem | 'expired-page'>> {
  const { accountId } = flow;
  const now = portal.now();
  const codes = newPendingCodes(portal, accountId);
  const added = await portal.store.unit(accountId, function* (tx): Script<Result<SignedOut[], ConfirmProblem | 'expired-page'>> {
    const account = yield* checkStep(portal, tx, flow, 'scan-code', now);
    if (!account) return notOpen();
    const kept = yield* keepPhone(portal, tx, now, flow, account, input.factor, replaces(flow));
    if (!kept.ok) return kept;
    const { factorId, unlock } = kept.value;
    const kind = unlock === 'biometrics' ? 'phone-biometrics' : 'phone-pin';
    yield* setProof(tx, { flow: flow.uid, kind, accountId, factorId, at: now });
    const ended = yield* replaceFactors(portal, tx, now, flow, factorId);
    yield* prepareRecoveryCodes(tx, accountId, codes, now);
    return done(ended);
  });
  if (!added.ok) return added;
  if (added.value.length > 0) await announceSignOut(portal, added.value);
  return done(undefined);
}

/** « Ce n’est pas mon téléphone », or another choice. */
export function givePhoneUp(portal: Portal, flow: MemberFlow, _input: object = {}): Promise<Result<void, 'expired-page'>> {
  const now = portal.now();
  return portal.store.unit(flow.accountId, function* (tx): Script<Result<void, 'expired-page'>> {
    if (!(yield* checkStep(portal, tx, flow, 'scan-code', now))) return notOpen();
    yield* dropPairing(tx, now, flow);
    return done(undefined);
  });
}
