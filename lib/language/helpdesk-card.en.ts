// An account's card and the verification of a caller, as agents read them, in English.
import type { ProofKind } from '../sign-in/steps.ts';
import type { DiagnosisDetails, frenchCard } from './helpdesk-card.fr.ts';
import { englishMoments as moments } from './moments.ts';

const when = (at: number, now: number) => `${moments.dayHeading(at, now).replace(/,.*/, '')} at ${moments.time(at)}`;
const lowerFirst = (text: string) => (/^(Today|Yesterday)/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : `on ${text}`);
const then = (at: number, now: number) => lowerFirst(when(at, now));
const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const passOr = ({ role }: DiagnosisDetails, pass: string) =>
  role ? 'A recovery code is enough; without one, it is an administrator’s business.' : pass;

const until = (at: number | null, now: number) =>
  at === null ? '' : ` until ${moments.dayHeading(at, now).startsWith('Today') ? moments.timeFrom(at) : when(at, now)}`;

const proofs: Record<ProofKind, string> = {
  password: 'password',
  'email-code': 'e-mail code',
  totp: 'code of the app',
  'recovery-code': 'recovery code',
  passkey: 'passkey',
  'passkey-verified': 'passkey',
  'phone-biometrics': 'phone',
  'phone-pin': 'phone',
};

/** In the order in which they are asked for. */
const namesOf = (given: readonly string[]) => [...new Set(Object.entries(proofs).flatMap(([proof, name]) => (given.includes(proof) ? [name] : [])))];

