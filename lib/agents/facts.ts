// What agents did, as they and their leads may read it; and who the agents are.
import { listAccountsById } from '#db/accounts';
import { type EventRow, listEventsByActor, listEventsOfTypes } from '#db/events';
import { displayName } from '../accounts/rules.ts';
import { type AgentEventType, agentEventTypes, isAgentEventType } from '../audit/events.ts';
import type { Portal } from '../portal.ts';
import { roleHolders } from '../roles/facts.ts';
import { type ActDetails, actDetails } from './rules.ts';

export interface AgentAct {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: AgentEventType;
  /** Null for who is not there any more. */
  readonly agent: string | null;
  /** Whom it was about; null for nobody, or somebody who is not there any more. */
  readonly account: { readonly id: string; readonly name: string } | null;
  readonly details: ActDetails;
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);

/** A page of a list. */
export const actsPerPage = 50;

/**
 * One page, the newest first.
 * @param agentId null: everybody's. @param before the id of an event: only older ones
 * @returns `more`: the id to ask the next page with, null when this is the last
 */
export async function actsOf(
  { store }: Pick<Portal, 'store'>,
  agentId: string | null,
  before: string | null,
): Promise<{ readonly acts: readonly AgentAct[]; readonly more: string | null }> {
  const limit = actsPerPage + 1;
  const { rows, people } = await store.read(function* (tx) {
    const listed: readonly EventRow[] =
      agentId === null
        ? yield* listEventsOfTypes(tx, agentEventTypes, limit, before ?? undefined)
        : yield* listEventsByActor(tx, agentId, agentEventTypes, limit, before ?? undefined);
    const ids = new Set(listed.flatMap(({ accountId, actor }) => [accountId, actor]).filter((id) => id !== null));
    return { rows: listed, people: new Map((yield* listAccountsById(tx, [...ids])).map((row) => [row.id, displayName(row)])) };
  });
  const acts = rows.slice(0, actsPerPage).flatMap(({ id, at, type, actor, accountId, data }): AgentAct[] => {
    if (!isAgentEventType(type)) return [];
    const name = accountId === null ? undefined : people.get(accountId);
    return [
      {
        id,
        at,
        type,
        agent: actor === null ? null : (people.get(actor) ?? null),
        account: accountId === null || name === undefined ? null : { id: accountId, name },
        details: {
          ...(Object.fromEntries(actDetails.map((detail) => [detail, text(data[detail])])) as Record<(typeof actDetails)[number], string | null>),
          found: typeof data.found === 'number' ? data.found : null,
        },
      },
    ];
  });
  return { acts, more: rows.length > actsPerPage ? (rows[actsPerPage - 1]?.id ?? null) : null };
}

/** Everybody with a role, by name. */
export async function agents(portal: Pick<Portal, 'store'>): Promise<{ readonly id: string; readonly name: string }[]> {
  const ids = [...new Set((await roleHolders(portal)).map(({ accountId }) => accountId))];
  const rows = await portal.store.read((tx) => listAccountsById(tx, ids));
  return rows.map((row) => ({ id: row.id, name: displayName(row) })).sort((a, b) => a.name.localeCompare(b.name, 'fr'));
}
