// The helpdesk's console in English.
import type { frenchHelpdesk } from './helpdesk.fr.ts';

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
  confirm: {
    lead: 'The helpdesk’s console asks for a way to sign in confirmed less than fifteen minutes ago, and does not stay open unattended. You will then come back to what you were doing.',
    onlyRecoveryCodes: {
      title: 'You need a way to sign in',
      lead: 'To enter the console, a recovery code is not enough. Add a phone, an authenticator app or a key to your account, then come back.',
      act: 'See my ways to sign in',
    },
  },
};
