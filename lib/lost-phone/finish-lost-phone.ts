// The end of the way: what the provider may say of this browser's session is that it may put a new factor in place, and nothing more.
import { deleteProofs } from '#db/proofs';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { reEnrolmentAcr } from '../sign-in/assurance.ts';
import type { Flow } from '../visitor.ts';
import { ownerOfWay, readOpenPlace } from './open-place.ts';
import { nextLostPhoneStep } from './steps.ts';

export interface RestrictedSignIn {
  readonly accountId: string;
  readonly acr: typeof reEnrolmentAcr;
  readonly amr: readonly string[];
  /** Epoch milliseconds. */
  readonly authenticatedAt: number;
}

/** Null when something is still missing, or somebody has finished this flow already: what it proved dies with the first. (SEC-47) */
export async function finishLostPhone(portal: Portal, flow: Flow): Promise<RestrictedSignIn | null> {
  const keyed = await ownerOfWay(portal, flow);
  if (keyed === null) return null;
  return portal.store.unit(keyed, function* (tx) {
    const now = portal.now();
    const facts = yield* readOpenPlace(portal, tx, flow, keyed, now, (f) => nextLostPhoneStep(f) === 'done');
    if (!facts) return null;
    yield* deleteProofs(tx, flow.uid);
    yield* recordEvent(tx, now, flow, { type: 're-enrolment-begun', accountId: keyed, data: { application: flow.application.id } });
    return { accountId: keyed, acr: reEnrolmentAcr, amr: ['pwd'], authenticatedAt: now };
  });
}
