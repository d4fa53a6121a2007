// What « Ce n’était pas moi » does about each thing that can happen to an account. It takes access away and never gives any (SEC-49). Pure.
import type { EventType } from '../audit/events.ts';
import { days, minutes } from '../duration.ts';

/** Folder of the links in notices; the token follows. */
export const notMeFolder = '/not-me';

/** How long a link in a notice may be followed. Source: SEC-49. */
export const disavowalLifetime = days(7);

/**
 * What goes beside every session, every token, and whatever is half put in place.
 * `factor`: the one that the event names. `factors`, `recovery-codes`, `answers`: those that were there when it happened; a set that
 * took their place since stays. `password`: the one then chosen. `consent`: that of the application that the event names.
 */
export type Taken = 'password' | 'factor' | 'factors' | 'recovery-codes' | 'answers' | 'consent';

/** What the person is told to do next. `sign-in`: what was taken is chosen anew at the next sign-in. */
export const advices = ['change-password', 'sign-in', 'call-helpdesk'] as const;
export type Advice = (typeof advices)[number];

export interface Disavowal {
  readonly takes: readonly Taken[];
  /** Factors, recovery codes and answers put in place since go as well: who did the one could do the others. */
  readonly since: boolean;
  readonly advice: Advice;
}

const knowsPassword: Disavowal = { takes: [], since: false, advice: 'change-password' };
const othersActed: Disavowal = { takes: [], since: false, advice: 'call-helpdesk' };
const holdsFactor: Disavowal = { takes: ['factor'], since: false, advice: 'change-password' };
/** The leave itself is taken back whatever is disowned. */
const opensReEnrolment: Disavowal = { takes: [], since: true, advice: 'change-password' };
const putInPlace: Disavowal = { takes: ['factor'], since: true, advice: 'change-password' };

/** Null: nothing that a person could disown, or nothing that would be left to take away. */
export const disavowals = {
  'password-right': knowsPassword,
  // Nobody came in.
  'password-wrong': null,
  'password-set': othersActed,
  // Whoever did it held the mailbox, and something else.
  'password-reset': { takes: ['password'], since: true, advice: 'call-helpdesk' },
  'password-changed': { takes: ['password'], since: false, advice: 'call-helpdesk' },
  // Sent after a right password.
  'email-code-sent': knowsPassword,
  'email-code-right': knowsPassword,
  'email-code-wrong': knowsPassword,
  'totp-right': holdsFactor,
  'totp-wrong': knowsPassword,
  'totp-not-judged': knowsPassword,
  'totp-disabled': knowsPassword,
  // Somebody else knows them: also the mailbox, or the password.
  'answers-right': { takes: ['answers'], since: true, advice: 'change-password' },
  'answers-wrong': othersActed,
  'recovery-code-right': { takes: ['recovery-codes'], since: true, advice: 'change-password' },
  'recovery-code-wrong': knowsPassword,
  'passkey-right': holdsFactor,
  'passkey-wrong': knowsPassword,
  'passkey-counter-back': holdsFactor,
  // Whoever asked knew the password; whoever answered holds the telephone.
  'phone-asked': knowsPassword,
  'phone-approved': holdsFactor,
  'phone-denied': holdsFactor,
  'phone-refused': holdsFactor,
  'phone-right': holdsFactor,
  // It says itself that it was somebody else, and has done what can be done.
  'phone-reported': null,
  'phone-suspended': knowsPassword,
  'signed-in': knowsPassword,
  'signed-out': null,
  'signed-out-everywhere': knowsPassword,
  'signed-out-other': knowsPassword,
  'signed-out-others': knowsPassword,
  'app-chosen': knowsPassword,
  'factor-added': putInPlace,
  'factor-renamed': knowsPassword,
  'factor-removed': { takes: [], since: false, advice: 'call-helpdesk' },
  // What is half put in place goes in any case.
  'pairing-begun': knowsPassword,
  'pairing-claimed': knowsPassword,
  'pairing-refused': knowsPassword,
  'pairing-finished': knowsPassword,
  'pairing-given-up': null,
  'phone-locked': holdsFactor,
  'phone-pin-changed': holdsFactor,
  'answers-chosen': { takes: ['answers'], since: false, advice: 'sign-in' },
  'answers-changed': { takes: ['answers'], since: false, advice: 'sign-in' },
  'recovery-codes-made': knowsPassword,
  'recovery-codes-kept': { takes: ['recovery-codes'], since: false, advice: 'sign-in' },
  'enrolment-finished': { takes: ['factors', 'recovery-codes', 'answers'], since: true, advice: 'call-helpdesk' },
  'consent-given': { takes: ['consent'], since: false, advice: 'change-password' },
  'consent-refused': null,
  'consent-withdrawn': knowsPassword,
  // Whoever asked for it had just proven a factor.
  'data-downloaded': knowsPassword,
  'step-refused': knowsPassword,
  'phone-lost': knowsPassword,
  'pass-right': opensReEnrolment,
  'pass-wrong': knowsPassword,
  're-enrolment-opened': opensReEnrolment,
  're-enrolment-cancelled': knowsPassword,
  're-enrolment-begun': opensReEnrolment,
  're-enrolled': { takes: ['factor'], since: true, advice: 'call-helpdesk' },
  'role-given': othersActed,
  'role-taken': othersActed,
  disavowed: null,
  'account-searched': null,
  'account-seen': null,
  'caller-asked': othersActed,
  'caller-verified': othersActed,
  'caller-not-verified': othersActed,
  unlocked: othersActed,
  'reset-sent': othersActed,
  'pass-given': othersActed,
  'sessions-ended': othersActed,
  'account-frozen': othersActed,
  'account-unfrozen': othersActed,
  'removal-asked': othersActed,
  'removal-decided': othersActed,
  'help-asked': othersActed,
  'help-added': othersActed,
  'case-taken': null,
  'case-returned': null,
  'case-noted': null,
  'case-closed': null,
  'case-reopened': null,
  'figures-exported': null,
  'helpdesk-refused': null,
  'account-created': null,
  'account-refreshed': null,
  'account-disabled': null,
  'account-enabled': null,
  'application-added': null,
  'application-removed': null,
  'keys-rotated': null,
  'alert-raised': null,
  'backed-up': null,
  restored: null,
  exported: null,
  purged: null,
} as const satisfies Record<EventType, Disavowal | null>;