export const englishCard: typeof frenchCard = {
  kinds: { internal: 'Internal', external: 'External' },
  account: 'Account',
  diagnosis: 'What is going on',
  also: (titles) => `Also: ${titles.join(' · ')}`,
  factors: 'Ways to sign in',
  events: 'Last events',
  acts: 'Act',
  address: 'Address',
  directory: 'Directory',
  directories: { embedded: 'The portal’s own', ldap: 'LDAP', 'active-directory': 'Active Directory' },
  opened: (directory, at) => `${directory}, account opened on ${moments.day(at)}`,
  lastSignIn: 'Last sign-in',
  noSignIn: 'None for a year',
  signedIn: (at, now, with_) => `${when(at, now)}${with_.length > 0 ? `, ${list.format(namesOf(with_))}` : ''}`,
  locks: 'Locks',
  noLocks: 'None',
  sessions: 'Sessions',
  openSessions: (n) => (n === 0 ? 'None' : plural(n, 'browser signed in', 'browsers signed in')),
  cases: 'Open cases',
  case: (number, kind, at, now) => `${number}: ${kind.charAt(0).toLowerCase()}${kind.slice(1)}, ${then(at, now)}`,
  taken: 'taken',
  frozen: (at, now, reason) => `Frozen ${then(at, now)} by the helpdesk${reason ? `: “${reason}”` : ''}`,
  disabled: {
    operator: (at, now) => `Disabled ${then(at, now)} by an administrator`,
    directory: (at, now) => `Disabled ${then(at, now)}: the directory no longer has this person`,
  },
  reEnrolment: {
    waiting: (from, now) => `Replacing the phone possible ${then(from, now)}`,
    open: (to, now) => `Replacing the phone open${until(to, now)}`,
  },
  mail: { waiting: 'Messages waiting: the mail server does not answer', refused: 'Last message refused by the mail server' },

  enrolment: {
    title: (step, of) => `Enrolment: stopped at step ${step} of ${of}`,
    notBegun: 'Enrolment: not begun',
    finished: 'Enrolment: finished',
    finishedAt: (at) => `On ${moments.day(at)}.`,
    notBegunLead: 'At the first sign-in a code is e-mailed, then the portal guides the person.',
    steps: {
      welcome: 'Begin',
      'install-app': 'Install the app',
      'scan-code': 'Scan the QR code',
      'answer-questions': 'Secret questions',
      'save-recovery-codes': 'Recovery codes',
      done: 'Finished',
    },
    done: ' (done)',
    here: ' (current step)',
    doneAt: when,
    since: (at, now) => `Since ${when(at, now)}`,
    wrongCodes: (count, first, last) =>
      count === 1 ? `1 wrong code, at ${moments.time(first)}` : `${count} wrong codes, from ${moments.time(first)} to ${moments.time(last)}`,
  },

  kindsOfFactor: { totp: 'Authenticator app', phone: 'Phone', passkey: 'Passkey' },
  noFactor: 'No way to sign in is in place.',
  added: (kind, at, used) => `${kind}, added on ${moments.day(at)}, ${used === null ? 'never used' : `used on ${moments.day(used)}`}`,
  notProven: 'Not proven yet',
  chosen: (at, now, expired) => `Chosen ${then(at, now)}.${expired ? ' The QR code has expired: another one will be shown.' : ''}`,
  suspended: 'Suspended',
  blocked: 'Locked',
  seen: (at, now) => `Last contact: ${then(at, now)}`,
  notifications: {
    arrive: (at, now) => (at === null ? 'Notifications arrive.' : `Notifications arrive: checked ${then(at, now)}.`),
    unknown: 'Notifications not checked yet.',
    none: 'Without notifications: the request shows when the app is opened.',
  },
  recoveryCodes: 'Recovery codes',
  codesLeft: (left, of) => `${left} of ${of} left`,
  noCodes: 'None',
  questions: 'Secret questions',
  answered: (at) => `Chosen on ${moments.day(at)}`,
  notAnswered: 'Not chosen',
  remove: 'Remove',

  allEvents: 'All events',
  of: (name) => ` of ${name}`,
  eventsTitle: (name) => `Events of ${name}`,
  noEvents: 'Nothing for a year.',
  from: (browser, system) => `${browser} on ${system}`,
  network: (network) => `Network ${network}`,
  times: (n, first, now) => (first === null ? `At least ${n} times` : `${n} times, since ${then(first, now)}`),
  byOthers: 'By the helpdesk or an administrator.',

  verified: {
    phone: (at, to) => `Caller verified by their phone at ${moments.time(at)}, until ${moments.time(to)}.`,
    'email-code': (at, to) => `Caller verified by a code by e-mail at ${moments.time(at)}, until ${moments.time(to)}.`,
    answers: (at, to) => `Caller verified by two answers at ${moments.time(at)}, until ${moments.time(to)}.`,
  },
  notVerified: 'The caller is not verified yet.',
  eachAct: (name) => `Each act asks for a reason and tells ${name}.`,
  verify: 'Verify the caller',
  verifyAgain: 'Verify again',
  whyNot: {
    'not-your-role': 'For lead agents:',
    'on-yourself': 'Not on your own account:',
    'on-a-colleague': 'Not on a colleague’s account:',
    'caller-not-verified': 'Once the caller is verified:',
  },
  yourself: 'It is your own account: only a colleague may act on it.',
  colleague: 'It is a colleague’s account: only a higher role may act on it.',

  diagnoses: {
    'left-directory': ({ at, now }) => [
      'The institute’s directory no longer has this person',
      `Their account was closed${at === null ? '' : ` ${then(at, now)}`}. The helpdesk can’t open it: send the person to whoever manages their contract.`,
    ],
    disabled: ({ at, now }) => [
      'This account is disabled',
      `An administrator closed it${at === null ? '' : ` ${then(at, now)}`}. Only they can open it again.`,
    ],
    frozen: ({ at, now, reason }) => [
      'This account is frozen',
      `By the helpdesk${at === null ? '' : `, ${then(at, now)}`}${reason ? `: “${reason}”` : ''}. Read the open cases and verify the caller before you open it again.`,
    ],
    'password-frozen': () => [
      'The password no longer counts',
      'Its owner said that they did not choose it. Another one is needed: send the link to a new password.',
    ],
    're-enrolment-waiting': ({ until: from, now }) => [
      'A replacement of the phone is waiting',
      `${from === null ? '' : `It will be possible ${then(from, now)}. `}The caller asked for nothing? Freeze the account. It is them? A pass spares the wait.`,
    ],
    'mail-refused': () => [
      'The last code could not be delivered',
      'The mail server refuses this address: no code will arrive. Send the person to the mail service.',
    ],
    'mail-waiting': () => [
      'Messages are not leaving at the moment',
      'The mail server does not answer. The code will leave by itself. Meanwhile another way to sign in works.',
    ],
    'password-disabled': () => [
      'A hundred wrong passwords in a row',
      'This person’s is no longer looked at in an unknown browser. A new password opens signing in again: send the link.',
    ],
    'password-waits': ({ until: to, now }) => [
      'Too many wrong passwords',
      `Signing in waits${until(to, now)}. The caller is sure of their password? Unlock. Otherwise send the link to a new password.`,
    ],
    'phone-copied': (details) => [
      'A phone is locked: it may have been copied',
      `It confirms nothing any more. ${passOr(details, 'A pass allows to link a phone again.')} Ask whether the old one was lost or lent.`,
    ],
    'phone-pins': (details) => [
      'A phone is locked after five wrong PINs',
      `With another way to sign in the person links it again themselves, in My account. ${passOr(details, 'Without one, give a pass.')}`,
    ],
    'factors-frozen': (details) => [
      'No way to sign in works any more',
      `They are suspended after “It wasn’t me”, or a stolen phone. ${passOr(details, 'Read the case, then give a pass.')}`,
    ],
    'app-disabled': (details) => [
      'A hundred wrong codes of the app in a row',
      `The app is closed for good. ${passOr(details, 'A pass allows to put another one in place.')}`,
    ],
    'app-waits': ({ until: to, now }) => [
      'Too many wrong codes of the app',
      `Signing in waits${until(to, now)}. Have the phone’s time set automatically, then unlock.`,
    ],
    'phones-suspended': () => [
      'The phone is no longer asked',
      'Requests were left unanswered, or one was reported. Signing in another way brings them back; otherwise, unlock.',
    ],
    replacing: ({ until: to, now }) => [
      'A replacement of the phone is open',
      `It holds${until(to, now)}. The person signs in with their password, chooses “I no longer have my phone” and follows the steps.`,
    ],
    clock: ({ drift }) => [
      'The phone’s clock is not on time',
      `Its codes are about ${plural(Math.max(1, Math.round(Math.abs(drift) / 60)), 'minute', 'minutes')} ${drift < 0 ? 'late' : 'early'}. Have date and time set automatically, then type the code shown then.`,
    ],
    'wrong-first-codes': ({ count }) => [
      `Stopped at the QR code: ${plural(count, 'wrong code', 'wrong codes')}`,
      'Most often the phone’s time is not set automatically, or the app shows another account’s code. Have both checked, then type the code shown then.',
    ],
    pairing: () => [
      'The phone is not linked yet',
      'Have it finished on the phone, then confirmed on the computer. After ten minutes another QR code is needed.',
    ],
    'code-untyped': ({ at, now }) => [
      'A code was e-mailed, and not typed',
      `Sent ${at === null ? 'a moment ago' : then(at, now)}. Have them look in spam, and type the code of the last message only.`,
    ],
    'password-expired': () => [
      'The password has expired',
      'The directory no longer takes the one that the person types, even the right one. Another is needed: send the link to a new password.',
    ],
    'password-locked': () => [
      'The directory has locked the password',
      'It refuses after too many tries, and it alone knows until when. Have the caller wait some minutes, or send the link to a new password.',
    ],
    'password-unseen': ({ at, now }) => [
      'The last password was refused during a wait',
      `${at === null ? '' : `That was ${then(at, now)}. `}After wrong tries even the right one is refused for a while. The wait is over: have the caller try again, once, slowly.`,
    ],
    'wrong-password': ({ at, now }) => [
      'The last password typed was wrong',
      `${at === null ? '' : `That was ${then(at, now)}. `}Caps lock, an old password? Otherwise send the link to a new password.`,
    ],
    'half-enrolled': ({ step }) => [
      'The protection of the account is not finished',
      `Next step: “${step}”. At the next sign-in the person goes on where they stopped.`,
    ],
    'recovery-codes-closed': ({ until: to, now }) => [
      'Too many wrong recovery codes',
      `They wait${until(to, now)}. Have them check that the list is the last one, then unlock.`,
    ],
    'pass-waits': ({ until: to, now }) => ['Too many wrong passes', `Typing one waits${until(to, now)}. Unlock, then spell the pass slowly.`],
    'answers-closed': ({ until: to, now }) => [
      'The secret questions are closed',
      `Five wrong tries in a day: they stay so${to === null ? '' : until(to, now)}. A way to sign in or a recovery code also allows to choose a password.`,
    ],
    'never-came': () => [
      'This person has put nothing in place yet',
      'Their password, then a code by e-mail: the portal then guides them in four steps. About five minutes, phone in hand.',
    ],
    'some-frozen': () => [
      'One way to sign in no longer works',
      'It is suspended or locked; the others work. The person can remove it and add another one, in My account.',
    ],
    'silent-phone': () => [
      'No notification arrives on the phone',
      'The request waits in the Authenticator app: have it opened. Its settings bring notifications back.',
    ],
    'no-recovery-codes': ({ role }) => [
      'No recovery code left',
      `Nothing is locked. ${role ? 'S' : 'A lost or new phone? Give a temporary pass. Otherwise s'}uggest making ten new ones, in My account.`,
    ],
    'one-factor': (details) => [
      'A single way to sign in',
      `Nothing is locked. Is it lost? ${passOr(details, 'Give a temporary pass.')} Otherwise suggest adding a second one, in My account: the day the first is missing, nobody will wait.`,
    ],
    fine: ({ questions, role }) => [
      'All is well',
      `Nothing locks this account. A lost or new phone? A recovery code is enough${role ? '' : '; without one, give a temporary pass'}.${questions && !role ? ' Forgotten answers? They are changed in My account.' : ''} Something else? Have the caller read what their page shows.`,
    ],
  },
  usuallyHelps: 'Usually helps:',

  verifyCaller: {
    title: 'Verify the caller',
    heading: (name) => `Is it really ${name} who calls?`,
    lead: 'Choose what the caller has at hand. Once verified, they stay so for thirty minutes, for you alone and for this account alone.',
    rules: 'Say nothing of the card before: no address, no ways to sign in, no dates. Never call back a number that the caller gives.',
    methods: {
      phone: {
        title: 'A request on their phone',
        hint: 'The safest. They have their phone in hand and unlock it.',
        say: '“I am sending you a request. Open it, type the number that I will read to you, then Accept.”',
        act: 'Send the request',
      },
      'email-code': {
        title: 'A code by e-mail',
        hint: 'They read their mail now, on a computer or a phone.',
        say: '“I am sending you a code by e-mail. Read me its six digits, to me alone.”',
        act: 'Send the code',
      },
      answers: {
        title: 'Two secret answers',
        hint: 'For who has neither phone nor mail. Always the same two questions.',
        say: '“I ask you two of your secret questions. Tell me your answers; I type them without knowing whether they are right.”',
        act: 'Ask the questions',
      },
    },
    unavailable: {
      'no-phone': 'No phone that confirms is linked to this account.',
      'phone-suspended': 'Their phones are no longer asked: requests unanswered or reported.',
      'questions-off': 'The institute asks no secret questions.',
      'no-answers': 'The secret questions are not chosen.',
      'answers-closed': 'Closed after too many wrong answers.',
      'has-role': 'Who works at the helpdesk proves it by what they hold.',
    },
    answersFrom: (at) => `Closed until ${moments.dayAndTime(at)}.`,
    say: 'To say:',
    other: 'Verify in another way',
    toCard: 'Back to the card',
    phone: {
      title: (name) => `Request to the phone of ${name}`,
      heading: 'Read this number to the caller',
      lead: (names, name) =>
        `The request to ${name} is on ${names.map((phone) => `“${phone}”`).join(' or ')}. The caller opens it, types this number and chooses Accept.`,
      headingBefore: 'Request to the phone',
      leadBefore: 'The phone will show: “Are you on the phone with the helpdesk?”',
      number: 'Number to read: ',
      waiting: 'Waiting for the phone',
      left: (seconds) => `${plural(seconds, 'second', 'seconds')} left`,
      until: (at) => `Until ${moments.time(at)}`,
      goesOn: 'This page goes on by itself.',
      refreshes: 'This page reloads every 5 seconds. Once the request is accepted, a “Continue” button appears.',
      refresh: 'Reload now',
      notThere: 'Nothing arrives?',
      openApp: 'Have the Authenticator app opened on the phone: the request is there.',
      approved: 'The phone has confirmed',
      approvedLead: 'All that is left is to continue.',
      continue: 'Continue',
      ask: 'Send a request',
      askAgain: 'Send another request',
      ended: {
        owner:
          'The request was denied on the phone\nThe caller is not verified. If they say that they did not deny it, it is not they who hold this phone.',
        number: 'Two wrong numbers were typed\nThe caller is not verified. Read the number of another request slowly.',
        locked: 'The phone has locked itself\nThe caller is not verified. Choose another way.',
        reported:
          'The phone’s owner answers: it’s not me\nYou are most likely talking to somebody else. Do not act, say nothing more: a case is open.',
        expired: 'Nobody answered on the phone\nThe caller is not verified. Send another request, or choose another way.',
        superseded: 'A newer request has replaced this one\nA sign-in, or a colleague. Send another one, or choose another way.',
        cancelled: 'The request was withdrawn\nSend another one, or choose another way.',
        used: 'This answer has been used already\nSend another request.',
      },
      suspended: 'Their phones are no longer asked\nChoose another way.',
    },
    code: {
      title: (name) => `Code sent to ${name}`,
      heading: 'Type the code that the caller reads to you',
      lead: (name, address) => `A message has left for ${name}, ${address}. It says to read this code to the agent, and to nobody else.`,
      code: '6-digit code',
      validUntil: (at) => `Valid until ${moments.time(at)}.`,
      submit: 'Compare',
      again: 'Send another code',
      late: 'Nothing arrives?',
      lateLead: 'Have them look in spam. Another code replaces the first one.',
    },
    answers: {
      title: (name) => `Two answers of ${name}`,
      heading: 'Type what the caller says',
      lead: (name) => `Ask ${name} the two questions as they are, without helping. Capitals and accents do not count.`,
      submit: 'Compare the two answers',
    },
    done: { title: 'The caller is verified', lead: (at) => `Until ${moments.time(at)}, for you alone and for this account alone.` },
  },
};
