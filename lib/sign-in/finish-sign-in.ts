// The end of a sign-in: turns the proofs of a flow into what the provider may say of it, once.
import { listEvents } from '#db/events';
import { setMailboxProven } from '#db/factors';
import { findKnownBrowser, setKnownBrowser } from '#db/known-browsers';
import { cancelPhoneRequests } from '#db/phone-requests';
import { deleteProofs, listProofs } from '#db/proofs';
import { startTriesAnew } from '../attempts/count-try.ts';
import { passwordSubject } from '../attempts/password-subject.ts';
import { recordEvent } from '../audit/record-event.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { cancelReEnrolment } from '../re-enrolment/cancel-re-enrolment.ts';
import type { Flow } from '../visitor.ts';
import { type Assurance, assurance } from './assurance.ts';
import { accountOfFlow, readSignInFacts } from './facts.ts';
import { factorKindOf, nextSignInStep } from './steps.ts';

export interface FinishedSignIn extends Assurance {
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly authenticatedAt: number;
}

/**
 * Null when something is still missing, or somebody has finished this flow already: its proofs die with the first.
 * @param newBrowser SHA-256 of the mark that this browser carries from now on
 */
export async function finishSignIn(portal: Portal, flow: Flow, newBrowser: string): Promise<FinishedSignIn | null> {
  const now = portal.now();
  const { policy } = portal.settings;
  if (flow.prompt !== 'login') return null;
  const keyed = await portal.store.read((tx) => accountOfFlow(tx, policy, flow.uid, now));
  if (keyed === null) return null;
  return portal.store.unit(keyed, function* (tx) {
    const facts = yield* readSignInFacts(tx, policy, flow, now);
    const { accountId, address } = facts;
    if (accountId === null || address === null || accountId !== keyed || nextSignInStep(facts) !== 'done') return null;
    const reached = assurance(facts.proofs);
    // What proved beside the mailbox was not taken away from its owner: the next time, it proves by itself.
    if (facts.mailboxWanted && facts.proofs.has('email-code'))
      for (const { factorId } of yield* listProofs(tx, flow.uid, now - policy.interaction)) if (factorId) yield* setMailboxProven(tx, factorId);
    yield* deleteProofs(tx, flow.uid);
    // Another way was faster than the telephone: nobody waits for its answer.
    yield* cancelPhoneRequests(tx, flow.uid, now);
    // Whoever signs in with a factor has not lost it.
    if (factorKindOf(facts.proofs) !== null) yield* cancelReEnrolment(tx, now, flow, accountId, 'signed-in');
    // A recovery code is for the day something is missing: the next day the factor itself is proposed again.
    const before = yield* findKnownBrowser(tx, accountId, newBrowser);
    // Nobody needs to be told of the first sign-in ever: what follows it is told.
    const newHere = before === null && (yield* listEvents(tx, accountId, 1, undefined, ['signed-in'])).length > 0;
    const factorKind = factorKindOf(facts.proofs) ?? before?.factorKind ?? null;
    yield* setKnownBrowser(tx, { accountId, browser: newBrowser, factorKind, seenAt: now });
    yield* startTriesAnew(tx, passwordSubject(portal, address, null));
    const event = yield* recordEvent(tx, now, flow, {
      type: 'signed-in',
      accountId,
      data: {
        application: flow.application.id,
        acr: reached.acr,
        proofs: [...facts.proofs].sort().join(' '),
        newBrowser: newHere,
        language: flow.visitor.language,
      },
    });
    if (newHere) yield* queueNotice(portal, tx, now, flow, accountId, event, { kind: 'new-browser', application: flow.application.name });
    return { accountId, ...reached, authenticatedAt: now };
  });
}