export const disavowalOf = (type: EventType): Disavowal | null => disavowals[type];

/** What an account has. Instants are epoch milliseconds. */
export interface Held {
  readonly factors: readonly {
    readonly id: string;
    readonly name: string;
    readonly createdAt: number;
    readonly lastUsedAt: number | null;
    readonly frozenAt: number | null;
  }[];
  /** Of the set in place; null when there is none. */
  readonly recoveryCodes: { readonly createdAt: number; readonly lastUsedAt: number | null } | null;
  readonly answersChangedAt: number | null;
  /** Null where the directory does not tell. */
  readonly passwordChangedAt: number | null;
}

/** What goes when one event is disowned. */
export interface Going {
  /** Those that work until then. */
  readonly factors: Held['factors'];
  readonly recoveryCodes: boolean;
  readonly answers: boolean;
  readonly password: boolean;
  /** The application's id. */
  readonly consent: string | null;
}

/** A password is in the directory a little before or after its event is recorded. */
const directoryTakes = minutes(1);

/** @param event its factor and application as its data name them */
export function whatGoes(
  { takes, since }: Disavowal,
  event: { readonly at: number; readonly factor: string | null; readonly application: string | null },
  held: Held,
): Going {
  const goes = (kind: Taken, at: number) => (takes.includes(kind) && at <= event.at) || (since && at >= event.at);
  const { factors, recoveryCodes, answersChangedAt, passwordChangedAt } = held;
  return {
    factors: factors.filter(
      ({ id, createdAt, frozenAt }) => frozenAt === null && (goes('factors', createdAt) || (takes.includes('factor') && id === event.factor)),
    ),
    recoveryCodes: recoveryCodes !== null && goes('recovery-codes', recoveryCodes.createdAt),
    answers: answersChangedAt !== null && goes('answers', answersChangedAt),
    password: takes.includes('password') && (passwordChangedAt === null || passwordChangedAt < event.at + directoryTakes),
    consent: takes.includes('consent') ? event.application : null,
  };
}

/**
 * Whether the session that disowns goes on: only when it has proven itself a short while ago, with something that stays. What goes and
 * was used within a flow's length of that proof may be what proved it.
 * @param provenAt epoch milliseconds; null when the session has proven nothing
 * @param policy lengths in milliseconds
 */
export function staysSignedIn(
  going: Going,
  held: Held,
  provenAt: number | null,
  now: number,
  policy: { readonly recentProof: number; readonly interaction: number },
): boolean {
  if (provenAt === null || now - provenAt >= policy.recentProof) return false;
  const from = provenAt - policy.interaction;
  const unused = (at: number | null) => at === null || at < from;
  return going.factors.every(({ lastUsedAt }) => unused(lastUsedAt)) && (!going.recoveryCodes || unused(held.recoveryCodes?.lastUsedAt ?? null));
}
