// The small print under an event, as agents read it: when, with which browser, from which named network. Leads read the truncated network too.
import type { CardEvent } from '#lib/helpdesk/facts';
import { words } from '#lib/language/language';
import type { Agent } from '#lib/visitor';

/** @param now epoch milliseconds; null: the day stands above already */
export function eventLines({ at, browser, place, network, byOthers }: CardEvent, agent: Agent, now: number | null): string[] {
  const { account, helpdeskCard: said } = words(agent.visitor.language);
  const where = [browser && said.from(browser.browser, browser.system), place, network && said.network(network)].filter(Boolean).join(', ');
  const day = now === null ? null : account.activity.day(at, now);
  // Of today the hour says enough.
  return [
    ...(now === null || day === null || day === account.activity.day(now, now) ? [] : [day]),
    ...(where ? [where] : []),
    ...(byOthers ? [said.byOthers] : []),
  ];
}
