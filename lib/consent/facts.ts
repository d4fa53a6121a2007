// What a person has agreed to.
import { findConsent, listConsentRows } from '#db/consents';
import { findApplication } from '../applications/facts.ts';
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
  /** The application's; its id where it is no longer registered. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly givenAt: number;
  /** When it was last given a token, to the minute; null until then. */
  readonly lastUsedAt: number | null;
}

/** Those that stand, the oldest first. */
export async function listConsents(portal: Portal, accountId: string): Promise<GivenConsent[]> {
  const rows = await portal.store.read((tx) => listConsentRows(tx, accountId));
  const standing = rows.filter((row) => row.expiresAt > portal.now());
  return Promise.all(standing.map(async (row) => ({ ...row, name: (await findApplication(portal, row.applicationId))?.name ?? row.applicationId })));
}
