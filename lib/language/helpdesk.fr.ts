// The helpdesk's console in French: its frame, the search of an account, the list of what agents did.
import type { AccountKind } from '../accounts/rules.ts';
import type { ActDetails } from '../agents/rules.ts';
import type { AgentEventType } from '../audit/events.ts';
import type { HelpdeskAction } from '../helpdesk/rules.ts';
import type { Role } from '../roles/rules.ts';
import type { FoundState, Progress, QueryProblem } from '../search/rules.ts';

const named = (name: string | null) => (name ? ` : ${name}` : '');
const numbered = ({ case: number }: ActDetails) => (number ? ` ${number}` : '');
const decisions: Readonly<Record<string, string>> = { approved: 'approuvée', refused: 'refusée', withdrawn: 'retirée' };

/** What was tried, of what the portal refused. */
const actions: Record<HelpdeskAction, string> = {
  search: 'rechercher un compte',
  'see-account': 'ouvrir une fiche',
  'see-cases': 'voir les dossiers',
  'handle-case': 'traiter un dossier',
  'reopen-case': 'rouvrir un dossier',
  'see-own-acts': 'voir ses actes',
  'see-all-acts': 'voir les actes de tous',
  'see-dashboard': 'voir le tableau de bord',
  'export-dashboard': 'exporter les chiffres',
  'verify-caller': 'vérifier l’appelant',
  unlock: 'lever les blocages',
  'send-reset': 'envoyer un lien pour changer de mot de passe',
  'give-pass': 'donner un accès provisoire',
  'end-sessions': 'fermer les sessions',
  freeze: 'geler le compte',
  unfreeze: 'dégeler le compte',
  'ask-removal': 'demander la suppression d’un moyen',
  'decide-removal': 'décider d’une suppression',
};

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
  search: {
    label: 'Nom ou adresse e-mail',
    hint: 'Le début d’un nom, d’un prénom ou de l’adresse, dans n’importe quel ordre. Les accents ne comptent pas.',
    submit: 'Rechercher',
    /** In the browser’s tab. */
    titleOf: (typed: string) => `« ${typed} » – Rechercher un compte`,
    errorTitle: 'Erreur : rechercher un compte',
    empty: 'Les comptes trouvés apparaîtront ici. Chaque recherche est enregistrée.',
    found: (n: number, typed: string, more: boolean) =>
      n === 0
        ? `Aucun compte pour « ${typed} » parmi les premiers. La recherche n’est pas finie.`
        : more
          ? `${n} compte${n > 1 ? 's' : ''} pour « ${typed} », et d’autres à la suite, sans ordre. Ajoutez un prénom ou un autre mot pour en voir moins.`
          : `${n} compte${n > 1 ? 's' : ''} pour « ${typed} »`,
    none: (typed: string) => `Aucun compte pour « ${typed} »`,
    advice: [
      'Faites épeler le nom, et essayez seulement ses premières lettres.',
      'Essayez le nom de naissance, un autre nom, ou le prénom.',
      'Essayez le début de l’adresse e-mail.',
    ],
    next: 'Suite des comptes',
    first: 'Revenir aux premiers',
    columns: ['Nom', 'Adresse', 'Type', 'Inscription', 'État'],
    kinds: { internal: 'Interne', external: 'Externe' } satisfies Record<AccountKind, string>,
    progress: (progress: Progress) =>
      progress.kind === 'finished' ? 'Terminée' : progress.kind === 'not-begun' ? 'Pas commencée' : `Étape ${progress.step} sur ${progress.of}`,
    states: { active: 'Actif', 'to-finish': 'À terminer', blocked: 'Bloqué', frozen: 'Gelé', disabled: 'Désactivé' } satisfies Record<
      FoundState,
      string
    >,
    problems: {
      'too-short': 'Tapez au moins deux lettres ou chiffres d’un nom ou d’une adresse.',
      'too-long': 'Tapez au plus cent caractères : les premières lettres d’un nom suffisent.',
      unreadable: 'Ce texte contient des caractères qu’aucun nom ne contient. Tapez-le de nouveau.',
    } satisfies Record<QueryProblem, string>,
  },
  acts: {
    titleOfAll: 'Actes de l’assistance',
    lead: 'Ce que vous avez fait dans la console depuis un an, recherches et consultations comprises, du plus récent au plus ancien.',
    leadOfAll: 'Ce que l’assistance a fait dans la console depuis un an, recherches et consultations comprises, du plus récent au plus ancien.',
    by: 'Actes de',
    everybody: 'Tous les agents',
    filter: 'Afficher',
    none: 'Rien à montrer ici : chaque recherche, chaque fiche ouverte et chaque acte y paraîtra.',
    about: (name: string) => `Compte de ${name}`,
    reason: (reason: string) => `Motif : ${reason}`,
    agent: (name: string | null) => `Par ${name ?? 'un compte disparu'}`,
    card: 'Ouvrir la fiche',
    of: (name: string) => `de ${name}`,
    events: {
      'account-searched': ({ query, found }) => `Recherche : ${query ?? ''} (${found ?? 0} à l’écran)`,
      'account-seen': () => 'Fiche consultée',
      'caller-asked': () => 'Vérification de l’appelant commencée',
      'caller-verified': () => 'Appelant vérifié',
      'caller-not-verified': () => 'Appelant non vérifié',
      unlocked: () => 'Blocages levés',
      'reset-sent': () => 'Lien pour changer de mot de passe envoyé',
      'pass-given': () => 'Accès provisoire donné',
      'sessions-ended': () => 'Sessions fermées',
      'account-frozen': () => 'Compte gelé',
      'account-unfrozen': () => 'Compte dégelé',
      'removal-asked': ({ name }) => `Suppression d’un moyen demandée${named(name)}`,
      'removal-decided': ({ decision, name }) =>
        `Suppression d’un moyen ${decision === null ? 'examinée' : (decisions[decision] ?? 'examinée')}${named(name)}`,
      'case-taken': (act) => `Dossier${numbered(act)} pris`,
      'case-returned': (act) => `Dossier${numbered(act)} remis en attente`,
      'case-noted': (act) => `Note écrite sur le dossier${numbered(act)}`,
      'case-closed': (act) => `Dossier${numbered(act)} terminé`,
      'case-reopened': (act) => `Dossier${numbered(act)} rouvert`,
      'figures-exported': () => 'Chiffres du tableau de bord exportés',
      'helpdesk-refused': ({ action }) => `Refusé par le portail${action === null ? '' : ` : ${actions[action as HelpdeskAction] ?? action}`}`,
    } satisfies Record<AgentEventType, (act: ActDetails) => string>,
  },
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
