// The vocabulary of the audit log: what can happen, one name each, spelt as the step or act it comes from.

/** Whatever agents do in the console, looks and refusals included. */
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
] as const;
export type AgentEventType = (typeof agentEventTypes)[number];

export const eventTypes = [
  'password-right',
  'password-wrong',
  'password-set',
  'password-changed',
  'password-reset',
  'email-code-sent',
  'email-code-right',
  'email-code-wrong',
  'totp-right',
  'totp-wrong',
  'totp-not-judged',
  'totp-disabled',
  'answers-right',
  'answers-wrong',
  'recovery-code-right',
  'recovery-code-wrong',
  'passkey-right',
  'passkey-wrong',
  'passkey-counter-back',
  'phone-asked',
  'phone-approved',
  'phone-denied',
  'phone-refused',
  'phone-right',
  'phone-reported',
  'phone-suspended',
  'signed-in',
  'signed-out',
  'signed-out-everywhere',
  'signed-out-other',
  'signed-out-others',
  'app-chosen',
  'factor-added',
  'factor-renamed',
  'factor-removed',
  'pairing-begun',
  'pairing-claimed',
  'pairing-refused',
  'pairing-finished',
  'pairing-given-up',
  'phone-locked',
  'phone-pin-changed',
  'answers-chosen',
  'answers-changed',
  'recovery-codes-made',
  'recovery-codes-kept',
  'enrolment-finished',
  'phone-lost',
  'pass-right',
  'pass-wrong',
  're-enrolment-opened',
  're-enrolment-cancelled',
  're-enrolment-begun',
  're-enrolled',
  'consent-given',
  'consent-refused',
  'consent-withdrawn',
  'data-downloaded',
  'step-refused',
  'disavowed',
  ...agentEventTypes,
  'help-asked',
  'help-added',
  'account-created',
  'account-refreshed',
  'account-disabled',
  'account-enabled',
  'role-given',
  'role-taken',
  'application-added',
  'application-removed',
  'keys-rotated',
  'alert-raised',
  'backed-up',
  'restored',
  'exported',
  'purged',
] as const;
export type EventType = (typeof eventTypes)[number];

/** Of our own making (UUID version 7), so of a known shape: where a page of events goes on. */
export const isEventId = (text: unknown): text is string => typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

export const isAgentEventType = (type: string): type is AgentEventType => (agentEventTypes as readonly string[]).includes(type);

export const isEventType = (type: string): type is EventType => (eventTypes as readonly string[]).includes(type);

export const activityKinds = ['sign-in', 'protection', 'sharing'] as const;
/** What a person may look for among the events of their account. */
export type ActivityKind = (typeof activityKinds)[number];

const signIn =
  /^(password-(right|wrong)|email-code-|totp-|answers-(right|wrong)|recovery-code-|pass-|passkey-|phone-(asked|approved|denied|refused|right|reported|suspended)|signed-)/;
const sharing = /^consent-/;

/** @param kind null: all. */
export const eventTypesOf = (kind: ActivityKind | null): EventType[] =>
  eventTypes.filter((type) => kind === null || kind === (signIn.test(type) ? 'sign-in' : sharing.test(type) ? 'sharing' : 'protection'));

/** Values are short, and never a secret. */
export interface EventFacts {
  readonly type: EventType;
  readonly accountId?: string | null;
  /** Who acted, when not the account's owner. */
  readonly actor?: string;
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}
