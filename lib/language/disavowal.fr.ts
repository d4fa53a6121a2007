// « Ce n’était pas moi », in French: the pages before and after.
import type { Advice } from '../disavowal/rules.ts';
import { frenchMoments } from './moments.ts';

const list = new Intl.ListFormat('fr-FR', { type: 'conjunction' });
const quoted = (names: readonly string[]) => list.format(names.map((name) => `« ${name} »`));
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const unbroken = (text: string) => text.replaceAll(' ', '\u00a0');

export const frenchDisavowal = {
  title: 'Ce n’était pas moi',
  heading: 'Ce n’était pas vous ?',
  lead: 'Rien n’a encore changé. Voici ce qui est arrivé, et ce que fait le bouton.',
  what: 'Ce qui est arrivé',
  when: 'Quand',
  moment: (at: number) => `${upperFirst(frenchMoments.dayAndTime(at))}, heure de Paris`,
  where: 'Avec',
  browser: (browser: { readonly browser: string; readonly system: string }) => `${browser.browser} sur ${browser.system}`,
  account: 'Compte',
  effectTitle: 'Ce que fait le bouton',
  effect: {
    factors: (names: readonly string[]) =>
      names.length > 1 ? `${quoted(names)} ne permettront plus de vous connecter.` : `${quoted(names)} ne permettra plus de vous connecter.`,
    recoveryCodes: 'Vos codes de secours seront annulés.',
    answers: 'Vos réponses secrètes seront effacées.',
    password: 'Votre mot de passe sera bloqué.',
    consent: (application: string) => `Votre accord avec ${application} sera retiré.`,
    allSessions: 'Toutes vos sessions seront fermées, sur tous vos appareils.',
    allSessionsHere: 'Toutes vos sessions seront fermées, celle-ci aussi : vous vous connecterez de nouveau.',
    otherSessions: 'Toutes vos autres sessions seront fermées. Celle-ci reste ouverte, parce que vous venez d’y confirmer que c’est vous.',
    helpdeskTold: 'L’assistance sera prévenue.',
    helpdesk: 'L’assistance sera prévenue. Elle seule pourra rétablir ce qui est suspendu, après avoir vérifié que c’est bien vous.',
  },
  form: { submit: 'Ce n’était pas moi', keep: 'C’était moi, ne rien changer' },
  closePage: 'C’était vous ? Fermez cette page : rien ne changera.',
  already: {
    title: 'C’est déjà signalé',
    lead: 'Ce que vous aviez signalé est suspendu, et l’assistance est prévenue. Il n’y a rien d’autre à faire sur cette page.',
  },
  gone: {
    title: 'Ce lien ne sert plus',
    lead: 'Un lien vaut sept jours. Celui-ci est plus ancien, ou incomplet. Rien n’a changé dans votre compte.',
    what: (phone: string) =>
      `Si vous ne reconnaissez pas ce qui est arrivé, appelez l’assistance au ${unbroken(phone)}, ou ouvrez votre compte, page Activité, et choisissez « Ce n’était pas moi ».`,
    toActivity: 'Ouvrir mon activité',
  },
  done: {
    title: 'C’est noté',
    signedOut: 'Ce que vous avez signalé est suspendu, et toutes vos sessions sont fermées.',
    stays: 'Ce que vous avez signalé est suspendu, et toutes vos autres sessions sont fermées.',
    caseNumber: 'Numéro de dossier',
    caseHint: 'Gardez-le : l’assistance vous le demandera. Nous vous l’avons aussi envoyé par e-mail.',
    nextTitle: 'Et maintenant',
    advice: {
      'change-password': 'Connectez-vous de nouveau, puis changez votre mot de passe : quelqu’un le connaît peut-être.',
      'sign-in': 'Connectez-vous de nouveau : vous choisirez une autre fois ce qui vient d’être retiré.',
      'call-helpdesk': 'Appelez l’assistance : elle vérifiera avec vous le reste de votre compte.',
    } satisfies Record<Advice, string>,
    adviceHere: {
      'change-password': 'Changez votre mot de passe : quelqu’un le connaît peut-être.',
      'sign-in': 'À votre prochaine connexion, vous choisirez une autre fois ce qui vient d’être retiré.',
      'call-helpdesk': 'Appelez l’assistance : elle vérifiera avec vous le reste de votre compte.',
    } satisfies Record<Advice, string>,
    nothingLeft: (phone: string) =>
      `Si aucun de vos moyens de connexion ne marche plus, appelez l’assistance au ${unbroken(phone)} : elle vous aidera à en mettre un autre en place.`,
    signIn: 'Se connecter',
    changePassword: 'Changer mon mot de passe',
    toActivity: 'Revenir à mon activité',
  },
  inActivity: 'Ce n’était pas moi',
  /** Completes the link for who hears it alone. */
  about: (what: string, time: string) => ` : ${what}, ${time}`,
  newBrowser: 'Premier usage de ce navigateur.',
  inCase: (number: string) => `Dossier ${number}.`,
};
