// Who is asking, as types that only app/interaction.ts, app/session.ts and the CLI can make: a forgotten check does not compile.
import type { Language } from './language/language.ts';
import type { Role } from './roles/rules.ts';

declare const minted: unique symbol;

/** A browser, before anything is known of the person. */
export interface Visitor {
  /** SHA-256 of the known-browser cookie's random value; null in a browser that has none. */
  readonly browser: string | null;
  /** Truncated address: /24 of IPv4, /48 of IPv6. */
  readonly network: string | null;
  /** As sent, at most 200 characters. */
  readonly userAgent: string | null;
  readonly language: Language;
}

/** What a person sees of the application they are going to. */
export interface Destination {
  readonly id: string;
  readonly name: string;
  readonly host: string;
}

/** One browser's place in one interaction; oidc-provider has verified the browser's signed cookie. */
export interface Flow {
  readonly [minted]: 'Flow';
  /** oidc-provider's interaction uid. */
  readonly uid: string;
  readonly prompt: 'login' | 'enrol' | 'consent';
  readonly application: Destination;
  readonly visitor: Visitor;
  /** Who is signed in at the provider in this browser; null while the prompt is login. */
  readonly accountId: string | null;
  /** What the provider's session in this browser is worth, as a token would say; nothing while the prompt is login. */
  readonly acr?: string | null;
  /** The provider's session in this browser, whatever the prompt: its uid, hashed, as in `session_browsers`; null when there is none. */
  readonly session?: string | null;
}

/** A flow in which the provider already knows the person: prompts enrol and consent. */
export interface MemberFlow extends Flow {
  readonly accountId: string;
}

/** One browser's place in one password reset: it holds the cookie whose digest this is. */
export interface Reset {
  readonly [minted]: 'Reset';
  /** SHA-256 of the cookie's value; what events call the flow. */
  readonly uid: string;
  readonly visitor: Visitor;
}

/** A person signed in to the portal itself. */
export interface Member {
  readonly [minted]: 'Member';
  readonly accountId: string;
  readonly sessionId: string;
  readonly visitor: Visitor;
}

/** A member who has proven a factor a short while ago (policy.recentProof): what a change of a credential asks for (SEC-36). */
export interface RecentlyProven extends Member {
  /** Epoch milliseconds. */
  readonly provenAt: number;
}

/** A member with a role in the helpdesk's console, who has proven a factor within `policy.helpdesk.proof` (SEC-78). */
export interface Agent {
  readonly [minted]: 'Agent';
  /** The agent's own account; not called accountId, so that nobody takes it for the subject's. */
  readonly agentId: string;
  readonly role: Role;
  readonly sessionId: string;
  readonly visitor: Visitor;
}

/** Somebody with a shell on the server. */
export interface Operator {
  readonly [minted]: 'Operator';
  /** e.g. `cli:root` */
  readonly name: string;
}

/** Only app/interaction.ts, app/reset.ts, app/session.ts, lib/cli and tests call this: lib/architecture.test.ts sees to it. */
export const mint = <T extends Flow | Reset | Member | Agent | Operator>(facts: Omit<T, typeof minted>) => facts as T;
