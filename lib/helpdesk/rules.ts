// Who may do what in the helpdesk's console, to whom, and what they see: role × action × field, as data (SEC-73). Pure.
import type { Role } from '../roles/rules.ts';

/** How much a role may: of two, the higher acts on the lower, never the other way and never among equals. */
export const rank = (role: Role | null): number => (role === null ? 0 : { agent: 1, 'lead-agent': 2, administrator: 3 }[role]);

interface Action {
  /** The least that may. */
  readonly least: Role;
  /** Whether the caller has to be verified first; `unless`: from this role on it may be left out. */
  readonly caller: 'verified' | 'any' | { readonly unless: Role };
  /** Whether a reason has to be typed. */
  readonly reason: boolean;
  /** On whom: nobody (it concerns the console itself), anybody, or only who has no role at all. Acts never reach oneself or an equal. */
  readonly on: 'nobody' | 'anyone' | 'lower' | 'no-role';
}

/** Of the console. `see-…` and `search` only read; everything else is an act on somebody, told to them at once. */
export const helpdeskActions = {
  search: { least: 'agent', caller: 'any', reason: false, on: 'nobody' },
  'see-account': { least: 'agent', caller: 'any', reason: false, on: 'anyone' },
  'see-cases': { least: 'agent', caller: 'any', reason: false, on: 'nobody' },
  // Of a case about oneself, or about a colleague as high, others take care.
  'handle-case': { least: 'agent', caller: 'any', reason: false, on: 'lower' },
  'reopen-case': { least: 'lead-agent', caller: 'any', reason: false, on: 'lower' },
  'see-own-acts': { least: 'agent', caller: 'any', reason: false, on: 'nobody' },
  'see-all-acts': { least: 'lead-agent', caller: 'any', reason: false, on: 'nobody' },
  'see-dashboard': { least: 'agent', caller: 'any', reason: false, on: 'nobody' },
  'export-dashboard': { least: 'lead-agent', caller: 'any', reason: false, on: 'nobody' },
  'verify-caller': { least: 'agent', caller: 'any', reason: false, on: 'lower' },
  unlock: { least: 'agent', caller: 'verified', reason: true, on: 'lower' },
  'send-reset': { least: 'agent', caller: 'verified', reason: true, on: 'lower' },
  // Whoever has a role is proven by what they hold, not by a colleague's word (lib/roles/rules.ts).
  'give-pass': { least: 'agent', caller: 'verified', reason: true, on: 'no-role' },
  'end-sessions': { least: 'agent', caller: 'verified', reason: true, on: 'lower' },
  // It takes away and gives nothing: a lead may do it for an alarm that nobody can confirm.
  freeze: { least: 'agent', caller: { unless: 'lead-agent' }, reason: true, on: 'lower' },
  unfreeze: { least: 'agent', caller: 'verified', reason: true, on: 'lower' },
  'ask-removal': { least: 'agent', caller: 'verified', reason: true, on: 'no-role' },
  // The other agent's look: the caller is not theirs.
  'decide-removal': { least: 'agent', caller: 'any', reason: false, on: 'no-role' },
} as const satisfies Readonly<Record<string, Action>>;
export type HelpdeskAction = keyof typeof helpdeskActions;
export const helpdeskActionNames = Object.keys(helpdeskActions) as HelpdeskAction[];

/** Whether a role may do it at all. */
export const mayDo = (role: Role | null, action: HelpdeskAction): boolean => role !== null && rank(role) >= rank(helpdeskActions[action].least);

export const helpdeskRefusals = ['not-your-role', 'on-yourself', 'on-a-colleague', 'caller-not-verified'] as const;
export type HelpdeskRefusal = (typeof helpdeskRefusals)[number];

export interface Asked {
  readonly agent: { readonly id: string; readonly role: Role };
  readonly subject: { readonly id: string; readonly role: Role | null };
  /** Whether this agent has verified, within `policy.helpdesk.verified`, that the caller is the subject. */
  readonly callerVerified: boolean;
}

/** @returns why not; null: go on */
export function judgeAction(action: HelpdeskAction, { agent, subject, callerVerified }: Asked): HelpdeskRefusal | null {
  const { on, caller } = helpdeskActions[action] as Action;
  if (!mayDo(agent.role, action)) return 'not-your-role';
  if (on === 'lower' || on === 'no-role') {
    if (subject.id === agent.id) return 'on-yourself';
    if (rank(subject.role) >= rank(agent.role) || (on === 'no-role' && subject.role !== null)) return 'on-a-colleague';
  }
  const needed = caller === 'verified' || (typeof caller === 'object' && rank(agent.role) < rank(caller.unless));
  return needed && !callerVerified ? 'caller-not-verified' : null;
}

/** What an account's card tells, and from which role on. */
export const cardFields = {
  name: 'agent',
  maskedAddress: 'agent',
  kind: 'agent',
  status: 'agent',
  directory: 'agent',
  enrolment: 'agent',
  factors: 'agent',
  locks: 'agent',
  sessions: 'agent',
  events: 'agent',
  verification: 'agent',
  cases: 'agent',
  /** Truncated network of each event; agents read its name. */
  networks: 'lead-agent',
} as const satisfies Readonly<Record<string, Role>>;
export type CardField = keyof typeof cardFields;

export const maySee = (role: Role, field: CardField): boolean => rank(role) >= rank(cardFields[field]);

/** In code points. */
export const reasonLimits = { shortest: 5, longest: 500 } as const;

/** From where an agent comes to an account's card. */
export const seenFrom = ['search', 'case', 'removal', 'acts'] as const;
export type SeenFrom = (typeof seenFrom)[number];
