// What happened to an account, in French: one sentence for each event of the audit log.
import type { ActivityKind, EventType } from '../audit/events.ts';
import { frenchMoments } from './moments.ts';

/** What a sentence may name; null where the event does not say. */
export interface EventDetails {
  /** The application's name. */
  readonly application: string | null;
  /** The factor's name. */
  readonly factor: string | null;
}

const to = (application: string | null) => (application === null ? '' : ` à ${application}`);
const named = (factor: string | null) => (factor === null ? '' : ` : ${factor}`);

export const frenchActivity = {
  lead: 'Tout ce qui est arrivé à votre compte depuis un an, actes de l’assistance compris, du plus récent au plus ancien.',
  unknown: 'Vous ne reconnaissez pas une ligne ? Changez votre mot de passe et prévenez l’assistance.',
  help: 'Joindre l’assistance',
  filter: 'Ne voir que',
  all: 'Tout',
  kinds: { 'sign-in': 'Connexions', protection: 'Protection du compte', sharing: 'Applications' } satisfies Record<ActivityKind, string>,
  none: 'Rien à montrer ici.',
  older: 'Voir les lignes plus anciennes',
  newest: 'Revenir aux plus récentes',
  day: frenchMoments.dayHeading,
  time: frenchMoments.time,
  from: (browser: { readonly browser: string; readonly system: string }) => `${browser.browser} sur ${browser.system}.`,
  network: (network: string) => `Réseau : ${network}`,
  byOthers: 'Fait par l’assistance ou un administrateur.',
  events: {
    'password-right': () => 'Mot de passe saisi',
    'password-wrong': () => 'Mot de passe faux',
    'password-set': () => 'Mot de passe remplacé',
    'password-changed': () => 'Mot de passe changé',
    'password-reset': () => 'Mot de passe oublié remplacé',
    'email-code-sent': () => 'Code envoyé par e-mail',
    'email-code-right': () => 'Code reçu par e-mail accepté',
    'email-code-wrong': () => 'Code reçu par e-mail refusé',
    'totp-right': () => 'Code de l’application accepté',
    'totp-wrong': () => 'Code de l’application refusé',
    'totp-disabled': () => 'Application d’authentification bloquée après trop d’essais',
    'answers-right': () => 'Questions secrètes : réponses acceptées',
    'answers-wrong': () => 'Questions secrètes : réponses refusées',
    'recovery-code-right': () => 'Code de secours utilisé',
    'recovery-code-wrong': () => 'Code de secours refusé',
    'passkey-right': () => 'Clé d’accès acceptée',
    'passkey-wrong': () => 'Clé d’accès refusée',
    'passkey-counter-back': () => 'Clé d’accès refusée : elle a peut-être été copiée',
    'phone-asked': ({ application }) => `Demande envoyée au téléphone${application === null ? '' : ` pour ${application}`}`,
    'phone-approved': ({ factor }) => `Demande acceptée sur le téléphone${named(factor)}`,
    'phone-denied': ({ factor }) => `Demande refusée sur le téléphone${named(factor)}`,
    'phone-refused': () => 'Réponse du téléphone refusée : nombre, code PIN ou empreinte',
    'phone-right': () => 'Connexion confirmée par le téléphone',
    'phone-reported': () => 'Demande signalée sur le téléphone : ce n’était pas moi',
    'phone-suspended': () => 'Demandes au téléphone suspendues',
    'signed-in': ({ application }) => `Connexion${to(application)}`,
    'signed-out': () => 'Déconnexion',
    'signed-out-everywhere': () => 'Déconnexion partout',
    'signed-out-other': () => 'Session d’un autre navigateur fermée',
    'signed-out-others': () => 'Toutes les autres sessions fermées',
    'app-chosen': () => 'Application d’authentification choisie',
    'factor-added': ({ factor }) => `Moyen de connexion ajouté${named(factor)}`,
    'factor-renamed': ({ factor }) => `Moyen de connexion renommé${named(factor)}`,
    'factor-removed': ({ factor }) => `Moyen de connexion supprimé${named(factor)}`,
    'pairing-begun': () => 'Ajout d’un téléphone commencé',
    'pairing-claimed': () => 'Un téléphone s’est présenté avec le QR code',
    'pairing-refused': () => 'Un téléphone s’est présenté avec un QR code périmé ou déjà utilisé',
    'pairing-finished': ({ factor }) => `Téléphone prêt, à confirmer sur l’ordinateur${named(factor)}`,
    'pairing-given-up': () => 'Ajout d’un téléphone abandonné',
    'phone-locked': ({ factor }) => `Téléphone bloqué${named(factor)}`,
    'phone-pin-changed': ({ factor }) => `Code PIN du téléphone changé${named(factor)}`,
    'answers-chosen': () => 'Questions secrètes choisies',
    'answers-changed': () => 'Questions secrètes changées',
    'recovery-codes-made': () => 'Codes de secours préparés',
    'recovery-codes-kept': () => 'Codes de secours enregistrés',
    'enrolment-finished': () => 'Protection du compte mise en place',
    'consent-given': ({ application }) => `Accord donné${to(application)}`,
    'consent-refused': ({ application }) => `Accord refusé${to(application)}`,
    'consent-withdrawn': ({ application }) => `Accord retiré${to(application)}`,
    'data-downloaded': () => 'Données téléchargées',
    'step-refused': () => 'Action refusée par le portail',
    disavowed: () => 'Signalé : ce n’était pas moi',
    'account-created': () => 'Compte créé',
    'account-disabled': () => 'Compte désactivé',
    'account-enabled': () => 'Compte réactivé',
    'role-given': () => 'Rôle donné à votre compte',
    'role-taken': () => 'Rôle retiré à votre compte',
    'application-added': () => 'Application ajoutée',
    'application-removed': () => 'Application supprimée',
    'keys-rotated': () => 'Clés du portail renouvelées',
    purged: () => 'Données périmées effacées',
  } satisfies Record<EventType, (details: EventDetails) => string>,
};
