// Somebody whom a directory elsewhere has just vouched for gets an account at the first sign-in; afterwards it says of them what the directory says.
import { type AccountRow, findAccountByAddress, findAccountByDirectoryId, insertAccount, setAccountIdentity } from '#db/accounts';
import { isDuplicate } from '#db/store';
import type { Script, Tx } from '#db/unit';
import { type By, recordEvent } from '../audit/record-event.ts';
import type { Person } from '../directory/directory.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import { termsOf } from '../search/rules.ts';
import { randomToken } from '../secrets.ts';
import { affiliationValues, foldAddress, judgeAccount, maskAddress } from './rules.ts';

/** `directory-incomplete`: no names, or no address of the institute's. `directory-ambiguous`: their address is somebody else's here. */
export type AdmitPersonProblem = 'directory-incomplete' | 'directory-ambiguous';

/** What is compared to say what changed. */
const identityFields = ['directoryId', 'address', 'givenName', 'familyName', 'kind', 'affiliations'] as const;

/**
 * An account is theirs by the directory's number, which nobody else is ever given; by the address only while it has no number, from before
 * there was a directory. A disabled account stays as it is: look at `status`.
 * @param typed the folded address that they signed in with, one of the directory's for them
 */
export async function admitPerson(portal: Portal, by: By, person: Person, typed: string): Promise<Result<AccountRow, AdmitPersonProblem>> {
  try {
    return await portal.store.unit(`address:${typed}`, (tx) => admit(portal, tx, by, person, typed));
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // Two browsers of one new person at once: the other one has made the account.
    return portal.store.unit(`address:${typed}`, (tx) => admit(portal, tx, by, person, typed));
  }
}

function* admit(portal: Portal, tx: Tx, by: By, person: Person, typed: string): Script<Result<AccountRow, AdmitPersonProblem>> {
  const now = portal.now();
  const addresses = person.addresses.map(foldAddress).filter((address) => address !== null);
  const account = (yield* findAccountByDirectoryId(tx, person.directoryId)) ?? (yield* findUnlinked(tx, [typed, ...addresses]));
  if (account && account.status !== 'active') return done(account);
  // Of several addresses, the account keeps the one that it has.
  const address = account && addresses.includes(account.address) ? account.address : typed;
  const known: readonly string[] = affiliationValues;
  const affiliations = person.affiliations.map((value) => value.toLowerCase()).filter((value) => known.includes(value));
  const judged = judgeAccount({ ...person, address, affiliations }, portal.settings.addresses);
  if (!judged.ok) {
    const fields = judged.problems.map(({ field, code }) => `${field} ${code}`).join(', ');
    portal.log.warn({ directoryId: person.directoryId, problems: fields }, 'The directory says too little of somebody for an account.');
    return refused({ code: 'directory-incomplete' });
  }
  const there = yield* findAccountByAddress(tx, address);
  if (there && there.id !== account?.id) {
    portal.log.warn({ directoryId: person.directoryId, accountId: there.id }, 'Somebody has the address of another account: see docs/directory.md.');
    return refused({ code: 'directory-ambiguous' });
  }
  const identity = { directoryId: person.directoryId, ...judged.value };
  if (!account) {
    const row: AccountRow = {
      id: randomToken(128),
      ...identity,
      status: 'active',
      language: null,
      createdAt: now,
      enrolledAt: null,
      passwordFrozenAt: null,
    };
    yield* insertAccount(tx, row, termsOf(row));
    yield* recordEvent(tx, now, by, { type: 'account-created', accountId: row.id, data: { kind: row.kind, from: 'directory' } });
    return done(row);
  }
  const changed = identityFields.filter((field) => JSON.stringify(identity[field]) !== JSON.stringify(account[field]));
  if (changed.length > 0) {
    yield* setAccountIdentity(tx, account.id, identity, termsOf(identity));
    const event = yield* recordEvent(tx, now, by, { type: 'account-refreshed', accountId: account.id, data: { what: changed.join(' ') } });
    if (identity.address !== account.address) {
      const happened = { kind: 'address-changed', before: maskAddress(account.address), after: maskAddress(identity.address) } as const;
      for (const to of [account.address, identity.address]) yield* queueNotice(portal, tx, now, by, account.id, event, happened, undefined, to);
    }
  }
  return done({ ...account, ...identity });
}

function* findUnlinked(tx: Tx, addresses: readonly string[]): Script<AccountRow | null> {
  for (const address of addresses) {
    const account = yield* findAccountByAddress(tx, address);
    if (account?.directoryId === null) return account;
  }
  return null;
}
