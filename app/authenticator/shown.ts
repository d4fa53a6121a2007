'use client';
// What the app gets of a telephone and of what it is asked: places and browsers by the names that people know them by.
import type { RequestEnd, RequestStatus, Unlock } from '#lib/factors/phone/rules';

export interface ShownRequest {
  readonly id: string;
  readonly about: 'sign-in' | 'call';
  readonly application: string;
  readonly where: string;
  readonly browser: string;
  /** Epoch milliseconds, by the portal's clock. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Numbers that may still be typed. */
  readonly left: number;
  /** What the telephone's authenticator signs, and with which credential; null where a PIN unlocks. */
  readonly challenge: string | null;
  readonly credentialId: string | null;
  readonly sameNetwork: boolean | null;
}

export interface ShownHome {
  readonly name: string;
  readonly address: string;
  readonly unlock: Unlock;
  readonly endpoint: string | null;
  readonly notifiedAt: number | null;
  readonly lastUsedAt: number | null;
  readonly requests: readonly ShownRequest[];
  readonly answered: readonly {
    readonly application: string;
    readonly at: number;
    readonly status: RequestStatus;
    readonly why: RequestEnd | null;
  }[];
  /** The portal's clock. */
  readonly now: number;
}

/** What a pairing gives to the telephone that came first. */
export interface ShownClaim {
  readonly claim: string;
  readonly factorId: string;
  readonly nonce: string;
  readonly address: string;
  readonly name: string;
  readonly key: string;
  readonly question: string;
  readonly pushKey: string;
  readonly expiresAt: number;
}

/** What the app is told once, by its page. */
export interface AppFacts {
  readonly institute: string;
  readonly pin: { readonly shortest: number; readonly longest: number };
  readonly pinProblems: Readonly<Record<'pin-length' | 'pin-digits' | 'pin-guessable', string>>;
  /** Of the codes that it can show; the period in milliseconds. */
  readonly codes: { readonly digits: number; readonly period: number };
}
