// What is said between a measure and the process that makes its accounts.
import type { KeptPhone } from '../phone-services/phone-device.ts';

export interface SeededAccount {
  /** `phone`: enrolled, with a telephone beside the code app. */
  readonly state: 'enrolled' | 'phone' | 'not-enrolled' | 'disabled';
  readonly address: string;
  readonly password: string;
  /** The TOTP key (base32) of an enrolled one. Its current code has not been used. */
  readonly key: string | null;
  readonly phone: KeptPhone | null;
}

export interface SeedPlan {
  readonly counts: Partial<Record<SeededAccount['state'], number>>;
  /** The application to which enrolled accounts have already agreed. */
  readonly application: { readonly id: string; readonly name: string; readonly host: string };
  readonly scopes: readonly string[];
}
