// A directory of the institute's, by LDAP (RFC 4511): people and their passwords stay there. OpenLDAP is the one that it was tried on.
import { readFileSync } from 'node:fs';
import { AndFilter, type BerReader, BerWriter, type Client, Control, type Entry, EqualityFilter, type Filter, FilterParser } from 'ldapts';
import { type AccountRow, findAccountByAddress, findAccountByDirectoryId, findAccountRow } from '#db/accounts';
import type { Store } from '#db/unit';
import { foldAddress } from '../accounts/rules.ts';
import { foldPassword, isHashable } from '../passwords/rules.ts';
import { type Role, roles } from '../roles/rules.ts';
import { randomToken } from '../secrets.ts';
import { type LdapSettings, UnusableSettings } from '../settings.ts';
import {
  AmbiguousAddress,
  type Directory,
  DirectoryUnavailable,
  type KnownAs,
  type NewPassword,
  type Person,
  type Verification,
} from './directory.ts';
import { answeredCode, complaintOf, ldapConnections } from './ldap-connections.ts';
import { bindOutcome, ldapCodes, passwordRefusal } from './rules.ts';

interface Needs {
  readonly settings: LdapSettings;
  /** Of the service account. */
  readonly password: string;
  readonly store: Store;
  now(): number;
}

const passwordModify = '1.3.6.1.4.1.4203.1.11.1';
const passwordPolicy = '1.3.6.1.4.1.42.2.27.8.5.1';

/** Sent empty; the answer is read from the instance that was sent, also when the operation fails (draft-behera-ldap-password-policy-11 §6). */
class PasswordPolicyControl extends Control {
  error: number | null = null;
  constructor() {
    super(passwordPolicy);
  }
  protected override parseControl(reader: BerReader) {
    if (!reader.readSequence()) return;
    // How long it will last, or how many sign-ins are left.
    if (reader.peek() === 0xa0) {
      reader.readSequence(0xa0);
      reader.readTag(reader.peek() ?? 0x80);
    }
    if (reader.peek() === 0x81) this.error = reader.readTag(0x81) ?? null;
  }
}

interface Found {
  readonly dn: string;
  readonly person: Person;
}

