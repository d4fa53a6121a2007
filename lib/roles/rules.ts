// What an account may be beside its owner's: helpdesk agent, lead agent, administrator. Pure.

export const roles = ['agent', 'lead-agent', 'administrator'] as const;
export type Role = (typeof roles)[number];

export const isRole = (word: string): word is Role => (roles as readonly string[]).includes(word);

/** A role that a group of a directory elsewhere gives. */
export interface RoleByGroup {
  readonly role: Role;
  /** The group, as the settings name it. */
  readonly group: string;
}

/** The higher one of two; null: none. */
export const higherRole = (one: Role | null, other: Role | null): Role | null => roles.findLast((role) => role === one || role === other) ?? null;

/**
 * Whoever may look after other people's accounts is proven by what they hold: neither by what they remember, nor by a colleague's word.
 * @returns whether secret answers, or a pass, may count for a person of this role; null: for who has none
 */
export const mayBeKnownByWords = (role: Role | null) => role === null;
