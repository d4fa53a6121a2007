// “It wasn’t me”, in English: the pages before and after.
import type { frenchDisavowal } from './disavowal.fr.ts';
import { englishMoments } from './moments.ts';

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const quoted = (names: readonly string[]) => list.format(names.map((name) => `“${name}”`));

export const englishDisavowal: typeof frenchDisavowal = {
  title: 'It wasn’t me',
  heading: 'It wasn’t you?',
  lead: 'Nothing has changed yet. This is what happened, and what the button does.',
  what: 'What happened',
  when: 'When',
  moment: (at) => `${englishMoments.dayAndTime(at)}, Paris time`,
  where: 'With',
  browser: (browser) => `${browser.browser} on ${browser.system}`,
  account: 'Account',
  effectTitle: 'What the button does',
  effect: {
    factors: (names) => `${quoted(names)} will no longer sign you in.`,
    recoveryCodes: 'Your recovery codes will be cancelled.',
    answers: 'Your secret answers will be deleted.',
    password: 'Your password will be blocked.',
    consent: (application) => `Your agreement with ${application} will be withdrawn.`,
    allSessions: 'All your sessions will end, on all your devices.',
    allSessionsHere: 'All your sessions will end, this one too: you will sign in again.',
    otherSessions: 'All your other sessions will end. This one goes on, because you have just confirmed here that it is you.',
    helpdeskTold: 'The helpdesk will be told.',
    helpdesk: 'The helpdesk will be told. Only the helpdesk can restore what is suspended, after verifying that it is you.',
  },
  form: { submit: 'It wasn’t me', keep: 'It was me, change nothing' },
  closePage: 'It was you? Close this page: nothing will change.',
  already: {
    title: 'Already reported',
    lead: 'What you reported is suspended, and the helpdesk has been told. There is nothing else to do on this page.',
  },
  gone: {
    title: 'This link no longer works',
    lead: 'A link lasts seven days. This one is older, or incomplete. Nothing has changed in your account.',
    what: (phone) =>
      `If you do not recognise what happened, call the helpdesk on ${phone}, or open your account, page Activity, and choose “It wasn’t me”.`,
    toActivity: 'Open my activity',
  },
  done: {
    title: 'We have noted it',
    signedOut: 'What you reported is suspended, and all your sessions have ended.',
    stays: 'What you reported is suspended, and all your other sessions have ended.',
    caseNumber: 'Number of the case',
    caseHint: 'Keep it: the helpdesk will ask you for it. We have also sent it to you by e-mail.',
    nextTitle: 'What to do now',
    advice: {
      'change-password': 'Sign in again, then change your password: somebody may know it.',
      'sign-in': 'Sign in again: you will choose again what has just been removed.',
      'call-helpdesk': 'Call the helpdesk: it will look at the rest of your account with you.',
    },
    adviceHere: {
      'change-password': 'Change your password: somebody may know it.',
      'sign-in': 'The next time you sign in, you will choose again what has just been removed.',
      'call-helpdesk': 'Call the helpdesk: it will look at the rest of your account with you.',
    },
    nothingLeft: (phone) =>
      `If none of your ways to sign in works any more, call the helpdesk on ${phone}: it will help you put another one in place.`,
    signIn: 'Sign in',
    changePassword: 'Change my password',
    toActivity: 'Back to my activity',
  },
  inActivity: 'It wasn’t me',
  about: (what, time) => `: ${what}, ${time}`,
  newBrowser: 'First use of this browser.',
  inCase: (number) => `Case ${number}.`,
};
