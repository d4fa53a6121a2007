// What agents read of cases and figures, and what people read who ask the helpdesk for help, in French.
import type { CaseFilter, CaseOutcome, DoneAtOnce } from '../cases/rules.ts';
import { days, hours, minutes } from '../duration.ts';
import type { HalfStep } from '../figures/rules.ts';
import type { HelpPlace, HelpTopic } from '../help/rules.ts';
import { frenchMoments } from './moments.ts';

const unbroken = (phone: string) => phone.replaceAll(' ', '\u00a0');
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const whole = new Intl.NumberFormat('fr-FR');
const plural = (n: number, one: string, many: string) => `${whole.format(n)} ${n > 1 ? many : one}`;
const percent = new Intl.NumberFormat('fr-FR', { style: 'percent' });
const { dayAndTime } = frenchMoments;

const topics: Record<HelpTopic, string> = {
  'cannot-scan': 'Le QR code ne se scanne pas',
  'no-mail': 'Aucun code ne m’arrive par e-mail',
  'forgotten-answers': 'J’ai oublié mes réponses secrètes',
  'lost-phone': 'Je n’ai plus mon téléphone',
  'something-else': 'Autre chose',
};

/** In words, for the person and for the agent: the same. */
const outcomes: Record<CaseOutcome, string> = {
  helped: 'Problème réglé',
  'nothing-wrong': 'Rien d’anormal',
  'not-reached': 'Personne non jointe',
  'passed-on': 'Transmis à un autre service',
};

