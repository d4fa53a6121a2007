// What counts as an agent's act in the audit log: everything done in the console, looks and refusals included. Pure.
import type { EventType } from '../audit/events.ts';

export const agentEventTypes = [
  'account-searched',
  'account-seen',
  'caller-asked',
  'caller-verified',
  'caller-not-verified',
  'unlocked',
  'reset-sent',
  'pass-given',
  'sessions-ended',
  'account-frozen',
  'account-unfrozen',
  'removal-asked',
  'removal-decided',
  'case-taken',
  'case-returned',
  'case-noted',
  'case-closed',
  'case-reopened',
  'figures-exported',
  'helpdesk-refused',
] as const satisfies readonly EventType[];
export type AgentEventType = (typeof agentEventTypes)[number];

export const isAgentEventType = (type: string): type is AgentEventType => (agentEventTypes as readonly string[]).includes(type);

/** Of an event's data, and none other: nothing secret is in them. */
export const actDetails = ['query', 'action', 'why', 'method', 'outcome', 'decision', 'reason', 'name', 'case'] as const;

/** What an act says of itself; null where it does not. */
export type ActDetails = Readonly<Record<(typeof actDetails)[number], string | null>> & {
  /** Of a search: how many were found. */
  readonly found: number | null;
};
