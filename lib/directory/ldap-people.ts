// People in a directory that speaks LDAP, whichever it is: looked for, compared, and found again. What differs is its dialect.
import { readFileSync } from 'node:fs';
import { AndFilter, type Client, type Entry, EqualityFilter, type Filter, FilterParser } from 'ldapts';
import { type AccountRow, findAccountByAddress, findAccountByDirectoryId, findAccountRow } from '#db/accounts';
import type { Store } from '#db/unit';
import { foldAddress } from '../accounts/rules.ts';
import { foldPassword, isHashable } from '../passwords/rules.ts';
import { type RoleByGroup, roles } from '../roles/rules.ts';
import { randomToken } from '../secrets.ts';
import { type ActiveDirectorySettings, type LdapSettings, UnusableSettings } from '../settings.ts';
import {
  AmbiguousAddress,
  type Directory,
  DirectoryUnavailable,
  type KnownAs,
  type NewPassword,
  type PasswordRefusal,
  type Person,
  type Verification,
} from './directory.ts';
import { answeredCode, type Connections, complaintOf, ldapConnections } from './ldap-connections.ts';
import { ldapCodes } from './rules.ts';

export interface Found {
  readonly dn: string;
  readonly person: Person;
  /** The values of one of the attributes that were asked for, whatever the case of its name. */
  all(attribute: string): readonly (string | Buffer)[];
}

/** What one kind of server does in its own way. Errors that it throws with a number are answers of the server. */
export interface Dialect {
  /** Beside the settings' filter: who is somebody at this moment. */
  somebody(): Filter | null;
  /** The attribute that numbers people, as text. `bytes`: it isn't text there. */
  readonly id: { readonly name: string; readonly bytes: boolean; textOf(value: string | Buffer): string; equals(id: string): Filter };
  /** Attributes that `setPassword` looks at. */
  readonly beside: readonly string[];
  /** Matches a group that somebody is a member of. */
  groupOf(dn: string): Filter;
  /** Throws what is no verdict on the password. */
  bind(client: Client, dn: string, password: string): Promise<Verification['outcome']>;
  /** @returns why it was refused; null: it was not */
  setPassword(connections: Connections, found: Found, password: string, current: string | null): Promise<PasswordRefusal | null>;
  /** About the server itself. @param offers whether an attribute of its root entry has a value */
  complaints(offers: (attribute: string, value: string) => boolean): string[];
  /** Attributes of the root entry that `complaints` looks at. */
  readonly root: readonly string[];
}

export interface PeopleNeeds {
  readonly settings: LdapSettings | ActiveDirectorySettings;
  /** Of the service account. */
  readonly password: string;
  readonly store: Store;
  now(): number;
}

