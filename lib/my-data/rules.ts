// What a person's own copy of their data holds: the order of its parts, and how they are told of on the page. Pure.

/** What the page and the copy explain together; each with the parts of the copy that it stands for. In the order of the page. */
export const groups = {
  identity: ['account', 'roles', 'directoryRoles'],
  password: ['passwords'],
  factors: ['factors', 'passkeys', 'phones', 'pairings', 'pendingFactors', 'recoveryCodes', 'pendingRecoveryCodes'],
  questions: ['answers'],
  codes: ['emailCodes', 'phoneRequests', 'challenges', 'proofs'],
  browsers: ['portalSessions', 'sessionBrowsers', 'knownBrowsers'],
  applications: ['consents', 'oidcRecords'],
  letters: ['outbox'],
  help: ['disavowals', 'cases', 'caseNotes', 'callerVerifications', 'removalRequests', 'passwordResets', 'passes', 'lostPhones', 'reEnrolments'],
  activity: ['events'],
} as const;
export type Group = keyof typeof groups;
export const groupNames = Object.keys(groups) as Group[];
/** A part of the copy: spelt as the table that it comes from, but for the account itself. */
export type Part = (typeof groups)[Group][number];

/**
 * Why something is not in the copy. `secret`: it, or what it is compared with; whoever stole the file could use it. `mark`: a random
 * value that only means something inside this service. `others`: it is about somebody else. `twice`: the copy says it elsewhere.
 */
const leftOutReasons = ['secret', 'mark', 'others', 'twice'] as const;
export type LeftOut = (typeof leftOutReasons)[number];
