// Every word of the product in English.

import { hours, minutes } from '../duration.ts';
import type { QuestionKey } from '../questions/rules.ts';
import { englishActivity } from './activity.en.ts';
import { englishAuthenticator } from './authenticator.en.ts';
import { englishData } from './data.en.ts';
import { englishDisavowal } from './disavowal.en.ts';
import type { HelpFacts, Words } from './fr.ts';
import { englishHelpdesk } from './helpdesk.en.ts';
import { englishActs } from './helpdesk-acts.en.ts';
import { englishCard } from './helpdesk-card.en.ts';
import { englishCases } from './helpdesk-cases.en.ts';
import { englishLostPhone } from './lost-phone.en.ts';
import { englishMoments as at } from './moments.ts';
import { englishPhone } from './phone.en.ts';
import type { ProblemSentences } from './problems.ts';

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const inLetters = (n: number) => numbers[n] ?? String(n);
const plural = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
const tries = (left: number) => `You have ${left === 1 ? '1 try' : `${left} tries`} left.`;

/** A telephone number stays on one line. */
const unbroken = (phone: string) => phone.replaceAll(' ', '\u00a0');

const problems: ProblemSentences = {
  // One constant text, whatever the reason: it must not tell whether an account exists (SEC-07).
  'wrong-credentials': () =>
    'Wrong e-mail address or password\nCheck both. After several tries, wait a few minutes: meanwhile even the right password is refused.',
  busy: () => 'Many people are signing in right now\nWait a minute, then try again. Nothing is lost.',
  'directory-down': () =>
    'The directory does not answer\nYour password could not be checked, and this try does not count. Try again in a few minutes.',
  'directory-ambiguous': () =>
    'This address is two people’s in our directories\nWe can’t know which one you are. Call the helpdesk: the directory has to be corrected.',
  'directory-incomplete': () =>
    'The directory does not say enough of you\nYour name, your first name or an address of the institute is missing. Call the helpdesk.',
  'directory-locked': () =>
    'The directory has locked your password after too many tries. Wait a few minutes, or choose another with “Forgotten your password?”.',
  'password-expired': () => 'Your password has expired\nChoose another with “Forgotten your password?”, then come back here.',
  'password-must-change': () => 'The directory asks you for a new password\nChoose it with “Forgotten your password?”, then come back here.',
  'mail-down': () => 'Our mail server does not answer\nYour code is ready and will leave as soon as the server is back. Keep this page open.',
  empty: ({ field }) =>
    ({
      address: 'Enter your e-mail address.',
      current: 'Enter your current password.',
      password: 'Enter your password.',
      code: 'Enter the code.',
      recoveryCode: 'Enter a recovery code.',
    })[field ?? ''] ?? 'Fill in this field.',
  'too-long': () => 'This is too long. Check what you typed or pasted.',
  unreadable: () => 'We can’t read what was sent. Type it again on the keyboard.',
  'address-format': () => 'Enter a whole address, for example prenom.nom@inserm.fr.',
  'wrong-code': ({ left }) =>
    left === undefined
      ? 'This code does not match. Check that your phone sets its time automatically, then enter the code shown now.'
      : `This code does not match. Check the 6 digits of the latest message.${left <= 3 ? ` ${tries(left)}` : ''}`,
  'expired-code': () => 'This code has expired. Ask for another one.',
  'used-code': () => 'This code was already used. Wait for the next one (30 seconds at most).',
  'used-email-code': () => 'This code has already been used. Ask for another one.',
  'replaced-code': () => 'This code was replaced by a newer one. Enter the one from the latest message.',
  'no-tries-left': () => 'This code takes no more tries. Ask for another one.',
  'send-too-soon': ({ retryAt }) =>
    retryAt === undefined
      ? 'A code has just left. Wait a minute before you ask for another one.'
      : `A code has just left. You can ask for another one at ${at.timeFrom(retryAt)}.`,
  'send-limit': ({ retryAt }) =>
    retryAt === undefined
      ? 'We have already sent you several codes. Enter the one from the latest message, or come back later.'
      : `We have already sent you several codes. Enter the one from the latest message, or ask for another from ${at.timeFrom(retryAt)}.`,
  'codes-paused': ({ retryAt }) =>
    retryAt === undefined
      ? 'The portal has sent too many codes lately and is taking a break. Try again in a few minutes.'
      : `The portal has sent too many codes lately and is taking a break. Try again at ${at.timeFrom(retryAt)}.`,
  'clock-drift': ({ drift = 0 }) =>
    `This code does not match, most likely because your phone is ${at.gap(drift)} ${drift < 0 ? 'slow' : 'fast'}. Set its time to automatic, then enter the code shown now.`,
  'portal-clock': () =>
    'The portal’s clock is wrong\nCodes from apps cannot be checked for now. This is not your fault, and no try is counted. Choose another way that this page offers, or try again in a few minutes: the helpdesk has been told.',
  'portal-clock-new-app': () =>
    'The portal’s clock is wrong\nThe code from your app cannot be checked for now. This is not your fault, and no try is counted. Leave the app as it is and try again in a few minutes, or choose a passkey: the helpdesk has been told.',
  'portal-clock-phone': () =>
    'The portal’s clock is wrong\nThis phone cannot confirm anything for now: that is neither its fault nor yours. Try again in a few minutes, or sign in with a passkey or a recovery code.',
  wait: ({ retryAt }) =>
    retryAt === undefined
      ? 'Too many tries. To protect your account, wait a few minutes before you try again.'
      : `Too many tries. To protect your account, wait until ${at.timeFrom(retryAt)} before you try again.`,
  'factor-disabled': () => 'This way to sign in is disabled after too many tries. Choose another way, or call the helpdesk.',
  'pass-wrong': () => 'This pass does not match. Read it again with the helpdesk: sixteen letters and digits, without I, L, O or U.',
  'pass-used': () => 'This pass was already used. Ask the helpdesk for another one.',
  'pass-expired': () => 'This pass is no longer valid: it lasts one hour. Ask the helpdesk for another one.',
  'wrong-recovery-code': () => 'This recovery code does not match, or was already used. Try the next one on your list.',
  'passkey-expired': () => 'The request has expired\nIt works once, for 5 minutes. Start again.',
  'passkey-unknown': () => 'This key is not linked to this account\nIt may have been removed. Try another key, or choose another way to sign in.',
  'passkey-refused': () => 'This key could not be verified\nStart again. If it happens again, choose another way to sign in.',
  'passkey-copied': () =>
    'This key may have been copied\nIts counter went backwards: it is refused. Choose another way to sign in, then call the helpdesk.',
  'passkey-not-verified': () =>
    'This key did not verify that it is you\nWithout fingerprint, face or PIN it is not enough by itself: enter your address and password. The key comes next.',
  'passkey-already-there': () => 'This key is already in place\nTake another one.',
  'proof-needed': () => 'You confirmed too long ago. Confirm that it is you: nothing of what you typed is lost.',
  'factor-needed': () => 'Here, a recovery code is not enough. Confirm with your phone, your app or your key: nothing is lost.',
  'role-unknown': () => 'The directory does not answer: your role could not be checked. Nothing was done. Try again in a few minutes.',
  'not-your-role': () => 'Your role does not allow this. Ask a lead of the helpdesk.',
  'on-yourself': () => 'You can’t act on your own account. Ask a colleague.',
  'on-a-colleague': () => 'This account has a role at the helpdesk: only a higher role may act on it, and nobody gives it access.',
  'caller-not-verified': () => 'Verify the caller first: the last verification is missing, or more than thirty minutes old.',
  'method-unavailable': () => 'This way is not possible for this account, or no longer. Choose another one.',
  'verification-gone': () => 'This verification no longer waits for an answer. Start it again.',
  'caller-answers-wrong': ({ left }) =>
    `These two answers do not match\nDo not tell the caller which one seems wrong to you: the portal tells nobody.${left === undefined ? '' : ` ${tries(left)}`}`,
  'caller-answers-closed': ({ retryAt }) =>
    `Too many wrong answers\nThis way is closed ${retryAt === undefined ? 'for a week' : `until ${at.dayAndTime(retryAt)}`}: verify the caller in another way.`,
  'reason-needed': () => 'Give the reason: five characters at least, nothing confidential.',
  'unknown-account': () => 'There is no such account, or no longer.',
  'account-closed': () => 'This account is frozen or disabled: open it first, if you may.',
  'account-disabled': () => 'This account was disabled by an administrator or by the directory. Only they can open it again: pass the request on.',
  'not-frozen': () => 'This account is not frozen: there is nothing to open.',
  'nothing-locked': () => 'There is nothing to unlock: no wait is running, and nothing is suspended.',
  'no-session': () => 'This session is not open, or no longer: there is nothing to end.',
  'nothing-to-replace': () =>
    'This account has no way to sign in to replace\nA temporary pass would open nothing: the person signs in with their password and a code by e-mail.',
  'pass-after-reset': ({ retryAt }) =>
    `The password of this account was replaced a short while ago, or a link to replace it was sent\n${retryAt === undefined ? 'A temporary pass will be possible the day after.' : `A temporary pass will be possible from ${at.dayAndTime(retryAt)}.`} Before that, ask a lead of the helpdesk.`,
  'reset-after-pass': ({ retryAt }) =>
    `A temporary pass was given for this account a short while ago\n${retryAt === undefined ? 'A link to change the password will be possible the day after.' : `A link to change the password will be possible from ${at.dayAndTime(retryAt)}.`} Before that, ask a lead of the helpdesk.`,
  'pass-shown': () => 'This temporary pass was shown already, once\nTo give another one, open this page again: the first one will no longer work.',
  'reset-just-sent': () => 'The message has just been sent. Wait two minutes before sending another one.',
  'factor-removed': () => 'This way to sign in is gone: there is nothing to remove.',
  'only-factor': () =>
    'This is the only way to sign in that works\nWithout it, the password and the mailbox would do. Give a temporary pass instead: the new way will take the old one’s place.',
  'removal-asked': () => 'The removal of this way to sign in is asked for already. It waits for a colleague.',
  'removal-gone': () => 'This request is gone: a colleague has decided, or it was taken back.',
  'removal-expired': () => 'This request has expired: it was good for one hour. It can be made again, with a verified caller.',
  'own-removal': () => 'This is your request: a colleague has to decide on it. You can only take it back.',
  'others-removal': () => 'This is a colleague’s request: you can approve or refuse it, not take it back.',
  'asker-gone': () => 'The agent who made this request no longer has a role in the helpdesk. Refuse it.',
  'looks-secret': () => 'This text seems to hold a code or a password. Take it out: nobody must know it, not even the helpdesk. Then send again.',
  'help-open': () => 'A request for help is open already for this account. Write what you want to add to it.',
  'help-limit': ({ retryAt }) =>
    retryAt === undefined
      ? 'Three requests have been made within a day already. Call the helpdesk.'
      : `Three requests have been made within a day already. Call the helpdesk, or come back from ${at.timeFrom(retryAt)} on.`,
  'help-additions-limit': ({ retryAt }) =>
    retryAt === undefined
      ? 'You have added to your request five times within a day already. Call the helpdesk.'
      : `You have added to your request five times within a day already. Call the helpdesk, or come back from ${at.timeFrom(retryAt)} on.`,
  'note-needed': () => 'Write the note: three characters at least.',
  'case-gone': () => 'There is no such case, or no longer.',
  'case-open': () => 'This case is open already.',
  'case-not-yours': () => 'This case is not, or no longer, yours\nReload the page: it says who has it. Nothing was saved.',
  'figures-fresh': () => 'These figures are less than a minute old. Wait a little before you ask for others.',
  'last-factor': () => 'This is your only way to sign in. Add another one before you remove it.',
  'factor-gone': () => 'This way to sign in is no longer there: it was removed in another window.',
  'name-missing': () => 'Give a name, for example “Claire’s Pixel”.',
  'wrong-password': () => 'This is not your current password.',
  'same-password': () => 'This is your current password. Choose another one.',
  'password-too-short': () => 'This password is too short. It takes 15 characters at least: a few words do well.',
  'password-too-long': () => 'This password is too long. It takes 256 characters at most.',
  'password-common': () => 'This password is one of the first that people try. Choose another one.',
  'password-personal': () => 'This password contains your name, your address or the institute’s name. Choose another one.',
  'password-guessable': () => 'This password can be guessed in too few tries. Add a word or two that have nothing to do with one another.',
  'password-is-answer': () => 'This password is one of your secret answers. Choose another.',
  'directory-in-history': () => 'The directory refuses this password: you have used it before. Choose another.',
  'directory-too-young': () => 'The directory refuses to change a password this recent. Try again tomorrow, or call the helpdesk.',
  'directory-too-simple': () => 'The directory finds this password too simple. Add capitals, digits or other signs.',
  'directory-too-short': () => 'The directory finds this password too short. Add a word or two.',
  'directory-other': () => 'The directory refuses this password, without saying why. Choose another, or call the helpdesk.',
  'reset-disabled': () =>
    'Too many wrong codes were entered for this address. Start again in a browser in which you have signed in before, or call the helpdesk.',
  'choose-one': () => 'Choose an answer.',
  'question-missing': () => 'Choose a question.',
  'same-question': () => 'This question is already chosen above. Take another one.',
  'answer-missing': () => 'Enter your answer.',
  'same-answer': () => 'This answer is already given above. Give four different answers.',
  'answer-too-short': () => 'This answer is too short. Write it in full.',
  'answer-guessable': () => 'This answer would be easy to guess. Give one that nobody else knows, or take another question.',
  'answers-wrong': ({ left }) =>
    `These answers don’t all match\nCapitals, accents, spaces and punctuation don’t count.${left === undefined ? '' : ` ${tries(left)}`}`,
  'answers-closed': ({ retryAt }) =>
    retryAt === undefined
      ? 'Too many wrong answers\nThis way is closed for a week: choose another way, or call the helpdesk.'
      : `Too many wrong answers\nThis way is closed until ${at.dayAndTime(retryAt)}: choose another way, or call the helpdesk.`,
  'answers-disabled': () => 'Your secret questions are no longer accepted\nChoose another way, or call the helpdesk.',
  'not-kept': () => 'Keep your codes, then tick this box.',
  'no-phone': () => 'No phone can answer\nChoose another way to sign in.',
  'phone-suspended': () =>
    'Requests to the phone are suspended\nSeveral were left without an answer, or one was reported. Choose another way to sign in: they will start again after that.',
  'phone-limit': ({ retryAt }) =>
    retryAt === undefined
      ? 'Several requests have already been sent. Wait a few minutes, or choose another way to sign in.'
      : `Several requests have already been sent. Wait until ${at.timeFrom(retryAt)}, or choose another way to sign in.`,
  'phone-gone': () => 'This phone no longer belongs to an account\nConnect it again: on a computer, open My account, then Ways to sign in.',
  'phone-locked': () =>
    'This phone is locked\nTo protect your account, it no longer confirms anything. Sign in another way and connect it again, or call the helpdesk.',
  'phone-clock': ({ drift = 0 }) =>
    `The clock of this phone is ${at.gap(drift)} ${drift < 0 ? 'slow' : 'fast'}\nSet it to automatic, then try again.`,
  'phone-silent': () =>
    'This phone receives no notifications\nAllow them in the settings of the phone. Until then, requests appear when you open the app.',
  'phone-not-ready': () => 'The phone is not ready yet\nFinish the steps on the phone, then confirm here.',
  'test-too-soon': ({ retryAt }) =>
    retryAt === undefined ? 'A test has just been sent. Wait half a minute.' : `A test has just been sent. Wait until ${at.timeFrom(retryAt)}.`,
  'call-refused': () => 'This request could not be verified\nClose the app, open it again, then try again.',
  'already-sent': () => 'This answer has already been sent\nTry again if nothing happens.',
  'request-gone': () => 'This request is no longer there.',
  'request-expired': () => 'This request has expired\nIt waits for a minute. Start again on the computer if it is you.',
  'request-superseded': () =>
    'A newer request has replaced this one\nYou made no other? Somebody knows your password: choose “It’s not me” on the next one.',
  'request-answered': () => 'This request has already been answered.',
  'wrong-number': ({ left }) =>
    left === 0
      ? 'This is not the number on the computer. The request is refused: start again on the computer if it is you.'
      : 'This is not the number on the computer. You have 1 try left.',
  'unlock-needed': () => 'Unlock first\nUse what you chose on this phone: your fingerprint, your face or your PIN.',
  'biometrics-refused': () => 'The phone did not confirm that it is you\nTry again with your fingerprint, your face or the code of the phone.',
  'biometrics-not-verified': () => 'This phone did not verify that it is you\nTurn on fingerprint, face or the code of the phone, or choose a PIN.',
  'wrong-pin': ({ left }) => `This is not your PIN.${left === undefined ? '' : ` ${tries(left)}`}`,
  'same-pin': () => 'This is your current PIN. Choose another one.',
  'pin-length': () => 'Choose a PIN of 6 to 12 digits.',
  'pin-digits': () => 'A PIN has digits only.',
  'pin-guessable': () => 'This PIN is one of the first that people try: a run, a repetition or a date. Choose another one.',
  'ticket-unknown': ({ field }) =>
    field === 'code'
      ? 'This code matches nothing that was begun. Check the 8 characters on the computer.'
      : 'This QR code is not one of ours\nScan the one on the computer.',
  'ticket-used': () =>
    'This QR code has already been used\nIf it wasn’t by you, confirm nothing on the computer: choose “This is not my phone” there, then start again.',
  'ticket-expired': () => 'This QR code is no longer valid\nIt lasts 10 minutes. Show another one on the computer.',
  'pairing-changed': () => 'The phone to confirm has changed\nLook at the name shown now before you confirm.',
  'endpoint-refused': () =>
    'Notifications of this browser go through no service that we know\nUse Chrome, Firefox, Safari or Edge. You can go on without notifications.',
  'expired-page': () => 'This page is out of date. We have loaded the step where you are.',
};

