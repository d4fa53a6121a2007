// Writes one line of the audit log, inside the unit of work that it tells of.
import { insertEvent } from '#db/events';
import type { Script, Tx } from '#db/unit';
import { newId } from '../ids.ts';
import type { Flow, Member, Operator, Reset, Visitor } from '../visitor.ts';
import type { EventFacts } from './events.ts';

type By = Flow | Reset | Member | Operator | Visitor;

/** @param at epoch milliseconds. @param by whose browser or shell it came from */
export function* recordEvent(tx: Tx, at: number, by: By, event: EventFacts): Script<void> {
  const visitor = 'visitor' in by ? by.visitor : 'userAgent' in by ? by : null;
  yield* insertEvent(tx, {
    id: newId(),
    at,
    type: event.type,
    accountId: event.accountId ?? null,
    actor: event.actor ?? ('name' in by ? by.name : null),
    flow: 'uid' in by ? by.uid : null,
    network: visitor?.network ?? null,
    browser: visitor?.userAgent ?? null,
    data: event.data ?? {},
  });
}
