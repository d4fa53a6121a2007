// What is known of a person.
import { type AccountRow, findAccountByAddress, findAccountRow, listAccountRows } from '#db/accounts';
import { listEvents } from '#db/events';
import type { Script, Tx } from '#db/unit';
import { isLanguage, type Language } from '../language/language.ts';
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

/** In which language to write to somebody while no browser of theirs asks: the one that they chose, else that of their last sign-in, else the institute's. */
export function* readLanguage(tx: Tx, { id, language }: Pick<AccountRow, 'id' | 'language'>): Script<Language> {
  if (isLanguage(language)) return language;
  const [last] = yield* listEvents(tx, id, 1, undefined, ['signed-in']);
  const spoken = last?.data.language;
  return isLanguage(spoken) ? spoken : 'fr';
}
