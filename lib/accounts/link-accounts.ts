// Ties accounts from before the directory elsewhere to the people in it, all at once: after that, an address that is given to somebody else opens
// nothing. Asked once, by whoever moves (docs/directory.md).
import { type AccountRow, findAccountByAddress, findAccountByDirectoryId, listAccountRows, setAccountIdentity } from '#db/accounts';
import { isDuplicate } from '#db/store';
import { recordEvent } from '../audit/record-event.ts';
import { AmbiguousAddress } from '../directory/directory.ts';
import type { Portal } from '../portal.ts';
import { termsOf } from '../search/rules.ts';
import type { Operator } from '../visitor.ts';

export interface Linking {
  /** `elsewhere`: the accounts are the directory. `looked`: nothing was changed. */
  readonly outcome: 'linked' | 'looked' | 'elsewhere';
  /** Accounts that belonged to nobody there. */
  readonly checked: number;
  /** Addresses, in their order. `absent`: the directory has nobody at this address. `ambiguous`: two entries, or two accounts, for one person. */
  readonly linked: readonly string[];
  readonly absent: readonly string[];
  readonly ambiguous: readonly string[];
}

const pageSize = 500;
const atOnce = 8;

/**
 * Looks for everybody before it changes anything: a directory that does not answer throws DirectoryUnavailable, and nobody is linked. Names and
 * affiliations follow at their owner's next sign-in.
 */
export async function linkAccounts(portal: Portal, operator: Operator, { readOnly }: { readonly readOnly: boolean }): Promise<Linking> {
  const { personOf } = portal.directory;
  if (personOf === null) return { outcome: 'elsewhere', checked: 0, linked: [], absent: [], ambiguous: [] };
  const numberOf = async (account: AccountRow): Promise<string | 'ambiguous' | null> => {
    try {
      return (await personOf(account))?.directoryId ?? null;
    } catch (error) {
      if (error instanceof AmbiguousAddress) return 'ambiguous';
      throw error;
    }
  };
  const looked: { readonly account: AccountRow; readonly number: string | null }[] = [];
  for (let after: string | undefined; ; ) {
    const page = await portal.store.read((tx) => listAccountRows(tx, pageSize, after));
    const unlinked = page.filter(({ directoryId }) => directoryId === null);
    for (let i = 0; i < unlinked.length; i += atOnce) {
      const some = unlinked.slice(i, i + atOnce);
      const numbers = await Promise.all(some.map(numberOf));
      looked.push(...some.map((account, j) => ({ account, number: numbers[j] ?? null })));
    }
    after = page.at(-1)?.address;
    if (page.length < pageSize) break;
  }
  const linked: string[] = [];
  const absent: string[] = [];
  const ambiguous: string[] = [];
  for (const { account, number } of looked) {
    if (number === null) absent.push(account.address);
    else if (number === 'ambiguous' || looked.some((other) => other.account.id !== account.id && other.number === number))
      ambiguous.push(account.address);
    else if (await link(portal, operator, account, number, readOnly)) linked.push(account.address);
    else ambiguous.push(account.address);
  }
  return { outcome: readOnly ? 'looked' : 'linked', checked: looked.length, linked, absent, ambiguous };
}

/** @returns false when the number is another account's */
async function link(portal: Portal, operator: Operator, { id, address }: AccountRow, directoryId: string, readOnly: boolean): Promise<boolean> {
  const now = portal.now();
  try {
    return await portal.store.unit(id, function* (tx) {
      if (yield* findAccountByDirectoryId(tx, directoryId)) return false;
      const account = yield* findAccountByAddress(tx, address);
      if (readOnly || account?.id !== id || account.directoryId !== null) return true;
      yield* setAccountIdentity(tx, id, { ...account, directoryId }, termsOf(account));
      yield* recordEvent(tx, now, operator, { type: 'account-refreshed', accountId: id, data: { what: 'directoryId' } });
      return true;
    });
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
