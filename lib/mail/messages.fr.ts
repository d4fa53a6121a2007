// What messages say, in French: the source of the type that every other language satisfies.
import { frenchMoments } from '../language/moments.ts';
import type { Settings } from '../settings.ts';

const list = new Intl.ListFormat('fr-FR', { type: 'conjunction' });
const { time, dayAndTime } = frenchMoments;
/** Jeudi 12 mars 2026 à 14 h 06, heure de Paris. @param at epoch milliseconds */
const moment = (at: number) => {
  const said = dayAndTime(at);
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}, heure de Paris`;
};

export const messages = {
  /** Between a label and its value in the text part. */
  colon: ' : ',
  neverAsked: 'Nous ne demandons jamais de code ni de mot de passe par téléphone ou par e-mail.',
  helpdesk: (helpdesk: Settings['helpdesk']) => `Assistance : ${helpdesk.phone}, `,
  account: (address: string) => `Compte : ${address}`,
  browser: (browser: string, system: string) => `${browser} sur ${system}`,
  labels: {
    when: 'Quand',
    where: 'Avec',
    application: 'Application',
    shared: 'Informations',
    app: 'Application',
    key: 'Clé',
    factor: 'Moyen de connexion',
  },

  /** By what the code is for. */
  code: {
    validity: (until: number) => `Valable jusqu’à ${time(until)}, une seule fois.`,
    'sign-in': {
      subject: (code: string, application: string) => `${code} est votre code pour vous connecter à ${application}`,
      preheader: (code: string, until: number) => `${code} est votre code pour vous connecter. Valable jusqu’à ${time(until)}.`,
      title: 'Votre code de connexion',
      action: (application: string) => `Pour vous connecter à ${application}, saisissez ce code :`,
      notYou: 'Vous n’avez rien demandé ? Ne donnez ce code à personne et appelez l’assistance : quelqu’un connaît votre mot de passe.',
    },
    'reset-password': {
      subject: (code: string, _application: string) => `${code} est votre code pour choisir un nouveau mot de passe`,
      preheader: (code: string, until: number) => `${code} est votre code pour choisir un nouveau mot de passe. Valable jusqu’à ${time(until)}.`,
      title: 'Votre code pour un nouveau mot de passe',
      action: (_application: string) => 'Pour choisir un nouveau mot de passe, saisissez ce code :',
      notYou: 'Vous n’avez rien demandé ? Ne donnez ce code à personne : sans lui, votre mot de passe ne change pas.',
    },
    'lost-phone': {
      subject: (code: string, _application: string) => `${code} est votre code pour remplacer votre téléphone`,
      preheader: (code: string, until: number) => `${code} est votre code pour remplacer votre téléphone. Valable jusqu’à ${time(until)}.`,
      title: 'Votre code pour remplacer votre téléphone',
      action: (_application: string) => 'Pour mettre en place un nouveau moyen de connexion, saisissez ce code :',
      notYou: 'Vous n’avez rien demandé ? Ne donnez ce code à personne et appelez l’assistance : quelqu’un connaît votre mot de passe.',
    },
  },

  notice: {
    moment,
    you: { question: 'C’est vous ?', answer: 'Rien à faire.' },
    notYou: { question: 'Ce n’est pas vous ?', answer: (helpdesk: Settings['helpdesk']) => `Appelez le ${helpdesk.phone}, ${helpdesk.hours.fr}.` },
    'factor-added': {
      title: 'Une application d’authentification a été ajoutée à votre compte',
      said: 'Ses codes vous seront demandés après votre mot de passe.',
    },
    'passkey-added': {
      title: 'Une clé d’accès a été ajoutée à votre compte',
      said: 'Elle vous sera demandée après votre mot de passe, ou le remplacera si elle vérifie que c’est vous.',
    },
    'factor-removed': {
      title: 'Un moyen de connexion a été retiré de votre compte',
      said: 'Il ne permet plus de vous connecter.',
    },
    'answers-changed': {
      title: 'Vos questions secrètes ont changé',
      said: 'Les réponses d’avant ne servent plus.',
    },
    'password-changed': {
      title: 'Votre mot de passe a changé',
      said: 'Vos autres sessions sont fermées : connectez-vous de nouveau avec le nouveau mot de passe.',
    },
    'recovery-codes-kept': {
      title: 'De nouveaux codes de secours protègent votre compte',
      said: 'Chacun sert une seule fois. Les codes de secours d’avant ne servent plus.',
    },
    'enrolment-finished': {
      title: 'Votre compte est protégé',
      said: 'Prochaine connexion : votre mot de passe, puis votre moyen de connexion. Gardez vos codes de secours hors de votre téléphone.',
    },
    'consent-given': {
      title: (application: string) => `Vous partagez des informations avec ${application}`,
      said: (days: number) => `Votre accord vaut ${days} jours.`,
    },
    'second-factor-failed': {
      title: 'Quelqu’un connaît votre mot de passe, sans le deuxième code',
      said: 'Le mot de passe de votre compte a été saisi, puis un code qui n’est pas le bon.',
      notYou: (helpdesk: Settings['helpdesk']) => `Quelqu’un connaît votre mot de passe : appelez le ${helpdesk.phone}, ${helpdesk.hours.fr}.`,
    },
  },

  /** What each scope hands over. */
  shared: {
    openid: 'votre identifiant interne',
    profile: 'votre nom',
    email: 'votre adresse e-mail',
    eduperson: 'votre appartenance à l’institut',
    offline_access: 'un accès qui continue en votre absence',
  } satisfies Record<Settings['applications'][number]['scopes'][number], string>,
  list: (items: readonly string[]) => list.format(items),
};
export type MessageWords = typeof messages;
