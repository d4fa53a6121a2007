// Problems of acts, in English, for administrators. What people see is in lib/language.
import { affiliationValues, nameLimit } from '../accounts/rules.ts';
import { passwordLength } from '../passwords/rules.ts';
import type { Problem } from '../result.ts';
import { roles } from '../roles/rules.ts';
import type { Settings } from '../settings.ts';

const words: Record<string, string> = {
  address: 'address',
  givenName: 'given_name',
  familyName: 'family_name',
  affiliations: 'affiliations',
  password: 'password',
};

/** @returns e.g. `given_name is empty` */
export function administratorSentence(problem: Problem, { addresses }: Pick<Settings, 'addresses'>): string {
  const field = words[problem.field ?? ''] ?? problem.field ?? 'this';
  switch (problem.code) {
    case 'empty':
      return `${field} is empty`;
    case 'too-long':
      return `${field} has more than ${nameLimit} characters`;
    case 'unreadable':
      return `${field} has characters that can't be shown: line breaks, NUL or other control characters`;
    case 'address-format':
      return `${field} is not an address of @${addresses.internal} or @${addresses.external}`;
    case 'address-taken':
      return 'an account has this address already';
    case 'unknown-account':
      return 'no account has this address';
    case 'unknown-role':
      return `a role is one of ${roles.join(', ')}`;
    case 'affiliation-unknown':
      return `affiliations has other words than ${affiliationValues.join(', ')}`;
    case 'password-too-short':
      return `password has fewer than ${passwordLength.least} characters`;
    case 'password-too-long':
      return `password has more than ${passwordLength.most} characters`;
    case 'password-common':
      return 'password is among those that everybody tries';
    case 'password-personal':
      return "password has the person's name or address, or the institute's name, in it";
    case 'password-guessable':
      return 'password can be guessed in too few tries: add a word or two that have nothing to do with one another';
    case 'directory-in-history':
      return 'password was used before: the directory refuses it';
    case 'directory-too-young':
      return 'password was changed too recently for the directory';
    case 'directory-too-simple':
      return 'password is too simple for the directory';
    case 'directory-too-short':
      return 'password is too short for the directory';
    case 'directory-other':
      return 'password was refused by the directory, which does not say why: see that the person is there';
    default:
      return `${field}: ${problem.code}`;
  }
}
