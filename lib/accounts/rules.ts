// What an account may look like, and how an address is read. Pure.
import { done, type Problem, type Result, refused } from '../result.ts';

export type AccountKind = 'internal' | 'external';

/** Which domain makes which kind; the settings' `addresses`. */
export interface AddressDomains {
  readonly internal: string;
  readonly external: string;
}

/** RFC 5321 §4.5.3.1: what fits in a forward path. */
export const addressLimit = 254;
/** In code points. */
export const nameLimit = 100;

/** eduPersonAffiliation, the controlled vocabulary of eduPerson 202208. */
export const affiliationValues = ['faculty', 'student', 'staff', 'alum', 'member', 'affiliate', 'employee', 'library-walk-in'] as const;
export type Affiliation = (typeof affiliationValues)[number];

const addressShape = /^[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
/** Marks that copying from a page or a message brings along, invisible. */
const invisible = /^[\p{Cf}\s]+|[\p{Cf}\s]+$/gu;

/**
 * Small letters, without what surrounds it. Null when no account can have such an address: other letters than ASCII are refused
 * before anything is made small, since small letters of look-alikes (K, U+212A) would be ASCII.
 */
export function foldAddress(typed: string): string | null {
  if (typed.length > addressLimit * 2) return null;
  const bare = typed.replace(invisible, '');
  if (bare.length > addressLimit || !/^[\x21-\x7e]+$/.test(bare)) return null;
  const folded = bare.toLowerCase();
  return addressShape.test(folded) ? folded : null;
}

/** @param address folded. Null for a domain that is not the institute's. */
function kindOf(address: string, domains: AddressDomains): AccountKind | null {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (domain === domains.internal) return 'internal';
  return domain === domains.external ? 'external' : null;
}

/** Whether text can be stored and shown on one line: no control character, no half of a surrogate pair, no reordering mark. */
export const isReadable = (text: string) => text.isWellFormed() && !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text);

/** `j•••t@inserm.fr`: enough for its owner to recognise, and for nobody to write to. @param address folded */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  // The last letter of a short one would tell all of it.
  return `${local.slice(0, 1)}•••${local.length > 3 ? local.slice(-1) : ''}${address.slice(at)}`;
}

export const displayName = (person: { readonly givenName: string; readonly familyName: string }) => `${person.givenName} ${person.familyName}`;

export interface NewAccount {
  readonly address: string;
  readonly givenName: string;
  readonly familyName: string;
  /** Left out: what the kind of account implies. */
  readonly affiliations?: readonly string[];
}

export interface JudgedAccount {
  readonly address: string;
  readonly kind: AccountKind;
  readonly givenName: string;
  readonly familyName: string;
  readonly affiliations: string[];
}

export type NewAccountProblem = 'address-format' | 'empty' | 'too-long' | 'unreadable' | 'affiliation-unknown';

const impliedAffiliations: Record<AccountKind, readonly string[]> = { internal: ['member', 'employee'], external: ['affiliate'] };

/** Every problem at once, each with its field. */
export function judgeAccount(input: NewAccount, domains: AddressDomains): Result<JudgedAccount, NewAccountProblem> {
  const address = foldAddress(input.address);
  const kind = address && kindOf(address, domains);
  const givenName = input.givenName.normalize('NFC').trim();
  const familyName = input.familyName.normalize('NFC').trim();
  const problems: Problem<NewAccountProblem>[] = [];
  if (!kind) problems.push({ code: input.address.trim() === '' ? 'empty' : 'address-format', field: 'address' });
  for (const [field, name] of Object.entries({ givenName, familyName })) {
    if (name === '') problems.push({ code: 'empty', field });
    else if (name.length > nameLimit * 2 || [...name].length > nameLimit) problems.push({ code: 'too-long', field });
    else if (!isReadable(name)) problems.push({ code: 'unreadable', field });
  }
  const known: readonly string[] = affiliationValues;
  if (input.affiliations?.some((a) => !known.includes(a))) problems.push({ code: 'affiliation-unknown', field: 'affiliations' });
  const [first, ...others] = problems;
  if (first || !address || !kind) return refused(first ?? { code: 'address-format', field: 'address' }, ...others);
  const affiliations = input.affiliations?.length ? input.affiliations : impliedAffiliations[kind];
  return done({ address, kind, givenName, familyName, affiliations: [...new Set(affiliations)] });
}
