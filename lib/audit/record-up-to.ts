// Events that somebody can bring about as often as they like, with nothing that counts their tries: the first ones are written down.
import { listEvents, listEventsByActor } from '#db/events';
import type { Script, Tx } from '#db/unit';
import { minutes } from '../duration.ts';
import type { EventFacts } from './events.ts';
import { type By, recordEvent } from './record-event.ts';

/** As many within so long tell enough: whoever goes on must not fill the log, nor hide in it what else was done from those who read it. */
const most = { events: 20, within: minutes(10) } as const;

/** Of one type, of one account, or of one actor where it is about no account. @param now epoch milliseconds */
export function* recordUpTo(
  tx: Tx,
  now: number,
  by: By,
  event: EventFacts & ({ readonly accountId: string } | { readonly accountId: null; readonly actor: string }),
): Script<void> {
  const before =
    event.accountId === null
      ? yield* listEventsByActor(tx, event.actor, [event.type], most.events)
      : yield* listEvents(tx, event.accountId, most.events, undefined, [event.type]);
  const first = before[most.events - 1];
  if (first && first.at > now - most.within) return;
  yield* recordEvent(tx, now, by, event);
}
