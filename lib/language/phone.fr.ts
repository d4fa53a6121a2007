// What the computer says of telephones that confirm, in French. What the telephone itself says is in authenticator.fr.ts.
import { frenchMoments as at } from './moments.ts';

const named = (names: readonly string[]) => names.map((name) => `« ${name} »`).join(' ou ');
const inSeconds = (left: number) => `${left} seconde${left > 1 ? 's' : ''}`;

export const frenchPhone = {
  /** The card of the wizard. */
  choice: {
    title: 'Une notification sur mon téléphone',
    hint: 'Vous la touchez et saisissez un nombre. Android ou iPhone.',
    recommended: 'Recommandé',
  },

  /** The page of the second factor, and that of the account. */
  request: {
    title: 'Confirmez sur votre téléphone',
    lead: (names: readonly string[]) => `Ouvrez la notification reçue sur ${named(names)} et saisissez ce nombre.`,
    leadBefore: (names: readonly string[]) => `La demande s’affichera sur ${named(names)}. Gardez-le sous la main.`,
    number: 'Nombre à saisir : ',
    waiting: 'En attente de votre réponse',
    left: (seconds: number) => `Encore ${inSeconds(seconds)}`,
    /** Without script, when the page was made. */
    until: (instant: number) => `Jusqu’à ${at.time(instant)}`,
    goesOn: 'Cette page continuera d’elle-même dès que vous aurez accepté.',
    refreshes: 'Cette page se recharge toutes les 5 secondes. Une fois la demande acceptée, un bouton « Continuer » y apparaît.',
    refresh: 'Recharger maintenant',
    notThere: 'La notification n’arrive pas ?',
    openApp: 'Ouvrez l’application Authentificateur sur le téléphone : la demande s’y trouve.',
    approved: 'Votre téléphone a confirmé',
    approvedLead: 'Il ne reste qu’à continuer.',
    continue: 'Continuer',
    ask: 'Envoyer une demande à mon téléphone',
    askAgain: 'Envoyer une autre demande',
    otherWay: 'Un autre moyen de connexion',
    lostPhone: 'Vous n’avez plus votre téléphone ?',
    /** Why a request came to nothing; what to do after the line break. */
    ended: {
      owner: 'La demande a été refusée sur le téléphone\nUn geste trop rapide ? Envoyez une autre demande.',
      number: 'La demande a été refusée : le nombre saisi n’était pas celui-ci\nEnvoyez une autre demande, et saisissez le nombre affiché alors.',
      locked: 'La demande a été refusée : le téléphone s’est bloqué\nChoisissez un autre moyen de connexion.',
      reported: 'La demande a été signalée sur le téléphone : ce n’est pas moi\nRien n’a été confirmé, et les demandes au téléphone sont suspendues.',
      expired: 'La demande a expiré sans réponse\nElle attend une minute. Envoyez-en une autre, ou choisissez un autre moyen.',
      superseded:
        'Une demande plus récente a remplacé celle-ci\nVous l’avez faite dans un autre onglet ? Répondez là-bas. Sinon, quelqu’un connaît votre mot de passe : choisissez « Ce n’est pas moi » sur le téléphone.',
      cancelled: 'La demande a été retirée\nEnvoyez-en une autre, ou choisissez un autre moyen.',
      used: 'Cette réponse a déjà servi\nEnvoyez une autre demande, ou choisissez un autre moyen.',
    },
    suspended:
      'Les demandes au téléphone sont suspendues\nPlusieurs sont restées sans réponse, ou l’une a été signalée. Choisissez un autre moyen de connexion : elles reprendront ensuite.',
  },
  /** On the page of the password, after « Ce n’est pas moi ». */
  reported:
    'Cette connexion a été arrêtée depuis votre téléphone\nVous avez répondu « Ce n’est pas moi ». Par erreur ? Recommencez. Sinon, quelqu’un connaît votre mot de passe : choisissez-en un autre avec « Mot de passe oublié ».',
  way: 'Mon téléphone, par une notification',
  codeWay: 'Le code à 6 chiffres affiché par mon téléphone',
  codeLead: (name: string) => `Ouvrez l’application Authentificateur sur « ${name} », puis « Afficher un code ».`,
  confirmWay: 'Répondre à une demande sur mon téléphone',
  locked: {
    heading: 'Votre téléphone est bloqué',
    title: 'Pour protéger votre compte, il ne confirme plus rien.',
    recoveryCode: 'Un code de secours vous ouvre votre compte : vous y relierez votre téléphone de nouveau.',
    nothing: 'Appelez l’assistance : elle vérifiera que c’est bien vous, puis vous aidera à le relier de nouveau.',
  },

  /** On the wizard's last page. */
  done: (name: string) => `Prochaine connexion : mot de passe, puis une demande sur « ${name} ».`,

  pairing: {
    title: 'Reliez votre téléphone',
    lead: 'Ce QR code relie votre téléphone à votre compte. Il sert une fois, pendant 10 minutes. Ne le partagez pas.',
    onThisPhone: 'Vous lisez cette page sur le téléphone à relier ?',
    openHere: 'Relier ce téléphone',
    qrTitle: 'QR code à scanner avec le téléphone à relier',
    cantScan: 'Impossible de scanner ?',
    typeCode: (address: string) => `Ouvrez ${address} sur le téléphone et saisissez ce code :`,
    android: 'Sur Android',
    androidSteps: [
      'Visez le QR code avec l’appareil photo et ouvrez le lien.',
      'Vérifiez que le nom affiché est le vôtre, puis suivez les étapes.',
      'Revenez ici confirmer que c’est votre téléphone.',
    ],
    iphone: 'Sur iPhone',
    iphoneSteps: (address: string) => [
      `Dans Safari, ouvrez ${address}.`,
      'Touchez Partager, puis « Sur l’écran d’accueil ». Ouvrez l’application depuis l’écran d’accueil.',
      'Dans l’application, scannez le QR code ou saisissez le code.',
      'Revenez ici confirmer que c’est votre téléphone.',
    ],
    waiting: 'En attente de votre téléphone',
    until: (instant: number) => `Valable jusqu’à ${at.time(instant)}.`,
    claimed: {
      title: 'Terminez sur votre téléphone',
      lead: 'Un téléphone a lu ce QR code. Suivez les étapes qu’il affiche, puis revenez ici.',
      waiting: 'Le téléphone n’a pas encore terminé',
      notMine: 'Ce n’est pas le vôtre ? N’acceptez rien, et recommencez.',
    },
    finished: {
      title: 'Est-ce bien votre téléphone ?',
      lead: 'Confirmez seulement si vous reconnaissez ce téléphone et que vous l’avez en main.',
      name: 'Nom',
      system: 'Système',
      unlock: 'Déverrouillage',
      notifications: 'Notifications',
      unlocks: { biometrics: 'Empreinte, visage ou code du téléphone', pin: 'Code PIN' },
      notified: 'Autorisées : une notification d’essai partira du téléphone',
      notNotified: 'Non autorisées : les demandes s’afficheront dans l’application',
      confirm: 'Oui, c’est mon téléphone',
      refuse: 'Ce n’est pas mon téléphone',
    },
    /** Asked of who has telephones already. */
    replaces: {
      legend: 'Ce téléphone remplace-t-il un des vôtres ?',
      hint: 'Le même téléphone, relié de nouveau, ou un nouveau à la place de l’ancien : l’ancien ne confirmera plus rien.',
      one: (name: string) => `Oui, il remplace « ${name} »`,
      none: 'Non, c’est un téléphone de plus',
      noneHint: 'Les autres continuent de confirmer.',
    },
    expired: {
      title: 'Ce QR code n’est plus valable',
      lead: 'Un QR code vaut 10 minutes, sur la page qui l’a demandé. Affichez-en un autre quand votre téléphone est prêt.',
      again: 'Afficher un autre QR code',
    },
    again: 'Recommencer avec un autre QR code',
    otherWay: 'Choisir un autre moyen',
    refreshes: 'Cette page se recharge toutes les 5 secondes.',
    refresh: 'Recharger maintenant',
  },

  /** In the account's list. */
  list: {
    kinds: { biometrics: 'Téléphone, déverrouillé par empreinte ou visage', pin: 'Téléphone, déverrouillé par code PIN' },
    system: (browser: string | null, system: string | null) => [browser, system].filter(Boolean).join(' sur '),
    addedAndUsed: (day: number, used: number) => `Ajouté le ${at.day(day)}, utilisé le ${at.day(used)}`,
    addedNeverUsed: (day: number) => `Ajouté le ${at.day(day)}, jamais utilisé`,
    seen: (when: number) => `Dernier contact : ${at.dayAndTime(when)}`,
    notified: (when: number) => `Les notifications arrivent. Dernière vérification : ${at.dayAndTime(when)}`,
    notNotified: 'Aucune notification vérifiée : lancez un essai depuis l’application, dans ses réglages',
    silent: 'Sans notifications : les demandes s’affichent dans l’application',
    locked: {
      pin: 'Bloqué après cinq codes PIN faux. Retirez-le, puis reliez-le de nouveau.',
      clone: 'Bloqué : un autre appareil a utilisé sa clé. Retirez-le, puis reliez-le de nouveau.',
    },
  },
};
