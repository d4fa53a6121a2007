// An agent looks for somebody by name or address. What was looked for is written down, whoever is found.
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { type Found, findAccounts } from './facts.ts';
import { type QueryProblem, readQuery } from './rules.ts';

export interface Searched extends Found {
  /** What was looked for, on one line. */
  readonly text: string;
}

/** @param input `q` as typed; `after`: `more` of the page before, null for the first */
export async function searchAccounts(
  portal: Portal,
  agent: Agent,
  input: { readonly q: string; readonly after: string | null },
): Promise<Result<Searched, QueryProblem>> {
  const read = readQuery(input.q);
  if (!read.ok) return read;
  const { query, text } = read.value;
  const found = await findAccounts(portal, query, input.after);
  const data = { query: text, found: found.accounts.length, ...(found.more !== null && { more: true }) };
  await portal.store.unit(agent.agentId, (tx) => recordEvent(tx, portal.now(), agent, { type: 'account-searched', data }));
  return done({ ...found, text });
}
