// Writes one line of the audit log, inside the unit of work that it tells of.
import { insertEvent } from '#db/events';
import type { Script, Tx } from '#db/unit';
import { newId } from '../ids.ts';
import type { Agent, Flow, Member, Operator, Reset, Visitor } from '../visitor.ts';
import type { EventFacts, EventType } from './events.ts';

export type By = Flow | Reset | Member | Agent | Operator | Visitor;

export interface RecordedEvent {
  readonly id: string;
  readonly type: EventType;
}

/** The browser behind an act; null behind a shell. */
export const visitorOf = (by: By): Visitor | null => ('visitor' in by ? by.visitor : 'userAgent' in by ? by : null);

/** @param at epoch milliseconds. @param by whose browser or shell it came from. @returns what a notice is about (lib/mail/queue-notice.ts) */
export function* recordEvent(tx: Tx, at: number, by: By, event: EventFacts): Script<RecordedEvent> {
  const visitor = visitorOf(by);
  const id = newId();
  yield* insertEvent(tx, {
    id,
    at,
    type: event.type,
    accountId: event.accountId ?? null,
    actor: event.actor ?? ('name' in by ? by.name : 'agentId' in by ? by.agentId : null),
    flow: 'uid' in by ? by.uid : null,
    network: visitor?.network ?? null,
    browser: visitor?.userAgent ?? null,
    data: event.data ?? {},
  });
  return { id, type: event.type };
}
