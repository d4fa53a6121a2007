// Hands a finished wizard back to the provider, with what was proven in it.
import { deleteProofs, listProofs } from '#db/proofs';
import type { Portal } from '../portal.ts';
import { type Acr, assurance } from '../sign-in/assurance.ts';
import { factorKindOf } from '../sign-in/steps.ts';
import type { MemberFlow } from '../visitor.ts';
import { checkStep } from './check-step.ts';

export interface FinishedEnrolment {
  readonly accountId: string;
  /** What the session has become; null when nothing was proven in this very flow, and the session stays what it was. */
  readonly raised: { readonly acr: Acr; readonly amr: readonly string[]; readonly authenticatedAt: number } | null;
}

/**
 * The password was proven when the provider's session began; a factor proven in this flow makes two. The proof is consumed: a flow
 * raises once. @returns null when a step is still missing. `authenticatedAt` in epoch milliseconds.
 */
export async function finishEnrolment(portal: Portal, flow: MemberFlow): Promise<FinishedEnrolment | null> {
  const { accountId, uid } = flow;
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx) {
    if (!(yield* checkStep(portal, tx, flow, 'done', now))) return null;
    const proofs = yield* listProofs(tx, uid, now - portal.settings.policy.session.idle);
    const proof = proofs.find((p) => factorKindOf(new Set([p.kind])) !== null && p.accountId === accountId);
    yield* deleteProofs(tx, uid);
    return { accountId, raised: proof ? { ...assurance(new Set(['password', proof.kind])), authenticatedAt: proof.at } : null };
  });
}