const questions: Readonly<Record<QuestionKey, string>> = {
  'school-not-attended': 'Name of a school or university you applied to and did not attend',
  'driving-instructor': 'First name of your driving instructor',
  'first-soft-toy': 'Name of your first soft toy',
  'school-trip': 'Destination of the school trip you remember best',
  'maths-teacher': 'Surname of your maths teacher when you were 13',
  'first-school-remembered': 'First school you remember',
  'childhood-neighbours': 'Surname of your childhood neighbours',
  'first-film': 'First film you saw at the cinema',
  'holiday-friend': 'First name of a holiday friend you lost touch with',
  'first-concert': 'First concert you went to',
  'canteen-dish': 'School dinner you dreaded',
  'childhood-doctor': 'Name of your childhood doctor',
  'first-record': 'First record you bought',
  'childhood-hiding-place': 'Your favourite hiding place as a child',
};

export const en: Words = {
  language: { code: 'en', name: 'English' },
  at,
  problems,
  questions,
  claims: {
    name: 'Your name',
    given_name: 'Your first name',
    family_name: 'Your surname',
    email: 'Your e-mail address',
    eduperson_principal_name: 'Your identifier in the institute',
    eduperson_affiliation: 'Your link with the institute',
  },
  affiliations: {
    faculty: 'teaching or research',
    student: 'student',
    staff: 'administrative or technical staff',
    alum: 'former member',
    member: 'member',
    affiliate: 'external staff',
    employee: 'employee',
    'library-walk-in': 'visiting reader',
  },

  authenticator: englishAuthenticator,

  frame: {
    skip: 'Skip to content',
    helpAndLanguage: 'Help and language',
    help: 'Help',
    back: 'Back',
    goingTo: 'You are going on to',
    accessibility: 'Accessibility: not compliant',
    privacy: 'Personal data',
    assistance: 'Helpdesk:',
    step: (n, of) => `Step ${n} of ${of}`,
    stepDone: '(done)',
    returnsTo: (application) => `You will then return to ${application}.`,
  },
  kit: {
    errorTitle: 'Error:',
    onePoint: 'One point to correct',
    points: 'points to correct',
    error: 'Error:',
    show: 'Show',
    hide: 'Hide',
    thePassword: 'the password',
    passwordShown: 'Your password is shown.',
    passwordHidden: 'Your password is hidden.',
    copy: 'Copy',
    copied: 'Copied.',
    notCopied: 'Copying did not work. Select the text, then copy it.',
    print: 'Print',
    download: 'Download',
    proof: 'Confirm that it is you',
    proofHint: 'The 6-digit code of your authenticator app, or a recovery code.',
    waiting: 'Sending',
  },

  passkeys: {
    cancelled: 'Nothing was sent\nYou closed the request, it expired, or this device has no key for this account. You can start again.',
    alreadyThere: 'This key is already in place\nTake another one.',
    unsupported: 'This browser does not support passkeys\nTry another one, or choose another way.',
    noScript: 'A passkey needs JavaScript, which is turned off in this browser. Turn it on, or choose another way.',
  },

  signIn: {
    title: 'Sign in',
    heading: 'Sign in',
    form: {
      allRequired: 'All fields are required.',
      address: 'E-mail address',
      password: 'Password',
      submit: 'Sign in',
      forgotten: 'Forgotten your password?',
      lostPhone: 'No longer have your phone?',
      passkey: 'Use a passkey',
    },
    addressHint: (domain) => `Expected format: prenom.nom@${domain} (first name, dot, surname)`,
  },

  emailCode: {
    title: 'Code received by e-mail',
    heading: 'Enter the code received by e-mail',
    sentTo: 'We have just sent it to',
    validUntil: (expiresAt, minutes) => `Valid until ${at.time(expiresAt)}, that is ${minutes} minutes.`,
    form: {
      code: '6-digit code',
      submit: 'Continue',
      nothingReceived: 'No code received?',
      lookInSpam: 'Look in your junk mail first: the message comes from',
      again: 'Send another code',
    },
    noAccess: (phone) => `No access to this mailbox any more? Call the helpdesk on ${unbroken(phone)}.`,
    sentAnother: 'Another code has just left\nThe one before no longer works.',
    mailDown: 'Our mail server does not answer\nYour code will leave as soon as the server is back. Keep this page open.',
  },

  resetPassword: {
    steps: {
      start: 'E-mail address',
      'email-code': 'E-mail code',
      'prove-identity': 'Confirmation',
      'choose-password': 'New password',
    },
    start: {
      title: 'Forgotten password',
      heading: 'Choose a new password',
      lead: 'First we send a code to your address. Then you confirm that it is you.',
      form: { address: 'E-mail address', submit: 'Receive a code' },
      haveCode: 'I have already received a code',
    },
    emailCode: {
      sentTo: 'If an account has this address, a code has just left for it:',
      noAccess: (phone, hours) =>
        `You no longer have access to this mailbox? Call the helpdesk on ${unbroken(phone)}, ${hours}, with an identity document and your contract or staff number.`,
    },
    proveIdentity: {
      title: 'Confirm that it is you',
      heading: 'How do you want to confirm that it is you?',
      lead: 'One of these ways is enough to choose a new password.',
      legend: 'Way to confirm',
      passkeyHint: 'Fingerprint, face, device code or USB key.',
      answersWay: 'My four secret questions',
      answersWayHint: 'All four answers are asked together.',
      submit: 'Continue',
      otherWay: 'Confirm in another way',
      noneOfThese: (phone, hours) =>
        `None of these? Call the helpdesk on ${unbroken(phone)}, ${hours}, with an identity document and your contract or staff number.`,
      answersClosed: (until) =>
        until === null
          ? 'Your secret questions are no longer accepted.'
          : `Your secret questions are closed until ${at.dayAndTime(until)}, after five wrong tries.`,
      helpdesk: {
        heading: 'The helpdesk will confirm that it is you',
        lead: 'Nothing in your account can confirm it here: neither a way to sign in, nor secret questions, nor a recovery code.',
        call: (phone, hours) => `Call ${unbroken(phone)}, ${hours}, or come in person.`,
        bring: 'Have with you an identity document, your contract or staff number, and the name of your manager.',
      },
    },
    answers: {
      title: 'Secret questions',
      heading: 'Answer your four questions',
      lead: 'All four answers are checked together. Capitals, accents, spaces and punctuation don’t count.',
      form: { submit: 'Continue' },
    },
    recoveryCodeLead: 'One of the ten codes that you printed or copied when you enrolled. It will not work again.',
    choosePassword: {
      title: 'New password',
      heading: 'Choose your new password',
      lead: 'All your sessions will end, on all your devices. Your ways to sign in stay the same.',
      form: { submit: 'Save this password' },
    },
    done: {
      title: 'Your password has changed',
      lead: 'All your sessions have ended. Sign in with the new password, then confirm as usual.',
      mailed: (address) => `We have written to ${address} to keep a trace of this change.`,
      signIn: 'Sign in',
    },
  },

  secondFactor: {
    waysTitle: 'Another way to sign in',
    waysHeading: 'Choose how to confirm that it is you',
    waysLead: 'These are the ways you have put in place.',
    frozen: {
      heading: 'You cannot sign in for now',
      title: 'Your ways to sign in are suspended, because something was reported.',
      recoveryCode: 'A recovery code still opens your account: you will put a new way to sign in in place there.',
      nothing: 'The helpdesk has been told. It will verify that it is you, then help you put a new way to sign in in place.',
    },
    passkeyWay: 'My passkey or security key',
    codeAppWay: 'My authenticator app',
    codeAppWayHint: 'The 6-digit code shown on your phone.',
    recoveryCodeWay: 'A recovery code',
    recoveryCodeWayHint: 'One of the ten codes you printed or copied.',
    noneOfThese: (phone) => `None of these? Call the helpdesk on ${unbroken(phone)}.`,
    form: {
      submit: 'Continue',
      otherWay: 'Another way to sign in',
      lostPhone: 'No longer have your phone?',
      choose: 'Way to sign in',
    },
    passkey: {
      title: 'Passkey or security key',
      heading: 'Confirm with your key',
      lead: 'Your browser will ask for your fingerprint, your face, the PIN of the device, or a touch of your security key.',
      form: { submit: 'Use my key' },
    },
    codeApp: {
      title: 'Code from your app',
      heading: 'Enter the code shown by your app',
      lead: (app, line) => `Open ${app}, line “${line}”.`,
      leadAnyApp: (line) => `Open your authenticator app, line “${line}”.`,
      form: {
        code: '6-digit code',
        codeHint: 'A new code appears every 30 seconds.',
      },
    },
    recoveryCode: {
      title: 'Recovery code',
      heading: 'Enter a recovery code',
      lead: 'One of the ten codes you printed or copied when you enrolled. Each works once.',
      form: {
        code: 'Recovery code',
        codeHint: 'Example: 7KQF-M2XD-9TRV-H4PA. Hyphens and capitals don’t matter.',
      },
    },
  },

  lostPhone: englishLostPhone,

  helpdesk: englishHelpdesk,
  helpdeskActs: englishActs,
  helpdeskCard: englishCard,

  phone: englishPhone,

  enrol: {
    steps: {
      'install-app': 'Install the app',
      'scan-code': 'Scan the QR code',
      'answer-questions': 'Secret questions',
      'save-recovery-codes': 'Recovery codes',
    },
    welcome: {
      title: (steps) => `Protect your account in ${steps} steps`,
      lead: 'A password can be stolen. With your phone as well, it is no use to anyone but you.',
      steps: {
        'install-app': { name: 'Install the app', why: 'or keep the one you already have' },
        'scan-code': { name: 'Scan the QR code', why: 'to link your phone to your account' },
        'answer-questions': { name: 'Choose four secret questions', why: 'to get back in when you forget your password' },
        'save-recovery-codes': { name: 'Keep your recovery codes', why: 'for the day you are without your phone' },
      },
      duration: 'Allow about 5 minutes. Keep your phone near you. You can stop and come back later.',
      start: 'Start',
      later: 'Come back later',
    },
    installApp: {
      title: 'Choose how to confirm that it is you',
      lead: 'Start with one way. You can add others.',
      form: {
        legend: 'Way to sign in',
        otherApp: 'Another app',
        otherAppHint: 'Any app that shows 6-digit codes: the one you already have, or one on a computer.',
        passkey: 'A passkey or a security key',
        passkeyHint: 'Fingerprint, face, PIN of the device, or a USB key.',
        passkeyScript: 'It needs JavaScript, which is turned off in this browser.',
        recommended: 'Recommended',
        install: 'Install it if you don’t have it yet.',
        android: 'Android',
        ios: 'iPhone',
        storeHint: 'On a computer, point your phone’s camera at this QR code: it opens the installation page there.',
        submit: 'Continue',
      },
      appHint: 'Six digits to copy, even without a network. Free, for Android and iPhone.',
      storeCode: (app, system) => `QR code of the installation page of ${app} for ${system}, for your phone’s camera`,
      noSmartphone: 'No smartphone?',
      noSmartphoneAnswer: (phone) =>
        `Your computer or a USB key is enough: choose “A passkey or a security key”. A code app on your computer works too: choose “Another app”. For help: ${unbroken(phone)}.`,
      unsure: 'I don’t know which one to choose',
      recommendation: 'Our advice for you',
      because: {
        'notification-on-phone': (way) =>
          `${way}: you see who is asking before you accept, and the phone also shows a code for days without a network.`,
        'passkey-on-phone': (way) => `${way}: your phone keeps it with nothing to install, and you confirm with your fingerprint or its PIN.`,
        'passkey-on-computer': (way) => `${way}: your computer or your USB key is enough, with no phone.`,
        'nothing-at-hand': (phone) =>
          `With no smartphone, no computer of your own and no security key, call the helpdesk on ${unbroken(phone)}: they will find a way with you.`,
      },
    },
    whichWay: {
      title: 'Find the way that suits you',
      lead: 'Three questions, and we recommend one. You can still choose another.',
      questions: {
        smartphone: { question: 'Do you have a smartphone with you?', hint: 'Android or iPhone.' },
        install: {
          question: 'May you install an app on it?',
          hint: 'A work phone sometimes forbids it. With no smartphone, or in doubt, answer no.',
        },
        computer: {
          question: 'Do you have a computer of your own, or a security key?',
          hint: 'A security key plugs into USB, or is held against the phone.',
        },
      },
      yes: 'Yes',
      no: 'No',
      submit: 'See our advice',
    },
    scanCode: {
      title: 'Scan this QR code',
      heading: 'Scan this QR code with your app',
      lead: 'It links the app to your account. Share neither this QR code nor the key.',
      onThisPhone: 'Reading this page on the phone to set up?',
      openApp: 'Open my app',
      qrTitle: 'Pairing QR code to scan with your app',
      cantScan: 'Can’t scan?',
      typeKey: 'Enter this key:',
      copyKey: 'Copy the key',
      keyCopied: 'The key is copied.',
      form: {
        code: 'Enter the code shown by your app',
        codeHint: '6 digits. A new code appears every 30 seconds.',
        submit: 'Continue',
      },
      otherApp: 'Choose another app',
    },
    passkey: {
      title: 'Create your passkey',
      step: 'Create the key',
      lead: 'Your browser will offer this device, your phone or a security key. Your fingerprint and your PIN never leave it.',
      form: { submit: 'Create my key' },
      otherWay: 'Choose another way',
    },
    answerQuestions: {
      title: 'Choose four secret questions',
      lead: 'Your answers let you choose a new password if you forget yours. Nobody can read them, not even the helpdesk.',
      form: {
        hint: 'Four different questions, four different answers. Capitals and accents don’t matter.',
        chooseQuestion: 'Choose a question',
        question: ['Question 1', 'Question 2', 'Question 3', 'Question 4'],
        answer: 'Your answer',
        toQuestion: ['to question 1', 'to question 2', 'to question 3', 'to question 4'],
        submit: 'Continue',
      },
    },
    saveRecoveryCodes: {
      title: 'Keep your recovery codes',
      lead: (count) =>
        `A code stands in for your phone on the day you are without it. Each works once. Keep these ${count} codes away from your phone.`,
      printed: (address, day, host, phone) => `Account: ${address}. Codes made on ${at.day(day)} for ${host}. Helpdesk: ${unbroken(phone)}.`,
      copy: 'Copy',
      copied: 'The codes are copied.',
      downloadName: 'recovery-codes.txt',
      notAgain: 'These codes will not be shown again after this page.',
      form: {
        kept: 'I have kept my codes',
        submit: 'Finish',
      },
    },
    done: {
      title: 'Your account is protected',
      lead: (app) => `Next time you sign in: password, then a code from ${app}.`,
      leadAnyApp: 'Next time you sign in: password, then a code from your app.',
      leadPasskey: (key) => `Next time you sign in: password, then your key (${key}).`,
      mailed: (address) => `We have written to ${address}, as a record of this change.`,
      goOn: (application) => `Continue to ${application}`,
    },
  },

  consent: {
    title: (application) => `Sharing information with ${application}`,
    heading: (application, count) => `${application} asks for ${inLetters(count)} piece${count === 1 ? '' : 's'} of information`,
    lead: 'They will be read each time you sign in there.',
    headingNothing: (application) => `${application} asks to recognise you`,
    leadNothing: 'An identifier that says nothing about you is sent each time you sign in there: neither your name nor your address.',
    duration: (days) => `Your agreement lasts ${days} days. You can withdraw it in`,
    place: 'My account',
    ifRefused: (application) => `If you refuse, you return to ${application} without signing in, and nothing is shared.`,
    form: { allow: 'Allow', refuse: 'Refuse' },
  },

  account: {
    label: 'My account',
    places: {
      home: 'Home',
      factors: 'Ways to sign in',
      questions: 'Secret questions',
      password: 'Password',
      applications: 'Applications',
      sessions: 'Sessions',
      activity: 'Activity',
      data: 'My data',
    },
    signOut: 'Sign out',
    activity: englishActivity,
    data: englishData,
    home: {
      title: 'Home',
      protectedLead: (factor, others) =>
        others === 0
          ? `After your password, you confirm with ${factor}.`
          : `After your password, you confirm with ${factor}. ${others === 1 ? 'Another way takes' : `${others} other ways take`} over when it is missing.`,
      unprotectedLead: 'Add a way to sign in: a stolen password will no longer be enough.',
      fewCodes: (left) => (left === 0 ? 'You have no recovery codes left' : `You have only ${plural(left, 'recovery code')} left`),
      level: {
        'password-only': { heading: 'Only a password protects your account' },
        'one-way': { heading: 'Your account is protected, in one way only' },
        well: { heading: 'Your account is well protected' },
      },
      next: {
        'add-factor': {
          title: 'Add a way to sign in',
          why: 'A stolen password will then be enough for nobody but you.',
          act: 'Add a way to sign in',
        },
        'make-recovery-codes': { title: 'You have no recovery codes', why: 'Make a new set before you run out.', act: 'Make ten codes' },
        'choose-questions': {
          title: 'Choose your secret questions',
          why: 'They help you when you have forgotten your password.',
          act: 'Choose my questions',
        },
        'renew-questions': {
          title: 'Your secret questions are more than two years old',
          why: 'If you are no longer sure of your answers, change them.',
          act: 'Change my questions',
        },
        'add-second-factor': {
          title: 'You have only one way to sign in',
          why: 'With a second one, losing or changing your phone will not stop you.',
          act: 'Add a way to sign in',
        },
      },
      done: {
        'questions-changed': 'Your new secret questions are saved',
        'password-changed': 'Your password is changed, your other sessions have ended',
      },
      briefHeading: 'In short',
      factorsSay: (name, n) => (n === 1 ? name : `${n} ways, among them “${name}”`),
      factorsNone: 'None',
      passwordChanged: (day) => `Changed on ${at.day(day)}`,
      passwordSay: 'Can be changed here',
      happened: (sentence, when) => `${sentence}, ${at.day(when)} at ${at.time(when)}`,
      verbs: { manage: 'Manage', change: 'Change', choose: 'Choose', see: 'See', download: 'Download' },
      dataSay: 'What this service knows about you',
      noFactors: 'No way to sign in yet. Those you put in place will appear here.',
      recoveryCodes: 'Recovery codes',
      recoveryCodesLeft: (left, of) => `${left} of ${of} codes left`,
      addedAndUsed: (day, used) => `Added on ${at.day(day)}, used on ${at.day(used)}`,
      addedNeverUsed: (day) => `Added on ${at.day(day)}, never used`,
      codesMade: (day, used) => `Made on ${at.day(day)}${used === null ? '' : `, used on ${at.day(used)}`}`,
      questions: 'Secret questions',
      questionsChosen: (day) => `Chosen on ${at.day(day)}`,
      questionsNone: 'Not chosen yet',
      applicationsLead: 'What each application may read about you. Withdrawing an agreement stops it at once; it will ask you again.',
      applicationsWith: (n) => (n === 0 ? 'None reads your information' : n === 1 ? 'One reads your information' : `${n} read your information`),
      noApplications: 'No application reads your information. Those you agree to will appear here.',
      reads: (claims) => `Reads: ${claims.map((c) => c.charAt(0).toLowerCase() + c.slice(1)).join(', ')}`,
      agreed: (given, until) => `Agreed on ${at.day(given)}, until ${at.day(until)}`,
      used: (when) => (when === null ? 'Not used yet' : `Last used: ${at.dayAndTime(when)}`),
      withdraw: 'Withdraw',
      sessionsHeading: 'Sessions',
      sessionsLead: 'If you left a session open somewhere else, end them all.',
      signOutEverywhere: 'Sign me out everywhere',
    },
    factors: {
      lead: 'What confirms that it is really you, after your password.',
      kinds: { totp: 'Authenticator app', phone: 'Phone', passkey: 'Passkey or security key' },
      frozen: 'Blocked',
      rename: 'Rename',
      remove: 'Remove',
      noCodes: 'No codes',
      makeCodes: 'Make ten codes',
      add: 'Add a way to sign in',
      addPasskey: 'Add a passkey',
      changePhone: 'Change phones',
      told: (address) => `For any change we ask you to confirm that it is you, and then write to you at ${address}.`,
      done: {
        added: 'Your new way to sign in is in place',
        renamed: 'The new name is saved',
        removed: 'This way to sign in is removed',
        'codes-kept': 'Your new recovery codes are in place, the earlier ones no longer work',
        'phone-changed': 'Your new phone has replaced the old one',
      },
      renaming: {
        title: (name) => `Rename “${name}”`,
        form: { name: 'New name', nameHint: 'For example: Claire’s Pixel. 60 characters at most.', submit: 'Save' },
      },
      removing: {
        title: (name) => `Remove “${name}”?`,
        lead: (others) => `It will no longer sign you in. What you keep: ${others.join(', ')}.`,
        form: { keep: 'Keep it', remove: 'Remove it' },
        lastTitle: 'This is your only way to sign in',
        lastLead: (name) => `Without “${name}”, only the password would protect your account. First add another way.`,
      },
      newCodes: {
        title: 'Make ten recovery codes',
        none: 'A recovery code stands in for your phone on the day it is missing.',
        left: (left) => `You have ${plural(left, 'code')} left. The earlier codes work until you have kept the new ones.`,
        make: 'Make ten codes',
        oldOnes: 'Once you have ticked this box, your earlier codes no longer work and these are not shown again.',
      },
    },
    changePhone: {
      title: 'Change phones',
      lead: (old) => `Keep “${old}” at hand: it signs you in until the new phone is ready. Which app do you install on the new one?`,
      which: 'Which phone do you replace?',
      whichLead: 'Choose the app on your old phone.',
      steps: { 'choose-app': 'Install the app', 'scan-code': 'Scan the QR code', 'remove-old': 'Remove the old phone' },
      removeTitle: (old) => `Remove “${old}”, on your old phone?`,
      removeLead: 'Your new phone is ready. The old one will no longer sign you in.',
      form: { keep: 'Keep both', remove: 'Remove the old one' },
    },
    sessionEnd: {
      warning: {
        title: () => 'Do you need more time?',
        text: (until, left) =>
          `Without an answer, your session ends at ${at.time(until)}, in ${left > minutes(1) ? plural(Math.ceil(left / minutes(1)), 'minute') : 'a minute'}. What you have typed stays on this page.`,
        stay: 'Stay signed in',
        leave: 'Sign out',
        soon: 'One minute left.',
      },
      last: {
        title: (until) => `Your session ends at ${at.time(until)}`,
        text: (_until, _left, overall) =>
          `A session lasts ${overall / hours(1)} hours at most and can’t be made longer. Finish what you are doing. What you have typed stays on this page.`,
        stay: 'Continue',
        leave: 'Sign out',
        soon: 'One minute left.',
      },
      ended: {
        title: 'Your session has ended',
        why: {
          idle: (idle) => `It was after ${idle / minutes(1)} minutes without activity. Nothing has changed in your account.`,
          overall: (_idle, overall) => `It lasted ${overall / hours(1)} hours, the longest there is. Nothing has changed in your account.`,
          other: (idle) => `It was ended, or was left for ${idle / minutes(1)} minutes without activity. Nothing has changed in your account.`,
        },
        kept: 'What you have typed is still on this page: sign in in another tab, then come back here.',
        signIn: 'Sign in in another tab',
        goOn: 'Continue',
        notYet: 'You are not signed in yet. First sign in in another tab.',
        unchanged: 'Sign in again: you will come back to where you were. What you had not sent has to be typed again.',
        again: 'Sign in again',
      },
    },
    sessions: {
      lead: 'The browsers in which you are signed in. Ending a session signs applications out there as well.',
      thisOne: 'This browser',
      browser: (browser, system) => `${browser} on ${system}`,
      unknownBrowser: 'Browser not recognised',
      seen: (when) => `Last used: ${at.dayAndTime(when)}`,
      started: (when) => `Signed in: ${at.dayAndTime(when)}`,
      network: (network) => `Network: ${network}`,
      end: 'End',
      endOthers: 'End all others',
      noOther: 'You are signed in in no other browser.',
      signedIn: (n) => (n === 1 ? 'One browser signed in' : `${n} browsers signed in`),
      done: {
        ended: 'The session has ended',
        gone: 'This session had already ended',
        'others-ended': 'All your other sessions have ended',
      },
    },
    password: {
      title: 'Change your password',
      lead: 'Your other sessions will end, on all your devices.',
      form: {
        current: 'Current password',
        password: 'New password',
        passwordHint: '15 characters at least. A few words do well. No special character is needed.',
        strong: 'This password is hard to guess.',
        submit: 'Change my password',
      },
    },
    changeQuestions: {
      title: 'Change your four secret questions',
      lead: (day) => `You chose them on ${at.day(day)}. Your answers can’t be shown: all four are replaced together.`,
      submit: 'Replace my answers',
    },
    confirm: {
      title: 'Confirm that it is you',
      lead: 'Before any change, we ask for a way to sign in. You will then come back to what you were doing.',
      app: (line) => `Open your authenticator app, line “${line}”.`,
      leadRecoveryCode: 'One of the ten codes that you printed or copied. It will not work again.',
      form: {
        code: '6-digit code',
        codeHint: 'A new code appears every 30 seconds.',
        recoveryCode: 'Recovery code',
        recoveryCodeHint: 'Example: 7KQF-M2XD-9TRV-H4PA. Dashes and capitals do not count.',
        submit: 'Continue',
      },
      ways: {
        passkey: 'Use my passkey or security key',
        phone: englishPhone.confirmWay,
        'code-app': 'Use my authenticator app',
        'recovery-code': 'Use a recovery code',
      },
    },
    withdraw: {
      title: (application) => `Withdraw your agreement with ${application}?`,
      lead: (application) =>
        `${application} will no longer read your information, and your session there will end. On your next visit you will be asked again.`,
      form: { withdraw: 'Withdraw', keep: 'Keep' },
    },
  },

  signOut: {
    title: 'Sign out',
    heading: 'Do you want to sign out?',
    lead: 'The applications opened from this browser will close as well.',
    leadFrom: (application) => `${application} asks to end your session here too.`,
    form: { confirm: 'Sign out', stay: 'Stay signed in' },
    doneTitle: 'Your session is closed',
    doneLead: 'On a shared computer, close the browser as well.',
    doneEverywhere: 'All your sessions are closed, on all your devices.',
    again: 'Sign in again',
  },

  problemPages: {
    backTo: (application) => `Return to ${application}`,
    toAccount: 'Go to My account',
    referenceLabel: 'Reference:',
    referenceHint: 'Give this reference to the helpdesk if it happens again.',
    expired: {
      title: 'This page has expired',
      lead: 'It was open for too long. Nothing has changed in your account.',
      what: 'Go back to the application and sign in again.',
    },
    'other-browser': {
      title: 'This page was opened in another browser',
      lead: 'A sign-in ends in the browser where it began.',
      what: 'Go on in that other browser, or go back to the application to start again here.',
    },
    finished: {
      title: 'This sign-in is already finished',
      lead: 'There is nothing left to do on this page.',
      what: 'Go back to the application: your session is most likely open there.',
    },
    unknown: {
      title: 'This address leads to no sign-in',
      lead: 'It is incomplete, or does not come from this service.',
      what: 'Open the application you want to use: it will bring you back here.',
    },
    'unknown-application': {
      title: 'This application is not known',
      lead: 'It asked for a sign-in but is not registered here. We have shared nothing with it.',
      what: 'Check the application’s address. If it is right, report this page to the helpdesk.',
    },
    'wrong-redirect': {
      title: 'This application gives an unknown return address',
      lead: 'For your safety we don’t send you there, and nothing was shared.',
      what: 'Report this page to the helpdesk, with the application’s name.',
    },
    'missing-pkce': {
      title: 'This application does not protect its request',
      lead: 'A protection that we require of every application (PKCE) is missing. Nothing was sent to it.',
      what: 'It is not your fault. Report this page to the helpdesk, with the application’s name.',
    },
    'access-denied': {
      title: 'You are not signed in',
      lead: 'The sign-in was given up or refused. Nothing was sent.',
      what: 'You can start again whenever you like.',
    },
    'sign-out-refused': {
      title: 'Your session is still open',
      lead: 'An application asked to close it, but we can’t check that the request really came from it.',
      what: 'To sign out, open your account and choose “Sign out”.',
    },
    'bad-request': {
      title: 'The application worded its request wrongly',
      lead: 'It is not your doing, and nothing was shared.',
      what: 'Go back to the application and try again. If it happens again, report this page to the helpdesk.',
    },
    'role-unknown': {
      title: 'The institute’s directory does not answer',
      lead: 'Your role at the helpdesk could not be checked: the console stays closed. Nothing has changed, and you are still signed in.',
      what: 'Come back to the console in a few minutes.',
    },
    failed: {
      title: 'The sign-in could not be finished',
      lead: 'The problem is on our side. Nothing has changed in your account.',
      what: 'Try again in a few minutes. If it happens again, call the helpdesk.',
    },
  },

  helpdeskCases: englishCases,
  notMe: englishDisavowal,

  notFound: {
    title: 'This page does not exist',
    lead: 'The address is incomplete, or the page has moved.',
    what: 'To sign in, open the application you want to use, or your account.',
  },

  help: {
    title: 'Help',
    lead: 'What to do when signing in gets stuck.',
    onThisPage: 'On this page',
    topics: {
      'no-mail': {
        title: 'I did not receive the code by e-mail',
        say: ({ sender }: HelpFacts) => [
          `Look in your junk mail: the message comes from ${sender}.`,
          'Check the address shown on the code page. If it is wrong, go back to the sign-in page.',
          'Ask for another code a minute later. Only the latest code is accepted.',
        ],
      },
      'wrong-code': {
        title: 'The code from my app is refused',
        say: () => [
          'On your phone, set date and time to automatic: a code lives for 30 seconds only.',
          'Check that you read the line of this account, and wait for a new code before you enter it.',
          'Each code works once.',
        ],
      },
      'lost-phone': {
        title: 'I no longer have my phone',
        say: ({ phone }: HelpFacts) => [
          'Sign in: after the password, choose “No longer have your phone?”. A recovery code, or a code sent by e-mail and your secret questions, let you put a new one in place.',
          'Phone stolen? Say so on that page: the old ways to sign in will no longer work.',
          `None of these? Call the helpdesk on ${unbroken(phone)}, with an identity document and your contract or staff number.`,
        ],
      },
      'forgotten-password': {
        title: 'I forgot my password',
        say: ({ phone }: HelpFacts) => [
          'On the sign-in page, choose “Forgotten your password?”: a code goes to your address, then you confirm with a way to sign in, your secret questions or a recovery code.',
          `Nothing of that left? Call the helpdesk on ${unbroken(phone)}, with an identity document and your contract or staff number.`,
          'Nobody, not even the helpdesk, will ask for your password.',
        ],
      },
      'refused-password': {
        title: 'My password is right, and yet refused',
        say: () => [
          'Check the caps lock key, and the address: first name, dot, surname, in full.',
          'After several tries, wait a few minutes: meanwhile even the right password is refused. This protects your account from guessing.',
        ],
      },
      'no-smartphone': {
        title: 'I have no smartphone',
        say: ({ phone }: HelpFacts) => [
          'An authenticator app on a computer works too: copy into it the key shown beside the QR code.',
          `To choose what suits you, call the helpdesk on ${unbroken(phone)}.`,
        ],
      },
      'cant-scan': {
        title: 'I can’t scan the QR code',
        say: () => [
          'For notifications, point the phone’s camera at it, or scan it from the app already installed on an iPhone. Otherwise, enter the 8 characters shown beside it.',
          'For a code app, scan it from that app, not with the camera.',
          'On the phone itself, touch “Open my app”.',
          'Otherwise, enter in the app the key shown beside the QR code.',
        ],
      },
      stopped: {
        title: 'I stopped halfway through enrolment',
        say: () => ['Sign in again, from any computer: you go on at the first step that is missing.'],
      },
      suspicious: {
        title: 'I received a code that I did not ask for',
        say: ({ phone }: HelpFacts) => [
          'Somebody may know your password. Give this code to nobody.',
          `Call the helpdesk on ${unbroken(phone)}. We never call to ask for a code, and never ask for a password.`,
        ],
      },
    },
    contact: 'Reach the helpdesk',
    phone: 'Phone',
    email: 'E-mail',
    hours: 'Hours',
    never:
      'The helpdesk never calls you to ask for a code, and never asks for a password or a recovery code. A code is only read to the agent whom you have called yourself.',
  },

  accessibility: {
    title: 'Accessibility: not compliant',
    lead: (institute) => `${institute} undertakes to make this service accessible, under article 47 of French law no. 2005-102 of 11 February 2005.`,
    scope: (host) => `This statement applies to ${host}.`,
    stateTitle: 'State of compliance',
    state:
      'This service is not compliant with the French accessibility standard (RGAA), version 4.1.2: no compliance audit has been carried out yet.',
    testsTitle: 'What we have checked',
    tests: [
      'Each page is checked by an automatic tool, which covers a small part of the criteria: finding no defect is not compliance.',
      'Journeys work with a keyboard, without JavaScript, at 320 pixels wide, in light and dark mode.',
      'Enrolment is possible without a camera: the key is shown as text and can be copied.',
    ],
    contentTitle: 'Content that is not accessible',
    content: [
      'Without an audit we can’t give a full list of defects.',
      'No test with screen readers has been carried out yet with people who use them every day.',
    ],
    statementTitle: 'About this statement',
    statement: (day) => `This statement was made on ${at.day(day)}.`,
    technologies: 'Technologies: HTML, CSS, JavaScript, SVG. Sign-in and enrolment pages work without JavaScript.',
    contactTitle: 'Feedback and contact',
    contact: 'If you can’t reach a page or a service, write or call: we will give you another way, or the content in another form.',
    remedyTitle: 'Remedies',
    remedy: 'If you reported a defect that keeps you from some content and did not get a satisfactory answer, you can:',
    remedies: [
      { before: 'write to the ', link: 'Defender of Rights (Défenseur des droits)', href: 'https://formulaire.defenseurdesdroits.fr/', after: '' },
      {
        before: 'reach ',
        link: 'the Defender of Rights’ delegate in your region',
        href: 'https://www.defenseurdesdroits.fr/saisir/delegues',
        after: '',
      },
      { before: 'send a letter, free of postage: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07', link: '', href: '', after: '' },
    ],
  },

  privacy: {
    title: 'Personal data',
    lead: (institute) => `What ${institute} keeps about you to sign you in, why, and for how long.`,
    whyTitle: 'Why, and on what grounds',
    why: (institute) => [
      `${institute} is the controller. The data serve to sign you in to applications and to protect your account.`,
      'The grounds are a task in the public interest (GDPR, article 6(1)(e)) and the duty of security (article 32). Sharing with an application rests on your agreement.',
    ],
    keptTitle: 'What we keep',
    kept: (months, consentDays) => [
      ['Name, e-mail address, kind of account', 'as long as the account exists'],
      ['Password and recovery codes, in a form that can’t be read', 'as long as the account exists'],
      ['Key of your authenticator app, encrypted', 'until this way to sign in is removed'],
      ['Secret answers, in a form that can’t be read', 'until they are replaced'],
      ['Agreements given to applications', `${consentDays} days, or until withdrawn`],
      ['Log: sign-ins, changes, browser, shortened network address', `${months} months`],
      ['Codes sent by e-mail', '10 minutes'],
      ['A request for a new password: the address typed, encrypted', '30 minutes'],
    ],
    whoTitle: 'Who receives them',
    who: [
      'Each application receives only what its sharing page announces, and after you agree.',
      'The helpdesk sees the state of your account, never a password, a code or an answer. Nothing is sold or sent outside the European Union.',
    ],
    cookiesTitle: 'Cookies',
    cookies:
      'We use necessary cookies only: your session, the current step, the browser already recognised and the language chosen. There is no audience measurement and no tracking.',
    rightsTitle: 'Your rights',
    rights: [
      'You may ask to see, correct or erase these data, to limit their use, or object to it.',
      'Erasing an account still in use, or the security log, may be refused for as long as it is kept.',
    ],
    contact: 'Write to the data protection officer:',
    complaint: 'If the answer does not satisfy you, you may complain to the French authority, the',
    authority: { name: 'CNIL', href: 'https://www.cnil.fr/fr/plaintes' },
  },
};
