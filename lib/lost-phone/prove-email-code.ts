// Proves the mailbox, which is only half of a way: the four answers come after it. When they were right before a wait that is over, it is
// the fresh proof that opens the re-enrolment.
import { setLostPhone } from '#db/lost-phones';
import { recordEvent } from '../audit/record-event.ts';
import { type EmailCodeProblem, tryEmailCode } from '../codes/try-email-code.ts';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { done, type Result } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenPlace } from './open-place.ts';
import { freezeStolen } from './open-re-enrolment.ts';
import { isProofOpen, type LostPhoneFacts } from './steps.ts';

type Proven = Result<void, EmailCodeProblem | 'expired-page'>;

export async function proveEmailCode(portal: Portal, flow: Flow, input: { readonly code: string }): Promise<Proven> {
  const isOpen = (facts: LostPhoneFacts) => isProofOpen('email-code', facts);
  const proven = await inOpenPlace<SignedOut[], EmailCodeProblem>(portal, flow, 'prove-lost-phone-code', isOpen, function* (tx, facts, now) {
    const { accountId, happened, waited } = facts;
    const tried = yield* tryEmailCode(portal, tx, now, { flow: flow.uid, purpose: 'lost-phone', accountId }, input.code);
    const data = { purpose: 'lost-phone' };
    if (!tried.ok) {
      if (tried.problems[0].code !== 'empty')
        yield* recordEvent(tx, now, flow, { type: 'email-code-wrong', accountId, data: { ...data, problem: tried.problems[0].code } });
      return tried;
    }
    yield* setLostPhone(tx, {
      flow: flow.uid,
      accountId,
      stolen: happened === 'stolen',
      saidAt: now,
      mailboxProvenAt: now,
      openedAt: waited ? now : null,
    });
    yield* recordEvent(tx, now, flow, { type: 'email-code-right', accountId, data });
    // Said to be stolen since the wait began, perhaps.
    return done(waited && happened === 'stolen' ? yield* freezeStolen(portal, tx, now, flow, accountId) : []);
  });
  if (!proven.ok) return proven;
  if (proven.value.length > 0) await announceSignOut(portal, proven.value);
  return done(undefined);
}
