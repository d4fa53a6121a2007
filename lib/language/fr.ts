// Every word of the product in French: the source of the type that other languages satisfy.
// Sections follow the pages. `form` holds plain strings only, so that it can be handed to a client file whole.

import type { Affiliation } from '../accounts/rules.ts';
import { hours, minutes } from '../duration.ts';
import type { QuestionKey } from '../questions/rules.ts';
import type { SessionEnding } from '../sessions/rules.ts';
import { frenchActivity } from './activity.fr.ts';
import { frenchAuthenticator } from './authenticator.fr.ts';
import { frenchData } from './data.fr.ts';
import { frenchDisavowal } from './disavowal.fr.ts';
import { frenchHelpdesk } from './helpdesk.fr.ts';
import { frenchActs } from './helpdesk-acts.fr.ts';
import { frenchCard } from './helpdesk-card.fr.ts';
import { frenchCases } from './helpdesk-cases.fr.ts';
import { frenchLostPhone } from './lost-phone.fr.ts';
import { frenchMoments as at } from './moments.ts';
import { frenchPhone } from './phone.fr.ts';
import type { ProblemSentences } from './problems.ts';

const numbers = ['zéro', 'une', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'];
/** Small numbers in letters, for feminine nouns. */
const inLetters = (n: number) => numbers[n] ?? String(n);
const tries = (left: number) => (left === 1 ? 'Il vous reste 1 essai.' : `Il vous reste ${left} essais.`);

/** « votre nom, votre adresse e-mail » */
const enumerate = (claims: readonly string[]) => claims.map((c) => c.charAt(0).toLowerCase() + c.slice(1)).join(', ');

/** « 2 minutes ». @param left milliseconds */
const minutesLeft = (left: number) => (left > minutes(1) ? `${Math.ceil(left / minutes(1))} minutes` : 'une minute');

/** A telephone number stays on one line. */
const unbroken = (phone: string) => phone.replaceAll(' ', '\u00a0');

const problems: ProblemSentences = {
  // One constant text, whatever the reason: it must not tell whether an account exists (SEC-07).
  'wrong-credentials': () =>
    'Adresse e-mail ou mot de passe incorrect\nVérifiez les deux. Après plusieurs essais, attendez quelques minutes : pendant ce temps, même le bon mot de passe est refusé.',
  busy: () => 'Beaucoup de personnes se connectent en ce moment\nAttendez une minute, puis recommencez. Rien n’est perdu.',
  'directory-down': () =>
    'L’annuaire ne répond pas\nVotre mot de passe n’a pas pu être vérifié, et cet essai ne compte pas. Recommencez dans quelques minutes.',
  'directory-ambiguous': () =>
    'Cette adresse désigne deux personnes dans nos annuaires\nNous ne pouvons pas savoir laquelle vous êtes. Appelez l’assistance : il faut corriger l’annuaire.',
  'directory-incomplete': () =>
    'L’annuaire ne dit pas assez de vous\nIl manque votre nom, votre prénom ou une adresse de l’institut. Appelez l’assistance.',
  'directory-locked': () =>
    'L’annuaire a bloqué votre mot de passe après trop d’essais. Attendez quelques minutes, ou choisissez-en un autre par « Mot de passe oublié ? ».',
  'password-expired': () => 'Votre mot de passe a expiré\nChoisissez-en un autre par « Mot de passe oublié ? », puis revenez ici.',
  'password-must-change': () => 'L’annuaire vous demande un nouveau mot de passe\nChoisissez-le par « Mot de passe oublié ? », puis revenez ici.',
  'mail-down': () => 'Notre serveur de messagerie ne répond pas\nVotre code est prêt et partira dès son retour. Gardez cette page ouverte.',
  empty: ({ field }) =>
    ({
      address: 'Saisissez votre adresse e-mail.',
      current: 'Saisissez votre mot de passe actuel.',
      password: 'Saisissez votre mot de passe.',
      code: 'Saisissez le code.',
      recoveryCode: 'Saisissez un code de secours.',
    })[field ?? ''] ?? 'Remplissez ce champ.',
  'too-long': () => 'C’est trop long. Vérifiez ce que vous avez saisi ou collé.',
  unreadable: () => 'Nous ne pouvons pas lire ce qui a été envoyé. Saisissez-le de nouveau au clavier.',
  'address-format': () => 'Saisissez une adresse entière, par exemple prenom.nom@inserm.fr.',
  'wrong-code': ({ left }) =>
    left === undefined
      ? 'Ce code ne correspond pas. Vérifiez que l’heure de votre téléphone est réglée automatiquement, puis saisissez le code affiché maintenant.'
      : `Ce code ne correspond pas. Vérifiez les 6 chiffres du dernier message reçu.${left <= 3 ? ` ${tries(left)}` : ''}`,
  'expired-code': () => 'Ce code a expiré. Demandez-en un autre.',
  'used-code': () => 'Ce code a déjà servi. Attendez le suivant (30 secondes au plus).',
  'used-email-code': () => 'Ce code a déjà servi. Demandez-en un autre.',
  'replaced-code': () => 'Ce code a été remplacé par un plus récent. Saisissez celui du dernier message reçu.',
  'no-tries-left': () => 'Ce code n’accepte plus d’essai. Demandez-en un autre.',
  'send-too-soon': ({ retryAt }) =>
    retryAt === undefined
      ? 'Un code vient de partir. Attendez une minute avant d’en demander un autre.'
      : `Un code vient de partir. Vous pourrez en demander un autre à ${at.timeFrom(retryAt)}.`,
  'send-limit': ({ retryAt }) =>
    retryAt === undefined
      ? 'Nous vous avons déjà envoyé plusieurs codes. Saisissez celui du dernier message reçu, ou revenez plus tard.'
      : `Nous vous avons déjà envoyé plusieurs codes. Saisissez celui du dernier message reçu, ou demandez-en un autre à partir de ${at.timeFrom(retryAt)}.`,
  'codes-paused': ({ retryAt }) =>
    retryAt === undefined
      ? 'Le portail a envoyé trop de codes ces derniers temps et fait une pause. Réessayez dans quelques minutes.'
      : `Le portail a envoyé trop de codes ces derniers temps et fait une pause. Réessayez à ${at.timeFrom(retryAt)}.`,
  'clock-drift': ({ drift = 0 }) =>
    `Ce code ne correspond pas, sans doute parce que votre téléphone ${drift < 0 ? 'retarde' : 'avance'} de ${at.gap(drift)}. Réglez son heure sur automatique, puis saisissez le code affiché maintenant.`,
  'portal-clock': () =>
    'L’horloge du portail n’est pas à l’heure\nLes codes des applications ne peuvent pas être vérifiés pour le moment. Ce n’est pas votre faute, et aucun essai n’est compté. Choisissez un autre moyen proposé sur cette page, ou réessayez dans quelques minutes : l’assistance est prévenue.',
  'portal-clock-new-app': () =>
    'L’horloge du portail n’est pas à l’heure\nLe code de votre application ne peut pas être vérifié pour le moment. Ce n’est pas votre faute, et aucun essai n’est compté. Gardez l’application comme elle est et réessayez dans quelques minutes, ou choisissez une clé d’accès : l’assistance est prévenue.',
  'portal-clock-phone': () =>
    'L’horloge du portail n’est pas à l’heure\nCe téléphone ne peut rien confirmer pour le moment : il n’y est pour rien, et vous non plus. Réessayez dans quelques minutes, ou connectez-vous avec une clé d’accès ou un code de secours.',
  wait: ({ retryAt }) =>
    retryAt === undefined
      ? 'Trop d’essais. Pour protéger votre compte, attendez quelques minutes avant de recommencer.'
      : `Trop d’essais. Pour protéger votre compte, attendez jusqu’à ${at.timeFrom(retryAt)} avant de recommencer.`,
  'factor-disabled': () =>
    'Ce moyen de connexion est désactivé après trop d’essais. Choisissez un autre moyen de connexion, ou appelez l’assistance.',
  'pass-wrong': () => 'Cet accès provisoire ne correspond pas. Relisez-le avec l’assistance : seize lettres et chiffres, sans I, L, O ni U.',
  'pass-used': () => 'Cet accès provisoire a déjà servi. Demandez-en un autre à l’assistance.',
  'pass-expired': () => 'Cet accès provisoire n’est plus valable : il vaut une heure. Demandez-en un autre à l’assistance.',
  'wrong-recovery-code': () => 'Ce code de secours ne correspond pas, ou il a déjà servi. Essayez le suivant de votre liste.',
  'passkey-expired': () => 'La demande a expiré\nElle sert une seule fois, pendant 5 minutes. Recommencez.',
  'passkey-unknown': () =>
    'Cette clé n’est pas reliée à ce compte\nElle a peut-être été retirée. Essayez une autre clé, ou choisissez un autre moyen de connexion.',
  'passkey-refused': () => 'Cette clé n’a pas pu être vérifiée\nRecommencez. Si cela se reproduit, choisissez un autre moyen de connexion.',
  'passkey-copied': () =>
    'Cette clé a peut-être été copiée\nSon compteur est revenu en arrière : elle est refusée. Choisissez un autre moyen de connexion, puis appelez l’assistance.',
  'passkey-not-verified': () =>
    'Cette clé n’a pas vérifié que c’est vous\nSans empreinte, visage ou code, elle ne suffit pas seule : saisissez votre adresse et votre mot de passe. Elle servira ensuite.',
  'passkey-already-there': () => 'Cette clé est déjà en place\nPrenez-en une autre.',
  'proof-needed': () => 'Votre dernière confirmation est trop ancienne. Confirmez que c’est vous : rien de votre saisie n’est perdu.',
  'factor-needed': () => 'Ici, un code de secours ne suffit pas. Confirmez avec votre téléphone, votre application ou votre clé : rien n’est perdu.',
  'role-unknown': () => 'L’annuaire ne répond pas : votre rôle n’a pas pu être vérifié. Rien n’a été fait. Recommencez dans quelques minutes.',
  'not-your-role': () => 'Votre rôle ne permet pas cet acte. Demandez à un responsable de l’assistance.',
  'on-yourself': () => 'Vous ne pouvez pas agir sur votre propre compte. Demandez à un collègue.',
  'on-a-colleague': () => 'Ce compte a un rôle dans l’assistance : seul un rôle plus élevé peut agir sur lui, et personne ne lui donne d’accès.',
  'caller-not-verified': () => 'Vérifiez d’abord l’appelant : la dernière vérification manque ou date de plus de trente minutes.',
  'method-unavailable': () => 'Ce moyen n’est pas, ou plus, possible pour ce compte. Choisissez-en un autre.',
  'verification-gone': () => 'Cette vérification n’attend plus de réponse. Recommencez-la.',
  'caller-answers-wrong': ({ left }) =>
    `Ces deux réponses ne correspondent pas\nNe dites pas à l’appelant laquelle vous semble fausse : le portail ne le dit à personne.${left === undefined ? '' : ` ${tries(left)}`}`,
  'caller-answers-closed': ({ retryAt }) =>
    `Trop de réponses fausses\nCe moyen est fermé${retryAt === undefined ? ' pendant une semaine' : ` jusqu’au ${at.dayAndTime(retryAt)}`} : vérifiez l’appelant par un autre moyen.`,
  'reason-needed': () => 'Donnez le motif : au moins cinq caractères, sans information confidentielle.',
  'unknown-account': () => 'Ce compte n’existe pas, ou n’existe plus.',
  'account-closed': () => 'Ce compte est gelé ou désactivé : rouvrez-le d’abord, si vous le pouvez.',
  'account-disabled': () => 'Ce compte est désactivé par un administrateur ou par l’annuaire. Lui seul peut le rouvrir : transmettez-lui la demande.',
  'not-frozen': () => 'Ce compte n’est pas gelé : il n’y a rien à rouvrir.',
  'nothing-locked': () => 'Il n’y a rien à débloquer : aucune attente ne court, et rien n’est suspendu.',
  'no-session': () => 'Cette session n’est pas, ou plus, ouverte : il n’y a rien à fermer.',
  'nothing-to-replace': () =>
    'Ce compte n’a aucun moyen de connexion à remplacer\nUn accès provisoire n’ouvrirait rien : la personne se connecte avec son mot de passe et un code reçu par e-mail.',
  'pass-after-reset': ({ retryAt }) =>
    `Le mot de passe de ce compte vient d’être remplacé, ou un lien pour le remplacer vient de partir\n${retryAt === undefined ? 'Un accès provisoire sera possible le lendemain.' : `Un accès provisoire sera possible à partir du ${at.dayAndTime(retryAt)}.`} Avant, demandez à un responsable de l’assistance.`,
  'reset-after-pass': ({ retryAt }) =>
    `Un accès provisoire vient d’être donné pour ce compte\n${retryAt === undefined ? 'Un lien pour changer de mot de passe sera possible le lendemain.' : `Un lien pour changer de mot de passe sera possible à partir du ${at.dayAndTime(retryAt)}.`} Avant, demandez à un responsable de l’assistance.`,
  'pass-shown': () =>
    'Cet accès provisoire a déjà été affiché, une seule fois\nPour en donner un autre, rouvrez cette page : le premier ne servira plus.',
  'reset-just-sent': () => 'Le message vient déjà de partir. Attendez deux minutes avant d’en envoyer un autre.',
  'factor-removed': () => 'Ce moyen de connexion n’est plus là : il n’y a rien à supprimer.',
  'only-factor': () =>
    'C’est le seul moyen de connexion qui fonctionne\nSans lui, le mot de passe et la boîte aux lettres suffiraient. Donnez plutôt un accès provisoire : le nouveau moyen prendra la place de l’ancien.',
  'removal-asked': () => 'La suppression de ce moyen de connexion est déjà demandée. Elle attend l’accord d’un collègue.',
  'removal-gone': () => 'Cette demande n’est plus là : un collègue a décidé, ou elle a été retirée.',
  'removal-expired': () => 'Cette demande a expiré : elle valait une heure. Elle peut être faite de nouveau, avec un appelant vérifié.',
  'own-removal': () => 'C’est votre demande : un collègue doit en décider. Vous pouvez seulement la retirer.',
  'others-removal': () => 'C’est la demande d’un collègue : vous pouvez l’accepter ou la refuser, pas la retirer.',
  'asker-gone': () => 'L’agent qui a fait cette demande n’a plus de rôle dans l’assistance. Refusez-la.',
  'looks-secret': () =>
    'Ce texte semble contenir un code ou un mot de passe. Retirez-le : personne ne doit le connaître, pas même l’assistance. Puis envoyez de nouveau.',
  'help-open': () => 'Une demande d’aide est déjà ouverte pour ce compte. Écrivez ce que vous voulez y ajouter.',
  'help-limit': ({ retryAt }) =>
    retryAt === undefined
      ? 'Trois demandes ont déjà été faites en un jour. Appelez l’assistance.'
      : `Trois demandes ont déjà été faites en un jour. Appelez l’assistance, ou revenez à partir de ${at.timeFrom(retryAt)}.`,
  'help-additions-limit': ({ retryAt }) =>
    retryAt === undefined
      ? 'Vous avez déjà complété votre demande cinq fois en un jour. Appelez l’assistance.'
      : `Vous avez déjà complété votre demande cinq fois en un jour. Appelez l’assistance, ou revenez à partir de ${at.timeFrom(retryAt)}.`,
  'note-needed': () => 'Écrivez la note : au moins trois caractères.',
  'case-gone': () => 'Ce dossier n’existe pas, ou n’existe plus.',
  'case-open': () => 'Ce dossier est déjà ouvert.',
  'case-not-yours': () => 'Ce dossier n’est pas, ou n’est plus à vous\nRechargez la page : elle dit qui l’a pris. Rien n’a été enregistré.',
  'figures-fresh': () => 'Ces chiffres ont moins d’une minute. Attendez un peu avant d’en demander d’autres.',
  'last-factor': () => 'C’est votre seul moyen de connexion. Ajoutez-en un autre avant de le retirer.',
  'factor-gone': () => 'Ce moyen de connexion n’est plus là : il a été retiré dans une autre fenêtre.',
  'name-missing': () => 'Donnez un nom, par exemple « Pixel de Claire ».',
  'wrong-password': () => 'Ce n’est pas votre mot de passe actuel.',
  'same-password': () => 'C’est votre mot de passe actuel. Choisissez-en un autre.',
  'password-too-short': () => 'Ce mot de passe est trop court. Il faut 15 caractères au moins : une suite de mots fonctionne bien.',
  'password-too-long': () => 'Ce mot de passe est trop long. Il faut 256 caractères au plus.',
  'password-common': () => 'Ce mot de passe est l’un des premiers que l’on essaie. Choisissez-en un autre.',
  'password-personal': () => 'Ce mot de passe contient votre nom, votre adresse ou celui de l’institut. Choisissez-en un autre.',
  'password-guessable': () => 'Ce mot de passe se devine en trop peu d’essais. Ajoutez un ou deux mots sans rapport entre eux.',
  'password-is-answer': () => 'Ce mot de passe est l’une de vos réponses secrètes. Choisissez-en un autre.',
  'directory-in-history': () => 'L’annuaire refuse ce mot de passe : vous l’avez déjà utilisé. Choisissez-en un autre.',
  'directory-too-young': () => 'L’annuaire refuse de changer un mot de passe aussi récent. Réessayez demain, ou appelez l’assistance.',
  'directory-too-simple': () => 'L’annuaire trouve ce mot de passe trop simple. Ajoutez des majuscules, des chiffres ou d’autres signes.',
  'directory-too-short': () => 'L’annuaire trouve ce mot de passe trop court. Ajoutez un ou deux mots.',
  'directory-other': () => 'L’annuaire refuse ce mot de passe, sans dire pourquoi. Choisissez-en un autre, ou appelez l’assistance.',
  'reset-disabled': () =>
    'Trop de codes faux ont été saisis pour cette adresse. Recommencez dans un navigateur où vous vous êtes déjà connecté, ou appelez l’assistance.',
  'choose-one': () => 'Choisissez une réponse.',
  'question-missing': () => 'Choisissez une question.',
  'same-question': () => 'Cette question est déjà choisie plus haut. Prenez-en une autre.',
  'answer-missing': () => 'Saisissez votre réponse.',
  'same-answer': () => 'Cette réponse sert déjà plus haut. Donnez quatre réponses différentes.',
  'answer-too-short': () => 'Cette réponse est trop courte. Écrivez-la en entier.',
  'answer-guessable': () => 'Cette réponse serait facile à deviner. Donnez-en une que personne d’autre ne connaît, ou prenez une autre question.',
  'answers-wrong': ({ left }) =>
    `Ces réponses ne correspondent pas toutes\nLes majuscules, les accents, les espaces et la ponctuation ne comptent pas.${left === undefined ? '' : ` ${tries(left)}`}`,
  'answers-closed': ({ retryAt }) =>
    retryAt === undefined
      ? 'Trop de réponses fausses\nCe moyen est fermé pendant une semaine : choisissez un autre moyen, ou appelez l’assistance.'
      : `Trop de réponses fausses\nCe moyen est fermé jusqu’au ${at.dayAndTime(retryAt)} : choisissez un autre moyen, ou appelez l’assistance.`,
  'answers-disabled': () => 'Vos questions secrètes ne sont plus acceptées\nChoisissez un autre moyen, ou appelez l’assistance.',
  'not-kept': () => 'Conservez vos codes, puis cochez cette case.',
  'no-phone': () => 'Aucun téléphone ne peut répondre\nChoisissez un autre moyen de connexion.',
  'phone-suspended': () =>
    'Les demandes au téléphone sont suspendues\nPlusieurs sont restées sans réponse, ou l’une a été signalée. Choisissez un autre moyen de connexion : elles reprendront ensuite.',
  'phone-limit': ({ retryAt }) =>
    retryAt === undefined
      ? 'Plusieurs demandes sont déjà parties. Attendez quelques minutes, ou choisissez un autre moyen de connexion.'
      : `Plusieurs demandes sont déjà parties. Attendez jusqu’à ${at.timeFrom(retryAt)}, ou choisissez un autre moyen de connexion.`,
  'phone-gone': () =>
    'Ce téléphone n’est plus relié à un compte\nReliez-le de nouveau : sur un ordinateur, ouvrez Mon compte, puis Moyens de connexion.',
  'phone-locked': () =>
    'Ce téléphone est bloqué\nPour protéger votre compte, il ne confirme plus rien. Connectez-vous par un autre moyen et reliez-le de nouveau, ou appelez l’assistance.',
  'phone-clock': ({ drift = 0 }) =>
    `L’heure de ce téléphone ${drift < 0 ? 'retarde' : 'avance'} de ${at.gap(drift)}\nRéglez-la sur automatique, puis recommencez.`,
  'phone-silent': () =>
    'Ce téléphone ne reçoit pas de notifications\nAutorisez-les dans les réglages du téléphone. En attendant, les demandes s’affichent quand vous ouvrez l’application.',
  'phone-not-ready': () => 'Le téléphone n’a pas encore terminé\nFinissez les étapes sur le téléphone, puis confirmez ici.',
  'test-too-soon': ({ retryAt }) =>
    retryAt === undefined
      ? 'Un essai vient de partir. Attendez une demi-minute.'
      : `Un essai vient de partir. Attendez jusqu’à ${at.timeFrom(retryAt)}.`,
  'call-refused': () => 'Cette demande n’a pas pu être vérifiée\nFermez l’application, rouvrez-la, puis recommencez.',
  'already-sent': () => 'Cette réponse est déjà partie\nRecommencez si rien ne se passe.',
  'request-gone': () => 'Cette demande n’est plus là.',
  'request-expired': () => 'Cette demande a expiré\nElle attend une minute. Recommencez sur l’ordinateur si c’est bien vous.',
  'request-superseded': () =>
    'Une demande plus récente a remplacé celle-ci\nVous n’en avez pas fait d’autre ? Quelqu’un connaît votre mot de passe : choisissez « Ce n’est pas moi » sur la suivante.',
  'request-answered': () => 'Cette demande a déjà reçu une réponse.',
  'wrong-number': ({ left }) =>
    left === 0
      ? 'Ce n’est pas le nombre affiché sur l’ordinateur. La demande est refusée : recommencez sur l’ordinateur si c’est bien vous.'
      : 'Ce n’est pas le nombre affiché sur l’ordinateur. Il vous reste 1 essai.',
  'unlock-needed': () =>
    'Déverrouillez d’abord\nUtilisez ce que vous avez choisi sur ce téléphone : votre empreinte, votre visage ou votre code PIN.',
  'biometrics-refused': () => 'Le téléphone n’a pas confirmé que c’est vous\nRecommencez avec votre empreinte, votre visage ou le code du téléphone.',
  'biometrics-not-verified': () =>
    'Ce téléphone n’a pas vérifié que c’est vous\nActivez l’empreinte, le visage ou le code du téléphone, ou choisissez un code PIN.',
  'wrong-pin': ({ left }) => `Ce n’est pas votre code PIN.${left === undefined ? '' : ` ${tries(left)}`}`,
  'same-pin': () => 'C’est votre code PIN actuel. Choisissez-en un autre.',
  'pin-length': () => 'Choisissez un code PIN de 6 à 12 chiffres.',
  'pin-digits': () => 'Un code PIN n’a que des chiffres.',
  'pin-guessable': () => 'Ce code PIN est l’un des premiers que l’on essaie : suite, répétition ou date. Choisissez-en un autre.',
  'ticket-unknown': ({ field }) =>
    field === 'code'
      ? 'Ce code ne correspond à aucun ajout en cours. Vérifiez les 8 caractères affichés sur l’ordinateur.'
      : 'Ce QR code n’est pas l’un des nôtres\nScannez celui qui est affiché sur l’ordinateur.',
  'ticket-used': () =>
    'Ce QR code a déjà servi\nSi ce n’est pas par vous, ne confirmez rien sur l’ordinateur : choisissez-y « Ce n’est pas mon téléphone », puis recommencez.',
  'ticket-expired': () => 'Ce QR code n’est plus valable\nIl vaut 10 minutes. Sur l’ordinateur, affichez-en un autre.',
  'pairing-changed': () => 'Le téléphone à confirmer a changé\nRegardez le nom affiché maintenant avant de confirmer.',
  'endpoint-refused': () =>
    'Les notifications de ce navigateur ne passent pas par un service connu\nUtilisez Chrome, Firefox, Safari ou Edge. Vous pouvez continuer sans notifications.',
  'expired-page': () => 'Cette page n’est plus à jour. Nous avons rechargé l’étape où vous en êtes.',
};

const questions: Readonly<Record<QuestionKey, string>> = {
  'school-not-attended': 'Nom d’un établissement où vous avez postulé sans y aller',
  'driving-instructor': 'Prénom de votre moniteur d’auto-école',
  'first-soft-toy': 'Nom de votre première peluche',
  'school-trip': 'Destination de votre voyage scolaire le plus marquant',
  'maths-teacher': 'Nom de famille de votre professeur de maths en 4e',
  'first-school-remembered': 'Première école dont vous vous souvenez',
  'childhood-neighbours': 'Nom de famille des voisins de votre enfance',
  'first-film': 'Premier film vu au cinéma',
  'holiday-friend': 'Prénom d’un ami de vacances perdu de vue',
  'first-concert': 'Premier concert auquel vous avez assisté',
  'canteen-dish': 'Plat de la cantine que vous redoutiez',
  'childhood-doctor': 'Nom du médecin de votre enfance',
  'first-record': 'Premier disque que vous avez acheté',
  'childhood-hiding-place': 'Votre cachette préférée quand vous étiez enfant',
};

/** What an application may learn, by OpenID Connect claim. */
const claims: Readonly<Record<'name' | 'given_name' | 'family_name' | 'email' | 'eduperson_principal_name' | 'eduperson_affiliation', string>> = {
  name: 'Votre nom',
  given_name: 'Votre prénom',
  family_name: 'Votre nom de famille',
  email: 'Votre adresse e-mail',
  eduperson_principal_name: 'Votre identifiant dans l’établissement',
  eduperson_affiliation: 'Votre lien avec l’établissement',
};

/** Values of eduPersonAffiliation. */
const affiliations: Readonly<Record<Affiliation, string>> = {
  faculty: 'enseignement ou recherche',
  student: 'études',
  staff: 'personnel administratif ou technique',
  alum: 'ancien membre',
  member: 'membre',
  affiliate: 'personnel extérieur',
  employee: 'personnel',
  'library-walk-in': 'lecteur de passage',
};

export const fr = {
  language: { code: 'fr', name: 'Français' },
  at,
  problems,
  questions,
  claims,
  affiliations,

  /** The telephone's own app. */
  authenticator: frenchAuthenticator,

  /** What every page carries. */
  frame: {
    skip: 'Aller au contenu',
    helpAndLanguage: 'Aide et langue',
    help: 'Aide',
    back: 'Retour',
    goingTo: 'Vous continuez vers',
    accessibility: 'Accessibilité : non conforme',
    privacy: 'Données personnelles',
    assistance: 'Assistance :',
    /** In the margin of a wizard. */
    step: (n: number, of: number) => `Étape ${n} sur ${of}`,
    stepDone: '(terminée)',
    returnsTo: (application: string) => `Vous reviendrez ensuite à ${application}.`,
  },
  /** What shared components say by themselves. */
  kit: {
    errorTitle: 'Erreur :',
    onePoint: 'Un point à corriger',
    /** The number stands before. */
    points: 'points à corriger',
    error: 'Erreur :',
    show: 'Afficher',
    hide: 'Masquer',
    thePassword: 'le mot de passe',
    passwordShown: 'Votre mot de passe est affiché.',
    passwordHidden: 'Votre mot de passe est masqué.',
    copy: 'Copier',
    copied: 'C’est copié.',
    notCopied: 'La copie n’a pas marché. Sélectionnez le texte, puis copiez-le.',
    print: 'Imprimer',
    download: 'Télécharger',
    proof: 'Confirmez que c’est vous',
    proofHint: 'Le code à 6 chiffres de votre application d’authentification, ou un code de secours.',
    waiting: 'Envoi en cours',
  },

  /** What pages with a passkey say when the browser could not do it. Sentences as of problems. */
  passkeys: {
    cancelled:
      'Rien n’a été envoyé\nVous avez fermé la demande, elle a expiré, ou cet appareil n’a pas de clé pour ce compte. Vous pouvez recommencer.',
    alreadyThere: 'Cette clé est déjà en place\nPrenez-en une autre.',
    unsupported: 'Ce navigateur ne prend pas en charge les clés d’accès\nEssayez-en un autre, ou choisissez un autre moyen.',
    noScript: 'Une clé d’accès a besoin de JavaScript, qui est désactivé dans ce navigateur. Activez-le, ou choisissez un autre moyen.',
  },

  signIn: {
    title: 'Connexion',
    heading: 'Connectez-vous',
    form: {
      allRequired: 'Tous les champs sont obligatoires.',
      address: 'Adresse e-mail',
      password: 'Mot de passe',
      submit: 'Se connecter',
      forgotten: 'Mot de passe oublié ?',
      lostPhone: 'Vous n’avez plus votre téléphone ?',
      passkey: 'Utiliser une clé d’accès',
    },
    addressHint: (domain: string) => `Format attendu : prenom.nom@${domain}`,
  },

  emailCode: {
    title: 'Code reçu par e-mail',
    heading: 'Saisissez le code reçu par e-mail',
    /** The address follows, in bold, and a full stop. */
    sentTo: 'Nous venons de l’envoyer à',
    validUntil: (expiresAt: number, minutes: number) => `Valable jusqu’à ${at.time(expiresAt)}, soit ${minutes} minutes.`,
    form: {
      code: 'Code à 6 chiffres',
      submit: 'Continuer',
      nothingReceived: 'Vous n’avez pas reçu de code ?',
      /** The sender's address follows, in bold, and a full stop. */
      lookInSpam: 'Regardez d’abord dans les indésirables : le message vient de',
      again: 'Envoyer un autre code',
    },
    noAccess: (phone: string) => `Vous n’avez plus accès à cette boîte ? Appelez l’assistance au ${unbroken(phone)}.`,
    sentAnother: 'Un autre code vient de partir\nLe précédent ne sert plus.',
    mailDown: 'Notre serveur de messagerie ne répond pas\nVotre code partira dès son retour. Gardez cette page ouverte.',
  },

  /** A forgotten password. */
  resetPassword: {
    steps: {
      start: 'Adresse e-mail',
      'email-code': 'Code reçu par e-mail',
      'prove-identity': 'Confirmation',
      'choose-password': 'Nouveau mot de passe',
    },
    start: {
      title: 'Mot de passe oublié',
      heading: 'Choisissez un nouveau mot de passe',
      lead: 'Nous envoyons d’abord un code à votre adresse. Vous confirmez ensuite que c’est vous.',
      form: { address: 'Adresse e-mail', submit: 'Recevoir un code' },
      haveCode: 'J’ai déjà reçu un code',
    },
    emailCode: {
      /** The address follows, in bold, and a full stop. */
      sentTo: 'Si un compte a cette adresse, un code vient d’y partir :',
      noAccess: (phone: string, hours: string) =>
        `Vous n’avez plus accès à cette boîte ? Appelez l’assistance au ${unbroken(phone)}, ${hours}, avec une pièce d’identité et votre contrat ou votre matricule.`,
    },
    proveIdentity: {
      title: 'Confirmez que c’est vous',
      heading: 'Comment voulez-vous confirmer que c’est vous ?',
      lead: 'Un seul de ces moyens suffit pour choisir un nouveau mot de passe.',
      legend: 'Moyen de confirmation',
      passkeyHint: 'Empreinte, visage, code de l’appareil ou clé USB.',
      answersWay: 'Mes quatre questions secrètes',
      answersWayHint: 'Les quatre réponses sont demandées ensemble.',
      submit: 'Continuer',
      otherWay: 'Confirmer autrement',
      noneOfThese: (phone: string, hours: string) =>
        `Aucun de ces moyens ? Appelez l’assistance au ${unbroken(phone)}, ${hours}, avec une pièce d’identité et votre contrat ou votre matricule.`,
      answersClosed: (until: number | null) =>
        until === null
          ? 'Vos questions secrètes ne sont plus acceptées.'
          : `Vos questions secrètes sont fermées jusqu’au ${at.dayAndTime(until)}, après cinq essais faux.`,
      /** Where there is no way left. */
      helpdesk: {
        heading: 'L’assistance va confirmer que c’est vous',
        lead: 'Rien de ce que contient votre compte ne peut le confirmer ici : ni un moyen de connexion, ni des questions secrètes, ni un code de secours.',
        call: (phone: string, hours: string) => `Appelez le ${unbroken(phone)}, ${hours}, ou venez sur place.`,
        bring: 'Ayez avec vous une pièce d’identité, votre contrat ou votre matricule, et le nom de votre responsable.',
      },
    },
    answers: {
      title: 'Questions secrètes',
      heading: 'Répondez à vos quatre questions',
      lead: 'Les quatre réponses sont vérifiées ensemble. Les majuscules, les accents, les espaces et la ponctuation ne comptent pas.',
      form: { submit: 'Continuer' },
    },
    recoveryCodeLead: 'L’un des dix codes que vous avez imprimés ou copiés à l’inscription. Il ne servira plus.',
    choosePassword: {
      title: 'Nouveau mot de passe',
      heading: 'Choisissez votre nouveau mot de passe',
      lead: 'Toutes vos sessions seront fermées, sur tous vos appareils. Vos moyens de connexion restent les mêmes.',
      form: { submit: 'Enregistrer ce mot de passe' },
    },
    done: {
      title: 'Votre mot de passe est changé',
      lead: 'Toutes vos sessions sont fermées. Connectez-vous avec le nouveau mot de passe, puis confirmez comme d’habitude.',
      mailed: (address: string) => `Nous vous avons écrit à ${address} pour garder une trace de ce changement.`,
      signIn: 'Se connecter',
    },
  },

  secondFactor: {
    waysTitle: 'Un autre moyen de connexion',
    waysHeading: 'Choisissez comment confirmer que c’est vous',
    waysLead: 'Voici les moyens que vous avez mis en place.',
    /** Where every factor was disowned. */
    frozen: {
      heading: 'Vous ne pouvez pas vous connecter pour le moment',
      title: 'Vos moyens de connexion sont suspendus, à la suite d’un signalement.',
      recoveryCode: 'Un code de secours vous ouvre encore votre compte : vous y mettrez en place un nouveau moyen de connexion.',
      nothing: 'L’assistance est prévenue. Elle vérifiera que c’est bien vous, puis vous aidera à mettre en place un nouveau moyen de connexion.',
    },
    passkeyWay: 'Ma clé d’accès ou ma clé de sécurité',
    codeAppWay: 'Mon application d’authentification',
    codeAppWayHint: 'Le code à 6 chiffres affiché sur votre téléphone.',
    recoveryCodeWay: 'Un code de secours',
    recoveryCodeWayHint: 'L’un des dix codes que vous avez imprimés ou copiés.',
    noneOfThese: (phone: string) => `Aucun de ces moyens ? Appelez l’assistance au ${unbroken(phone)}.`,
    form: {
      submit: 'Continuer',
      otherWay: 'Un autre moyen de connexion',
      lostPhone: 'Vous n’avez plus votre téléphone ?',
      choose: 'Moyen de connexion',
    },
    passkey: {
      title: 'Clé d’accès ou clé de sécurité',
      heading: 'Confirmez avec votre clé',
      lead: 'Votre navigateur va vous demander votre empreinte, votre visage, le code de l’appareil, ou de toucher votre clé de sécurité.',
      form: { submit: 'Utiliser ma clé' },
    },
    codeApp: {
      title: 'Code de votre application',
      heading: 'Saisissez le code affiché par votre application',
      lead: (app: string, line: string) => `Ouvrez ${app}, ligne « ${line} ».`,
      leadAnyApp: (line: string) => `Ouvrez votre application d’authentification, ligne « ${line} ».`,
      form: {
        code: 'Code à 6 chiffres',
        codeHint: 'Un nouveau code apparaît toutes les 30 secondes.',
      },
    },
    recoveryCode: {
      title: 'Code de secours',
      heading: 'Saisissez un code de secours',
      lead: 'L’un des dix codes que vous avez imprimés ou copiés à l’inscription. Chacun sert une seule fois.',
      form: {
        code: 'Code de secours',
        codeHint: 'Exemple : 7KQF-M2XD-9TRV-H4PA. Les tirets et les majuscules ne comptent pas.',
      },
    },
  },

  lostPhone: frenchLostPhone,

  helpdesk: frenchHelpdesk,
  helpdeskActs: frenchActs,
  helpdeskCard: frenchCard,

  phone: frenchPhone,

  enrol: {
    steps: {
      'install-app': 'Installer l’application',
      'scan-code': 'Scanner le QR code',
      'answer-questions': 'Questions secrètes',
      'save-recovery-codes': 'Codes de secours',
    },
    welcome: {
      /** Title and heading. @param steps how many the institute asks for */
      title: (steps: number) => `Protégez votre compte en ${steps} étapes`,
      lead: 'Un mot de passe peut être volé. Avec votre téléphone en plus, il ne suffit plus à personne d’autre que vous.',
      steps: {
        'install-app': { name: 'Installer l’application', why: 'ou garder celle que vous avez déjà' },
        'scan-code': { name: 'Scanner le QR code', why: 'pour relier votre téléphone à votre compte' },
        'answer-questions': { name: 'Choisir quatre questions secrètes', why: 'pour retrouver un mot de passe oublié' },
        'save-recovery-codes': { name: 'Garder vos codes de secours', why: 'pour le jour où le téléphone manque' },
      },
      duration: 'Comptez environ 5 minutes. Gardez votre téléphone près de vous. Vous pouvez vous arrêter et reprendre plus tard.',
      start: 'Commencer',
      later: 'Reprendre plus tard',
    },
    installApp: {
      title: 'Choisissez comment confirmer votre identité',
      lead: 'Commencez par un moyen. Vous pourrez en ajouter d’autres.',
      form: {
        legend: 'Moyen de connexion',
        otherApp: 'Une autre application',
        otherAppHint: 'Toute application qui affiche des codes à 6 chiffres : celle que vous avez déjà, ou celle d’un ordinateur.',
        passkey: 'Une clé d’accès ou une clé de sécurité',
        passkeyHint: 'Empreinte, visage, code de l’appareil ou clé USB.',
        passkeyScript: 'Elle a besoin de JavaScript, qui est désactivé dans ce navigateur.',
        recommended: 'Recommandée',
        install: 'Installez-la si vous ne l’avez pas encore.',
        android: 'Android',
        ios: 'iPhone',
        storeHint: 'Sur un ordinateur, visez ce QR code avec l’appareil photo du téléphone : la page d’installation s’y ouvre.',
        submit: 'Continuer',
      },
      appHint: 'Six chiffres à recopier, même sans réseau. Gratuite, pour Android et iPhone.',
      storeCode: (app: string, system: string) => `QR code de la page d’installation de ${app} pour ${system}, pour l’appareil photo du téléphone`,
      noSmartphone: 'Vous n’avez pas de smartphone ?',
      noSmartphoneAnswer: (phone: string) =>
        `Votre ordinateur ou une clé USB suffisent : choisissez « Une clé d’accès ou une clé de sécurité ». Une application de codes sur votre ordinateur convient aussi : choisissez « Une autre application ». Pour vous aider : ${unbroken(phone)}.`,
      unsure: 'Je ne sais pas lequel choisir',
      recommendation: 'Notre conseil pour vous',
      /** Why the one that is chosen already was chosen. */
      because: {
        'notification-on-phone': (way: string) =>
          `${way} : vous voyez qui demande avant d’accepter, et le téléphone affiche aussi un code pour les jours sans réseau.`,
        'passkey-on-phone': (way: string) =>
          `${way} : votre téléphone la garde sans rien installer, et vous confirmez avec votre empreinte ou son code.`,
        'passkey-on-computer': (way: string) => `${way} : votre ordinateur ou votre clé USB suffisent, sans téléphone.`,
        'nothing-at-hand': (phone: string) =>
          `Sans smartphone, sans ordinateur à vous et sans clé de sécurité, appelez l’assistance au ${unbroken(phone)} : elle trouvera un moyen avec vous.`,
      },
    },
    whichWay: {
      title: 'Trouvez le moyen qui vous convient',
      lead: 'Trois questions, et nous vous en conseillons un. Vous pourrez en choisir un autre.',
      questions: {
        smartphone: { question: 'Avez-vous un smartphone avec vous ?', hint: 'Android ou iPhone.' },
        install: {
          question: 'Pouvez-vous y installer une application ?',
          hint: 'Un téléphone professionnel l’interdit parfois. Sans smartphone, ou en cas de doute, répondez non.',
        },
        computer: {
          question: 'Avez-vous un ordinateur à vous, ou une clé de sécurité ?',
          hint: 'Une clé de sécurité se branche en USB, ou s’approche du téléphone.',
        },
      },
      yes: 'Oui',
      no: 'Non',
      submit: 'Voir notre conseil',
    },
    scanCode: {
      title: 'Scannez ce QR code',
      heading: 'Scannez ce QR code avec votre application',
      lead: 'Il relie l’application à votre compte. Ne partagez ni ce QR code ni la clé.',
      onThisPhone: 'Vous lisez cette page sur le téléphone à configurer ?',
      openApp: 'Ouvrir mon application',
      qrTitle: 'QR code d’association à scanner avec votre application',
      cantScan: 'Impossible de scanner ?',
      typeKey: 'Saisissez cette clé :',
      copyKey: 'Copier la clé',
      keyCopied: 'La clé est copiée.',
      form: {
        code: 'Saisissez le code affiché par votre application',
        codeHint: '6 chiffres. Un nouveau code apparaît toutes les 30 secondes.',
        submit: 'Continuer',
      },
      otherApp: 'Choisir une autre application',
    },
    passkey: {
      title: 'Créez votre clé d’accès',
      /** In the margin, instead of the QR code. */
      step: 'Créer la clé',
      lead: 'Votre navigateur va vous proposer cet appareil, votre téléphone ou une clé de sécurité. Votre empreinte et votre code n’en sortent jamais.',
      form: { submit: 'Créer ma clé' },
      otherWay: 'Choisir un autre moyen',
    },
    answerQuestions: {
      title: 'Choisissez quatre questions secrètes',
      lead: 'Vos réponses vous permettront de choisir un nouveau mot de passe si vous oubliez le vôtre. Personne ne peut les lire, pas même l’assistance.',
      form: {
        hint: 'Quatre questions différentes, quatre réponses différentes. Les majuscules et les accents ne comptent pas.',
        chooseQuestion: 'Choisir une question',
        question: ['Question 1', 'Question 2', 'Question 3', 'Question 4'],
        answer: 'Votre réponse',
        toQuestion: ['à la question 1', 'à la question 2', 'à la question 3', 'à la question 4'],
        submit: 'Continuer',
      },
    },
    saveRecoveryCodes: {
      title: 'Gardez vos codes de secours',
      lead: (count: number) =>
        `Un code remplace votre téléphone le jour où il manque. Chacun sert une seule fois. Gardez ces ${count} codes hors de votre téléphone.`,
      printed: (address: string, day: number, host: string, phone: string) =>
        `Compte : ${address}. Codes créés le ${at.day(day)} pour ${host}. Assistance : ${unbroken(phone)}.`,
      copy: 'Copier',
      copied: 'Les codes sont copiés.',
      downloadName: 'codes-de-secours.txt',
      notAgain: 'Ces codes ne seront plus affichés après cette page.',
      form: {
        kept: 'J’ai conservé mes codes',
        submit: 'Terminer',
      },
    },
    done: {
      title: 'Votre compte est protégé',
      lead: (app: string) => `Prochaine connexion : mot de passe, puis code de ${app}.`,
      leadAnyApp: 'Prochaine connexion : mot de passe, puis code de votre application.',
      leadPasskey: (key: string) => `Prochaine connexion : mot de passe, puis votre clé (${key}).`,
      mailed: (address: string) => `Nous vous avons écrit à ${address} pour garder une trace de ce changement.`,
      goOn: (application: string) => `Continuer vers ${application}`,
    },
  },

  consent: {
    title: (application: string) => `Partage d’informations avec ${application}`,
    heading: (application: string, count: number) => `${application} demande ${inLetters(count)} information${count > 1 ? 's' : ''}`,
    lead: 'Ces informations seront lues chaque fois que vous vous y connecterez.',
    headingNothing: (application: string) => `${application} demande à vous reconnaître`,
    leadNothing: 'Un identifiant qui ne dit rien de vous sera transmis chaque fois que vous vous y connecterez : ni votre nom, ni votre adresse.',
    /** The account's link follows, then `thenRefuse`. */
    duration: (days: number) => `Votre accord vaut ${days} jours. Vous pourrez le retirer dans`,
    place: 'Mon compte',
    ifRefused: (application: string) => `Si vous refusez, vous revenez à ${application} sans connexion, et rien n’est transmis.`,
    form: { allow: 'Autoriser', refuse: 'Refuser' },
  },

  account: {
    label: 'Mon compte',
    places: {
      home: 'Accueil',
      factors: 'Moyens de connexion',
      questions: 'Questions secrètes',
      password: 'Mot de passe',
      applications: 'Applications',
      sessions: 'Sessions',
      activity: 'Activité',
      data: 'Mes données',
    },
    signOut: 'Se déconnecter',
    activity: frenchActivity,
    data: frenchData,
    home: {
      title: 'Accueil',
      protectedLead: (factor: string, others: number) =>
        others === 0
          ? `Après votre mot de passe, vous confirmez avec ${factor}.`
          : `Après votre mot de passe, vous confirmez avec ${factor}. ${others === 1 ? 'Un autre moyen prend' : `${others} autres moyens prennent`} le relais s’il manque.`,
      unprotectedLead: 'Ajoutez un moyen de connexion : un mot de passe volé ne suffira plus.',
      fewCodes: (left: number) =>
        left === 0 ? 'Il ne vous reste aucun code de secours' : `Il ne vous reste que ${left} code${left > 1 ? 's' : ''} de secours`,
      level: {
        'password-only': { heading: 'Votre compte n’est protégé que par son mot de passe' },
        'one-way': { heading: 'Votre compte est protégé, par un seul moyen' },
        well: { heading: 'Votre compte est bien protégé' },
      },
      next: {
        'add-factor': {
          title: 'Ajoutez un moyen de connexion',
          why: 'Un mot de passe volé ne suffira plus à personne d’autre que vous.',
          act: 'Ajouter un moyen',
        },
        'make-recovery-codes': {
          title: 'Vous n’avez pas de codes de secours',
          why: 'Créez-en une nouvelle série avant d’en manquer.',
          act: 'Créer dix codes',
        },
        'choose-questions': {
          title: 'Choisissez vos questions secrètes',
          why: 'Elles vous aideront à retrouver un mot de passe oublié.',
          act: 'Choisir mes questions',
        },
        'renew-questions': {
          title: 'Vos questions secrètes ont plus de deux ans',
          why: 'Si vous n’êtes plus sûr de vos réponses, changez-les.',
          act: 'Changer mes questions',
        },
        'add-second-factor': {
          title: 'Vous n’avez qu’un moyen de connexion',
          why: 'Avec un deuxième, perdre ou changer de téléphone ne vous arrêtera pas.',
          act: 'Ajouter un moyen',
        },
      },
      done: {
        'questions-changed': 'Vos nouvelles questions secrètes sont enregistrées',
        'password-changed': 'Votre mot de passe est changé, vos autres sessions sont fermées',
      },
      briefHeading: 'En bref',
      factorsSay: (name: string, n: number) => (n === 1 ? name : `${n} moyens, dont « ${name} »`),
      factorsNone: 'Aucun',
      passwordChanged: (day: number) => `Changé le ${at.day(day)}`,
      passwordSay: 'Peut être changé ici',
      happened: (sentence: string, when: number) => `${sentence}, ${at.day(when)} à ${at.time(when)}`,
      verbs: { manage: 'Gérer', change: 'Changer', choose: 'Choisir', see: 'Voir', download: 'Télécharger' },
      dataSay: 'Ce que ce service sait de vous',
      noFactors: 'Aucun moyen de connexion. Ceux que vous mettrez en place apparaîtront ici.',
      recoveryCodes: 'Codes de secours',
      recoveryCodesLeft: (left: number, of: number) => `${left} code${left > 1 ? 's' : ''} restant${left > 1 ? 's' : ''} sur ${of}`,
      addedAndUsed: (day: number, used: number) => `Ajoutée le ${at.day(day)}, utilisée le ${at.day(used)}`,
      addedNeverUsed: (day: number) => `Ajoutée le ${at.day(day)}, jamais utilisée`,
      codesMade: (day: number, used: number | null) => `Créés le ${at.day(day)}${used === null ? '' : `, utilisés le ${at.day(used)}`}`,
      questions: 'Questions secrètes',
      questionsChosen: (day: number) => `Choisies le ${at.day(day)}`,
      questionsNone: 'Pas encore choisies',
      applicationsLead: 'Ce que chaque application peut lire de vous. Retirer un accord l’arrête aussitôt ; elle vous le redemandera.',
      applicationsWith: (n: number) =>
        n === 0 ? 'Aucune ne lit vos informations' : n === 1 ? 'Une lit vos informations' : `${n} lisent vos informations`,
      noApplications: 'Aucune application ne lit vos informations. Les accords que vous donnerez apparaîtront ici.',
      reads: (claims: readonly string[]) => `Lit : ${enumerate(claims)}`,
      agreed: (given: number, until: number) => `Accord donné le ${at.day(given)}, valable jusqu’au ${at.day(until)}`,
      used: (when: number | null) => (when === null ? 'Pas encore utilisé' : `Dernière utilisation : ${at.dayAndTime(when)}`),
      withdraw: 'Retirer',
      sessionsHeading: 'Sessions',
      sessionsLead: 'Si vous avez laissé une session ouverte ailleurs, fermez-les toutes.',
      signOutEverywhere: 'Me déconnecter partout',
    },
    factors: {
      lead: 'Ce qui confirme que c’est bien vous, après votre mot de passe.',
      kinds: { totp: 'Application d’authentification', phone: 'Téléphone', passkey: 'Clé d’accès ou clé de sécurité' },
      frozen: 'Bloqué',
      rename: 'Renommer',
      remove: 'Retirer',
      noCodes: 'Aucun code',
      makeCodes: 'Créer dix codes',
      add: 'Ajouter un moyen',
      addPasskey: 'Ajouter une clé d’accès',
      changePhone: 'Changer de téléphone',
      told: (address: string) => `Pour tout changement, nous vous demandons de confirmer votre identité, puis nous vous écrivons à ${address}.`,
      done: {
        added: 'Votre nouveau moyen de connexion est en place',
        renamed: 'Le nouveau nom est enregistré',
        removed: 'Ce moyen de connexion est retiré',
        'codes-kept': 'Vos nouveaux codes de secours sont en place, les anciens ne servent plus',
        'phone-changed': 'Votre nouveau téléphone a remplacé l’ancien',
      },
      renaming: {
        title: (name: string) => `Renommer « ${name} »`,
        form: { name: 'Nouveau nom', nameHint: 'Par exemple : Pixel de Claire. 60 caractères au plus.', submit: 'Enregistrer' },
      },
      removing: {
        title: (name: string) => `Retirer « ${name} » ?`,
        lead: (others: readonly string[]) => `Il ne permettra plus de vous connecter. Il vous restera : ${others.join(', ')}.`,
        form: { keep: 'Garder ce moyen', remove: 'Retirer ce moyen' },
        lastTitle: 'C’est votre seul moyen de connexion',
        lastLead: (name: string) => `Sans « ${name} », votre compte ne serait protégé que par son mot de passe. Ajoutez d’abord un autre moyen.`,
      },
      newCodes: {
        title: 'Créer dix codes de secours',
        none: 'Un code de secours remplace votre téléphone le jour où il manque.',
        left: (left: number) =>
          `Il vous reste ${left} code${left > 1 ? 's' : ''}. Les anciens codes serviront jusqu’à ce que vous ayez conservé les nouveaux.`,
        make: 'Créer dix codes',
        oldOnes: 'Dès que vous aurez coché cette case, vos anciens codes ne serviront plus et ceux-ci ne seront plus affichés.',
      },
    },
    changePhone: {
      title: 'Changez de téléphone',
      lead: (old: string) =>
        `Gardez « ${old} » sous la main : il vous connecte jusqu’à ce que le nouveau téléphone soit prêt. Quelle application y installez-vous ?`,
      which: 'Quel téléphone remplacez-vous ?',
      whichLead: 'Choisissez l’application de votre ancien téléphone.',
      steps: { 'choose-app': 'Installer l’application', 'scan-code': 'Scanner le QR code', 'remove-old': 'Retirer l’ancien téléphone' },
      removeTitle: (old: string) => `Retirer « ${old} », de votre ancien téléphone ?`,
      removeLead: 'Votre nouveau téléphone est prêt. L’ancien ne permettra plus de vous connecter.',
      form: { keep: 'Garder les deux', remove: 'Retirer l’ancien' },
    },
    sessionEnd: {
      warning: {
        title: (_until: number) => 'Vous avez besoin de plus de temps ?',
        text: (until: number, left: number, _overall: number) =>
          `Sans réponse, votre session prendra fin à ${at.time(until)}, dans ${minutesLeft(left)}. Ce que vous avez saisi restera sur cette page.`,
        stay: 'Rester connecté',
        leave: 'Se déconnecter',
        soon: 'Il reste une minute.',
      },
      last: {
        title: (until: number) => `Votre session prend fin à ${at.time(until)}`,
        text: (_until: number, _left: number, overall: number) =>
          `Une session dure ${overall / hours(1)} heures au plus et ne peut pas être prolongée. Terminez ce que vous faites. Ce que vous avez saisi restera sur cette page.`,
        stay: 'Continuer',
        leave: 'Se déconnecter',
        soon: 'Il reste une minute.',
      },
      ended: {
        title: 'Votre session a pris fin',
        why: {
          idle: (idle: number, _overall: number) => `C’était après ${idle / minutes(1)} minutes sans activité. Rien n’a changé dans votre compte.`,
          overall: (_idle: number, overall: number) => `Elle a duré ${overall / hours(1)} heures, le maximum. Rien n’a changé dans votre compte.`,
          other: (idle: number, _overall: number) =>
            `Elle a été fermée, ou est restée ${idle / minutes(1)} minutes sans activité. Rien n’a changé dans votre compte.`,
        } satisfies Record<SessionEnding, (idle: number, overall: number) => string>,
        kept: 'Ce que vous avez saisi est toujours sur cette page : connectez-vous dans un autre onglet, puis revenez ici.',
        signIn: 'Se connecter dans un autre onglet',
        goOn: 'Continuer',
        notYet: 'Vous n’êtes pas encore connecté. Connectez-vous d’abord dans un autre onglet.',
        unchanged: 'Connectez-vous de nouveau : vous reviendrez où vous étiez. Ce que vous n’aviez pas envoyé sera à saisir de nouveau.',
        again: 'Se connecter de nouveau',
      },
    },
    sessions: {
      lead: 'Les navigateurs où vous êtes connecté. Fermer une session y déconnecte aussi les applications.',
      thisOne: 'Ce navigateur',
      browser: (browser: string, system: string) => `${browser} sur ${system}`,
      unknownBrowser: 'Navigateur non reconnu',
      seen: (when: number) => `Dernière utilisation : ${at.dayAndTime(when)}`,
      started: (when: number) => `Connexion : ${at.dayAndTime(when)}`,
      network: (network: string) => `Réseau : ${network}`,
      end: 'Fermer',
      endOthers: 'Fermer toutes les autres',
      noOther: 'Vous n’êtes connecté dans aucun autre navigateur.',
      signedIn: (n: number) => (n === 1 ? 'Un navigateur connecté' : `${n} navigateurs connectés`),
      done: {
        ended: 'La session est fermée',
        gone: 'Cette session était déjà fermée',
        'others-ended': 'Toutes vos autres sessions sont fermées',
      },
    },
    password: {
      title: 'Changez votre mot de passe',
      lead: 'Vos autres sessions seront fermées, sur tous vos appareils.',
      form: {
        current: 'Mot de passe actuel',
        password: 'Nouveau mot de passe',
        passwordHint: '15 caractères au moins. Une suite de mots fonctionne bien. Aucun caractère spécial n’est exigé.',
        strong: 'Ce mot de passe résiste bien.',
        submit: 'Changer mon mot de passe',
      },
    },
    changeQuestions: {
      title: 'Changez vos quatre questions secrètes',
      lead: (day: number) =>
        `Vous les avez choisies le ${at.day(day)}. Vos réponses ne peuvent pas être affichées : les quatre sont remplacées ensemble.`,
      submit: 'Remplacer mes réponses',
    },
    confirm: {
      title: 'Confirmez que c’est vous',
      lead: 'Avant tout changement, nous vous demandons un moyen de connexion. Vous reviendrez ensuite à ce que vous faisiez.',
      app: (line: string) => `Ouvrez votre application d’authentification, ligne « ${line} ».`,
      leadRecoveryCode: 'L’un des dix codes que vous avez imprimés ou copiés. Il ne servira plus.',
      form: {
        code: 'Code à 6 chiffres',
        codeHint: 'Un nouveau code apparaît toutes les 30 secondes.',
        recoveryCode: 'Code de secours',
        recoveryCodeHint: 'Exemple : 7KQF-M2XD-9TRV-H4PA. Les tirets et les majuscules ne comptent pas.',
        submit: 'Continuer',
      },
      ways: {
        passkey: 'Utiliser ma clé d’accès ou ma clé de sécurité',
        phone: frenchPhone.confirmWay,
        'code-app': 'Utiliser mon application d’authentification',
        'recovery-code': 'Utiliser un code de secours',
      },
    },
    withdraw: {
      title: (application: string) => `Retirer votre accord à ${application} ?`,
      lead: (application: string) =>
        `${application} ne lira plus vos informations, et votre session y prendra fin. À votre prochaine visite, votre accord vous sera demandé de nouveau.`,
      form: { withdraw: 'Retirer l’accord', keep: 'Garder l’accord' },
    },
  },

  signOut: {
    title: 'Déconnexion',
    heading: 'Voulez-vous vous déconnecter ?',
    lead: 'Les applications ouvertes depuis ce navigateur se fermeront aussi.',
    leadFrom: (application: string) => `${application} demande aussi à fermer votre session ici.`,
    form: { confirm: 'Se déconnecter', stay: 'Rester connecté' },
    doneTitle: 'Votre session est fermée',
    doneLead: 'Sur un ordinateur partagé, fermez aussi le navigateur.',
    doneEverywhere: 'Toutes vos sessions sont fermées, sur tous vos appareils.',
    again: 'Se connecter de nouveau',
  },

  /** Pages that say why a journey can't go on, and what to do. */
  problemPages: {
    backTo: (application: string) => `Revenir à ${application}`,
    toAccount: 'Aller à Mon compte',
    /** The reference follows. */
    referenceLabel: 'Référence :',
    referenceHint: 'Donnez cette référence à l’assistance si cela se reproduit.',
    expired: {
      title: 'Cette page a expiré',
      lead: 'Elle est restée ouverte trop longtemps. Rien n’a changé dans votre compte.',
      what: 'Retournez dans l’application et connectez-vous de nouveau.',
    },
    'other-browser': {
      title: 'Cette page a été ouverte dans un autre navigateur',
      lead: 'Une connexion se termine dans le navigateur où elle a commencé.',
      what: 'Reprenez dans cet autre navigateur, ou retournez dans l’application pour recommencer ici.',
    },
    finished: {
      title: 'Cette connexion est déjà terminée',
      lead: 'Il n’y a plus rien à faire sur cette page.',
      what: 'Retournez dans l’application : votre session y est sans doute déjà ouverte.',
    },
    unknown: {
      title: 'Cette adresse ne mène à aucune connexion',
      lead: 'Elle est incomplète, ou elle ne vient pas de ce service.',
      what: 'Ouvrez l’application que vous voulez utiliser : elle vous ramènera ici.',
    },
    'unknown-application': {
      title: 'Cette application n’est pas connue',
      lead: 'Elle a demandé une connexion, mais elle n’est pas enregistrée ici. Nous ne lui avons rien transmis.',
      what: 'Vérifiez l’adresse de l’application. Si elle est bonne, signalez cette page à l’assistance.',
    },
    'wrong-redirect': {
      title: 'Cette application donne une adresse de retour inconnue',
      lead: 'Pour votre sécurité, nous ne vous y envoyons pas, et rien n’a été transmis.',
      what: 'Signalez cette page à l’assistance, avec le nom de l’application.',
    },
    'missing-pkce': {
      title: 'Cette application ne protège pas sa demande',
      lead: 'Il y manque une protection que nous exigeons de toutes les applications (PKCE). Rien n’a été transmis.',
      what: 'Vous n’y êtes pour rien. Signalez cette page à l’assistance, avec le nom de l’application.',
    },
    'access-denied': {
      title: 'Vous n’êtes pas connecté',
      lead: 'La connexion a été abandonnée ou refusée. Rien n’a été transmis.',
      what: 'Vous pouvez recommencer quand vous voulez.',
    },
    'sign-out-refused': {
      title: 'Votre session est toujours ouverte',
      lead: 'Une application a demandé à la fermer, mais nous ne pouvons pas vérifier que la demande vient bien d’elle.',
      what: 'Pour vous déconnecter, ouvrez votre compte et choisissez « Se déconnecter ».',
    },
    'bad-request': {
      title: 'L’application a mal formulé sa demande',
      lead: 'Vous n’y êtes pour rien, et rien n’a été transmis.',
      what: 'Retournez dans l’application et recommencez. Si cela se reproduit, signalez cette page à l’assistance.',
    },
    'role-unknown': {
      title: 'L’annuaire de l’institut ne répond pas',
      lead: 'Votre rôle à l’assistance n’a pas pu être vérifié : la console reste fermée. Rien n’a changé, et votre session est toujours ouverte.',
      what: 'Revenez à la console dans quelques minutes.',
    },
    failed: {
      title: 'La connexion n’a pas pu se terminer',
      lead: 'Le problème vient de notre côté. Rien n’a changé dans votre compte.',
      what: 'Recommencez dans quelques minutes. Si cela se reproduit, appelez l’assistance.',
    },
  },

  /** « Ce n’était pas moi ». */
  helpdeskCases: frenchCases,
  notMe: frenchDisavowal,

  notFound: {
    title: 'Cette page n’existe pas',
    lead: 'L’adresse est incomplète, ou la page a été déplacée.',
    what: 'Pour vous connecter, ouvrez l’application que vous voulez utiliser, ou votre compte.',
  },

  help: {
    title: 'Aide',
    lead: 'Ce qu’il faut faire quand la connexion coince.',
    onThisPage: 'Sur cette page',
    topics: {
      'no-mail': {
        title: 'Je n’ai pas reçu le code par e-mail',
        say: ({ sender }: HelpFacts) => [
          `Regardez dans les indésirables : le message vient de ${sender}.`,
          'Vérifiez l’adresse affichée sur la page du code. Si elle est fausse, revenez à la page de connexion.',
          'Demandez un autre code une minute plus tard. Seul le dernier code reçu est accepté.',
        ],
      },
      'wrong-code': {
        title: 'Le code de mon application est refusé',
        say: () => [
          'Sur votre téléphone, réglez la date et l’heure sur automatique : un code ne vaut que 30 secondes.',
          'Vérifiez que vous lisez la ligne de ce compte, et attendez un nouveau code avant de le saisir.',
          'Chaque code sert une seule fois.',
        ],
      },
      'lost-phone': {
        title: 'Je n’ai plus mon téléphone',
        say: ({ phone }: HelpFacts) => [
          'Connectez-vous : après le mot de passe, choisissez « Vous n’avez plus votre téléphone ? ». Un code de secours, ou un code reçu par e-mail et vos questions secrètes, vous permettent d’en mettre un nouveau en place.',
          'Téléphone volé ? Dites-le sur cette page : les anciens moyens de connexion ne serviront plus.',
          `Plus rien de tout cela ? Appelez l’assistance au ${unbroken(phone)}, avec une pièce d’identité et votre contrat ou votre matricule.`,
        ],
      },
      'forgotten-password': {
        title: 'J’ai oublié mon mot de passe',
        say: ({ phone }: HelpFacts) => [
          'Sur la page de connexion, choisissez « Mot de passe oublié ? » : un code part à votre adresse, puis vous confirmez avec un moyen de connexion, vos questions secrètes ou un code de secours.',
          `Plus rien de tout cela ? Appelez l’assistance au ${unbroken(phone)}, avec une pièce d’identité et votre contrat ou votre matricule.`,
          'Personne, pas même l’assistance, ne vous demandera votre mot de passe.',
        ],
      },
      'refused-password': {
        title: 'Mon mot de passe est refusé alors qu’il est bon',
        say: () => [
          'Vérifiez la touche des majuscules, et l’adresse : prénom, point, nom, en entier.',
          'Après plusieurs essais, attendez quelques minutes : pendant ce temps, même le bon mot de passe est refusé. Cela protège votre compte de ceux qui devinent.',
        ],
      },
      'no-smartphone': {
        title: 'Je n’ai pas de smartphone',
        say: ({ phone }: HelpFacts) => [
          'Une application d’authentification sur un ordinateur convient aussi : copiez-y la clé affichée à côté du QR code.',
          `Pour choisir ce qui vous convient, appelez l’assistance au ${unbroken(phone)}.`,
        ],
      },
      'cant-scan': {
        title: 'Je ne peux pas scanner le QR code',
        say: () => [
          'Pour les notifications, visez-le avec l’appareil photo du téléphone, ou depuis l’application déjà installée sur un iPhone. Sinon, saisissez les 8 caractères affichés à côté.',
          'Pour une application de codes, scannez-le depuis cette application, pas avec l’appareil photo.',
          'Sur le téléphone lui-même, touchez « Ouvrir mon application ».',
          'Sinon, saisissez dans l’application la clé affichée à côté du QR code.',
        ],
      },
      stopped: {
        title: 'Je me suis arrêté au milieu de l’inscription',
        say: () => ['Connectez-vous de nouveau, depuis n’importe quel ordinateur : vous reprendrez à la première étape qui manque.'],
      },
      suspicious: {
        title: 'J’ai reçu un code que je n’ai pas demandé',
        say: ({ phone }: HelpFacts) => [
          'Quelqu’un connaît peut-être votre mot de passe. Ne donnez ce code à personne.',
          `Appelez l’assistance au ${unbroken(phone)}. Nous n’appelons jamais pour demander un code, et ne demandons jamais de mot de passe.`,
        ],
      },
    },
    contact: 'Joindre l’assistance',
    phone: 'Téléphone',
    email: 'E-mail',
    hours: 'Horaires',
    never:
      'L’assistance ne vous appelle jamais pour demander un code, et ne demande jamais de mot de passe ni de code de secours. Un code ne se lit qu’à l’agent que vous avez appelé vous-même.',
  },

  accessibility: {
    title: 'Accessibilité : non conforme',
    lead: (institute: string) =>
      `${institute} s’engage à rendre ce service accessible, conformément à l’article 47 de la loi n° 2005-102 du 11 février 2005.`,
    scope: (host: string) => `Cette déclaration s’applique à ${host}.`,
    stateTitle: 'État de conformité',
    state:
      'Ce service n’est pas conforme au référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1.2 : aucun audit de conformité n’a encore été mené.',
    testsTitle: 'Ce que nous avons vérifié',
    tests: [
      'Chaque page est contrôlée par un outil automatique, qui couvre une petite part des critères : l’absence de défaut trouvé n’est pas une conformité.',
      'Les parcours se font au clavier, sans JavaScript, à 320 pixels de large, en modes clair et sombre.',
      'L’inscription est possible sans caméra : la clé est affichée en texte et se copie.',
    ],
    contentTitle: 'Contenus non accessibles',
    content: [
      'Sans audit, nous ne pouvons pas dresser la liste complète des défauts.',
      'Aucun essai avec des lecteurs d’écran n’a encore été mené avec des personnes qui s’en servent tous les jours.',
    ],
    statementTitle: 'Établissement de cette déclaration',
    statement: (day: number) => `Cette déclaration a été établie le ${at.day(day)}.`,
    technologies: 'Technologies : HTML, CSS, JavaScript, SVG. Les pages de connexion et d’inscription fonctionnent sans JavaScript.',
    contactTitle: 'Retour d’information et contact',
    contact:
      'Si vous n’arrivez pas à accéder à une page ou à un service, écrivez ou téléphonez : nous vous donnerons une autre voie ou le contenu sous une autre forme.',
    remedyTitle: 'Voies de recours',
    remedy:
      'Si vous nous avez signalé un défaut qui vous empêche d’accéder à un contenu et que vous n’avez pas obtenu de réponse satisfaisante, vous pouvez :',
    remedies: [
      { before: 'écrire au ', link: 'Défenseur des droits', href: 'https://formulaire.defenseurdesdroits.fr/', after: '' },
      {
        before: 'joindre ',
        link: 'le délégué du Défenseur des droits de votre région',
        href: 'https://www.defenseurdesdroits.fr/saisir/delegues',
        after: '',
      },
      {
        before: 'envoyer un courrier gratuit, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07',
        link: '',
        href: '',
        after: '',
      },
    ],
  },

  privacy: {
    title: 'Données personnelles',
    lead: (institute: string) => `Ce que ${institute} garde de vous pour vous connecter, pourquoi, et combien de temps.`,
    whyTitle: 'Pourquoi, et de quel droit',
    why: (institute: string) => [
      `${institute} est responsable de ce traitement. Il sert à vous connecter aux applications et à protéger votre compte.`,
      'Il repose sur une mission d’intérêt public (article 6, paragraphe 1, e, du RGPD) et sur l’obligation de sécurité (article 32). Le partage avec une application repose sur votre accord.',
    ],
    keptTitle: 'Ce que nous gardons',
    kept: (months: number, consentDays: number): readonly (readonly [string, string])[] => [
      ['Nom, adresse e-mail, type de compte', 'tant que le compte existe'],
      ['Mot de passe et codes de secours, sous une forme qui ne permet pas de les lire', 'tant que le compte existe'],
      ['Clé de votre application d’authentification, chiffrée', 'jusqu’au retrait de ce moyen'],
      ['Réponses secrètes, sous une forme qui ne permet pas de les lire', 'jusqu’à leur remplacement'],
      ['Accords donnés aux applications', `${consentDays} jours, ou jusqu’au retrait`],
      ['Journal : connexions, changements, navigateur, réseau abrégé', `${months} mois`],
      ['Codes envoyés par e-mail', '10 minutes'],
      ['Demande d’un nouveau mot de passe : l’adresse saisie, chiffrée', '30 minutes'],
    ],
    whoTitle: 'Qui les reçoit',
    who: [
      'Chaque application ne reçoit que ce que sa page de partage vous annonce, et après votre accord.',
      'L’assistance voit l’état de votre compte, jamais un mot de passe, un code ou une réponse. Rien n’est vendu, ni transmis hors de l’Union européenne.',
    ],
    cookiesTitle: 'Cookies',
    cookies:
      'Nous n’utilisons que des cookies nécessaires : votre session, l’étape en cours, le navigateur déjà reconnu et la langue choisie. Il n’y a ni mesure d’audience ni pistage.',
    rightsTitle: 'Vos droits',
    rights: [
      'Vous pouvez demander à consulter, corriger ou effacer ces données, à en limiter l’usage, ou vous y opposer.',
      'L’effacement d’un compte encore utilisé, ou du journal de sécurité, peut être refusé le temps de sa durée.',
    ],
    contact: 'Écrivez au délégué à la protection des données :',
    complaint: 'Si la réponse ne vous convient pas, vous pouvez adresser une réclamation à la',
    authority: { name: 'CNIL', href: 'https://www.cnil.fr/fr/plaintes' },
  },
};

export type Words = typeof fr;

/** What the help page knows of the institute. */
export interface HelpFacts {
  readonly phone: string;
  /** The address that codes are sent from. */
  readonly sender: string;
}
