// Active Directory, where the institute has one: LDAP with its own passwords, numbers and refusals. Samba's domain controller is the one that it was tried on.
import { AndFilter, Attribute, Change, EqualityFilter, ExtensibleFilter, GreaterThanEqualsFilter, NotFilter, OrFilter, PresenceFilter } from 'ldapts';
import type { ActiveDirectorySettings } from '../settings.ts';
import type { Directory } from './directory.ts';
import { answeredCode } from './ldap-connections.ts';
import { ldapPeople, type PeopleNeeds } from './ldap-people.ts';
import { activeDirectoryBindOutcome, activeDirectoryRefusal, activeDirectoryTime, bytesOfGuid, guidOf, quotedPassword } from './rules.ts';

/** LDAP_MATCHING_RULE_BIT_AND, and LDAP_MATCHING_RULE_IN_CHAIN, which follows groups in groups (MS-ADTS 3.1.1.3.4.4). */
const allBits = '1.2.840.113556.1.4.803';
const inChain = '1.2.840.113556.1.4.1941';
/** What every Active Directory says of itself (MS-ADTS 3.1.1.3.4.3.1). */
const isActiveDirectory = '1.2.840.113556.1.4.800';

const modification = (operation: 'add' | 'delete' | 'replace', type: string, values: string[] | Buffer[]) =>
  new Change({ operation, modification: new Attribute({ type, values }) });

/** Opens no connection before the first question. Throws UnusableSettings. */
export function activeDirectory(needs: PeopleNeeds & { readonly settings: ActiveDirectorySettings }): Directory {
  const enabled = new NotFilter({ filter: new ExtensibleFilter({ matchType: 'userAccountControl', rule: allBits, value: '2' }) });
  const expires = 'accountExpires';
  return ldapPeople(needs, {
    // Who is disabled or has expired has left: they are nobody, for the check of leavers too.
    somebody: () =>
      new AndFilter({
        filters: [
          enabled,
          new OrFilter({
            filters: [
              new NotFilter({ filter: new PresenceFilter({ attribute: expires }) }),
              new EqualityFilter({ attribute: expires, value: '0' }),
              new GreaterThanEqualsFilter({ attribute: expires, value: activeDirectoryTime(needs.now()) }),
            ],
          }),
        ],
      }),
    id: {
      name: 'objectGUID',
      bytes: true,
      textOf: (value) => guidOf(Buffer.from(value)),
      equals: (guid) => new EqualityFilter({ attribute: 'objectGUID', value: bytesOfGuid(guid) }),
    },
    beside: ['lockoutTime'],
    groupOf: (value) => new ExtensibleFilter({ matchType: 'member', rule: inChain, value }),
    async bind(client, dn, password) {
      try {
        await client.bind(dn, password);
        return 'right';
      } catch (error) {
        const outcome = error instanceof Error ? activeDirectoryBindOutcome(answeredCode(error) ?? 0, error.message) : null;
        if (outcome === null) throw error;
        return outcome;
      }
    },
    async setPassword(connections, found, password, current) {
      const next = [quotedPassword(password)];
      try {
        if (current === null) {
          // Whoever may choose a new password may use it: a lock is for tries at the old one.
          const locked = found.all('lockoutTime').some((value) => value.toString() !== '0');
          const changes = [modification('replace', 'unicodePwd', next), ...(locked ? [modification('replace', 'lockoutTime', ['0'])] : [])];
          await connections.asService((client) => client.modify(found.dn, changes), 'new');
        } else {
          await connections.alone(async (client) => {
            await client.bind(found.dn, current);
            await client.modify(found.dn, [modification('delete', 'unicodePwd', [quotedPassword(current)]), modification('add', 'unicodePwd', next)]);
          });
        }
        return null;
      } catch (error) {
        const reason = error instanceof Error ? activeDirectoryRefusal(answeredCode(error) ?? 0, error.message) : null;
        if (reason === null) throw error;
        return reason;
      }
    },
    root: ['supportedCapabilities'],
    complaints: (offers) =>
      offers('supportedCapabilities', isActiveDirectory) ? [] : ['It is no Active Directory: directory.kind is ldap for other servers.'],
  });
}
