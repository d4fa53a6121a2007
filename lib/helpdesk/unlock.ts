// Ends the waits that wrong tries have brought about, of the password and of factors, and lets telephones be asked again. It gives no try
// that was not the owner's before: what a hundred wrong ones in a row have closed stays closed, and so does a telephone that locked itself.
import type { Script } from '#db/unit';
import { clearTries, liftWait } from '../attempts/count-try.ts';
import { recordEvent } from '../audit/record-event.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { type ActProblem, actOn } from './act-on.ts';
import { readLocks } from './acts/facts.ts';
import { isLiftable } from './acts/rules.ts';

/** Nothing to lift is said, and is no act: no event, no letter. */
export const unlock = (
  portal: Portal,
  agent: Agent,
  input: { readonly account: string; readonly reason: string },
): Promise<Result<void, ActProblem | 'nothing-locked'>> =>
  actOn(portal, agent, 'unlock', input, function* (tx, now, { account, verification, reason }): Script<Result<void, 'nothing-locked'>> {
    const lifted = (yield* readLocks(portal, tx, account, now)).filter(isLiftable);
    if (lifted.length === 0) return refused({ code: 'nothing-locked' });
    for (const { subject, why } of lifted) {
      if (subject === null) continue;
      // A suspension is nothing but its row; tries have been counted, and stay so.
      if (why === 'suspended') yield* clearTries(tx, subject);
      else yield* liftWait(tx, subject);
    }
    const what = [...new Set(lifted.map((lock) => lock.what))].join(' ');
    const data = { reason, method: verification?.method ?? null, what };
    const event = yield* recordEvent(tx, now, agent, { type: 'unlocked', accountId: account.id, data });
    yield* queueNotice(portal, tx, now, agent, account.id, event, { kind: 'unlocked' });
    return done(undefined);
  });
