// The port behind which accounts and passwords live: the embedded directory, later LDAP.

export type Verification =
  /** The password is this account's, and the account may sign in. */
  | { readonly outcome: 'right'; readonly accountId: string }
  /** Unknown, wrong, disabled: no caller may tell them apart to a visitor. */
  | { readonly outcome: 'wrong'; readonly accountId: string | null };

/** The directory can't be asked now; no try is counted. */
export class DirectoryUnavailable extends Error {}

export interface Directory {
  /**
   * Takes the same time whatever the answer. Throws DirectoryUnavailable, or Busy when too many hashes wait.
   * @param address folded
   */
  verifyPassword(address: string, password: string): Promise<Verification>;
  /** Makes or replaces an account's password. @param password already judged by lib/passwords/rules.ts */
  setPassword(accountId: string, password: string): Promise<void>;
}
