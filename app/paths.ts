// Every URL once. Step names are spelt as in lib/sign-in/steps.ts, lib/enrolment/steps.ts and lib/password-reset/steps.ts.
import type { CaseFilter } from '#lib/cases/rules';
import type { Disavowal } from '#lib/disavowal/rules';
import type { EnrolmentStep } from '#lib/enrolment/steps';
import type { CallerMethod } from '#lib/helpdesk/verify-caller/rules';
import type { LostPhoneStep, ProofPlace } from '#lib/lost-phone/steps';
import type { ResetWay } from '#lib/password-reset/rules';
import type { ResetStep } from '#lib/password-reset/steps';
import type { SignInStep } from '#lib/sign-in/steps';

export const paths = {
  account: '/account',
  factors: '/account/factors',
  addFactor: '/account/factors/add',
  addPasskey: '/account/factors/add-passkey',
  scanNewApp: '/account/factors/add/scan-code',
  scanPhone: '/account/factors/add/scan-phone',
  scanPhoneState: '/account/factors/add/scan-phone/state',
  confirmState: '/account/confirm/state',
  recoveryCodes: '/account/factors/recovery-codes',
  recoveryCodesFile: '/account/factors/recovery-codes/file',
  changePhone: '/account/change-phone',
  questions: '/account/questions',
  password: '/account/password',
  applications: '/account/applications',
  sessions: '/account/sessions',
  activity: '/account/activity',
  data: '/account/data',
  dataFile: '/account/data/file',
  /** « Ce n’était pas moi » of a letter, once its token is out of the address. */
  notMe: '/not-me',
  /** The telephone's own app. */
  authenticator: '/authenticator',
  /** The console: the search of an account. */
  helpdesk: '/helpdesk',
  /** What waits for a second agent. */
  removals: '/helpdesk/removals',
  cases: '/helpdesk/cases',
  dashboard: '/helpdesk/dashboard',
  dashboardFile: '/helpdesk/dashboard/file',
  helpdeskActs: '/helpdesk/acts',
  help: '/help',
  /** Asks the helpdesk for help, signed in. */
  askForHelp: '/account/help',
  askForHelpInReset: '/reset-password/ask-for-help',
  accessibility: '/accessibility',
  privacy: '/privacy',
  /** Starts a sign-in to the portal itself; `returnTo` is a path of the portal. */
  startSignIn: '/account/sign-in',
  signOut: '/account/sign-out',
  signedOut: '/signed-out',
  /** When the session of this browser ends, for its own pages. */
  sessionEnd: '/account/session-end',
  /** Says that it has ended, and why. */
  sessionEnded: '/session-ended',
} as const;

const signInPages = {
  password: 'password',
  'email-code': 'email-code',
  'second-factor': 'second-factor/code-app',
} satisfies Record<Exclude<SignInStep, 'done'>, string>;

export type SecondFactorWay = 'passkey' | 'phone' | 'code-app' | 'recovery-code';

export const signInPath = (uid: string, step: keyof typeof signInPages) => `/sign-in/${uid}/${signInPages[step]}`;
export const secondFactorPath = (uid: string, way: SecondFactorWay) => `/sign-in/${uid}/second-factor/${way}`;
/** How a request to a telephone stands, for the page that waits. */
export const phoneStatePath = (uid: string) => `${secondFactorPath(uid, 'phone')}/state`;
/** How the pairing of a telephone stands, likewise. */
export const pairingStatePath = (uid: string) => `/enrol/${uid}/scan-code/state`;
/** The list of the factors that a person has. */
export const otherWaysPath = (uid: string) => `/sign-in/${uid}/second-factor`;
export const enrolPath = (uid: string, step: EnrolmentStep) => `/enrol/${uid}/${step}`;
/** Text that may be an interaction's uid, by its shape: whether there is such a one is looked at where it leads. */
export const interactionUid = (text: unknown): string | null => (typeof text === 'string' && /^[\w-]{16,64}$/.test(text) ? text : null);
/** Steps are folders, spelt the same. */
export const resetPath = (step: ResetStep) => `/reset-password/${step}`;
/** @param signIn the interaction to come back to; nothing else about anybody stands in the address */
export const startResetPath = (signIn: string | null) => (signIn === null ? resetPath('start') : `${resetPath('start')}?from=${signIn}`);
export const proveIdentityPath = (way: ResetWay) => `${resetPath('prove-identity')}/${way}`;
/** The way of who has no factor any more; steps are folders, spelt the same. */
export const lostPhonePath = (uid: string, step: Exclude<LostPhoneStep, 'password'>) => `/sign-in/${uid}/lost-phone/${step}`;
export const lostPhoneProofPath = (uid: string, place: ProofPlace) => `${lostPhonePath(uid, 'prove-identity')}/${place}`;
/** « Je l’ai retrouvé », in the wizard. */
export const phoneFoundPath = (uid: string) => `/enrol/${uid}/phone-found`;
/** @param application its id, for the way back to it */
export const problemPath = (code: string, application?: string) => `/problem/${code}${application ? `?application=${application}` : ''}`;
export const recoveryCodesFilePath = (uid: string) => `${enrolPath(uid, 'save-recovery-codes')}/file`;
/** Three questions for who does not know which way to choose in step install-app. */
export const whichWayPath = (uid: string) => `${enrolPath(uid, 'install-app')}/which-way`;
/** Proves a factor again, then goes back. @param returnTo a path of the account */
export const confirmPath = (returnTo: string, way?: SecondFactorWay) => `/account/confirm?${new URLSearchParams({ returnTo, ...(way && { way }) })}`;
/** A page of the account that says what was just done there. */
export const doneAt = (path: string, what: string) => `${path}?${new URLSearchParams({ done: what })}`;
export const renameFactorPath = (id: string) => `/account/factors/${encodeURIComponent(id)}/rename`;
/** The check page before a factor goes. */
export const removeFactorPath = (id: string) => `/account/factors/${encodeURIComponent(id)}/remove`;
/** @param old the id of the factor on the old phone */
export const changePhonePath = (old: string) => `/account/change-phone/${encodeURIComponent(old)}`;
/** @param before the id of an event; null: from the newest. @param kind null: all */
export const activityPath = (kind: string | null, before: string | null) => {
  const query = new URLSearchParams({ ...(kind && { kind }), ...(before && { before }) }).toString();
  return query ? `${paths.activity}?${query}` : paths.activity;
};
/** The check page before an event is disowned. @param id of the event */
export const disavowPath = (id: string) => `/account/activity/${encodeURIComponent(id)}/not-me`;
/** What became of it; the page reads nothing of anybody. */
export const disownedPath = (disowned: { readonly caseNumber: string; readonly advice: Disavowal['advice']; readonly staysSignedIn: boolean }) =>
  `${paths.notMe}/done?${new URLSearchParams({ case: disowned.caseNumber, next: disowned.advice, ...(disowned.staysSignedIn && { session: 'open' }) })}`;
