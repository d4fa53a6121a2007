// Chooses how to prove who one is. Choosing the mailbox sends it a code.
import { issueEmailCode, prepareEmailCode } from '../codes/issue-email-code.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { lostPhoneFacts } from './facts.ts';
import { inOpenPlace } from './open-place.ts';
import { isLostPhoneStepOpen, isProofOpen, type LostPhoneFacts, lostPhoneWays, type ProofPlace } from './steps.ts';

/**
 * @param input `proof`: one of the ways that the page shows
 * @returns where this way begins. Where the sending limits stand against a code, its page says from when another may be sent.
 */
export async function chooseProof(
  portal: Portal,
  flow: Flow,
  input: { readonly proof: string },
): Promise<Result<ProofPlace, 'choose-one' | 'expired-page'>> {
  const { accountId, address } = await lostPhoneFacts(portal, flow);
  const prepared = accountId && address ? prepareEmailCode(portal, flow, { id: accountId, address }, 'lost-phone', portal.now()) : null;
  const isOpen = (facts: LostPhoneFacts) => isLostPhoneStepOpen('prove-identity', facts);

  return inOpenPlace<ProofPlace, 'choose-one' | 'expired-page'>(portal, flow, 'choose-proof', isOpen, function* (tx, facts) {
    const way = lostPhoneWays.find((word) => word === input.proof);
    if (!way || !facts.ways.includes(way)) return refused({ code: 'choose-one', field: 'proof' });
    const place = way === 'answers' ? (facts.mailboxProven && !facts.waited ? 'answers' : 'email-code') : way;
    if (!isProofOpen(place, facts)) return refused({ code: 'choose-one', field: 'proof' });
    if (place === 'email-code' && !facts.emailCode?.usable) {
      // Another person's password came in between: the code prepared is not theirs.
      if (prepared?.accountId !== facts.accountId) return refused({ code: 'expired-page' });
      yield* issueEmailCode(portal, tx, flow, prepared);
    }
    return done(place);
  });
}
