// Takes from an account the number that its owner had in the directory elsewhere: the next one who signs in with its address takes it over.
import { findAccountByAddress, setAccountIdentity } from '#db/accounts';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import { termsOf } from '../search/rules.ts';
import type { Operator } from '../visitor.ts';
import { foldAddress } from './rules.ts';

/** For entries that were made anew for the same person, and for nobody else: it hands an account over, with its factors. */
export async function unlinkAccount(
  portal: Portal,
  operator: Operator,
  typed: string,
): Promise<Result<{ readonly changed: boolean }, 'unknown-account'>> {
  const now = portal.now();
  const address = foldAddress(typed);
  const found = address === null ? null : await portal.store.read((tx) => findAccountByAddress(tx, address));
  if (!found) return refused({ code: 'unknown-account', field: 'address' });
  const changed = await portal.store.unit(found.id, function* (tx) {
    const account = yield* findAccountByAddress(tx, found.address);
    if (account?.id !== found.id || account.directoryId === null) return false;
    yield* setAccountIdentity(tx, found.id, { ...account, directoryId: null }, termsOf(account));
    yield* recordEvent(tx, now, operator, { type: 'account-refreshed', accountId: found.id, data: { what: 'directoryId' } });
    return true;
  });
  return done({ changed });
}