/** The check page before an application loses its agreement. */
export const withdrawPath = (applicationId: string) => `/account/applications/${applicationId}/withdraw`;
/** The search of an account. @param after where the next page begins */
export const searchPath = (q: string, after?: string) => `${paths.helpdesk}?${new URLSearchParams({ q, ...(after && { after }) })}`;
/** An account's card. @param from where the agent comes from, for the audit log and the way back. @param q what was searched for */
export const accountCardPath = (id: string, from: 'search' | 'case' | 'removal' | 'acts', q?: string) =>
  `${paths.helpdesk}/${encodeURIComponent(id)}?${new URLSearchParams({ from, ...(q && { q }) })}`;
/** What agents did. @param by an agent's id, for leads; null: everybody. @param before an event's id */
export const actsPath = (by: string | null, before: string | null) => {
  const query = new URLSearchParams({ ...(by && { by }), ...(before && { before }) }).toString();
  return query ? `${paths.helpdeskActs}?${query}` : paths.helpdeskActs;
};
/** Asks the helpdesk for help where a sign-in is stuck, or the wizard. */
export const askForHelpPath = (part: 'sign-in' | 'enrol', uid: string) => `/${part}/${uid}/ask-for-help`;
/** @param after where the page before ended; null: from the beginning */
export const casesPath = (which: CaseFilter, after: string | null) => `${paths.cases}?${new URLSearchParams({ which, ...(after && { after }) })}`;
export const casePath = (number: string) => `${paths.cases}/${encodeURIComponent(number)}`;
/** As `accountCardPath`, for an agent who was there a moment ago. */
export const backToCardPath = (accountId: string) => `${paths.helpdesk}/${encodeURIComponent(accountId)}`;
/** Acts of the console that have a page; folders are spelt the same. */
export type ActPage = 'unlock' | 'send-reset' | 'give-pass' | 'end-sessions' | 'freeze' | 'unfreeze';
export const actPath = (accountId: string, act: ActPage) => `${backToCardPath(accountId)}/${act}`;
/** Says that an act is done, and what to tell the person. */
export const actDonePath = (accountId: string, act: Exclude<ActPage, 'give-pass'> | 'ask-removal') => `${backToCardPath(accountId)}/done?act=${act}`;
export const verifyCallerPath = (accountId: string) => `${backToCardPath(accountId)}/verify-caller`;
/** Methods are folders, spelt the same. */
export const verifyCallerByPath = (accountId: string, method: CallerMethod) => `${verifyCallerPath(accountId)}/${method}`;
/** How a request to a caller's telephone stands, for the agent's page that waits. */
export const callerStatePath = (accountId: string) => `${verifyCallerByPath(accountId, 'phone')}/state`;
/** A card, where the caller has just been verified. */
export const callerVerifiedPath = (accountId: string) => `${backToCardPath(accountId)}?${new URLSearchParams({ done: 'verified' })}`;
/** Everything that happened to an account. @param before the id of an event; null: from the newest */
export const cardEventsPath = (accountId: string, before: string | null) =>
  `${backToCardPath(accountId)}/events${before ? `?${new URLSearchParams({ before })}` : ''}`;
export const askRemovalPath = (accountId: string, factorId: string) => `${backToCardPath(accountId)}/remove/${encodeURIComponent(factorId)}`;
/** A request to remove a factor, for the second agent. */
export const removalPath = (id: string) => `${paths.removals}/${encodeURIComponent(id)}`;
