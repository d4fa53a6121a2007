// « Ce n’était pas moi », said with the link of a notice. Who holds it has the mailbox: enough to take away, and to nothing else (SEC-49).
import { findDisavowal } from '#db/disavowals';
import { recordEvent } from '../audit/record-event.ts';
import { announceSignOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import { digest } from '../secrets.ts';
import type { Visitor } from '../visitor.ts';
import { isToken, readDisownable, reportedByLink } from './facts.ts';
import { type Disowned, takeAway } from './take-away.ts';

/** Every session ends: a link says nothing of whose browser it was opened in. @param token as the browser gave it back */
export async function disavowByLink(portal: Portal, visitor: Visitor, token: unknown): Promise<Result<Disowned, 'expired-page'>> {
  if (!isToken(token)) return refused({ code: 'expired-page' });
  const now = portal.now();
  const id = digest(token);
  const link = await portal.store.read((tx) => findDisavowal(tx, id));
  if (!link) return refused({ code: 'expired-page' });
  const { accountId, eventId } = link;
  const shown = await reportedByLink(portal, token);
  const taken = await portal.store.unit(accountId, function* (tx) {
    const event = link.expiresAt > now ? yield* readDisownable(tx, accountId, eventId) : null;
    if (!event) {
      yield* recordEvent(tx, now, visitor, { type: 'step-refused', accountId, data: { act: 'disavow-by-link', event: eventId } });
      return null;
    }
    return yield* takeAway(portal, tx, now, visitor, event, null, shown?.application ?? null);
  });
  if (!taken) return refused({ code: 'expired-page' });
  if (taken.ended.length > 0) await announceSignOut(portal, taken.ended);
  return done(taken.disowned);
}
