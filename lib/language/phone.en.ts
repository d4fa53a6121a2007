// What the computer says of telephones that confirm, in English. What the telephone itself says is in authenticator.en.ts.
import { englishMoments as at } from './moments.ts';
import type { frenchPhone } from './phone.fr.ts';

const named = (names: readonly string[]) => names.map((name) => `“${name}”`).join(' or ');
const inSeconds = (left: number) => `${left} second${left === 1 ? '' : 's'}`;

export const englishPhone: typeof frenchPhone = {
  choice: {
    title: 'A notification on my phone',
    hint: 'You tap it and enter a number. Android or iPhone.',
    recommended: 'Recommended',
  },

  request: {
    title: 'Confirm on your phone',
    lead: (names) => `Open the notification received on ${named(names)} and enter this number.`,
    leadBefore: (names) => `The request will appear on ${named(names)}. Keep it at hand.`,
    number: 'Number to enter: ',
    waiting: 'Waiting for your answer',
    left: (seconds) => `${inSeconds(seconds)} left`,
    until: (instant) => `Until ${at.time(instant)}`,
    goesOn: 'This page will go on by itself as soon as you have accepted.',
    refreshes: 'This page reloads every 5 seconds. Once the request is accepted, a “Continue” button appears here.',
    refresh: 'Reload now',
    notThere: 'The notification does not arrive?',
    openApp: 'Open the Authenticator app on the phone: the request is there.',
    approved: 'Your phone has confirmed',
    approvedLead: 'All that is left is to continue.',
    continue: 'Continue',
    ask: 'Send a request to my phone',
    askAgain: 'Send another request',
    otherWay: 'Another way to sign in',
    lostPhone: 'No longer have your phone?',
    ended: {
      owner: 'The request was refused on the phone\nToo quick a tap? Send another request.',
      number: 'The request was refused: the number entered was not this one\nSend another request, and enter the number shown then.',
      locked: 'The request was refused: the phone has locked itself\nChoose another way to sign in.',
      reported: 'The request was reported on the phone: it’s not me\nNothing was confirmed, and requests to the phone are suspended.',
      expired: 'The request expired without an answer\nIt waits for a minute. Send another one, or choose another way.',
      superseded:
        'A more recent request has replaced this one\nDid you make it in another tab? Answer there. If not, somebody knows your password: choose “It’s not me” on the phone.',
      cancelled: 'The request was withdrawn\nSend another one, or choose another way.',
      used: 'This answer has been used already\nSend another request, or choose another way.',
    },
    suspended:
      'Requests to the phone are suspended\nSeveral went unanswered, or one was reported. Choose another way to sign in: they will start again after that.',
  },
  reported:
    'This sign-in was stopped from your phone\nYou answered “It’s not me”. By mistake? Start again. If not, somebody knows your password: choose another one with “Forgotten password”.',
  way: 'My phone, with a notification',
  codeWay: 'The 6-digit code shown by my phone',
  codeLead: (name) => `Open the Authenticator app on “${name}”, then “Show a code”.`,
  confirmWay: 'Answer a request on my phone',
  locked: {
    heading: 'Your phone is locked',
    title: 'To protect your account, it no longer confirms anything.',
    recoveryCode: 'A recovery code opens your account: you will link your phone again there.',
    nothing: 'Call the helpdesk: it will verify that it is you, then help you link it again.',
  },

  done: (name) => `Next time you sign in: password, then a request on “${name}”.`,

  pairing: {
    title: 'Link your phone',
    lead: 'This QR code links your phone to your account. It works once, for 10 minutes. Do not share it.',
    onThisPhone: 'Are you reading this page on the phone to link?',
    openHere: 'Link this phone',
    qrTitle: 'QR code to scan with the phone to link',
    cantScan: 'Can’t scan it?',
    typeCode: (address) => `Open ${address} on the phone and enter this code:`,
    android: 'On Android',
    androidSteps: [
      'Point the camera at the QR code and open the link.',
      'Check that the name shown is yours, then follow the steps.',
      'Come back here to confirm that it is your phone.',
    ],
    iphone: 'On iPhone',
    iphoneSteps: (address) => [
      `In Safari, open ${address}.`,
      'Tap Share, then “Add to Home Screen”. Open the app from the Home Screen.',
      'In the app, scan the QR code or enter the code.',
      'Come back here to confirm that it is your phone.',
    ],
    waiting: 'Waiting for your phone',
    until: (instant) => `Valid until ${at.time(instant)}.`,
    claimed: {
      title: 'Finish on your phone',
      lead: 'A phone has read this QR code. Follow the steps it shows, then come back here.',
      waiting: 'The phone has not finished yet',
      notMine: 'Is it not yours? Accept nothing, and start again.',
    },
    finished: {
      title: 'Is this your phone?',
      lead: 'Confirm only if you recognise this phone and have it in your hand.',
      name: 'Name',
      system: 'System',
      unlock: 'Unlocked by',
      notifications: 'Notifications',
      unlocks: { biometrics: 'Fingerprint, face or the phone’s own code', pin: 'PIN' },
      notified: 'Allowed: a test notification will leave from the phone',
      notNotified: 'Not allowed: requests will appear in the app',
      confirm: 'Yes, it is my phone',
      refuse: 'It is not my phone',
    },
    replaces: {
      legend: 'Does this phone replace one of yours?',
      hint: 'The same phone, linked again, or a new one in place of the old one: the old one will confirm nothing any more.',
      one: (name) => `Yes, it replaces “${name}”`,
      none: 'No, it is one more phone',
      noneHint: 'The others go on confirming.',
    },
    expired: {
      title: 'This QR code is no longer valid',
      lead: 'A QR code lasts 10 minutes, on the page that asked for it. Show another one when your phone is ready.',
      again: 'Show another QR code',
    },
    again: 'Start again with another QR code',
    otherWay: 'Choose another way',
    refreshes: 'This page reloads every 5 seconds.',
    refresh: 'Reload now',
  },

  list: {
    kinds: { biometrics: 'Phone, unlocked by fingerprint or face', pin: 'Phone, unlocked by PIN' },
    system: (browser, system) => [browser, system].filter(Boolean).join(' on '),
    addedAndUsed: (day, used) => `Added on ${at.day(day)}, used on ${at.day(used)}`,
    addedNeverUsed: (day) => `Added on ${at.day(day)}, never used`,
    seen: (when) => `Last contact: ${at.dayAndTime(when)}`,
    notified: (when) => `Notifications arrive. Last verified: ${at.dayAndTime(when)}`,
    notNotified: 'No notification verified yet: start a test from the app, in its settings',
    silent: 'Without notifications: requests appear in the app',
    locked: {
      pin: 'Locked after five wrong PINs. Remove it, then link it again.',
      clone: 'Locked: another device used its key. Remove it, then link it again.',
    },
  },
};
