// What is said between a measure and the process that makes its accounts.
export interface SeededAccount {
  readonly state: 'enrolled' | 'not-enrolled' | 'disabled';
  readonly address: string;
  readonly password: string;
  /** The TOTP key (base32) of an enrolled one. Its current code has not been used. */
  readonly key: string | null;
}

export interface SeedPlan {
  readonly counts: Partial<Record<SeededAccount['state'], number>>;
  /** The application to which enrolled accounts have already agreed. */
  readonly application: { readonly id: string; readonly name: string; readonly host: string };
  readonly scopes: readonly string[];
}
