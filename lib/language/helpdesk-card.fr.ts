// An account's card and the verification of a caller, as agents read them, in French.
import type { EnrolmentStep } from '../enrolment/steps.ts';
import type { RequestEnd } from '../factors/phone/rules.ts';
import type { DiagnosisKey } from '../helpdesk/diagnosis/rules.ts';
import type { HelpdeskRefusal } from '../helpdesk/rules.ts';
import type { CallerMethod, Unavailable } from '../helpdesk/verify-caller/rules.ts';
import type { FactorKind, ProofKind } from '../sign-in/steps.ts';
import { frenchMoments as moments } from './moments.ts';

/** « Aujourd’hui à 13 h 41 »; the day and the hour, where it was another day than yesterday. */
const when = (at: number, now: number) => `${moments.dayHeading(at, now).replace(/,.*/, '')} à ${moments.time(at)}`;
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
/** Within a sentence: aujourd’hui à 13 h 41. */
const then = (at: number, now: number) => lowerFirst(when(at, now));
const plural = (n: number, one: string, many: string) => `${n} ${n > 1 ? many : one}`;
const list = new Intl.ListFormat('fr-FR', { type: 'conjunction' });

/** What a sentence on what is wrong may say more; null where it is not known. */
export interface DiagnosisDetails {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly at: number | null;
  readonly until: number | null;
  /** As an agent typed it. */
  readonly reason: string | null;
  readonly count: number;
  /** Of a clock, in seconds; negative: it is slow. */
  readonly drift: number;
  /** The next step of the wizard, in words. */
  readonly step: string;
  /** Whether there are secret questions here. */
  readonly questions: boolean;
  /** Whether the account has a role: neither a pass nor answers are for it. */
  readonly role: boolean;
}
/** Whoever has a role gets no pass: they are known by what they hold. */
const passOr = ({ role }: DiagnosisDetails, pass: string) =>
  role ? 'Un code de secours suffit ; sinon, c’est l’affaire d’un administrateur.' : pass;

/** What is wrong, and what usually helps. */
type Said = (details: DiagnosisDetails) => readonly [string, string];

const until = (at: number | null, now: number) =>
  at === null ? '' : ` jusqu’à ${moments.dayHeading(at, now).startsWith('Aujourd’hui') ? moments.timeFrom(at) : `${lowerFirst(when(at, now))}`}`;

const proofs: Record<ProofKind, string> = {
  password: 'mot de passe',
  'email-code': 'code reçu par e-mail',
  totp: 'code de l’application',
  'recovery-code': 'code de secours',
  passkey: 'clé d’accès',
  'passkey-verified': 'clé d’accès',
  'phone-biometrics': 'téléphone',
  'phone-pin': 'téléphone',
};

/** In the order in which they are asked for. */
const namesOf = (given: readonly string[]) => [...new Set(Object.entries(proofs).flatMap(([proof, name]) => (given.includes(proof) ? [name] : [])))];

