// What a person has agreed to.
import { findConsent, listConsentRows } from '#db/consents';
import type { Portal } from '../portal.ts';
import type { RememberedConsent } from './rules.ts';

/** Null when there is none, or its time is over. */
export async function rememberedConsent(
  { store, now }: Pick<Portal, 'store' | 'now'>,
  accountId: string,
  applicationId: string,
): Promise<RememberedConsent | null> {
  const row = await store.read((tx) => findConsent(tx, accountId, applicationId));
  return row && row.expiresAt > now() ? { scopes: row.scopes, expiresAt: row.expiresAt } : null;
}

export interface GivenConsent extends RememberedConsent {
  readonly applicationId: string;
  /** Epoch milliseconds. */
  readonly givenAt: number;
}

/** Those that stand, the oldest first. */
export async function listConsents({ store, now }: Pick<Portal, 'store' | 'now'>, accountId: string): Promise<GivenConsent[]> {
  const rows = await store.read((tx) => listConsentRows(tx, accountId));
  return rows.filter((row) => row.expiresAt > now());
}
