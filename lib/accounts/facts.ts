// What is known of a person.
import { type AccountRow, findAccountByAddress, findAccountRow, listAccountRows } from '#db/accounts';
import type { Portal } from '../portal.ts';

export interface Account extends Readonly<Omit<AccountRow, 'affiliations'>> {
  readonly affiliations: readonly string[];
  /** eduPersonPrincipalName: the address, which is never given to another person. */
  readonly eduPersonPrincipalName: string;
}

export const accountOf = (row: AccountRow): Account => ({ ...row, eduPersonPrincipalName: row.address });

/** Disabled accounts too: look at `status`. */
export async function findAccount(portal: Pick<Portal, 'store'>, id: string): Promise<Account | null> {
  const row = await portal.store.read((tx) => findAccountRow(tx, id));
  return row && accountOf(row);
}

/** @param address folded */
export async function findAccountAt(portal: Pick<Portal, 'store'>, address: string): Promise<Account | null> {
  const row = await portal.store.read((tx) => findAccountByAddress(tx, address));
  return row && accountOf(row);
}

/** In order of address. @param after the last address of the page before */
export async function listAccounts(portal: Pick<Portal, 'store'>, limit: number, after?: string): Promise<Account[]> {
  return (await portal.store.read((tx) => listAccountRows(tx, limit, after))).map(accountOf);
}