/** Opens no connection before the first question. Throws UnusableSettings. */
export function ldapDirectory({ settings, password, store, now }: Needs): Directory {
  const { base, attributes, decoyDn } = settings;
  const connections = ldapConnections({ settings, password, ca: readAuthorities(settings), now });
  const people = parsedFilter(settings);
  const wanted = [attributes.address, attributes.givenName, attributes.familyName, attributes.affiliations, attributes.id];
  const namedGroups = roles.some((role) => settings.roles[role].length > 0);
  const policy = () => (settings.passwordPolicy ? new PasswordPolicyControl() : null);

  /** Values are compared as they are: whatever they hold, they are no part of the filter's grammar. */
  async function find(attribute: string, value: string): Promise<Found | null> {
    const filter = new AndFilter({ filters: [people, new EqualityFilter({ attribute, value })] });
    const ask = async (client: Client) => {
      const options = {
        scope: 'sub',
        derefAliases: 'never',
        filter,
        attributes: wanted,
        sizeLimit: 2,
        timeLimit: Math.ceil(settings.timeout),
      } as const;
      // Referrals come beside the entries; nobody follows them with people's passwords.
      return (await client.search(base, options)).searchEntries;
    };
    const entries = await connections.asService(ask).catch(rethrow);
    if (entries.length > 1) throw new AmbiguousAddress(`Two entries have one ${attribute}: take it from one of them.`);
    return entries[0] ? foundOf(entries[0]) : null;
  }

  function foundOf(entry: Entry): Found {
    const all = (name: string) =>
      Object.entries(entry).flatMap(([key, value]) => (key.toLowerCase() === name.toLowerCase() ? [value].flat().map((one) => one.toString()) : []));
    const [directoryId] = all(attributes.id);
    if (!directoryId)
      throw new DirectoryUnavailable(
        `An entry has no ${attributes.id}: let the service account read it, or name another one in directory.attributes.id.`,
      );
    return {
      dn: entry.dn,
      person: {
        directoryId,
        addresses: all(attributes.address),
        givenName: all(attributes.givenName)[0] ?? '',
        familyName: all(attributes.familyName)[0] ?? '',
        affiliations: all(attributes.affiliations),
      },
    };
  }

  /** Servers compare more loosely than people are told apart here: what they find must have this very address. */
  async function findAt(address: string): Promise<Found | null> {
    const found = await find(attributes.address, address);
    return found?.person.addresses.some((theirs) => foldAddress(theirs) === address) ? found : null;
  }

  /** By its number where it is known, and by its address until then. */
  const locate = ({ directoryId, address }: KnownAs) => (directoryId === null ? findAt(address) : find(attributes.id, directoryId));

  async function bind(dn: string, plain: string) {
    const control = policy();
    const code = await connections.alone((client) =>
      client.bind(dn, plain, control ? [control] : []).then(
        () => 0,
        (error: unknown) => {
          const answered = answeredCode(error);
          if (answered === null) throw error;
          return answered;
        },
      ),
    );
    const outcome = bindOutcome(code, control?.error ?? null);
    if (outcome === null) throw new DirectoryUnavailable(complaintOf({ code }, settings.urls.join(', '), settings));
    return outcome;
  }

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
        const fit = address !== '' && plain !== '' && typed.isWellFormed() && isHashable(typed);
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
    setPassword: (accountId, typed) =>
      connections.turn(async (): Promise<NewPassword> => {
        const account = await store.read((tx) => findAccountRow(tx, accountId));
        if (!account) throw new DirectoryUnavailable('Passwords are in the directory: make the account without one.');
        const found = await locate(account);
        if (!found) return { outcome: 'refused', reason: 'other' };
        const writer = new BerWriter();
        writer.startSequence();
        writer.writeString(found.dn, 0x80);
        writer.writeString(foldPassword(typed), 0x82);
        writer.endSequence();
        const control = policy();
        try {
          // On a new connection: asked twice, the second answer would be « used before ».
          await connections.asService((client) => client.exop(passwordModify, writer.buffer, control ? [control] : []), 'new');
        } catch (error) {
          const reason = passwordRefusal(answeredCode(error) ?? 0, control?.error ?? null);
          if (reason === null) rethrow(error);
          return { outcome: 'refused', reason };
        }
        return { outcome: 'ready', *commit() {} };
      }),
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
        const root = { scope: 'base' as const, attributes: ['supportedExtension', 'supportedControl'] };
        const [server] = (await connections.asService((client) => client.search('', root)).catch(rethrow)).searchEntries;
        const offers = (name: string, oid: string) => [server?.[name] ?? []].flat().some((value) => value.toString() === oid);
        const found: string[] = [];
        if (!offers('supportedExtension', passwordModify))
          found.push('It does not offer to change passwords (RFC 3062): people can sign in, not choose a new password here.');
        if (settings.passwordPolicy && !offers('supportedControl', passwordPolicy))
          found.push('It gives no reasons (password policy control): load its policy overlay, or set directory.passwordPolicy: false.');
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
  async function roleIn(person: string): Promise<Role | null> {
    const filter = new EqualityFilter({ attribute: attributes.member, value: person });
    for (const role of roles.toReversed()) for (const group of settings.roles[role]) if (await exists(group, filter)) return role;
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
    const there = yield* findAccountByAddress(tx, address);
    const others = linked === null && directoryId !== null && there !== null && there.directoryId !== null;
    return { account: linked ?? there, others };
  });
}

function readAuthorities({ caFile }: LdapSettings): string | undefined {
  if (caFile === undefined) return undefined;
  try {
    return readFileSync(/* turbopackIgnore: true */ caFile, 'utf8');
  } catch {
    throw new UnusableSettings([
      `directory.caFile: ${caFile} can't be read: name the PEM file of the authority that signed the directory's certificate.`,
    ]);
  }
}

function parsedFilter({ filter }: LdapSettings): Filter {
  try {
    // The library takes what is not closed; in values, brackets are escaped.
    if (filter.split('(').length !== filter.split(')').length) throw new Error('a bracket is missing');
    return FilterParser.parseString(filter);
  } catch (error) {
    throw new UnusableSettings([`directory.filter: ${filter} is no filter of RFC 4515 (${error instanceof Error ? error.message : String(error)}).`]);
  }
}