/** Opens no connection before the first question. Throws UnusableSettings. */
export function ldapPeople({ settings, password, store, now }: PeopleNeeds, dialect: Dialect): Directory {
  const { base, attributes, decoyDn } = settings;
  const { id } = dialect;
  const connections = ldapConnections({ settings, password, ca: readAuthorities(settings), now });
  const people = parsedFilter(settings);
  const wanted = [attributes.address, attributes.givenName, attributes.familyName, attributes.affiliations, id.name, ...dialect.beside];
  const namedGroups = roles.some((role) => settings.roles[role].length > 0);

  /** Values are compared as they are: whatever they hold, they are no part of the filter's grammar. */
  async function find(condition: Filter, named: string): Promise<Found | null> {
    const somebody = dialect.somebody();
    const filter = new AndFilter({ filters: [people, ...(somebody ? [somebody] : []), condition] });
    const ask = async (client: Client) => {
      const options = {
        scope: 'sub',
        derefAliases: 'never',
        filter,
        attributes: wanted,
        sizeLimit: 2,
        timeLimit: Math.ceil(settings.timeout),
        ...(id.bytes && { explicitBufferAttributes: [id.name] }),
      } as const;
      // Referrals come beside the entries; nobody follows them with people's passwords.
      return (await client.search(base, options)).searchEntries;
    };
    const entries = await connections.asService(ask).catch(rethrow);
    if (entries.length > 1) throw new AmbiguousAddress(`Two entries have one ${named}: take it from one of them.`);
    return entries[0] ? foundOf(entries[0]) : null;
  }

  function foundOf(entry: Entry): Found {
    const all = (name: string) =>
      Object.entries(entry).flatMap(([key, value]) => (key.toLowerCase() === name.toLowerCase() ? ([value].flat() as (string | Buffer)[]) : []));
    const texts = (name: string) => all(name).map((value) => value.toString());
    const [number] = all(id.name);
    if (!number?.length)
      throw new DirectoryUnavailable(`An entry has no ${id.name}: let the service account read it, or name another one in directory.attributes.id.`);
    return {
      dn: entry.dn,
      all,
      person: {
        directoryId: id.textOf(number),
        addresses: texts(attributes.address),
        givenName: texts(attributes.givenName)[0] ?? '',
        familyName: texts(attributes.familyName)[0] ?? '',
        affiliations: texts(attributes.affiliations),
      },
    };
  }

  /** Servers compare more loosely than people are told apart here: what they find must have this very address. */
  async function findAt(address: string): Promise<Found | null> {
    const found = await find(new EqualityFilter({ attribute: attributes.address, value: address }), attributes.address);
    return found?.person.addresses.some((theirs) => foldAddress(theirs) === address) ? found : null;
  }

  /** By its number where it is known, and by its address until then. */
  const locate = ({ directoryId, address }: KnownAs) => (directoryId === null ? findAt(address) : find(id.equals(directoryId), id.name));

  const bind = (dn: string, plain: string) => connections.alone((client) => dialect.bind(client, dn, plain)).catch(rethrow);

  /** Answers that no caller has a use for are faults of the server or of our rights there. */
  function rethrow(error: unknown): never {
    if (error instanceof DirectoryUnavailable || answeredCode(error) === null) throw error;
    throw new DirectoryUnavailable(complaintOf(error, settings.urls.join(', '), settings));
  }

  return {
    verifyPassword: (address, typed) =>
      connections.turn(async (): Promise<Verification> => {
        const plain = foldPassword(typed);
        // An empty password is an anonymous bind, which a server may answer with success (RFC 4513 §5.1.2).
        // A server may stop reading at a NUL.
        const fit = address !== '' && plain !== '' && !plain.includes('\0') && typed.isWellFormed() && isHashable(typed);
        const found = await findAt(address === '' ? `${randomToken(64)}@nowhere.invalid` : address);
        const { account, others } = await accountOf(store, address, found?.person.directoryId ?? null);
        const accountId = account?.id ?? null;
        // Whatever can't be right is compared with an entry that nobody has, instead of not at all (SEC-08).
        if (!fit || !found || (account && account.status !== 'active')) {
          await bind(decoyDn ?? `cn=${randomToken(64)},${base}`, randomToken(128));
          return { outcome: 'wrong', accountId };
        }
        const outcome = await bind(found.dn, plain);
        if (outcome !== 'right') return { outcome, accountId };
        if (others) throw new AmbiguousAddress('An account has the address of somebody else in the directory: see docs/directory.md.');
        return { outcome, accountId, person: found.person };
      }),
    setPassword: (accountId, typed, current) =>
      connections.turn(async (): Promise<NewPassword> => {
        const account = await store.read((tx) => findAccountRow(tx, accountId));
        if (!account) throw new DirectoryUnavailable('Passwords are in the directory: make the account without one.');
        const found = await locate(account);
        if (!found || typed.includes('\0')) return { outcome: 'refused', reason: 'other' };
        const old = current === undefined || current === '' ? null : foldPassword(current);
        const reason = await dialect.setPassword(connections, found, foldPassword(typed), old).catch(rethrow);
        return reason === null ? { outcome: 'ready', *commit() {} } : { outcome: 'refused', reason };
      }),
    personOf: (account) => connections.turn(async () => (await locate(account))?.person ?? null),
    stillThere: (account) =>
      connections.turn(async () => {
        try {
          return (await locate(account)) !== null;
        } catch (error) {
          if (error instanceof AmbiguousAddress) return true;
          throw error;
        }
      }),
    roleOf: namedGroups
      ? (account) =>
          connections.turn(async () => {
            const found = await locate(account);
            return found && roleIn(found.dn);
          })
      : null,
    complaints: () =>
      connections.turn(async () => {
        const root = { scope: 'base' as const, attributes: [...dialect.root] };
        const [server] = (await connections.asService((client) => client.search('', root)).catch(rethrow)).searchEntries;
        const found = dialect.complaints((name, value) => [server?.[name] ?? []].flat().some((one) => one.toString() === value));
        if (decoyDn === undefined)
          found.push('Unknown addresses are told from known ones by their time: make an entry that nobody uses, and name it in directory.decoyDn.');
        else if (!(await exists(decoyDn)))
          found.push(`${decoyDn} is not there, or not shown to the service account: unknown addresses take less time.`);
        for (const role of roles)
          for (const group of settings.roles[role])
            if (!(await exists(group)))
              found.push(`${group} of directory.roles.${role} is not there, or not shown to the service account: nobody has that role by it.`);
        return found;
      }),
    close: connections.close,
  };

  /** The highest one first. A group that is not there gives no role; `complaints` tells of it. */
  async function roleIn(person: string): Promise<RoleByGroup | null> {
    const filter = dialect.groupOf(person);
    for (const role of roles.toReversed()) for (const group of settings.roles[role]) if (await exists(group, filter)) return { role, group };
    return null;
  }

  async function exists(dn: string, filter: Filter | string = '(objectClass=*)'): Promise<boolean> {
    const options = { scope: 'base' as const, filter, attributes: ['1.1'] };
    return connections
      .asService((client) => client.search(dn, options))
      .then(
        ({ searchEntries }) => searchEntries.length === 1,
        (error: unknown) => {
          if (answeredCode(error) === ldapCodes.noSuchObject) return false;
          return rethrow(error);
        },
      );
  }
}

/** @returns `others`: the account at this address is another person's by the directory's numbers */
async function accountOf(store: Store, address: string, directoryId: string | null): Promise<{ account: AccountRow | null; others: boolean }> {
  return store.read(function* (tx) {
    const linked = directoryId === null ? null : yield* findAccountByDirectoryId(tx, directoryId);
    // Whatever no account can have is not shown to the database, which takes no NUL.
    const there = yield* findAccountByAddress(tx, foldAddress(address) ?? '');
    const others = linked === null && directoryId !== null && there !== null && there.directoryId !== null;
    return { account: linked ?? there, others };
  });
}

function readAuthorities({ caFile }: PeopleNeeds['settings']): string | undefined {
  if (caFile === undefined) return undefined;
  try {
    return readFileSync(/* turbopackIgnore: true */ caFile, 'utf8');
  } catch {
    throw new UnusableSettings([
      `directory.caFile: ${caFile} can't be read: name the PEM file of the authority that signed the directory's certificate.`,
    ]);
  }
}

function parsedFilter({ filter }: PeopleNeeds['settings']): Filter {
  try {
    // The library takes what is not closed; in values, brackets are escaped.
    if (filter.split('(').length !== filter.split(')').length) throw new Error('a bracket is missing');
    return FilterParser.parseString(filter);
  } catch (error) {
    throw new UnusableSettings([`directory.filter: ${filter} is no filter of RFC 4515 (${error instanceof Error ? error.message : String(error)}).`]);
  }
}
