// What keeps a person from signing in, and which act usually helps: a table of conditions, ordered by how much they explain. Pure.
import { days, hours } from '../../duration.ts';
import type { EnrolmentStep } from '../../enrolment/steps.ts';
import type { Lock } from '../acts/rules.ts';
import type { HelpdeskAction } from '../rules.ts';

export interface DiagnosisFacts {
  readonly status: 'active' | 'frozen' | 'disabled';
  /** Whether the directory's own check has closed it. */
  readonly leftDirectory: boolean;
  readonly locks: readonly Lock[];
  /** Of the newest letter to them: it waits because no server takes it, or was refused for good. */
  readonly mail: 'waiting' | 'refused' | null;
  /** When a code was last sent to sign in with, and whether none was typed since. Epoch milliseconds. */
  readonly codeUntypedSince: number | null;
  readonly step: EnrolmentStep;
  /** First codes of a new app that were wrong, since it was chosen; `drift`: by how many seconds its clock seems to be off. */
  readonly wrongCodes: number;
  readonly drift: number | null;
  /** What is being put in place. */
  readonly pending: 'totp' | 'phone' | 'passkey' | null;
  /** Factors that work, and those that are frozen or locked. */
  readonly working: number;
  readonly stuck: number;
  /** Whether every factor that works is a telephone without notifications. */
  readonly silentPhone: boolean;
  readonly reEnrolment: 'waiting' | 'open' | null;
  /** Null when no set was kept. */
  readonly recoveryCodesLeft: number | null;
  /** Epoch milliseconds; null: never. */
  readonly signedInAt: number | null;
  /** Of the last wrong password, when none was right since. */
  readonly wrongPasswordAt: number | null;
  /**
   * What was the matter with it. `unseen`: it was refused while a wait ran, and may have been right. `closed`: it, or the account, opened
   * nothing then, whatever was typed; nothing is said of it.
   */
  readonly wrongPasswordWas: 'wrong' | 'unseen' | 'expired' | 'locked' | 'closed';
}

export const diagnoses = [
  'left-directory',
  'disabled',
  'frozen',
  'password-frozen',
  're-enrolment-waiting',
  'mail-refused',
  'mail-waiting',
  'password-disabled',
  'password-waits',
  'phone-copied',
  'phone-pins',
  'factors-frozen',
  'app-disabled',
  'app-waits',
  'phones-suspended',
  'replacing',
  'clock',
  'wrong-first-codes',
  'pairing',
  'code-untyped',
  'password-expired',
  'password-locked',
  'password-unseen',
  'wrong-password',
  'half-enrolled',
  'recovery-codes-closed',
  'pass-waits',
  'answers-closed',
  'never-came',
  'some-frozen',
  'silent-phone',
  'no-recovery-codes',
  'one-factor',
  'fine',
] as const;
export type DiagnosisKey = (typeof diagnoses)[number];

interface Rule {
  readonly key: DiagnosisKey;
  readonly when: (facts: DiagnosisFacts, now: number) => boolean;
  /** What usually helps; null: a word is enough, or somebody else has to act. */
  readonly act: HelpdeskAction | null;
}

const locked = ({ locks }: DiagnosisFacts, what: Lock['what'], ...why: readonly Lock['why'][]) =>
  locks.some((lock) => lock.what === what && why.includes(lock.why));
/** Where a lock speaks of it already, it is not said twice. */
const wrongLately = (f: DiagnosisFacts, now: number) =>
  f.wrongPasswordAt !== null && now - f.wrongPasswordAt < days(1) && !f.locks.some(({ what }) => what === 'password');
const passwordWas = (was: DiagnosisFacts['wrongPasswordWas']) => (f: DiagnosisFacts, now: number) =>
  f.wrongPasswordWas === was && wrongLately(f, now);
const enrolling = ({ step }: DiagnosisFacts) => step !== 'done' && step !== 'welcome';

