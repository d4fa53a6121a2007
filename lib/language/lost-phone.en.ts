// What somebody reads who has lost their phone, in English.
import type { frenchLostPhone } from './lost-phone.fr.ts';
import { englishMoments as at } from './moments.ts';

const unbroken = (phone: string) => phone.replaceAll(' ', '\u00a0');

export const englishLostPhone: typeof frenchLostPhone = {
  steps: { 'what-happened': 'Lost or stolen', 'prove-identity': 'Confirmation' },
  whatHappened: {
    title: 'Phone lost or stolen',
    heading: 'What happened to your phone?',
    lead: 'You will confirm that it is you, then choose a new way to sign in. It will replace all the old ones.',
    legend: 'What happened',
    choices: {
      lost: { title: 'It is lost, broken or replaced', hint: 'Your ways to sign in keep working until the new one is in place.' },
      stolen: {
        title: 'It is stolen',
        hint: 'As soon as you have confirmed that it is you: your ways to sign in and your recovery codes no longer work, and all your sessions end.',
      },
    },
    others: {
      title: 'Do you still have one of these?',
      say: (names) => `${names.map((name) => `“${name}”`).join(', ')}: if it is near you, use it. Nothing will have to be done again.`,
      link: 'Use this way',
    },
    form: { submit: 'Continue' },
  },
  /** The rest as in a password reset. */
  proveIdentity: {
    title: 'Confirm that it is you',
    heading: 'How do you want to confirm that it is you?',
    lead: 'Just one of these is enough to choose a new way to sign in.',
    leadWaited: 'The wait is over. A code sent to your address is enough: your answers are not asked again.',
    legend: 'Way to confirm',
    ways: {
      'recovery-code': { title: 'A recovery code', hint: 'One of the ten codes that you printed or copied.' },
      answers: { title: 'My e-mail address and my four secret questions', hint: 'A code goes to your address, then the four answers are asked.' },
      pass: { title: 'A temporary pass', hint: 'The helpdesk has just given it to you.' },
    },
    mailboxWay: { title: 'My e-mail address', hint: 'A code goes to your address.' },
    wait: (hours) => (hours === 1 ? 'With a wait of one hour.' : `With a wait of ${hours} hours.`),
    form: { submit: 'Continue' },
  },
  emailCode: {
    noAccess: (phone, hours) =>
      `You no longer have access to this mailbox? Confirm another way, or call the helpdesk on ${unbroken(phone)}, ${hours}.`,
  },
  pass: {
    title: 'Temporary pass',
    heading: 'Enter your temporary pass',
    lead: (phone) => `The helpdesk (${unbroken(phone)}) gave it to you after checking that it is you. It lasts one hour and works once.`,
    form: { code: 'Temporary pass', codeHint: 'Example: 7KQF-M2XD-9TRV-H4PA. Dashes and capitals do not matter.', submit: 'Continue' },
  },
  wait: {
    title: 'New phone: waiting',
    heading: (from) => `Come back from ${at.dayAndTime(from)} on`,
    lead: 'Your answers are right. For safety, you have to wait before choosing a new way to sign in.',
    onwards: (until) =>
      `From that date on, sign in and choose “No longer have your phone?” again: a code sent to your address will be enough, until ${at.dayAndTime(until)}.`,
    mailed: (address) => `We have written this to ${address}, with a link to cancel everything.`,
    found: { title: 'Have you found it?', say: 'Sign in with your phone: the replacement is then cancelled.', link: 'Use my phone' },
    sooner: 'Do you have a recovery code or a temporary pass?',
    soonerLink: 'Confirm without waiting',
  },
  done: {
    title: 'It is you',
    lead: 'Now choose a new way to sign in: it will replace all the old ones.',
    submit: 'Continue',
  },
  wizard: {
    lead: 'This new way will replace all the old ones, as soon as you have tried it.',
    found: {
      link: 'Have you found your phone?',
      title: 'Phone found',
      heading: 'Have you found your phone?',
      lead: 'Your ways to sign in have not changed. The replacement will be cancelled, and you will sign in with your phone.',
      submit: 'Yes, cancel the replacement',
    },
    done: {
      title: 'Your way to sign in is replaced',
      lead: (factor) => `Next sign-in: your password, then “${factor}”. The old ways to sign in no longer work.`,
      sessions: 'All your other sessions have ended.',
    },
  },
};
