// What messages say, in French: the source of the type that every other language satisfies.

import type { CaseOutcome } from '../cases/rules.ts';
import type { Disavowal, Taken } from '../disavowal/rules.ts';
import { frenchActivity } from '../language/activity.fr.ts';
import { frenchMoments } from '../language/moments.ts';
import type { Settings } from '../settings.ts';

const list = new Intl.ListFormat('fr-FR', { type: 'conjunction' });
const { time, dayAndTime, gap } = frenchMoments;
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
    place: 'Depuis',
    application: 'Application',
    shared: 'Informations',
    app: 'Application',
    key: 'Clé',
    phone: 'Téléphone',
    factor: 'Moyen de connexion',
    from: 'Possible à partir du',
    reported: 'Signalé',
    caseNumber: 'Dossier',
    account: 'Compte',
    before: 'Ancienne adresse',
    after: 'Nouvelle adresse',
  },
  /** What happened, as the page of the account's activity says it. */
  events: frenchActivity.events,

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
    'verify-caller': {
      subject: (code: string, _application: string) => `${code} est le code à lire à l’assistance`,
      preheader: (code: string, until: number) => `${code} est le code à lire à l’agent d’assistance. Valable jusqu’à ${time(until)}.`,
      title: 'Votre code pour l’assistance',
      action: (_application: string) => 'Vous êtes au téléphone avec l’assistance : lisez ce code à l’agent, pour prouver que c’est vous.',
      notYou: 'Vous n’avez pas appelé l’assistance ? Ne donnez ce code à personne : quelqu’un appelle en votre nom. Il n’ouvre rien par lui-même.',
      neverAsked: (helpdesk: Settings['helpdesk']) =>
        `Ce code ne se lit qu’à l’agent que vous avez appelé vous-même au ${helpdesk.phone}. Nous n’appelons jamais pour demander un code, et ne demandons jamais de mot de passe.`,
    },
  },

  notice: {
    moment,
    you: { question: 'C’est vous ?', answer: 'Rien à faire.' },
    notYou: 'Ce n’est pas vous ?',
    call: (helpdesk: Settings['helpdesk']) => `Appelez le ${helpdesk.phone}, ${helpdesk.hours.fr}.`,
    choose: (effect: string) => `Choisissez « Ce n’était pas moi » : ${effect}.`,
    orCall: (helpdesk: Settings['helpdesk']) => `Vous pouvez aussi appeler le ${helpdesk.phone}, ${helpdesk.hours.fr}.`,
    button: 'Ce n’était pas moi',
    linkLasts: 'Ce lien vaut sept jours. L’ouvrir ne change rien : une page vous demande d’abord de confirmer.',
    /** What « Ce n’était pas moi » does at once. */
    effect: {
      password: 'ce mot de passe sera bloqué et toutes vos sessions fermées aussitôt',
      factor: 'ce moyen de connexion sera suspendu et toutes vos sessions fermées aussitôt',
      factors: 'les moyens de connexion seront suspendus et toutes vos sessions fermées aussitôt',
      'recovery-codes': 'ces codes de secours seront annulés et toutes vos sessions fermées aussitôt',
      answers: 'ces réponses seront effacées et toutes vos sessions fermées aussitôt',
      consent: 'cet accord sera retiré et toutes vos sessions fermées aussitôt',
      sessions: 'toutes vos sessions seront fermées aussitôt, et l’assistance prévenue',
    } satisfies Record<Taken | 'sessions', string>,
    'factor-added': {
      title: 'Une application d’authentification a été ajoutée à votre compte',
      said: 'Ses codes vous seront demandés après votre mot de passe.',
    },
    'passkey-added': {
      title: 'Une clé d’accès a été ajoutée à votre compte',
      said: 'Elle vous sera demandée après votre mot de passe, ou le remplacera si elle vérifie que c’est vous.',
    },
    'phone-added': {
      title: 'Un téléphone a été ajouté à votre compte',
      said: 'Il confirmera vos connexions, après votre mot de passe.',
    },
    'phone-locked': {
      title: 'Un téléphone de votre compte est bloqué',
      said: 'Cinq codes PIN faux y ont été saisis. Il ne confirme plus rien : connectez-vous par un autre moyen et reliez-le de nouveau.',
    },
    'phone-copied': {
      title: 'Un téléphone de votre compte est bloqué : il a peut-être été copié',
      said: 'Sa clé a servi ailleurs. Il ne confirme plus rien : connectez-vous par un autre moyen et reliez-le de nouveau.',
    },
    'phone-pin-changed': {
      title: 'Le code PIN d’un téléphone a changé',
      said: 'Le code d’avant ne sert plus.',
    },
    'phone-suspended': {
      title: 'Les demandes de connexion à votre téléphone sont suspendues',
      said: 'Votre mot de passe a été saisi, puis trois demandes sont restées sans réponse ou ont été refusées. Votre prochaine connexion par un autre moyen les rétablit.',
    },
    'phone-reported': {
      title: 'Vous avez signalé une demande de connexion',
      said: 'La tentative est arrêtée, et aucune demande n’arrivera plus sur vos téléphones jusqu’à votre prochaine connexion par un autre moyen. L’assistance est prévenue.',
      you: { question: 'C’est vous qui avez signalé ?', answer: 'Quelqu’un connaît votre mot de passe : changez-le maintenant, dans Mon compte.' },
      notYou: 'Vous n’avez rien signalé ?',
    },
    /** Instead of `you` and `notYou`, where an agent acted. */
    byHelpdesk: {
      you: { question: 'Vous l’avez demandé à l’assistance ?', answer: 'Rien à faire.' },
      notYou: 'Vous n’avez rien demandé ?',
      neverAsked: (helpdesk: Settings['helpdesk']) =>
        `Un code ne se lit qu’à l’agent que vous avez appelé vous-même au ${helpdesk.phone}. Nous n’appelons jamais pour demander un code, et ne demandons jamais de mot de passe.`,
    },
    unlocked: {
      title: 'L’assistance a levé les blocages de votre compte',
      said: 'Vous pouvez de nouveau essayer de vous connecter. Votre mot de passe et vos moyens de connexion n’ont pas changé.',
    },
    'reset-sent': {
      title: 'Choisissez un nouveau mot de passe',
      said: 'L’assistance vous envoie l’adresse où commencer. Un code vous sera envoyé par e-mail, puis une autre confirmation demandée. Tant que vous n’avez pas terminé, votre mot de passe reste le même.',
    },
    'pass-given': {
      title: 'L’assistance a donné un accès provisoire pour votre compte',
      said: 'Dit au téléphone, il permet pendant une heure, avec votre mot de passe, de mettre un nouveau moyen de connexion à la place des anciens. Ne le répétez à personne.',
    },
    'sessions-ended': {
      title: 'L’assistance a fermé des sessions de votre compte',
      said: 'Dans les navigateurs concernés, vous vous connecterez de nouveau.',
    },
    'account-frozen': {
      title: 'L’assistance a gelé votre compte',
      said: 'Personne ne peut plus s’y connecter, et toutes les sessions sont fermées. Rien n’est effacé : appelez l’assistance pour le rouvrir.',
    },
    'account-unfrozen': {
      title: 'L’assistance a rouvert votre compte',
      said: 'Vous pouvez vous connecter, avec le mot de passe et les moyens de connexion d’avant.',
    },
    'removal-asked': {
      title: 'L’assistance prépare la suppression d’un moyen de connexion',
      said: 'Il reste en place tant qu’un deuxième agent n’a pas donné son accord.',
    },
    'removal-not-done': {
      title: 'Votre moyen de connexion reste en place',
      said: 'L’assistance ne le supprime pas.',
    },
    'removed-by-helpdesk': {
      title: 'L’assistance a supprimé un moyen de connexion de votre compte',
      said: 'Il ne permet plus de vous connecter, et toutes vos sessions sont fermées. Vos autres moyens de connexion restent les mêmes.',
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
      said: 'Vos autres sessions sont fermées : connectez-vous de nouveau avec le nouveau mot de passe.',
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
    'password-reset': {
      title: 'Votre mot de passe a été remplacé',
      said: 'Il a été choisi après un code reçu par e-mail et une autre confirmation. Toutes vos sessions sont fermées. Vos moyens de connexion restent les mêmes.',
    },
    'password-set': {
      title: 'Votre mot de passe a été remplacé',
      said: 'Un administrateur l’a remplacé. Toutes vos sessions sont fermées.',
    },
    'recovery-code-used': {
      title: 'Un de vos codes de secours a servi',
      said: (left: number) =>
        left === 0
          ? 'C’était le dernier : créez-en dix nouveaux dans Mon compte, Moyens de connexion.'
          : `Il vous en reste ${left}. Chacun sert une seule fois.`,
    },
    're-enrolment-opened': {
      title: 'Quelqu’un remplace le téléphone de votre compte',
      said: ({ stolen, from }: { readonly stolen: boolean; readonly from: number | null }) =>
        `${from === null ? 'Un nouveau moyen de connexion peut prendre la place des anciens pendant une heure.' : 'Un nouveau moyen de connexion pourra prendre la place des anciens à partir de cette date.'} ${stolen ? 'Le téléphone est déclaré volé : les anciens moyens de connexion et les codes de secours ne servent plus, et toutes vos sessions sont fermées.' : 'Jusque-là, les anciens restent valables. Se connecter avec l’un d’eux annule le remplacement.'}`,
    },
    're-enrolment-reminder': {
      title: 'Demain, le téléphone de votre compte pourra être remplacé',
      said: ({ stolen }: { readonly stolen: boolean; readonly from: number | null }) =>
        `Ce remplacement a été demandé avec votre mot de passe, un code reçu par e-mail et vos quatre réponses. ${stolen ? 'Si c’est vous, connectez-vous à partir de cette date pour choisir un nouveau moyen de connexion.' : 'Si vous avez retrouvé votre téléphone, connectez-vous avec lui : le remplacement sera annulé.'}`,
    },
    're-enrolled': {
      title: 'Un nouveau moyen de connexion remplace les anciens',
      said: 'Les anciens ne servent plus, et vos autres sessions sont fermées.',
    },
    'new-browser': {
      title: 'Nouvelle connexion à votre compte',
      said: 'C’est la première fois que votre compte est ouvert dans ce navigateur.',
    },
    'second-factor-failed': {
      title: 'Quelqu’un connaît votre mot de passe, sans le deuxième code',
      said: 'Le mot de passe de votre compte a été saisi, puis un code qui n’est pas le bon.',
      you: { question: 'C’est vous ?', answer: 'Rien à faire : un code mal saisi suffit à envoyer ce message, une fois par jour au plus.' },
      notYou: 'Ce n’est pas vous ? Quelqu’un connaît votre mot de passe.',
    },
    'caller-not-verified': {
      title: 'Quelqu’un a appelé l’assistance en votre nom',
      said: 'Cette personne n’a pas pu prouver qu’elle était vous. L’assistance n’a rien changé à votre compte.',
      you: {
        question: 'C’est vous ?',
        answer: 'Rien à faire : rappelez, l’agent vous proposera une autre façon de le prouver. Ce message part une fois par jour au plus.',
      },
      notYou: 'Ce n’est pas vous ? Quelqu’un s’est fait passer pour vous.',
    },
    'help-asked': {
      title: 'Vous avez demandé de l’aide à l’assistance',
      said: 'Votre demande est arrivée. Vous pouvez aussi appeler : donnez alors le numéro du dossier.',
      you: {
        question: 'C’est vous qui avez demandé ?',
        answer: 'Gardez le numéro du dossier. L’assistance ne vous demandera jamais de mot de passe.',
      },
      notYou: 'Vous n’avez rien demandé ? Quelqu’un connaît peut-être votre mot de passe.',
    },
    'help-added': {
      title: 'Vous avez complété votre demande d’aide',
      said: 'Ce que vous avez écrit est arrivé : l’agent qui s’occupe de votre demande le lira.',
      you: {
        question: 'C’est vous qui avez écrit ?',
        answer: 'Rien à faire. L’assistance ne vous demandera jamais de mot de passe.',
      },
      notYou: 'Vous n’avez rien écrit ? Quelqu’un connaît peut-être votre mot de passe.',
    },
    'case-closed': {
      title: { 'not-me': 'L’assistance a terminé votre signalement', help: 'L’assistance a terminé votre demande d’aide' },
      said: {
        helped: 'Elle note que votre problème est réglé.',
        'nothing-wrong': 'Elle a regardé votre compte et n’y a rien trouvé d’anormal.',
        'not-reached': 'Elle n’a pas réussi à vous joindre.',
        'passed-on': 'Elle l’a transmis à un autre service, qui s’en occupe.',
      } satisfies Record<CaseOutcome, string>,
      you: { question: 'Tout est réglé ?', answer: 'Rien à faire.' },
      notYou: 'Il reste un problème ?',
    },
    'address-changed': {
      title: 'L’adresse de votre compte a changé',
      said: 'L’annuaire de l’institut vous donne une autre adresse : c’est avec elle que vous vous connectez désormais, et là que nous vous écrivons.',
      you: { question: 'Vous avez changé d’adresse ?', answer: 'Rien à faire.' },
      notYou: 'Vous n’avez pas changé d’adresse ?',
    },
    disavowed: {
      title: 'Vous avez signalé : ce n’était pas moi',
      said: {
        'change-password':
          'C’est fait : toutes vos sessions sont fermées. Connectez-vous de nouveau et changez votre mot de passe. L’assistance est prévenue.',
        'sign-in':
          'C’est fait : toutes vos sessions sont fermées. À votre prochaine connexion, vous choisirez de nouveau ce qui a été retiré. L’assistance est prévenue.',
        'call-helpdesk':
          'C’est fait : toutes vos sessions sont fermées. Appelez l’assistance, qui est prévenue : elle vérifiera avec vous le reste de votre compte.',
      } satisfies Record<Disavowal['advice'], string>,
      you: { question: 'C’est vous qui avez signalé ?', answer: 'Gardez le numéro du dossier : l’assistance vous le demandera.' },
      notYou: 'Vous n’avez rien signalé ?',
    },
  },

  case: {
    title: (number: string) => `Dossier ${number} : à regarder`,
    said: {
      'not-me':
        'Une personne a signalé « Ce n’était pas moi » à propos de son compte. Ce qu’elle a signalé est suspendu, et ses sessions sont fermées.',
      help: 'Une personne demande de l’aide pour son compte.',
    },
    open: 'Ouvrir le dossier',
    todo: 'Ne rétablissez rien avant d’avoir vérifié qui appelle. Ne répondez pas à ce message.',
  },

  alert: {
    title: 'Alerte du portail : prévenez l’exploitation',
    said: {
      failures: (figure: number) =>
        `Le portail voit beaucoup plus de mots de passe, de codes et de réponses faux que d’habitude : ${figure} en peu de temps, tous comptes confondus.`,
      clock: (figure: number) =>
        `L’horloge d’un serveur du portail n’est pas à l’heure : d’après plusieurs autres horloges, elle ${figure < 0 ? 'retarde' : 'avance'} de ${gap(figure)}. Tant que cela dure, il refuse les codes des applications d’authentification.`,
      codes: (figure: number) =>
        `Le portail a envoyé ${figure} codes par e-mail pour le même usage en une heure, et n’en envoie plus pour le moment.`,
    },
    todo: {
      failures:
        'Quelqu’un essaie peut-être des mots de passe sur de nombreux comptes. Les connexions depuis des navigateurs inconnus sont ralenties ; les autres ne changent pas. Prévenez ceux qui exploitent le portail.',
      clock:
        'Aucun essai n’est compté. Les clés d’accès et les codes de secours marchent comme d’habitude, les notifications sur téléphone tant que l’écart reste sous deux minutes. Prévenez tout de suite ceux qui exploitent le portail : qu’ils remettent en route la synchronisation de l’heure (NTP).',
      codes:
        'Les envois reprendront peu à peu. Les personnes qui ont déjà un moyen de connexion se connectent comme d’habitude. Prévenez ceux qui exploitent le portail.',
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
