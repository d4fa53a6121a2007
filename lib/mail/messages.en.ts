// What messages say, in English.
import { englishMoments } from '../language/moments.ts';
import type { MessageWords } from './messages.fr.ts';

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const { time, dayAndTime } = englishMoments;

export const messages: MessageWords = {
  colon: ': ',
  neverAsked: 'We never ask for a code or a password by phone or by e-mail.',
  helpdesk: (helpdesk) => `Helpdesk: ${helpdesk.phone}, `,
  account: (address) => `Account: ${address}`,
  browser: (browser, system) => `${browser} on ${system}`,
  labels: { when: 'When', where: 'With', application: 'Application', shared: 'Information', app: 'App', key: 'Key', factor: 'Way to sign in' },

  code: {
    validity: (until) => `Valid until ${time(until)}, Paris time, once only.`,
    'sign-in': {
      subject: (code, application) => `${code} is your code to sign in to ${application}`,
      preheader: (code, until) => `${code} is your code to sign in. Valid until ${time(until)}, Paris time.`,
      title: 'Your sign-in code',
      action: (application) => `To sign in to ${application}, enter this code:`,
      notYou: 'You asked for nothing? Give this code to nobody and call the helpdesk: somebody knows your password.',
    },
    'reset-password': {
      subject: (code) => `${code} is your code to choose a new password`,
      preheader: (code, until) => `${code} is your code to choose a new password. Valid until ${time(until)}, Paris time.`,
      title: 'Your code for a new password',
      action: () => 'To choose a new password, enter this code:',
      notYou: 'You asked for nothing? Give this code to nobody: without it, your password does not change.',
    },
    'lost-phone': {
      subject: (code) => `${code} is your code to replace your phone`,
      preheader: (code, until) => `${code} is your code to replace your phone. Valid until ${time(until)}, Paris time.`,
      title: 'Your code to replace your phone',
      action: () => 'To put a new way to sign in in place, enter this code:',
      notYou: 'You asked for nothing? Give this code to nobody and call the helpdesk: somebody knows your password.',
    },
  },

  notice: {
    moment: (at) => `${dayAndTime(at)}, Paris time`,
    you: { question: 'Was it you?', answer: 'Nothing to do.' },
    notYou: { question: 'It wasn’t you?', answer: (helpdesk) => `Call ${helpdesk.phone}, ${helpdesk.hours.en}.` },
    'factor-added': {
      title: 'An authenticator app was added to your account',
      said: 'You will be asked for its codes after your password.',
    },
    'passkey-added': {
      title: 'A passkey was added to your account',
      said: 'You will be asked for it after your password; it replaces the password where it verifies that it is you.',
    },
    'factor-removed': {
      title: 'A way to sign in was removed from your account',
      said: 'It no longer signs you in.',
    },
    'answers-changed': {
      title: 'Your secret questions have changed',
      said: 'Earlier answers no longer work.',
    },
    'password-changed': {
      title: 'Your password has changed',
      said: 'Your other sessions have ended: sign in again with the new password.',
    },
    'recovery-codes-kept': {
      title: 'New recovery codes protect your account',
      said: 'Each one works once. Earlier recovery codes no longer work.',
    },
    'enrolment-finished': {
      title: 'Your account is protected',
      said: 'Next time you sign in: your password, then your way to sign in. Keep your recovery codes away from your phone.',
    },
    'consent-given': {
      title: (application) => `You share information with ${application}`,
      said: (days) => `You agreed for ${days} days.`,
    },
    'second-factor-failed': {
      title: 'Somebody knows your password, without the second code',
      said: 'The password of your account was entered, then a code that isn’t right.',
      notYou: (helpdesk) => `Somebody knows your password: call ${helpdesk.phone}, ${helpdesk.hours.en}.`,
    },
  },

  shared: {
    openid: 'your internal identifier',
    profile: 'your name',
    email: 'your e-mail address',
    eduperson: 'your affiliation with the institute',
    offline_access: 'access that goes on while you are away',
  },
  list: (items) => list.format(items),
};
