// What is left of a flow, whoever's browser it was: which application it was for, and whether it is finished. Kept for a day.
import { findOidcRecord } from '#db/oidc-records';
import type { Portal } from '../portal.ts';
import { digest } from '../secrets.ts';
import { openRecord } from './adapter.ts';

export interface FlowRecord {
  readonly applicationId: string;
  readonly finished: boolean;
}

/** @returns null for a flow that never was, or is forgotten */
export async function findFlow(portal: Pick<Portal, 'store' | 'secrets'>, uid: string): Promise<FlowRecord | null> {
  const row = await portal.store.read((tx) => findOidcRecord(tx, 'Interaction', digest(uid)));
  return row && { applicationId: String(openRecord(portal, row).params?.client_id), finished: row.consumedAt !== null };
}
