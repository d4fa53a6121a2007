// The port behind which accounts and passwords live: the embedded directory, later LDAP.
import type { Script, Tx } from '#db/unit';

export type Verification =
  /** The password is this account's, and the account may sign in. */
  | { readonly outcome: 'right'; readonly accountId: string }
  /** Unknown, wrong, disabled: no caller may tell them apart to a visitor. */
  | { readonly outcome: 'wrong'; readonly accountId: string | null };

/** The directory can't be asked now; no try is counted. */
export class DirectoryUnavailable extends Error {}

/** Why a directory with rules of its own takes no such password; `other`: it does not say. */
export const passwordRefusals = ['in-history', 'too-young', 'too-simple', 'too-short', 'other'] as const;
export type PasswordRefusal = (typeof passwordRefusals)[number];

export interface ReadyPassword {
  readonly outcome: 'ready';
  /** Puts it in place, in the unit of work that it is part of: all of it happens, or nothing. Call lib/passwords/put-password.ts instead. */
  commit(tx: Tx): Script<void>;
}

export type NewPassword = ReadyPassword | { readonly outcome: 'refused'; readonly reason: PasswordRefusal };

export interface Directory {
  /**
   * Takes the same time whatever the answer. Throws DirectoryUnavailable, or Busy when too many hashes wait.
   * @param address folded
   */
  verifyPassword(address: string, password: string): Promise<Verification>;
  /**
   * Makes or replaces an account's password, in two phases: what is slow now, what must be atomic in the caller's unit. A directory
   * elsewhere has done everything when this resolves, and its `commit` does nothing. Throws as `verifyPassword`; the password is then
   * the old one. @param password already judged by lib/passwords/rules.ts
   */
  setPassword(accountId: string, password: string): Promise<NewPassword>;
}
