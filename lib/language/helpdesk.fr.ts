// The helpdesk's console in French: its frame, the search of an account, the list of what agents did.
import type { Role } from '../roles/rules.ts';

export const frenchHelpdesk = {
  /** After the institute's name, and the name of its menu. */
  name: 'Assistance',
  roles: {
    agent: 'agent d’assistance',
    'lead-agent': 'responsable de l’assistance',
    administrator: 'administrateur',
  } satisfies Record<Role, string>,
  /** In the order of the menu. */
  places: {
    search: 'Rechercher un compte',
    dashboard: 'Tableau de bord',
    cases: 'Signalements et demandes',
    removals: 'Demandes à approuver',
    acts: 'Mes actes',
  },
  account: 'Mon compte',
  signOut: 'Se déconnecter',
  /** Instead of the account's own words, where a proof leads back to the console. */
  confirm: {
    lead: 'La console de l’assistance demande un moyen de connexion confirmé il y a moins de quinze minutes, et ne reste pas ouverte sans surveillance. Vous reviendrez ensuite à ce que vous faisiez.',
    onlyRecoveryCodes: {
      title: 'Il vous faut un moyen de connexion',
      lead: 'Pour entrer dans la console, un code de secours ne suffit pas. Ajoutez un téléphone, une application d’authentification ou une clé à votre compte, puis revenez.',
      act: 'Voir mes moyens de connexion',
    },
  },
};
