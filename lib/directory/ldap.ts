// A directory of the institute's, by LDAP (RFC 4511): people and their passwords stay there. OpenLDAP is the one that it was tried on.
import { type BerReader, BerWriter, Control, EqualityFilter } from 'ldapts';
import type { LdapSettings } from '../settings.ts';
import type { Directory } from './directory.ts';
import { answeredCode } from './ldap-connections.ts';
import { ldapPeople, type PeopleNeeds } from './ldap-people.ts';
import { bindOutcome, passwordRefusal } from './rules.ts';

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

/** Opens no connection before the first question. Throws UnusableSettings. */
export function ldapDirectory(needs: PeopleNeeds & { readonly settings: LdapSettings }): Directory {
  const { settings } = needs;
  const { attributes } = settings;
  const policy = () => (settings.passwordPolicy ? new PasswordPolicyControl() : null);
  return ldapPeople(needs, {
    somebody: () => null,
    id: {
      name: attributes.id,
      bytes: false,
      textOf: (value) => value.toString(),
      equals: (value) => new EqualityFilter({ attribute: attributes.id, value }),
    },
    beside: [],
    groupOf: (value) => new EqualityFilter({ attribute: attributes.member, value }),
    async bind(client, dn, password) {
      const control = policy();
      let answer: unknown = null;
      try {
        await client.bind(dn, password, control ? [control] : []);
      } catch (error) {
        if (answeredCode(error) === null) throw error;
        answer = error;
      }
      const outcome = bindOutcome(answer === null ? 0 : (answeredCode(answer) ?? 0), control?.error ?? null);
      if (outcome === null) throw answer;
      return outcome;
    },
    async setPassword(connections, { dn }, password) {
      const writer = new BerWriter();
      writer.startSequence();
      writer.writeString(dn, 0x80);
      writer.writeString(password, 0x82);
      writer.endSequence();
      const control = policy();
      try {
        // On a new connection: asked twice, the second answer would be « used before ».
        await connections.asService((client) => client.exop(passwordModify, writer.buffer, control ? [control] : []), 'new');
        return null;
      } catch (error) {
        const reason = passwordRefusal(answeredCode(error) ?? 0, control?.error ?? null);
        if (reason === null) throw error;
        return reason;
      }
    },
    root: ['supportedExtension', 'supportedControl', 'supportedCapabilities'],
    complaints(offers) {
      const found: string[] = [];
      if (!offers('supportedExtension', passwordModify))
        found.push(
          'It does not offer to change passwords (RFC 3062): people can sign in, not choose a new password here. Active Directory has directory.kind: active-directory.',
        );
      if (settings.passwordPolicy && !offers('supportedControl', passwordPolicy))
        found.push('It gives no reasons (password policy control): load its policy overlay, or set directory.passwordPolicy: false.');
      return found;
    },
  });
}
