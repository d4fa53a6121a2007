// Somebody came to a page or an act of the console that their role does not open: it is written down, and nothing else happens.
import { listEventsByActor } from '#db/events';
import { recordEvent } from '../audit/record-event.ts';
import { minutes } from '../duration.ts';
import type { Portal } from '../portal.ts';
import type { Member } from '../visitor.ts';
import type { HelpdeskAction } from './rules.ts';

/** As many within so long tell enough: whoever goes on knocking must not fill the log, nor hide what agents did from those who read it. */
const most = { knocks: 20, within: minutes(10) } as const;

/** One event a knock, `most.knocks` of them within `most.within`. Changes nothing else. */
export async function refuseAgent(portal: Portal, member: Member, action: HelpdeskAction): Promise<void> {
  const { accountId } = member;
  await portal.store.unit(accountId, function* (tx) {
    const now = portal.now();
    const before = yield* listEventsByActor(tx, accountId, ['helpdesk-refused'], most.knocks);
    const first = before[most.knocks - 1];
    if (first && first.at > now - most.within) return;
    const data = { action, why: 'not-your-role' };
    yield* recordEvent(tx, now, member, { type: 'helpdesk-refused', accountId: null, actor: accountId, data });
  });
}
