// An event of an account, as agents read it.
import type { CardEvent } from '#lib/helpdesk/facts';
import { words } from '#lib/language/language';
import type { Agent } from '#lib/visitor';
import { Happened } from '#ui/rows';
import { eventLines } from './event-lines';

/** @param now epoch milliseconds; null: the day stands above already */
export function EventRow({ event, agent, now }: { event: CardEvent; agent: Agent; now: number | null }) {
  const { activity } = words(agent.visitor.language).account;
  return (
    <Happened
      time={activity.time(event.at)}
      at={event.at}
      name={activity.events[event.type]({ application: event.application, factor: event.factor })}
      lines={eventLines(event, agent, now)}
    />
  );
}
