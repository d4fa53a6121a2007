// Writes down that an agent looked at somebody's account: once in a while, not at every reload (SEC-79).
import { listEvents } from '#db/events';
import { recordEvent } from '../audit/record-event.ts';
import { minutes } from '../duration.ts';
import type { Portal } from '../portal.ts';
import type { Agent } from '../visitor.ts';
import { type SeenFrom, seenFrom } from './rules.ts';

/** The same agent again within this is the same look. */
const sameLook = minutes(5);
/** Among as many of the account's last events: where more happened since, it is told again. */
const lastEvents = 50;

/**
 * The page has asked `requireAgent`, and whether there is such an account.
 * @param from where the agent came from; null on a page behind the card: from where they came to that
 */
export async function seeAccount(portal: Portal, agent: Agent, accountId: string, from: SeenFrom | null): Promise<void> {
  await portal.store.unit(accountId, function* (tx) {
    const now = portal.now();
    const last = yield* listEvents(tx, accountId, lastEvents);
    const before = last.find(({ type, actor }) => type === 'account-seen' && actor === agent.agentId);
    if (before && before.at > now - sameLook) return;
    const cameFrom = from ?? seenFrom.find((place) => place === before?.data.from) ?? 'search';
    yield* recordEvent(tx, now, agent, { type: 'account-seen', accountId, data: { from: cameFrom } });
  });
}
