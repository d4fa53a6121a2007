// The helpdesk's console in English.
import type { ActDetails } from '../agents/rules.ts';
import type { HelpdeskAction } from '../helpdesk/rules.ts';
import type { frenchHelpdesk } from './helpdesk.fr.ts';

const named = (name: string | null) => (name ? `: ${name}` : '');
const numbered = ({ case: number }: ActDetails) => (number ? ` ${number}` : '');
const decisions: Readonly<Record<string, string>> = { approved: 'approved', refused: 'refused', withdrawn: 'withdrawn' };

const actions: Record<HelpdeskAction, string> = {
  search: 'find an account',
  'see-account': 'open a card',
  'see-cases': 'see the cases',
  'handle-case': 'handle a case',
  'reopen-case': 'reopen a case',
  'see-own-acts': 'see one’s own acts',
  'see-all-acts': 'see everybody’s acts',
  'see-dashboard': 'see the dashboard',
  'export-dashboard': 'export the figures',
  'verify-caller': 'verify the caller',
  unlock: 'lift the locks',
  'send-reset': 'send a link to change the password',
  'give-pass': 'give temporary access',
  'end-sessions': 'end the sessions',
  freeze: 'freeze the account',
  unfreeze: 'unfreeze the account',
  'ask-removal': 'ask for the removal of a way to sign in',
  'decide-removal': 'decide on a removal',
};

export const englishHelpdesk: typeof frenchHelpdesk = {
  name: 'Helpdesk',
  roles: { agent: 'helpdesk agent', 'lead-agent': 'helpdesk lead', administrator: 'administrator' },
  places: {
    search: 'Find an account',
    dashboard: 'Dashboard',
    cases: 'Reports and requests',
    removals: 'Requests to approve',
    acts: 'My acts',
  },
  account: 'My account',
  signOut: 'Sign out',
  search: {
    label: 'Name or e-mail address',
    hint: 'The beginning of a surname, a first name or the address, in any order. Accents don’t matter.',
    submit: 'Search',
    titleOf: (typed) => `“${typed}” – Find an account`,
    errorTitle: 'Error: find an account',
    empty: 'Accounts that are found will appear here. Each search is recorded.',
    found: (n, typed, more) =>
      n === 0
        ? `No account for “${typed}” among the first. The search is not finished.`
        : more
          ? `${n} account${n > 1 ? 's' : ''} for “${typed}”, and others to follow, in no order. Add a first name or another word to see fewer.`
          : `${n} account${n > 1 ? 's' : ''} for “${typed}”`,
    none: (typed) => `No account for “${typed}”`,
    advice: [
      'Have the name spelt, and try its first letters alone.',
      'Try the birth name, another name, or the first name.',
      'Try the beginning of the e-mail address.',
    ],
    next: 'More accounts',
    first: 'Back to the first',
    columns: ['Name', 'Address', 'Type', 'Enrolment', 'State'],
    kinds: { internal: 'Internal', external: 'External' },
    progress: (progress) =>
      progress.kind === 'finished' ? 'Finished' : progress.kind === 'not-begun' ? 'Not begun' : `Step ${progress.step} of ${progress.of}`,
    states: { active: 'Active', 'to-finish': 'To finish', blocked: 'Locked', frozen: 'Frozen', disabled: 'Disabled' },
    problems: {
      'too-short': 'Type at least two letters or figures of a name or an address.',
      'too-long': 'Type at most one hundred characters: the first letters of a name are enough.',
      unreadable: 'This text has characters that no name has. Type it again.',
    },
  },
  acts: {
    titleOfAll: 'Acts of the helpdesk',
    lead: 'What you did in the console in the last year, searches and looks included, the newest first.',
    leadOfAll: 'What the helpdesk did in the console in the last year, searches and looks included, the newest first.',
    by: 'Acts of',
    everybody: 'All agents',
    filter: 'Show',
    none: 'Nothing to show here: each search, each card that is opened and each act will appear.',
    about: (name) => `Account of ${name}`,
    reason: (reason) => `Reason: ${reason}`,
    agent: (name) => `By ${name ?? 'an account that is gone'}`,
    card: 'Open the card',
    of: (name) => `of ${name}`,
    events: {
      'account-searched': ({ query, found }) => `Search: ${query ?? ''} (${found ?? 0} on screen)`,
      'account-seen': () => 'Card opened',
      'caller-asked': () => 'Verification of the caller begun',
      'caller-verified': () => 'Caller verified',
      'caller-not-verified': () => 'Caller not verified',
      unlocked: () => 'Locks lifted',
      'reset-sent': () => 'Link to change the password sent',
      'pass-given': () => 'Temporary access given',
      'sessions-ended': () => 'Sessions ended',
      'account-frozen': () => 'Account frozen',
      'account-unfrozen': () => 'Account unfrozen',
      'removal-asked': ({ name }) => `Removal of a way to sign in requested${named(name)}`,
      'removal-decided': ({ decision, name }) =>
        `Removal of a way to sign in ${decision === null ? 'looked at' : (decisions[decision] ?? 'looked at')}${named(name)}`,
      'case-taken': (act) => `Case${numbered(act)} taken`,
      'case-returned': (act) => `Case${numbered(act)} given back`,
      'case-noted': (act) => `Note written on case${numbered(act)}`,
      'case-closed': (act) => `Case${numbered(act)} closed`,
      'case-reopened': (act) => `Case${numbered(act)} reopened`,
      'figures-exported': () => 'Figures of the dashboard exported',
      'helpdesk-refused': ({ action }) => `Refused by the portal${action === null ? '' : `: ${actions[action as HelpdeskAction] ?? action}`}`,
    },
  },
  confirm: {
    lead: 'The helpdesk’s console asks for a way to sign in confirmed less than fifteen minutes ago, and does not stay open unattended. You will then come back to what you were doing.',
    onlyRecoveryCodes: {
      title: 'You need a way to sign in',
      lead: 'To enter the console, a recovery code is not enough. Add a phone, an authenticator app or a key to your account, then come back.',
      act: 'See my ways to sign in',
    },
  },
};
