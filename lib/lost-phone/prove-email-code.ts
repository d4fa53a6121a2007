// Proves the mailbox, which is only half of a way: the four answers come after it. When they were right before a wait that is over, it is
// the fresh proof that opens the re-enrolment.
import { setLostPhone } from '#db/lost-phones';
import { recordEvent } from '../audit/record-event.ts';
import { type EmailCodeProblem, tryEmailCode } from '../codes/try-email-code.ts';
import type { Portal } from '../portal.ts';
import type { Result } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenPlace } from './open-place.ts';
import { isProofOpen, type LostPhoneFacts } from './steps.ts';

export function proveEmailCode(
  portal: Portal,
  flow: Flow,
  input: { readonly code: string },
): Promise<Result<void, EmailCodeProblem | 'expired-page'>> {
  const isOpen = (facts: LostPhoneFacts) => isProofOpen('email-code', facts);
  return inOpenPlace<void, EmailCodeProblem>(portal, flow, 'prove-lost-phone-code', isOpen, function* (tx, facts, now) {
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
    return tried;
  });
}
