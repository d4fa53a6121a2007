// What messages say, in English.
import { englishActivity } from '../language/activity.en.ts';
import { englishMoments } from '../language/moments.ts';
import type { MessageWords } from './messages.fr.ts';

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const { time, dayAndTime, gap } = englishMoments;

export const messages: MessageWords = {
  colon: ': ',
  neverAsked: 'We never ask for a code or a password by phone or by e-mail.',
  helpdesk: (helpdesk) => `Helpdesk: ${helpdesk.phone}, `,
  account: (address) => `Account: ${address}`,
  browser: (browser, system) => `${browser} on ${system}`,
  labels: {
    when: 'When',
    where: 'With',
    place: 'From',
    application: 'Application',
    shared: 'Information',
    app: 'App',
    key: 'Key',
    phone: 'Phone',
    factor: 'Way to sign in',
    from: 'Possible from',
    reported: 'Reported',
    caseNumber: 'Case',
    account: 'Account',
    before: 'Old address',
    after: 'New address',
  },
  events: englishActivity.events,

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
    'verify-caller': {
      subject: (code) => `${code} is the code to read to the helpdesk`,
      preheader: (code, until) => `${code} is the code to read to the helpdesk’s agent. Valid until ${time(until)}, Paris time.`,
      title: 'Your code for the helpdesk',
      action: () => 'You are on the phone with the helpdesk: read this code to the agent, to prove that it is you.',
      notYou: 'You have not called the helpdesk? Give this code to nobody: somebody is calling in your name. It opens nothing by itself.',
      neverAsked: (helpdesk) =>
        `This code is only read to the agent whom you have called yourself on ${helpdesk.phone}. We never call to ask for a code, and never ask for a password.`,
    },
  },

  notice: {
    moment: (at) => `${dayAndTime(at)}, Paris time`,
    you: { question: 'Was it you?', answer: 'Nothing to do.' },
    notYou: 'It wasn’t you?',
    call: (helpdesk) => `Call ${helpdesk.phone}, ${helpdesk.hours.en}.`,
    choose: (effect) => `Choose “It wasn’t me”: ${effect}.`,
    orCall: (helpdesk) => `You can also call ${helpdesk.phone}, ${helpdesk.hours.en}.`,
    button: 'It wasn’t me',
    linkLasts: 'This link lasts seven days. Opening it changes nothing: a page asks you to confirm first.',
    effect: {
      password: 'this password will be blocked and all your sessions ended at once',
      factor: 'this way to sign in will be suspended and all your sessions ended at once',
      factors: 'the ways to sign in will be suspended and all your sessions ended at once',
      'recovery-codes': 'these recovery codes will be cancelled and all your sessions ended at once',
      answers: 'these answers will be deleted and all your sessions ended at once',
      consent: 'this agreement will be withdrawn and all your sessions ended at once',
      sessions: 'all your sessions will be ended at once, and the helpdesk told',
    },
    'factor-added': {
      title: 'An authenticator app was added to your account',
      said: 'You will be asked for its codes after your password.',
    },
    'passkey-added': {
      title: 'A passkey was added to your account',
      said: 'You will be asked for it after your password; it replaces the password where it verifies that it is you.',
    },
    'phone-added': {
      title: 'A phone was added to your account',
      said: 'It will confirm your sign-ins, after your password.',
    },
    'phone-locked': {
      title: 'A phone of your account is locked',
      said: 'Five wrong PINs were entered on it. It no longer confirms anything: sign in another way and connect it again.',
    },
    'phone-copied': {
      title: 'A phone of your account is locked: it may have been copied',
      said: 'Its key was used elsewhere. It no longer confirms anything: sign in another way and connect it again.',
    },
    'phone-pin-changed': {
      title: 'The PIN of a phone has changed',
      said: 'The PIN before no longer works.',
    },
    'phone-suspended': {
      title: 'Sign-in requests to your phone are suspended',
      said: 'Your password was entered, then three requests were left without an answer or were declined. They start again when you next sign in another way.',
    },
    'phone-reported': {
      title: 'You reported a sign-in request',
      said: 'The attempt is stopped, and no request will reach your phones until you sign in another way. The helpdesk is told.',
      you: { question: 'Was it you who reported?', answer: 'Somebody knows your password: change it now, in My account.' },
      notYou: 'You reported nothing?',
    },
    byHelpdesk: {
      you: { question: 'Did you ask the helpdesk for this?', answer: 'Nothing to do.' },
      notYou: 'You asked for nothing?',
      neverAsked: (helpdesk) =>
        `A code is only read to the agent whom you have called yourself on ${helpdesk.phone}. We never call to ask for a code, and never ask for a password.`,
    },
    unlocked: {
      title: 'The helpdesk has lifted the locks on your account',
      said: 'You can try to sign in again. Your password and your ways to sign in have not changed.',
    },
    'reset-sent': {
      title: 'Choose a new password',
      said: 'The helpdesk sends you the address where to begin. A code is then e-mailed to you, and another confirmation asked for. Until you have finished, your password stays the same.',
    },
    'pass-given': {
      title: 'The helpdesk has given a temporary pass for your account',
      said: 'Read out on the telephone, it allows for one hour, with your password, to put a new way to sign in in place of the old ones. Repeat it to nobody.',
    },
    'sessions-ended': {
      title: 'The helpdesk has ended sessions of your account',
      said: 'In the browsers concerned, you will sign in again.',
    },
    'account-frozen': {
      title: 'The helpdesk has frozen your account',
      said: 'Nobody can sign in to it any more, and all sessions are ended. Nothing is erased: call the helpdesk to open it again.',
    },
    'account-unfrozen': {
      title: 'The helpdesk has opened your account again',
      said: 'You can sign in, with the same password and the same ways to sign in as before.',
    },
    'removal-asked': {
      title: 'The helpdesk is preparing to remove a way to sign in',
      said: 'It stays in place until a second agent has agreed.',
    },
    'removal-not-done': {
      title: 'Your way to sign in stays in place',
      said: 'The helpdesk does not remove it.',
    },
    'removed-by-helpdesk': {
      title: 'The helpdesk has removed a way to sign in from your account',
      said: 'It no longer signs you in, and all your sessions are ended. Your other ways to sign in stay the same.',
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
    'password-reset': {
      title: 'Your password has been replaced',
      said: 'It was chosen after a code received by e-mail and another confirmation. All your sessions have ended. Your ways to sign in stay the same.',
    },
    'password-set': {
      title: 'Your password has been replaced',
      said: 'An administrator has replaced it. All your sessions have ended.',
    },
    'recovery-code-used': {
      title: 'One of your recovery codes was used',
      said: (left) =>
        left === 0 ? 'It was the last one: make ten new ones in My account, Ways to sign in.' : `You have ${left} left. Each one works once.`,
    },
    're-enrolment-opened': {
      title: 'Somebody is replacing the phone of your account',
      said: ({ stolen, from }) =>
        `${from === null ? 'For one hour, a new way to sign in may take the place of the old ones.' : 'From that date on, a new way to sign in may take the place of the old ones.'} ${stolen ? 'The phone is reported stolen: the old ways to sign in and the recovery codes no longer work, and all your sessions have ended.' : 'Until then, the old ones keep working. Signing in with one of them cancels the replacement.'}`,
    },
    're-enrolment-reminder': {
      title: 'Tomorrow, the phone of your account may be replaced',
      said: ({ stolen }) =>
        `This was asked with your password, a code sent by e-mail and your four answers. ${stolen ? 'If it was you, sign in from that date on to choose a new way to sign in.' : 'If you have found your phone, sign in with it: the replacement will be cancelled.'}`,
    },
    're-enrolled': {
      title: 'A new way to sign in replaces the old ones',
      said: 'The old ones no longer work, and your other sessions have ended.',
    },
    'new-browser': {
      title: 'New sign-in to your account',
      said: 'It is the first time that your account is opened in this browser.',
    },
    'second-factor-failed': {
      title: 'Somebody knows your password, without the second code',
      said: 'The password of your account was entered, then a code that isn’t right.',
      you: { question: 'Was it you?', answer: 'Nothing to do: a mistyped code is enough for this message, once a day at most.' },
      notYou: 'It wasn’t you? Somebody knows your password.',
    },
    'caller-not-verified': {
      title: 'Somebody called the helpdesk in your name',
      said: 'They could not prove that they were you. The helpdesk has changed nothing in your account.',
      you: {
        question: 'Was it you?',
        answer: 'Nothing to do: call again, the agent will offer another way to prove it. This message is sent once a day at most.',
      },
      notYou: 'It wasn’t you? Somebody pretended to be you.',
    },
    'help-asked': {
      title: 'You asked the helpdesk for help',
      said: 'Your request has arrived. You may also call: give the number of the case then.',
      you: { question: 'Was it you who asked?', answer: 'Keep the number of the case. The helpdesk will never ask for a password.' },
      notYou: 'You asked for nothing? Somebody may know your password.',
    },
    'help-added': {
      title: 'You added to your request for help',
      said: 'What you wrote has arrived: the agent who takes care of your request will read it.',
      you: { question: 'Was it you who wrote?', answer: 'Nothing to do. The helpdesk will never ask for a password.' },
      notYou: 'You wrote nothing? Somebody may know your password.',
    },
    'case-closed': {
      title: { 'not-me': 'The helpdesk has finished your report', help: 'The helpdesk has finished your request for help' },
      said: {
        helped: 'It notes that your problem is solved.',
        'nothing-wrong': 'It looked at your account and found nothing wrong.',
        'not-reached': 'It could not reach you.',
        'passed-on': 'It passed it on to another service, which takes care of it.',
      },
      you: { question: 'Is all well?', answer: 'Nothing to do.' },
      notYou: 'There is a problem left?',
    },
    'address-changed': {
      title: 'The address of your account has changed',
      said: 'The institute’s directory gives you another address: from now on you sign in with it, and we write to it.',
      you: { question: 'Has your address changed?', answer: 'There is nothing to do.' },
      notYou: 'Your address has not changed?',
    },
    disavowed: {
      title: 'You reported: it wasn’t me',
      said: {
        'change-password': 'Done: all your sessions have ended. Sign in again and change your password. The helpdesk has been told.',
        'sign-in':
          'Done: all your sessions have ended. The next time you sign in, you will choose again what was removed. The helpdesk has been told.',
        'call-helpdesk':
          'Done: all your sessions have ended. Call the helpdesk, which has been told: it will look at the rest of your account with you.',
      },
      you: { question: 'Did you report it?', answer: 'Keep the number of the case: the helpdesk will ask you for it.' },
      notYou: 'You reported nothing?',
    },
  },

  case: {
    title: (number) => `Case ${number}: to be looked at`,
    said: {
      'not-me': 'Somebody reported “It wasn’t me” about their account. What they reported is suspended, and their sessions have ended.',
      help: 'Somebody asks for help with their account.',
    },
    open: 'Open the case',
    todo: 'Restore nothing before you have verified who is calling. Do not answer this message.',
  },

  alert: {
    title: 'Alert of the portal: tell those who run it',
    said: {
      failures: (figure) => `The portal sees far more wrong passwords, codes and answers than usual: ${figure} in a short time, over all accounts.`,
      clock: (figure) =>
        `The clock of one of the portal’s servers is wrong: by several other clocks it is ${gap(figure)} ${figure < 0 ? 'slow' : 'fast'}. While that lasts, it refuses the codes of authenticator apps.`,
      codes: (figure) => `The portal has sent ${figure} e-mail codes for the same purpose within an hour, and sends no more for now.`,
    },
    todo: {
      failures:
        'Somebody may be trying passwords on many accounts. Sign-ins from unknown browsers are slowed down; others are as before. Tell those who run the portal.',
      clock:
        'No try is counted. Passkeys and recovery codes work as usual, notifications on phones while the difference stays under two minutes. Tell those who run the portal at once: they need to start time synchronisation (NTP) again.',
      codes: 'Sending will start again little by little. People who have a way to sign in already do so as before. Tell those who run the portal.',
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
