'use client';
// What the app gets of a telephone and of what it is asked: places and browsers by the names that people know them by.
import type { PendingRequest, PhoneHome } from '#lib/factors/phone/pending-requests';

export interface ShownRequest extends Omit<PendingRequest, 'network' | 'userAgent'> {
  readonly where: string;
  readonly browser: string;
}

export type ShownHome = Omit<PhoneHome, 'requests'> & { readonly requests: readonly ShownRequest[] };

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
