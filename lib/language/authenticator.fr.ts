// What the telephone's own app says, in French. Apart from the other words: the app speaks in the browser, also where there is no network.
import type { RequestEnd, RequestStatus } from '../factors/phone/rules.ts';
import { frenchMoments as at } from './moments.ts';

/** « Encore 1 seconde » */
const secondsLeft = (n: number) => `Encore ${n} ${n < 2 ? 'seconde' : 'secondes'}`;

const ends: Readonly<Record<RequestEnd, string>> = {
  owner: 'Refusée',
  reported: 'Signalée : ce n’était pas vous',
  number: 'Refusée : nombre faux',
  locked: 'Refusée : téléphone bloqué',
};
const statuses: Readonly<Record<Exclude<RequestStatus, 'denied'>, string>> = {
  pending: 'En attente',
  approved: 'Acceptée',
  consumed: 'Acceptée',
  expired: 'Sans réponse',
  superseded: 'Remplacée par une autre',
  cancelled: 'Annulée sur l’ordinateur',
};

export const frenchAuthenticator = {
  product: 'Authentificateur',
  /** As on the home screen, where long names are cut. */
  shortName: 'Authentificateur',
  wait: 'Un instant',
  at,

  /** Sentences as of problems. */
  unreachable: 'Le portail ne répond pas\nVérifiez que ce téléphone a du réseau, puis recommencez.',
  offline: 'Pas de réseau\nLes demandes s’afficheront dès son retour. En attendant, ce téléphone peut afficher un code.',
  noScript: {
    title: 'L’authentificateur a besoin de JavaScript',
    say: 'Activez-le dans ce navigateur. Sinon, confirmez vos connexions par un autre moyen : une application de codes, une clé d’accès ou un code de secours.',
  },
  unfit: {
    title: 'Ce navigateur ne convient pas',
    say: 'Ce navigateur ne garde pas de clé',
    advice: 'Quittez la navigation privée, mettez-le à jour, ou ouvrez cette page dans Chrome, Firefox, Safari ou Edge.',
  },

  start: {
    title: 'Relier ce téléphone',
    heading: 'Reliez ce téléphone à votre compte',
    lead: 'Sur l’ordinateur, ouvrez Mon compte, puis Moyens de connexion, et ajoutez un téléphone. Un QR code s’affiche.',
    scan: 'Scanner le QR code',
    code: 'Ou saisissez le code affiché à côté',
    codeHint: '8 lettres et chiffres, par exemple 7KQF-M2XD. Les tirets et les majuscules ne comptent pas.',
    codeMissing: 'Saisissez les 8 caractères affichés sur l’ordinateur.',
    submit: 'Continuer',
    notANewOne: 'Garder les comptes de ce téléphone comme ils sont',
  },
  install: {
    title: 'Installer l’application',
    heading: 'Installez d’abord l’application',
    lead: 'Sur iPhone et iPad, les notifications n’arrivent qu’aux applications de l’écran d’accueil.',
    steps: [
      'Touchez le bouton Partager de Safari.',
      'Choisissez « Sur l’écran d’accueil », puis « Ajouter ».',
      'Ouvrez l’application depuis l’écran d’accueil et scannez-y le QR code. Il n’a pas encore servi.',
    ],
    anyway: 'Continuer ici, sans notifications',
    android: 'Pour la retrouver d’un geste : menu du navigateur, puis « Installer l’application ».',
  },
  scanner: {
    title: 'Scanner le QR code',
    heading: 'Visez le QR code de l’ordinateur',
    looking: 'L’appareil photo cherche le QR code',
    opening: 'L’appareil photo s’ouvre',
    other: 'Ce QR code n’est pas celui du portail. Visez celui qui est affiché sur l’ordinateur.',
    noCamera:
      'L’appareil photo ne s’ouvre pas\nAutorisez-le pour ce site dans les réglages du téléphone, ou saisissez le code affiché à côté du QR code.',
    back: 'Saisir le code à la place',
  },
  account: {
    title: 'Votre compte',
    heading: 'Relier ce téléphone à ce compte ?',
    lead: 'Il confirmera les connexions à ce compte, et à aucun autre.',
    address: 'Compte',
    name: 'Nom',
    accept: 'Oui, c’est mon compte',
    refuse: 'Non',
    refused: 'Ce téléphone n’a pas été relié\nSi vous n’avez pas affiché ce QR code vous-même, n’en scannez pas d’autre de cette source.',
  },
  unlock: {
    title: 'Déverrouillage',
    heading: 'Comment direz-vous que c’est vous ?',
    lead: 'Ce sera demandé à chaque connexion.',
    legend: 'Déverrouillage',
    biometrics: 'Empreinte, visage ou code du téléphone',
    biometricsHint: 'Le plus sûr. Votre empreinte et votre visage ne quittent pas ce téléphone.',
    recommended: 'Recommandé',
    pin: 'Un code PIN',
    pinHint: 'Le portail le vérifie. Cinq erreurs bloquent ce téléphone.',
    noBiometrics: 'Ce navigateur ne peut demander ni empreinte, ni visage : un code PIN les remplace.',
    newPin: 'Choisissez un code PIN',
    newPinHint: 'De 6 à 12 chiffres, ni suite ni date.',
    pinMissing: 'Choisissez un code PIN de 6 à 12 chiffres.',
    submit: 'Continuer',
    making: 'Le téléphone attend votre empreinte, votre visage ou son code',
    cancelled: 'Le téléphone n’a rien enregistré\nVous avez fermé la demande, ou elle a expiré. Recommencez, ou choisissez un code PIN.',
  },
  pinField: { thePin: 'le code PIN', shown: 'Votre code PIN est affiché.', hidden: 'Votre code PIN est masqué.' },
  notifications: {
    title: 'Notifications',
    heading: 'Être prévenu des demandes',
    lead: 'Une notification vous dira qu’une connexion attend votre réponse. Elle ne montre ni l’application, ni le lieu, ni le nombre.',
    allow: 'Autoriser les notifications',
    without: 'Continuer sans notifications',
    denied:
      'Les notifications sont refusées\nPour les recevoir : réglages du navigateur, Notifications, puis ce site. Sans elles, les demandes s’affichent quand vous ouvrez l’application.',
    absent: 'Ce navigateur n’a pas de notifications\nLes demandes s’affichent quand vous ouvrez l’application.',
    failed:
      'Les notifications n’ont pas pu être mises en place\nLe service de notifications du navigateur ne répond pas. Continuez sans elles : vous pourrez réessayer plus tard.',
    asking: 'Le navigateur demande votre accord',
  },
  waiting: {
    title: 'Confirmez sur l’ordinateur',
    heading: 'Confirmez sur l’ordinateur',
    lead: 'L’ordinateur affiche maintenant le nom de ce téléphone. Dites-y que c’est le vôtre.',
    shown: 'Nom affiché',
    account: 'Compte',
    loading: 'En attente de l’ordinateur',
    again: 'Recommencer',
    gone: 'Ce téléphone n’a pas été relié\nL’ordinateur ne l’a pas confirmé, ou dix minutes sont passées. Recommencez avec un autre QR code.',
  },

  home: {
    title: 'Rien à confirmer',
    heading: 'Rien à confirmer',
    lead: 'À votre prochaine connexion, la demande apparaîtra ici.',
    paired: 'Ce téléphone est relié à votre compte',
    phone: 'Téléphone',
    account: 'Compte',
    notifications: 'Notifications',
    on: 'Actives',
    off: 'Inactives',
    denied: 'Refusées',
    absent: 'Absentes',
    unlock: 'Déverrouillage',
    biometrics: 'Empreinte, visage ou code',
    pin: 'Code PIN',
    lastUsed: 'Dernier usage',
    never: 'Pas encore',
    test: 'Envoyer une notification d’essai',
    testSent: 'L’essai est parti. Il arrive en quelques secondes.',
    testArrived: 'La notification d’essai est arrivée.',
    testLate:
      'Rien n’est arrivé\nVérifiez que le téléphone n’est ni en mode avion, ni en « Ne pas déranger », et que l’économie de batterie ne bloque pas le navigateur.',
    turnOn: 'Activer les notifications',
    answered: 'Dernières demandes',
    answer: (status: RequestStatus, why: RequestEnd | null) => (status === 'denied' ? ends[why ?? 'owner'] : (statuses[status] ?? '')),
    /** @param day as `Moments.dayHeading` writes it */
    onDay: (answer: string, day: string) => `${answer}, ${day.charAt(0).toLowerCase()}${day.slice(1)}`,
    settings: 'Réglages de ce téléphone',
    settingsOf: (address: string) => `Réglages, ${address}`,
    another: 'Relier un autre compte',
    forget: 'Effacer ce compte de l’application',
    today: (moment: number, now: number) => {
      const day = at.dayHeading(moment, now).replace(/,.*/, '');
      return `${day} à ${at.time(moment)}`;
    },
  },
  codes: {
    heading: 'Sans réseau',
    lead: 'Sur la page de connexion, choisissez « Code de votre application » et saisissez ce code.',
    show: 'Afficher un code',
    hide: 'Masquer le code',
    code: 'Code à saisir',
    left: secondsLeft,
    spoken: (digits: string) => `Code : ${digits}`,
  },

  request: {
    title: (application: string) => `Demande de connexion : ${application}`,
    heading: (application: string) => `Est-ce vous qui ouvrez ${application} ?`,
    application: 'Application',
    where: 'Lieu',
    browser: 'Navigateur',
    time: 'Heure',
    account: 'Compte',
    unknown: 'Inconnu',
    network: (network: string) => `Réseau ${network}`,
    seenBrowser: (browser: string, system: string) => `${browser} sur ${system}`,
    otherNetwork: 'Ce téléphone est sur un autre réseau que l’ordinateur. C’est normal hors du Wi-Fi ; sinon, regardez deux fois.',
    number: 'Nombre affiché sur l’ordinateur',
    numberHint: (seconds: number) => `Deux chiffres. ${secondsLeft(seconds)}.`,
    left: secondsLeft,
    numberMissing: 'Saisissez les deux chiffres affichés sur l’ordinateur.',
    pin: 'Votre code PIN',
    pinMissing: 'Saisissez votre code PIN.',
    accept: 'Accepter',
    deny: 'Refuser',
    reportHint: 'Vous n’essayez pas de vous connecter ? Quelqu’un connaît votre mot de passe.',
    report: 'Ce n’est pas moi',
    unlocking: 'Le téléphone attend votre empreinte, votre visage ou son code',
    cancelled: 'Le téléphone n’a pas confirmé que c’est vous\nVous avez fermé la demande, ou elle a expiré. Recommencez.',
    sending: 'Envoi de votre réponse',
    over: 'Cette demande a expiré\nElle attend une minute. Recommencez sur l’ordinateur si c’est bien vous.',
    ended: 'La demande n’attend plus\nElle a été remplacée, annulée, ou un autre téléphone a répondu.',
    done: {
      approved: 'C’est confirmé\nL’ordinateur continue de lui-même.',
      denied: 'La demande est refusée\nPersonne ne s’est connecté.',
      reported:
        'C’est signalé\nLa connexion est arrêtée et l’assistance est prévenue. Changez votre mot de passe dès maintenant : quelqu’un d’autre le connaît.',
    },
    changePassword: 'Changer mon mot de passe',
  },

  settings: {
    title: 'Réglages de ce téléphone',
    heading: 'Réglages de ce téléphone',
    name: 'Nom de ce téléphone',
    nameHint: 'Il s’affiche sur l’ordinateur, par exemple « Pixel de Claire ».',
    rename: 'Renommer',
    renamed: 'Le nom est changé.',
    notifications: 'Notifications',
    turnOff: 'Désactiver les notifications',
    turnedOff: 'Les notifications sont désactivées.',
    turnedOn: 'Les notifications sont actives.',
    pinHeading: 'Code PIN',
    currentPin: 'Code PIN actuel',
    newPin: 'Nouveau code PIN',
    newPinHint: 'De 6 à 12 chiffres, ni suite ni date.',
    changePin: 'Changer de code PIN',
    pinChanged: 'Le code PIN est changé.',
    removeHeading: 'Retirer ce téléphone',
    remove: 'Retirer ce téléphone de mon compte',
    removeTitle: 'Retirer ce téléphone ?',
    removeLead: 'Il ne confirmera plus rien pour ce compte. Vous pourrez le relier de nouveau.',
    removeYes: 'Retirer ce téléphone',
    removeNo: 'Le garder',
    removed: 'Ce téléphone est retiré de votre compte',
    back: 'Retour',
  },
};

export type AuthenticatorWords = typeof frenchAuthenticator;
