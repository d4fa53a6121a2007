// What somebody reads who has lost their phone, in French.
import type { Happening, LostPhoneWay } from '../lost-phone/steps.ts';
import { frenchMoments as at } from './moments.ts';

const unbroken = (phone: string) => phone.replaceAll(' ', '\u00a0');

export const frenchLostPhone = {
  /** Of the margin; the wizard's own follow. */
  steps: { 'what-happened': 'Perdu ou volé', 'prove-identity': 'Confirmation' },
  whatHappened: {
    title: 'Téléphone perdu ou volé',
    heading: 'Qu’est-il arrivé à votre téléphone ?',
    lead: 'Vous allez confirmer que c’est vous, puis choisir un nouveau moyen de connexion. Il remplacera tous les anciens.',
    legend: 'Ce qui est arrivé',
    choices: {
      lost: { title: 'Il est perdu, cassé ou remplacé', hint: 'Vos moyens de connexion restent valables jusqu’à ce que le nouveau soit en place.' },
      stolen: {
        title: 'Il est volé',
        hint: 'Dès que vous aurez confirmé que c’est vous : vos moyens de connexion et vos codes de secours ne servent plus, et toutes vos sessions sont fermées.',
      },
    } satisfies Record<Happening, { title: string; hint: string }>,
    /** Where this person has more than one factor. */
    others: {
      title: 'Vous avez encore un de ces moyens ?',
      say: (names: readonly string[]) =>
        `${names.map((name) => `« ${name} »`).join(', ')} : s’il est près de vous, utilisez-le. Rien ne sera à refaire.`,
      link: 'Utiliser ce moyen',
    },
    form: { submit: 'Continuer' },
  },
  /** The rest as in a password reset. */
  proveIdentity: {
    title: 'Confirmez que c’est vous',
    heading: 'Comment voulez-vous confirmer que c’est vous ?',
    lead: 'Un seul de ces moyens suffit pour choisir un nouveau moyen de connexion.',
    /** After a wait. */
    leadWaited: 'L’attente est terminée. Un code envoyé à votre adresse suffit : vos réponses ne sont pas redemandées.',
    legend: 'Moyen de confirmation',
    ways: {
      'recovery-code': { title: 'Un code de secours', hint: 'L’un des dix codes que vous avez imprimés ou copiés.' },
      answers: {
        title: 'Mon adresse e-mail et mes quatre questions secrètes',
        hint: 'Un code part à votre adresse, puis les quatre réponses sont demandées.',
      },
      pass: { title: 'Un accès provisoire', hint: 'L’assistance vient de vous le donner.' },
    } satisfies Record<LostPhoneWay, { title: string; hint: string }>,
    mailboxWay: { title: 'Mon adresse e-mail', hint: 'Un code part à votre adresse.' },
    /** Where the institute makes who uses the answers wait. @param hours */
    wait: (hours: number) => (hours === 1 ? 'Avec une heure d’attente.' : `Avec ${hours} heures d’attente.`),
    form: { submit: 'Continuer' },
  },
  emailCode: {
    noAccess: (phone: string, hours: string) =>
      `Vous n’avez plus accès à cette boîte ? Confirmez autrement, ou appelez l’assistance au ${unbroken(phone)}, ${hours}.`,
  },
  pass: {
    title: 'Accès provisoire',
    heading: 'Saisissez votre accès provisoire',
    lead: (phone: string) =>
      `L’assistance (${unbroken(phone)}) vous l’a donné après avoir vérifié que c’est vous. Il vaut une heure et sert une seule fois.`,
    form: { code: 'Accès provisoire', codeHint: 'Exemple : 7KQF-M2XD-9TRV-H4PA. Les tirets et les majuscules ne comptent pas.', submit: 'Continuer' },
  },
  wait: {
    title: 'Nouveau téléphone : attente',
    heading: (from: number) => `Revenez à partir du ${at.dayAndTime(from)}`,
    lead: 'Vos réponses sont bonnes. Par sécurité, il faut attendre avant de choisir un nouveau moyen de connexion.',
    onwards: (until: number) =>
      `À partir de cette date, connectez-vous et choisissez de nouveau « Vous n’avez plus votre téléphone ? » : un code envoyé à votre adresse suffira, jusqu’au ${at.dayAndTime(until)}.`,
    mailed: (address: string) => `Nous l’avons écrit à ${address}, avec un lien pour tout annuler.`,
    found: {
      title: 'Vous l’avez retrouvé ?',
      say: 'Connectez-vous avec votre téléphone : le remplacement est alors annulé.',
      link: 'Utiliser mon téléphone',
    },
    sooner: 'Vous avez un code de secours ou un accès provisoire ?',
    soonerLink: 'Confirmer sans attendre',
  },
  done: {
    title: 'C’est bien vous',
    lead: 'Choisissez maintenant un nouveau moyen de connexion : il remplacera tous les anciens.',
    submit: 'Continuer',
  },
  /** In the wizard. */
  wizard: {
    lead: 'Ce nouveau moyen remplacera tous les anciens, dès que vous l’aurez essayé.',
    found: {
      link: 'Vous avez retrouvé votre téléphone ?',
      title: 'Téléphone retrouvé',
      heading: 'Vous avez retrouvé votre téléphone ?',
      lead: 'Vos moyens de connexion n’ont pas changé. Le remplacement sera annulé, et vous vous connecterez avec votre téléphone.',
      submit: 'Oui, annuler le remplacement',
    },
    done: {
      title: 'Votre moyen de connexion est remplacé',
      lead: (factor: string) => `Prochaine connexion : votre mot de passe, puis « ${factor} ». Les anciens moyens de connexion ne servent plus.`,
      sessions: 'Toutes vos autres sessions sont fermées.',
    },
  },
};
