// What a person's pages say of their call for help.
import { findOpenHelp } from '#db/cases';
import type { Portal } from '../portal.ts';

export interface OpenHelp {
  readonly number: string;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  /** Whether an agent has it. */
  readonly taken: boolean;
}

/** The call that is not closed yet; null when there is none. */
export async function openHelp({ store }: Pick<Portal, 'store'>, accountId: string): Promise<OpenHelp | null> {
  const row = await store.read((tx) => findOpenHelp(tx, accountId));
  return row && { number: row.id, openedAt: row.openedAt, taken: row.takenBy !== null };
}