const rules: readonly Rule[] = [
  { key: 'left-directory', when: (f) => f.status === 'disabled' && f.leftDirectory, act: null },
  { key: 'disabled', when: (f) => f.status === 'disabled', act: null },
  { key: 'frozen', when: (f) => f.status === 'frozen', act: 'unfreeze' },
  { key: 'password-frozen', when: (f) => locked(f, 'password', 'frozen'), act: 'send-reset' },
  { key: 're-enrolment-waiting', when: (f) => f.reEnrolment === 'waiting', act: 'give-pass' },
  { key: 'mail-refused', when: (f) => f.mail === 'refused', act: null },
  { key: 'mail-waiting', when: (f) => f.mail === 'waiting', act: null },
  { key: 'password-disabled', when: (f) => locked(f, 'password', 'disabled'), act: 'send-reset' },
  { key: 'password-waits', when: (f) => locked(f, 'password', 'waits'), act: 'unlock' },
  { key: 'phone-copied', when: (f) => locked(f, 'phone', 'copied'), act: 'give-pass' },
  { key: 'phone-pins', when: (f) => locked(f, 'phone', 'wrong-pins'), act: 'give-pass' },
  { key: 'factors-frozen', when: (f) => f.working === 0 && f.stuck > 0, act: 'give-pass' },
  { key: 'app-disabled', when: (f) => locked(f, 'app', 'disabled'), act: 'give-pass' },
  { key: 'app-waits', when: (f) => locked(f, 'app', 'waits'), act: 'unlock' },
  { key: 'phones-suspended', when: (f) => locked(f, 'phones', 'suspended'), act: 'unlock' },
  { key: 'replacing', when: (f) => f.reEnrolment === 'open', act: null },
  { key: 'clock', when: (f) => f.step === 'scan-code' && f.pending === 'totp' && f.drift !== null, act: null },
  { key: 'wrong-first-codes', when: (f) => f.step === 'scan-code' && f.pending === 'totp' && f.wrongCodes > 0, act: null },
  { key: 'pairing', when: (f) => f.step === 'scan-code' && f.pending === 'phone', act: null },
  { key: 'code-untyped', when: (f, now) => f.codeUntypedSince !== null && now - f.codeUntypedSince < hours(2), act: null },
  { key: 'password-expired', when: passwordWas('expired'), act: 'send-reset' },
  { key: 'password-locked', when: passwordWas('locked'), act: 'send-reset' },
  { key: 'password-unseen', when: passwordWas('unseen'), act: null },
  { key: 'wrong-password', when: passwordWas('wrong'), act: 'send-reset' },
  { key: 'half-enrolled', when: enrolling, act: null },
  { key: 'recovery-codes-closed', when: (f) => locked(f, 'recovery-codes', 'waits', 'disabled'), act: 'unlock' },
  { key: 'pass-waits', when: (f) => locked(f, 'pass', 'waits', 'disabled'), act: 'unlock' },
  { key: 'answers-closed', when: (f) => locked(f, 'answers', 'closed', 'disabled'), act: null },
  { key: 'never-came', when: (f) => f.step === 'welcome', act: null },
  { key: 'some-frozen', when: (f) => f.stuck > 0, act: null },
  { key: 'silent-phone', when: (f) => f.silentPhone, act: null },
  { key: 'no-recovery-codes', when: (f) => f.recoveryCodesLeft === 0, act: null },
  { key: 'one-factor', when: (f) => f.working === 1 && (f.recoveryCodesLeft ?? 0) <= 1, act: null },
];

export interface Diagnosis {
  readonly key: DiagnosisKey;
  readonly act: HelpdeskAction | null;
}

/** @param now epoch milliseconds. @returns the first one explains most; « Tout va bien » alone when nothing is wrong */
export function diagnose(facts: DiagnosisFacts, now: number): readonly [Diagnosis, ...Diagnosis[]] {
  const [first, ...others] = rules.filter(({ when }) => when(facts, now)).map(({ key, act }): Diagnosis => ({ key, act }));
  return first ? [first, ...others] : [{ key: 'fine', act: null }];
}
