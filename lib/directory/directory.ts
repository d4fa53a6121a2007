// The port behind which accounts and passwords live: the embedded directory, or one elsewhere (LDAP).
import type { Script, Tx } from '#db/unit';
import type { RoleByGroup } from '../roles/rules.ts';

/** Somebody as a directory elsewhere tells of them at this moment; nothing of it is judged yet (lib/accounts/admit-person.ts). */
export interface Person {
  /** The same when names and addresses change, and never given to anybody else: entryUUID. */
  readonly directoryId: string;
  /** As written there. */
  readonly addresses: readonly string[];
  readonly givenName: string;
  readonly familyName: string;
  readonly affiliations: readonly string[];
}

export type Verification =
  /** The password is this account's, and the account may sign in. A directory elsewhere tells whose it is: with no account yet, one is made. */
  | { readonly outcome: 'right'; readonly accountId: string; readonly person?: never }
  | { readonly outcome: 'right'; readonly accountId: string | null; readonly person: Person }
  /** The password is right, and opens nothing until it is another: only whoever knows it is told. */
  | { readonly outcome: 'expired' | 'must-change'; readonly accountId: string | null }
  /** The directory has closed the password and does not say whether this one was right: to a visitor, that is `wrong`. */
  | { readonly outcome: 'locked'; readonly accountId: string | null }
  /** Unknown, wrong, disabled: no caller may tell them apart to a visitor. */
  | { readonly outcome: 'wrong'; readonly accountId: string | null };

/** Whether it was the account's password, useful or not. */
export const isTheirs = ({ outcome }: Verification): boolean => outcome === 'right' || outcome === 'expired' || outcome === 'must-change';

// Next evaluates modules once per bundle, and one portal serves all of them: errors are known by marks that every copy shares, not by their class.
const unavailable = Symbol.for('portal:directory-unavailable');
const ambiguous = Symbol.for('portal:ambiguous-address');

/** The directory can't be asked now; no try is counted. Its message is a sentence for an administrator, with the mend. */
export class DirectoryUnavailable extends Error {
  readonly [unavailable] = true;
  static override [Symbol.hasInstance](error: unknown): error is DirectoryUnavailable {
    return error instanceof Error && unavailable in error;
  }
}

/** Two people have one address, there or between there and here: nobody can be told from the other. No try is counted. */
export class AmbiguousAddress extends DirectoryUnavailable {
  readonly [ambiguous] = true;
  static override [Symbol.hasInstance](error: unknown): error is AmbiguousAddress {
    return error instanceof Error && ambiguous in error;
  }
}

/** Why a directory with rules of its own takes no such password; `other`: it does not say. */
export const passwordRefusals = ['in-history', 'too-young', 'too-simple', 'too-short', 'other'] as const;
export type PasswordRefusal = (typeof passwordRefusals)[number];

export interface ReadyPassword {
  readonly outcome: 'ready';
  /** Puts it in place, in the unit of work that it is part of: all of it happens, or nothing. Call lib/passwords/put-password.ts instead. */
  commit(tx: Tx): Script<void>;
}

export type NewPassword = ReadyPassword | { readonly outcome: 'refused'; readonly reason: PasswordRefusal };

/** An account, as far as a directory elsewhere can know it. */
export interface KnownAs {
  /** Null: it was made before there was a directory elsewhere. */
  readonly directoryId: string | null;
  /** Folded. */
  readonly address: string;
}

export interface Directory {
  /**
   * Takes the same time whatever the answer, as far as the directory allows. Throws DirectoryUnavailable, or Busy when too many hashes wait.
   * @param address folded
   */
  verifyPassword(address: string, password: string): Promise<Verification>;
  /**
   * Makes or replaces an account's password, in two phases: what is slow now, what must be atomic in the caller's unit. A directory
   * elsewhere has done everything when this resolves, and its `commit` does nothing. Throws as `verifyPassword`; the password is then
   * the old one. @param password already judged by lib/passwords/rules.ts
   * @param current the one that it replaces, where its owner has just typed it: some directories then apply more of their rules
   */
  setPassword(accountId: string, password: string, current?: string): Promise<NewPassword>;
  /** Whom a directory elsewhere has for an account. Null where the accounts are the directory. Throws DirectoryUnavailable, or AmbiguousAddress. */
  readonly personOf: ((account: KnownAs) => Promise<Person | null>) | null;
  /** Whether the directory elsewhere still has somebody. Null where the accounts are the directory. Throws DirectoryUnavailable. */
  readonly stillThere: ((account: KnownAs) => Promise<boolean>) | null;
  /**
   * The highest role that somebody's groups give there at this moment, and by which. Null where no groups are named for roles. Throws DirectoryUnavailable,
   * or Busy. Ask lib/roles/facts.ts instead, which knows of the roles that were given here as well.
   */
  readonly roleOf: ((account: KnownAs) => Promise<RoleByGroup | null>) | null;
  /** What an administrator should know, a sentence each with the mend; empty when all is well. Throws DirectoryUnavailable. */
  complaints(): Promise<readonly string[]>;
  close(): void;
}
