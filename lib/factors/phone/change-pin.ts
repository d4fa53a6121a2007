// Another PIN for a telephone that unlocks with one; the one before is asked for, and its tries are counted like all others.
import { findPhone, setPhonePin } from '#db/phones';
import type { Script } from '#db/unit';
import { clearTries } from '../../attempts/count-try.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { queueNotice } from '../../mail/queue-notice.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import { tryPin } from './answer-request.ts';
import { works } from './facts.ts';
import { judgePin, type PinProblem, pinSubject } from './rules.ts';
import type { SignedCall } from './signed-call.ts';

export type ChangePinProblem = PinProblem | 'wrong-pin' | 'same-pin' | 'already-sent' | 'unlock-needed' | 'phone-locked';

/** @param input `pin`: the one in use; `newPin` */
export async function changePin(
  portal: Portal,
  call: SignedCall,
  input: { readonly pin: string; readonly newPin: string },
): Promise<Result<void, ChangePinProblem>> {
  const { accountId, factorId, visitor } = call;
  if (call.unlock !== 'pin') return refused({ code: 'unlock-needed' });
  const problem = judgePin(input.newPin, portal.settings.policy.phone.pin);
  if (problem) return refused({ code: problem, field: 'newPin' });
  if (input.pin === input.newPin) return refused({ code: 'same-pin', field: 'newPin' });
  if (call.retry) return refused({ code: 'already-sent' });
  const right = await tryPin(portal, call, input.pin);
  if (!right.ok) return right;
  const hash = await portal.hashing.hash(input.newPin);
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx): Script<Result<void, ChangePinProblem>> {
    const held = yield* findPhone(tx, factorId);
    if (!held || !works(held)) return refused({ code: 'phone-locked' });
    yield* setPhonePin(tx, factorId, hash);
    yield* clearTries(tx, pinSubject(factorId));
    const event = yield* recordEvent(tx, now, visitor, { type: 'phone-pin-changed', accountId, data: { factor: factorId, name: held.factor.name } });
    yield* queueNotice(portal, tx, now, visitor, accountId, event, { kind: 'phone-pin-changed', factor: held.factor.name });
    return done(undefined);
  });
}