export const frenchCard = {
  kinds: { internal: 'Interne', external: 'Externe' },
  /** Of the page's sections. */
  account: 'Compte',
  diagnosis: 'Ce qui se passe',
  also: (titles: readonly string[]) => `Aussi : ${titles.join(' · ')}`,
  factors: 'Moyens de connexion',
  events: 'Derniers événements',
  acts: 'Agir',
  address: 'Adresse',
  directory: 'Annuaire',
  directories: { embedded: 'Celui du portail', ldap: 'LDAP', 'active-directory': 'Active Directory' },
  opened: (directory: string, at: number) => `${directory}, compte ouvert le ${moments.day(at)}`,
  lastSignIn: 'Dernière connexion',
  noSignIn: 'Aucune depuis un an',
  signedIn: (at: number, now: number, with_: readonly string[]) => `${when(at, now)}${with_.length > 0 ? `, ${list.format(namesOf(with_))}` : ''}`,
  locks: 'Blocages',
  noLocks: 'Aucun',
  sessions: 'Sessions',
  openSessions: (n: number) => (n === 0 ? 'Aucune' : plural(n, 'navigateur connecté', 'navigateurs connectés')),
  cases: 'Dossiers ouverts',
  case: (number: string, kind: string, at: number, now: number) => `${number} : ${lowerFirst(kind)}, ${then(at, now)}`,
  taken: 'pris',
  frozen: (at: number, now: number, reason: string | null) => `Gelé ${then(at, now)} par l’assistance${reason ? ` : « ${reason} »` : ''}`,
  disabled: {
    operator: (at: number, now: number) => `Désactivé ${then(at, now)} par un administrateur`,
    directory: (at: number, now: number) => `Désactivé ${then(at, now)} : l’annuaire n’a plus cette personne`,
  },
  reEnrolment: {
    waiting: (from: number, now: number) => `Remplacement du téléphone possible ${then(from, now)}`,
    open: (to: number, now: number) => `Remplacement du téléphone ouvert${until(to, now)}`,
  },
  mail: { waiting: 'Messages en attente : le serveur de messagerie ne répond pas', refused: 'Dernier message refusé par le serveur de messagerie' },

  enrolment: {
    title: (step: number, of: number) => `Inscription : arrêtée à l’étape ${step} sur ${of}`,
    notBegun: 'Inscription : pas commencée',
    finished: 'Inscription : terminée',
    finishedAt: (at: number) => `Le ${moments.day(at)}.`,
    notBegunLead: 'À la première connexion, un code part par e-mail, puis le portail guide la personne.',
    steps: {
      welcome: 'Commencer',
      'install-app': 'Installer l’application',
      'scan-code': 'Scanner le QR code',
      'answer-questions': 'Questions secrètes',
      'save-recovery-codes': 'Codes de secours',
      done: 'Terminée',
    } satisfies Record<EnrolmentStep, string>,
    done: ' (terminée)',
    here: ' (étape en cours)',
    doneAt: when,
    since: (at: number, now: number) => `Depuis ${then(at, now)}`,
    wrongCodes: (count: number, first: number, last: number) =>
      count === 1 ? `1 code faux, à ${moments.time(first)}` : `${count} codes faux, de ${moments.time(first)} à ${moments.time(last)}`,
  },

  kindsOfFactor: { totp: 'Application d’authentification', phone: 'Téléphone', passkey: 'Clé d’accès' } satisfies Record<FactorKind, string>,
  noFactor: 'Aucun moyen de connexion n’est en place.',
  added: (kind: string, at: number, used: number | null) =>
    `${kind}. Ajout le ${moments.day(at)}, ${used === null ? 'aucun usage' : `dernier usage le ${moments.day(used)}`}`,
  notProven: 'Pas encore prouvé',
  chosen: (at: number, now: number, expired: boolean) => `Choisi ${then(at, now)}.${expired ? ' Le QR code a expiré : un autre s’affichera.' : ''}`,
  suspended: 'Suspendu',
  blocked: 'Bloqué',
  seen: (at: number, now: number) => `Dernier contact : ${then(at, now)}`,
  notifications: {
    arrive: (at: number | null, now: number) =>
      at === null ? 'Les notifications arrivent.' : `Les notifications arrivent : vérifié ${then(at, now)}.`,
    unknown: 'Notifications pas encore vérifiées.',
    none: 'Sans notifications : la demande s’affiche en ouvrant l’application.',
  },
  recoveryCodes: 'Codes de secours',
  codesLeft: (left: number, of: number) => `Il en reste ${left} sur ${of}`,
  noCodes: 'Aucun',
  questions: 'Questions secrètes',
  answered: (at: number) => `Choisies le ${moments.day(at)}`,
  notAnswered: 'Pas choisies',
  remove: 'Supprimer',

  allEvents: 'Tous les événements',
  of: (name: string) => ` de ${name}`,
  eventsTitle: (name: string) => `Événements de ${name}`,
  noEvents: 'Rien depuis un an.',
  from: (browser: string, system: string) => `${browser} sur ${system}`,
  network: (network: string) => `Réseau ${network}`,
  /** Of events in a row: how many, and since when. `first` null: at least so many, and their beginning was not looked for. */
  times: (n: number, first: number | null, now: number) => (first === null ? `Au moins ${n} fois` : `${n} fois, depuis ${then(first, now)}`),
  byOthers: 'Par l’assistance ou un administrateur.',

  verified: {
    phone: (at: number, to: number) => `Appelant vérifié par son téléphone à ${moments.time(at)}, jusqu’à ${moments.time(to)}.`,
    'email-code': (at: number, to: number) => `Appelant vérifié par un code reçu par e-mail à ${moments.time(at)}, jusqu’à ${moments.time(to)}.`,
    answers: (at: number, to: number) => `Appelant vérifié par deux réponses à ${moments.time(at)}, jusqu’à ${moments.time(to)}.`,
  } satisfies Record<CallerMethod, (at: number, to: number) => string>,
  notVerified: 'L’appelant n’est pas encore vérifié.',
  eachAct: (name: string) => `Chaque acte demande un motif et prévient ${name}.`,
  verify: 'Vérifier l’appelant',
  verifyAgain: 'Vérifier de nouveau',
  /** Before the names of acts that may not be done now. */
  whyNot: {
    'not-your-role': 'Réservé à un responsable :',
    'on-yourself': 'Pas sur votre propre compte :',
    'on-a-colleague': 'Pas sur le compte d’un collègue :',
    'caller-not-verified': 'Une fois l’appelant vérifié :',
  } satisfies Record<HelpdeskRefusal, string>,
  yourself: 'C’est votre propre compte : un collègue seul peut agir sur lui.',
  colleague: 'C’est le compte d’un collègue : seul un rôle plus élevé peut agir sur lui.',

  diagnoses: {
    'left-directory': ({ at, now }) => [
      'L’annuaire de l’institut n’a plus cette personne',
      `Son compte a été fermé${at === null ? '' : ` ${then(at, now)}`}. L’assistance ne peut pas le rouvrir : adressez la personne au service qui gère son contrat.`,
    ],
    disabled: ({ at, now }) => [
      'Ce compte est désactivé',
      `Un administrateur l’a fermé${at === null ? '' : ` ${then(at, now)}`}. Lui seul peut le rouvrir.`,
    ],
    frozen: ({ at, now, reason }) => [
      'Ce compte est gelé',
      `Par l’assistance${at === null ? '' : `, ${then(at, now)}`}${reason ? ` : « ${reason} »` : ''}. Lisez les dossiers ouverts et vérifiez l’appelant avant de le rouvrir.`,
    ],
    'password-frozen': () => [
      'Le mot de passe ne sert plus',
      'Son propriétaire a dit ne pas l’avoir choisi. Il en faut un autre : envoyez le lien de nouveau mot de passe.',
    ],
    're-enrolment-waiting': ({ until: from, now }) => [
      'Un remplacement de téléphone attend',
      `${from === null ? '' : `Il sera possible ${then(from, now)}. `}L’appelant n’a rien demandé ? Gelez le compte. C’est bien lui ? Un accès provisoire évite l’attente.`,
    ],
    'mail-refused': () => [
      'Le dernier code n’a pas pu être remis',
      'Le serveur de messagerie refuse cette adresse : aucun code n’arrivera. Adressez la personne au service de messagerie.',
    ],
    'mail-waiting': () => [
      'Les messages ne partent pas en ce moment',
      'Le serveur de messagerie ne répond pas. Le code partira de lui-même. En attendant, un autre moyen de connexion fonctionne.',
    ],
    'password-disabled': () => [
      'Cent mots de passe faux de suite',
      'Celui de cette personne n’est plus regardé dans un navigateur inconnu. Un nouveau mot de passe rouvre la connexion : envoyez le lien.',
    ],
    'password-waits': ({ until: to, now }) => [
      'Trop de mots de passe faux',
      `La connexion attend${until(to, now)}. L’appelant est sûr de son mot de passe ? Débloquez. Sinon, envoyez le lien de nouveau mot de passe.`,
    ],
    'phone-copied': (details) => [
      'Un téléphone est bloqué : il a peut-être été copié',
      `Il ne confirmera plus rien. ${passOr(details, 'Un accès provisoire permet de relier un téléphone de nouveau.')} Demandez si l’ancien a été perdu ou prêté.`,
    ],
    'phone-pins': (details) => [
      'Un téléphone est bloqué après cinq codes PIN faux',
      `Avec un autre moyen, la personne le relie elle-même, dans Mon compte. ${passOr(details, 'Sans autre moyen, donnez un accès provisoire.')}`,
    ],
    'factors-frozen': (details) => [
      'Aucun moyen de connexion ne sert plus',
      `Ils sont suspendus après « Ce n’était pas moi », ou un téléphone volé. ${passOr(details, 'Lisez le dossier, puis donnez un accès provisoire.')}`,
    ],
    'app-disabled': (details) => [
      'Cent codes d’application faux de suite',
      `L’application est fermée pour de bon. ${passOr(details, 'Un accès provisoire permet d’en mettre une autre en place.')}`,
    ],
    'app-waits': ({ until: to, now }) => [
      'Trop de codes d’application faux',
      `La connexion attend${until(to, now)}. Faites régler l’heure du téléphone sur automatique, puis débloquez.`,
    ],
    'phones-suspended': () => [
      'Le téléphone n’est plus interrogé',
      'Des demandes sont restées sans réponse, ou l’une a été signalée. Une connexion par un autre moyen les rétablit ; sinon, débloquez.',
    ],
    replacing: ({ until: to, now }) => [
      'Un remplacement de téléphone est ouvert',
      `Il vaut${until(to, now)}. La personne se connecte avec son mot de passe, choisit « Je n’ai plus mon téléphone » et suit les étapes.`,
    ],
    clock: ({ drift }) => [
      'L’horloge du téléphone n’est pas à l’heure',
      `Ses codes ${drift < 0 ? 'retardent' : 'avancent'} d’environ ${plural(Math.max(1, Math.round(Math.abs(drift) / 60)), 'minute', 'minutes')}. Faites régler la date et l’heure sur automatique, puis saisir le code affiché alors.`,
    ],
    'wrong-first-codes': ({ count }) => [
      `Arrêtée au QR code : ${plural(count, 'code faux', 'codes faux')}`,
      'Le plus souvent, l’heure du téléphone n’est pas automatique, ou l’application montre le code d’un autre compte. Faites vérifier les deux, puis saisir le code affiché alors.',
    ],
    pairing: () => [
      'Le téléphone n’est pas encore relié',
      'Faites terminer sur le téléphone, puis confirmer sur l’ordinateur. Au bout de dix minutes, il faut afficher un autre QR code.',
    ],
    'code-untyped': ({ at, now }) => [
      'Un code est parti par e-mail, et n’a pas été saisi',
      `Envoyé ${at === null ? 'il y a peu' : then(at, now)}. Faites chercher dans les indésirables, et saisir le code du dernier message seulement.`,
    ],
    'password-expired': () => [
      'Le mot de passe a expiré',
      'L’annuaire n’accepte plus celui que la personne saisit, même juste. Il en faut un autre : envoyez le lien de nouveau mot de passe.',
    ],
    'password-locked': () => [
      'L’annuaire a bloqué le mot de passe',
      'Il refuse après trop d’essais, et lui seul sait jusqu’à quand. Faites attendre quelques minutes, ou envoyez le lien de nouveau mot de passe.',
    ],
    'password-unseen': ({ at, now }) => [
      'Le dernier mot de passe a été refusé pendant une attente',
      `${at === null ? '' : `C’était ${then(at, now)}. `}Après des essais faux, même le bon est refusé un moment. L’attente est finie : faites réessayer, une fois, lentement.`,
    ],
    'wrong-password': ({ at, now }) => [
      'Le dernier mot de passe saisi était faux',
      `${at === null ? '' : `C’était ${then(at, now)}. `}Verrouillage des majuscules, ancien mot de passe ? Sinon, envoyez le lien de nouveau mot de passe.`,
    ],
    'half-enrolled': ({ step }) => [
      'La protection du compte n’est pas terminée',
      `Prochaine étape : « ${step} ». À la prochaine connexion, la personne reprend là où elle s’est arrêtée.`,
    ],
    'recovery-codes-closed': ({ until: to, now }) => [
      'Trop de codes de secours faux',
      `Ils attendent${until(to, now)}. Faites vérifier que la liste est la dernière, puis débloquez.`,
    ],
    'pass-waits': ({ until: to, now }) => [
      'Trop d’accès provisoires faux',
      `La saisie attend${until(to, now)}. Débloquez, puis épelez l’accès lentement.`,
    ],
    'answers-closed': ({ until: to, now }) => [
      'Les questions secrètes sont fermées',
      `Cinq essais faux en un jour : elles le restent${to === null ? '' : until(to, now)}. Un moyen de connexion ou un code de secours permet aussi de choisir un mot de passe.`,
    ],
    'never-came': () => [
      'Cette personne n’a encore rien mis en place',
      'Son mot de passe, puis un code reçu par e-mail : le portail la guide ensuite en quatre étapes. Comptez cinq minutes, téléphone en main.',
    ],
    'some-frozen': () => [
      'Un moyen de connexion ne sert plus',
      'Il est suspendu ou bloqué ; les autres fonctionnent. La personne peut le retirer et en ajouter un autre, dans Mon compte.',
    ],
    'silent-phone': () => [
      'Aucune notification n’arrive sur le téléphone',
      'La demande attend dans l’application Authentificateur : faites-la ouvrir. Les notifications se rétablissent dans ses réglages.',
    ],
    'no-recovery-codes': ({ role }) => [
      'Plus aucun code de secours',
      `Rien n’est bloqué. ${role ? 'P' : 'Téléphone perdu ou remplacé ? Donnez un accès provisoire. Sinon, p'}roposez d’en créer dix nouveaux, dans Mon compte.`,
    ],
    'one-factor': (details) => [
      'Un seul moyen de connexion',
      `Rien n’est bloqué. Il est perdu ? ${passOr(details, 'Donnez un accès provisoire.')} Sinon, proposez d’en ajouter un deuxième, dans Mon compte : le jour où le premier manque, personne n’attendra.`,
    ],
    fine: ({ questions, role }) => [
      'Tout va bien',
      `Rien ne bloque ce compte. Téléphone perdu ou remplacé ? Un code de secours suffit${role ? '' : ' ; sinon, donnez un accès provisoire'}.${questions && !role ? ' Réponses oubliées ? Elles se changent dans Mon compte.' : ''} Autre chose ? Faites lire à l’appelant ce que sa page affiche.`,
    ],
  } satisfies Record<DiagnosisKey, Said>,
  /** Before the link to the act that helps. */
  usuallyHelps: 'Aide le plus souvent :',

  verifyCaller: {
    title: 'Vérifier l’appelant',
    heading: (name: string) => `Est-ce bien ${name} qui appelle ?`,
    lead: 'Choisissez ce que l’appelant a sous la main. Vérifié, il le reste trente minutes, pour vous seul et pour ce compte seul.',
    rules: 'Ne dites rien de la fiche avant : ni adresse, ni moyens de connexion, ni dates. Ne rappelez jamais un numéro donné par l’appelant.',
    methods: {
      phone: {
        title: 'Une demande sur son téléphone',
        hint: 'Le plus sûr. Il a son téléphone en main et le déverrouille.',
        say: '« Je vous envoie une demande. Ouvrez-la, saisissez le nombre que je vais vous lire, puis Accepter. »',
        act: 'Envoyer la demande',
      },
      'email-code': {
        title: 'Un code par e-mail',
        hint: 'Il lit ses messages en ce moment, sur un ordinateur ou un téléphone.',
        say: '« Je vous envoie un code par e-mail. Lisez-moi ses six chiffres, à moi seul. »',
        act: 'Envoyer le code',
      },
      answers: {
        title: 'Deux réponses secrètes',
        hint: 'Pour qui n’a ni téléphone, ni messagerie. Toujours les deux mêmes questions.',
        say: '« Je vous pose deux de vos questions secrètes. Dites-moi vos réponses, je les saisis sans savoir si elles sont justes. »',
        act: 'Poser les questions',
      },
    } satisfies Record<CallerMethod, object>,
    unavailable: {
      'no-phone': 'Aucun téléphone qui confirme n’est relié à ce compte.',
      'phone-suspended': 'Ses téléphones ne sont plus interrogés : demandes sans réponse ou signalées.',
      'questions-off': 'L’institut ne pose pas de questions secrètes.',
      'no-answers': 'Les questions secrètes ne sont pas choisies.',
      'answers-closed': 'Fermées après trop de réponses fausses.',
      'has-role': 'Qui travaille à l’assistance se prouve par ce qu’il détient.',
    } satisfies Record<Unavailable, string>,
    answersFrom: (at: number) => `Fermées jusqu’au ${moments.dayAndTime(at)}.`,
    say: 'À dire :',
    other: 'Vérifier autrement',
    toCard: 'Revenir à la fiche',
    phone: {
      title: (name: string) => `Demande au téléphone de ${name}`,
      heading: 'Lisez ce nombre à l’appelant',
      lead: (names: readonly string[], name: string) =>
        `La demande à ${name} est sur ${names.map((phone) => `« ${phone} »`).join(' ou ')}. L’appelant l’ouvre, saisit ce nombre et choisit Accepter.`,
      headingBefore: 'Demande au téléphone',
      leadBefore: 'Le téléphone affichera : « Êtes-vous au téléphone avec l’assistance ? »',
      number: 'Nombre à lire : ',
      waiting: 'En attente du téléphone',
      left: (seconds: number) => `Encore ${plural(seconds, 'seconde', 'secondes')}`,
      until: (at: number) => `Jusqu’à ${moments.time(at)}`,
      goesOn: 'Cette page continuera d’elle-même.',
      refreshes: 'Cette page se recharge toutes les 5 secondes. Une fois la demande acceptée, un bouton « Continuer » y apparaît.',
      refresh: 'Recharger maintenant',
      notThere: 'Rien n’arrive ?',
      openApp: 'Faites ouvrir l’application Authentificateur sur le téléphone : la demande s’y trouve.',
      approved: 'Le téléphone a confirmé',
      approvedLead: 'Il ne reste qu’à continuer.',
      continue: 'Continuer',
      ask: 'Envoyer une demande',
      askAgain: 'Envoyer une autre demande',
      ended: {
        owner:
          'La demande a été refusée sur le téléphone\nL’appelant n’est pas vérifié. S’il dit ne pas avoir refusé, ce n’est pas lui qui tient ce téléphone.',
        number: 'Deux nombres faux ont été saisis\nL’appelant n’est pas vérifié. Relisez lentement le nombre d’une autre demande.',
        locked: 'Le téléphone s’est bloqué\nL’appelant n’est pas vérifié. Choisissez un autre moyen.',
        reported:
          'Le propriétaire du téléphone répond : ce n’est pas moi\nVous parlez sans doute à quelqu’un d’autre. N’agissez pas, ne dites rien de plus : un dossier est ouvert.',
        expired: 'Personne n’a répondu sur le téléphone\nL’appelant n’est pas vérifié. Envoyez une autre demande, ou choisissez un autre moyen.',
        superseded:
          'Une demande plus récente a remplacé celle-ci\nUne connexion, ou un collègue. Envoyez-en une autre, ou choisissez un autre moyen.',
        cancelled: 'La demande a été retirée\nEnvoyez-en une autre, ou choisissez un autre moyen.',
        used: 'Cette réponse a déjà servi\nEnvoyez une autre demande.',
      } satisfies Record<RequestEnd | 'expired' | 'superseded' | 'cancelled' | 'used', string>,
      suspended: 'Ses téléphones ne sont plus interrogés\nChoisissez un autre moyen.',
    },
    code: {
      title: (name: string) => `Code envoyé à ${name}`,
      heading: 'Saisissez le code que l’appelant vous lit',
      lead: (name: string, address: string) => `Un message est parti à ${name}, ${address}. Il dit de lire ce code à l’agent, et à personne d’autre.`,
      code: 'Code à 6 chiffres',
      validUntil: (at: number) => `Valable jusqu’à ${moments.time(at)}.`,
      submit: 'Comparer',
      again: 'Envoyer un autre code',
      late: 'Rien n’arrive ?',
      lateLead: 'Faites chercher dans les indésirables. Un autre code remplace le premier.',
    },
    answers: {
      title: (name: string) => `Deux réponses de ${name}`,
      heading: 'Saisissez ce que dit l’appelant',
      lead: (name: string) => `Posez à ${name} les deux questions telles quelles, sans aider. Les majuscules et les accents ne comptent pas.`,
      submit: 'Comparer les deux réponses',
    },
    done: { title: 'L’appelant est vérifié', lead: (at: number) => `Jusqu’à ${moments.time(at)}, pour vous seul et pour ce compte seul.` },
  },
};
