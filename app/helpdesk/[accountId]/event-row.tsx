// An event of an account, as agents read it.
import type { CardEvent, CardRun } from '#lib/helpdesk/facts';
import { words } from '#lib/language/language';
import type { Agent } from '#lib/visitor';
import { Happened } from '#ui/rows';
import { eventLines } from './event-lines';

/** @param event or several in a row. @param now epoch milliseconds; null: the day stands above already */
export function EventRow({ event, agent, now }: { event: CardEvent | CardRun; agent: Agent; now: number | null }) {
  const { account, helpdeskCard: said } = words(agent.visitor.language);
  const { activity } = account;
  const run = 'times' in event && event.times > 1 ? [said.times(event.times, event.firstAt, now ?? event.at)] : [];
  return (
    <Happened
      time={activity.time(event.at)}
      at={event.at}
      name={activity.events[event.type]({ application: event.application, factor: event.factor })}
      lines={[...run, ...eventLines(event, agent, now)]}
    />
  );
}