export const frenchCases = {
  queue: {
    lead: 'Signalements « Ce n’était pas moi » et demandes d’aide. La plus ancienne attend en haut.',
    filter: 'Ne voir que',
    filters: { open: 'En cours', mine: 'Les miens', closed: 'Terminés' } satisfies Record<CaseFilter, string>,
    captions: { open: 'Dossiers en cours', mine: 'Dossiers que vous avez pris', closed: 'Dossiers terminés' } satisfies Record<CaseFilter, string>,
    none: {
      open: 'Aucun dossier n’attend. Un signalement ou une demande d’aide paraîtra ici, et l’assistance recevra un e-mail.',
      mine: 'Vous n’avez pris aucun dossier. Ouvrez-en un et choisissez « Prendre ce dossier ».',
      closed: 'Aucun dossier n’est terminé.',
    } satisfies Record<CaseFilter, string>,
    columns: { number: 'Numéro', kind: 'Nature', since: 'Depuis', closed: 'Fin', person: 'Personne', holder: 'Pris par', outcome: 'Issue' },
    more: 'Dossiers suivants',
    first: 'Revenir au début',
    about: (kind: string, topic: string) => `${kind} : ${topic}`,
    free: 'À prendre',
    you: 'Vous',
    gone: 'un compte disparu',
    newWords: 'Nouveau message',
  },
  kinds: { 'not-me': 'Ce n’était pas moi', help: 'Demande d’aide' },
  topics,
  outcomes,
  moment: dayAndTime,
  one: {
    title: (number: string) => `Dossier ${number}`,
    state: { free: 'À prendre', taken: 'Pris', closed: 'Terminé' },
    facts: 'Le dossier',
    kind: 'Nature',
    person: 'Personne',
    card: 'Ouvrir la fiche du compte',
    opened: 'Ouvert',
    openedAt: (at: number) => upperFirst(dayAndTime(at)),
    holder: 'Pris par',
    holderAt: (name: string, at: number) => `${name}, ${dayAndTime(at)}`,
    closed: 'Terminé',
    closedBy: (name: string, at: number, outcome: string) => `${outcome} : ${name}, ${dayAndTime(at)}`,
    happened: 'Ce qui est arrivé',
    event: 'Événement signalé',
    eventGone: 'L’événement n’est plus dans le journal : il a plus d’un an.',
    when: 'Quand',
    where: 'Avec',
    browser: (browser: { readonly browser: string; readonly system: string }) => `${browser.browser} sur ${browser.system}`,
    from: 'Depuis',
    atOnce: 'Ce qui a été fait aussitôt',
    done: ({ factors, recoveryCodes, answers, password, consent }: DoneAtOnce): string[] => [
      ...(factors > 0 ? [`${plural(factors, 'moyen de connexion suspendu', 'moyens de connexion suspendus')}.`] : []),
      ...(recoveryCodes ? ['Codes de secours annulés.'] : []),
      ...(answers ? ['Réponses secrètes effacées.'] : []),
      ...(password ? ['Mot de passe bloqué.'] : []),
      ...(consent === null ? [] : [`Accord avec ${consent} retiré.`]),
    ],
    sessions: 'Sessions fermées, connexions en cours arrêtées.',
    reported: 'La demande de connexion est refusée, et la tentative arrêtée.',
    asked: 'Ce que la personne demande',
    topic: 'Problème',
    text: 'En ses mots',
    noText: 'Rien de plus.',
    proven: 'Ce qu’elle a prouvé',
    places: {
      account: 'Une connexion entière : la demande vient de son compte.',
      enrolment: 'Son mot de passe et sa boîte aux lettres : la demande vient de l’inscription.',
      'sign-in': 'Son mot de passe seulement : ce peut être quelqu’un d’autre.',
      'reset-password': 'Sa boîte aux lettres seulement : ce peut être quelqu’un d’autre.',
    } satisfies Record<HelpPlace, string>,
    caution: 'Ce texte vient d’une page ouverte à qui connaît le mot de passe, ou tient la boîte aux lettres. Vérifiez l’appelant avant tout acte.',
    notes: 'Notes',
    noNotes: 'Aucune note.',
    noted: (name: string, at: number) => `${name}, ${dayAndTime(at)}`,
    /** Of what the person added: of which trouble, where it is another one. */
    added: (name: string, at: number, topic: string | null) => `${name} (la personne), ${dayAndTime(at)}${topic === null ? '' : ` : ${topic}`}`,
    newWords: {
      title: 'La personne a complété sa demande',
      todo: 'Lisez son message sous « Notes », puis notez ce que vous en faites.',
    },
    acts: 'Et maintenant',
    notYours: {
      'on-yourself': 'Ce dossier parle de votre propre compte : un collègue s’en occupe.',
      'on-a-colleague': 'Ce dossier parle d’un compte qui a un rôle dans l’assistance : seul un rôle plus élevé peut s’en occuper.',
    },
    othersHave: (name: string) => `${name} s’occupe de ce dossier.`,
    take: 'Prendre ce dossier',
    giveBack: 'Remettre en attente',
    reopen: 'Rouvrir le dossier',
    note: {
      label: 'Ajouter une note',
      hint: 'Pour vos collègues. La personne peut la lire dans ses données. 1 000 caractères au plus, sans code ni mot de passe.',
      submit: 'Enregistrer la note',
    },
    close: {
      legend: 'Comment le dossier se termine',
      hint: 'La personne en est informée par e-mail.',
      hints: {
        helped: 'Le problème est réglé avec la personne.',
        'nothing-wrong': 'Le compte a été regardé : rien d’anormal.',
        'not-reached': 'Plusieurs essais, sans réponse.',
        'passed-on': 'Un autre service continue.',
      } satisfies Record<CaseOutcome, string>,
      submit: 'Terminer le dossier',
    },
    told: {
      taken: 'Ce dossier est à vous',
      'by-other': (name: string) => `${name} vient de prendre ce dossier`,
      gone: 'Ce dossier n’est plus à prendre',
      returned: 'Le dossier est remis en attente',
      noted: 'La note est enregistrée',
      closed: 'Le dossier est terminé, la personne en est informée',
      reopened: 'Le dossier est rouvert',
    },
  },

  dashboard: {
    lead: 'Des nombres de comptes, et jamais un nom.',
    asOf: (at: number) => `Chiffres de ${frenchMoments.time(at)}`,
    asOfDay: (at: number) => upperFirst(dayAndTime(at)),
    none: 'Aucun décompte n’est encore fait. Le premier commence avec le portail, puis un tous les quarts d’heure.',
    again: 'Compter de nouveau',
    told: {
      counted: 'Les chiffres viennent d’être comptés',
      counting: 'Un décompte est en cours\nRechargez la page dans une minute : ces chiffres sont encore ceux d’avant.',
      fresh: 'Ces chiffres ont moins d’une minute',
    },
    download: 'Télécharger en CSV',
    downloadHint: 'Les mêmes nombres, pour un tableur.',
    print: 'Imprimer',
    number: (n: number) => whole.format(n),
    /** « 1 204 (38 %) » */
    share: (n: number, of: number) => (of === 0 ? whole.format(n) : `${whole.format(n)} (${percent.format(n / of)})`),
    accounts: {
      title: 'Comptes',
      active: 'Actifs',
      enrolled: 'Inscription terminée',
      half: 'Inscription commencée',
      notStarted: 'Inscription pas commencée',
      oneFactor: 'Un seul moyen de connexion',
      noFactor: 'Aucun moyen qui fonctionne',
      suspended: 'Un moyen de connexion suspendu',
      frozen: 'Gelés par l’assistance',
      disabled: 'Désactivés',
    },
    waiting: {
      title: 'En attente maintenant, après trop d’essais',
      passwords: 'Mots de passe',
      factors: 'Moyens de connexion',
      answers: 'Réponses secrètes',
    },
    half: {
      caption: 'Inscriptions commencées, par étape où elles en sont',
      columns: { step: 'Étape', now: 'Comptes', left: 'Sans rien depuis 7 jours' },
      steps: {
        'install-app': 'Choisir un moyen',
        'scan-code': 'Scanner, saisir le code',
        'answer-questions': 'Questions secrètes',
        'save-recovery-codes': 'Codes de secours',
      } satisfies Record<HalfStep, string>,
      all: 'Toutes',
    },
    funnel: {
      title: 'Inscriptions des 90 derniers jours',
      started: 'Commencées',
      finished: 'Terminées',
      median: 'Durée médiane, du premier choix à la fin',
      noMedian: 'Pas encore connue',
      length: (length: number) => {
        if (length < minutes(1)) return 'moins d’une minute';
        if (length < hours(1)) return plural(Math.round(length / minutes(1)), 'minute', 'minutes');
        return length < days(2) ? plural(Math.round(length / hours(1)), 'heure', 'heures') : plural(Math.round(length / days(1)), 'jour', 'jours');
      },
    },
    weeks: {
      caption: 'Inscriptions terminées par semaine',
      columns: { week: 'Semaine du', finished: 'Terminées', bar: 'En comparaison' },
      week: (from: number) => frenchMoments.day(from),
      current: (from: number) => `${frenchMoments.day(from)} (en cours)`,
      /** Of the bar, for who does not see it. */
      bar: (n: number, most: number) => (most === 0 ? '0 %' : percent.format(n / most)),
      barHint: 'La barre compare chaque semaine à la plus forte.',
    },
    lately: {
      title: 'Ces 30 derniers jours',
      reEnrolled: 'Téléphones remplacés sans l’ancien',
      passes: 'Accès provisoires donnés',
    },
    cases: {
      title: 'Dossiers',
      open: 'En cours',
      free: 'À prendre',
      oldest: 'Le plus ancien attend depuis',
    },
    fileName: 'chiffres-assistance',
    fileHead: { section: 'Partie', what: 'Chiffre', number: 'Nombre', left: 'sans rien depuis 7 jours', seconds: 'secondes' },
  },

  /** Of who asks for help. */
  help: {
    title: 'Demander de l’aide à l’assistance',
    link: 'Demander de l’aide à l’assistance',
    lead: 'Un agent lira votre demande et vous répondra. Vous pouvez aussi appeler.',
    topic: 'Qu’est-ce qui ne va pas ?',
    text: 'Autre chose à dire ? (facultatif)',
    textHint:
      '500 caractères au plus. N’écrivez jamais un mot de passe, un code, une réponse secrète ou un code de secours : l’assistance n’en a pas besoin.',
    submit: 'Envoyer la demande',
    open: {
      title: 'Votre demande est ouverte',
      lead: 'Donnez ce numéro si vous appelez : l’agent retrouvera votre demande.',
      number: 'Numéro du dossier',
      since: 'Depuis',
      sinceAt: (at: number) => upperFirst(dayAndTime(at)),
      state: 'État',
      waiting: 'Elle attend un agent.',
      taken: 'Un agent s’en occupe.',
      added: 'Complétée',
      arrived: 'Votre message est dans la demande. L’agent le lira.',
      add: {
        label: 'Compléter votre demande',
        submit: 'Envoyer',
      },
      one: 'Une seule demande est ouverte à la fois. Vous recevrez un e-mail quand elle sera terminée.',
    },
    call: 'Appeler',
    hours: 'Horaires',
    never: 'L’assistance ne demande jamais de mot de passe ni de code de secours.',
    onHelpPage: 'Connecté ? Demandez de l’aide depuis votre compte',
    onHelpPageHint: 'L’assistance saura ainsi que c’est vous. Pendant une inscription ou une connexion, le même lien est sur la page.',
    callUs: (phone: string, hours: string) => `${unbroken(phone)}, ${hours}`,
    goOn: 'Revenir à la page',
  },
};
export type CaseWords = typeof frenchCases;
