// « Ce n’était pas moi », said by a person of an event in their own activity.
import { findEvent } from '#db/events';
import { recordEvent } from '../audit/record-event.ts';
import { announceSignOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Member } from '../visitor.ts';
import { readDisownable, readStaysSignedIn, reportedByMember } from './facts.ts';
import { type Disowned, takeAway } from './take-away.ts';

/**
 * A session is enough: nothing is given by it. It goes on only when it has proven itself a short while ago with something that stays.
 * @param input `event`: its id, as the form says; another person's is refused, and recorded
 */
export async function disavowEvent(portal: Portal, member: Member, input: { readonly event: string }): Promise<Result<Disowned, 'expired-page'>> {
  const { accountId, sessionId } = member;
  const now = portal.now();
  const shown = await reportedByMember(portal, member, input.event);
  const taken = await portal.store.unit(accountId, function* (tx) {
    const event = yield* readDisownable(tx, accountId, input.event);
    if (!event) {
      const foreign = (yield* findEvent(tx, input.event))?.accountId !== accountId;
      const data = { act: 'disavow-event', event: input.event.slice(0, 64), foreign };
      yield* recordEvent(tx, now, member, { type: 'step-refused', accountId, data });
      return null;
    }
    const keep = (yield* readStaysSignedIn(portal, tx, member, event, now)) ? sessionId : null;
    return yield* takeAway(portal, tx, now, member, event, keep, shown?.application ?? null);
  });
  if (!taken) return refused({ code: 'expired-page' });
  if (taken.ended.length > 0) await announceSignOut(portal, taken.ended);
  return done(taken.disowned);
}
