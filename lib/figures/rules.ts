// What the helpdesk's figures are, and how they add up from one account after the other: numbers of people, never a person. Pure.
import { days, hours, minutes, seconds } from '../duration.ts';
import { type EnrolmentPolicy, nextEnrolmentStep } from '../enrolment/steps.ts';

/** Steps at which an enrolment can be left, in their order. */
export const halfSteps = ['install-app', 'scan-code', 'answer-questions', 'save-recovery-codes'] as const;
export type HalfStep = (typeof halfSteps)[number];

/** Lengths in milliseconds. */
export const figuresPolicy = {
  /** Nothing happened for this long: the enrolment is left. */
  left: days(7),
  /** What the funnel looks at. */
  funnel: days(90),
  /** What « lately » is, of re-enrolments and passes. */
  lately: days(30),
  weeks: 12,
  /** How often they are counted by themselves. */
  every: minutes(15),
  /** How young figures must not be for a colleague to have them counted again. */
  again: minutes(1),
  /** After how long a count that did not end is given up: its process has died. */
  givenUp: minutes(10),
} as const;

/** The figures of one moment, as they are kept. */
export interface Figures {
  readonly accounts: { readonly active: number; readonly frozen: number; readonly disabled: number };
  /** Active accounts. Nothing is missing of those enrolled. */
  readonly enrolled: number;
  /** They never came, or came no further than their password. */
  readonly notStarted: number;
  readonly half: Readonly<Record<HalfStep, { readonly now: number; readonly left: number }>>;
  /** Enrolled with one factor that works, beside recovery codes. */
  readonly oneFactor: number;
  /** Enrolled with none that works. */
  readonly noFactor: number;
  /** With a factor that is suspended. */
  readonly suspended: number;
  /** Things that take no try now, after too many wrong ones. */
  readonly waiting: { readonly passwords: number; readonly factors: number; readonly answers: number };
  /** Since `figuresPolicy.funnel`. `median`: from the first choice to the last step, milliseconds; null when nobody finished. */
  readonly funnel: { readonly started: number; readonly finished: number; readonly median: number | null };
  /** Enrolments finished by week, the oldest first. `from`: Monday, 0:00 in Paris, epoch milliseconds. */
  readonly weeks: readonly { readonly from: number; readonly finished: number }[];
  readonly reEnrolled: number;
  readonly passes: number;
  /** `oldest`: since when one waits, epoch milliseconds. */
  readonly cases: { readonly open: number; readonly free: number; readonly oldest: number | null };
}

/** One account, as far as figures go. Instants are epoch milliseconds. */
export interface ProgressFacts {
  readonly status: 'active' | 'frozen' | 'disabled';
  readonly enrolledAt: number | null;
  readonly factors: number;
  readonly working: number;
  readonly lastFactorAt: number | null;
  readonly answers: number;
  readonly lastAnswerAt: number | null;
  readonly recoveryCodes: number;
  readonly lastRecoveryCodeAt: number | null;
  readonly pendingUntil: number | null;
  readonly lastMailboxAt: number | null;
  readonly lastChoiceAt: number | null;
  readonly firstChoiceAt: number | null;
}

/** What is counted from accounts. */
export type OfAccounts = Omit<Figures, 'waiting' | 'reEnrolled' | 'passes' | 'cases'>;

/** Where an account is: a step that is left, or nothing begun, or nothing missing. */
function placeOfAccount(progress: ProgressFacts, policy: EnrolmentPolicy, now: number): HalfStep | 'not-started' | 'enrolled' {
  const { factors, answers, recoveryCodes, pendingUntil, lastChoiceAt, lastMailboxAt } = progress;
  const step = nextEnrolmentStep(
    {
      pendingFactor: pendingUntil !== null && pendingUntil > now,
      provenFactors: factors,
      answers,
      recoveryCodesKept: recoveryCodes > 0,
      replacing: false,
    },
    policy,
  );
  if (step === 'done') return 'enrolled';
  if (step !== 'welcome') return step;
  // Nothing is in place any more, but something was chosen, or the wizard reached: its time ran out at that step.
  return lastChoiceAt !== null ? 'scan-code' : lastMailboxAt !== null ? 'install-app' : 'not-started';
}

/** Lengths are kept in classes, so that their number is bounded: to 10 seconds within the hour, to a minute within the day, then to an hour. */
const classOf = (length: number) => {
  const width = length < hours(1) ? seconds(10) : length < days(1) ? minutes(1) : hours(1);
  return Math.floor(length / width) * width;
};

/** Adds accounts up, one by one, in bounded memory. */
export function tallyOf(now: number, policy: EnrolmentPolicy): { add(progress: ProgressFacts): void; total(): OfAccounts } {
  const accounts = { active: 0, frozen: 0, disabled: 0 };
  const counts = { enrolled: 0, notStarted: 0, oneFactor: 0, noFactor: 0, suspended: 0, started: 0, finished: 0 };
  const half = Object.fromEntries(halfSteps.map((step) => [step, { now: 0, left: 0 }])) as Record<HalfStep, { now: number; left: number }>;
  const starts = weekStarts(now, figuresPolicy.weeks);
  const weeks = starts.map((from) => ({ from, finished: 0 }));
  const lengths = new Map<number, number>();
  const since = now - figuresPolicy.funnel;
  return {
    add(progress) {
      const { status, enrolledAt, working, factors, firstChoiceAt } = progress;
      accounts[status] += 1;
      if (enrolledAt !== null) {
        const week = starts.findLastIndex((from) => from <= enrolledAt);
        const found = weeks[week];
        if (found && enrolledAt <= now) found.finished += 1;
        if (enrolledAt >= since) {
          counts.finished += 1;
          counts.started += 1;
          if (firstChoiceAt !== null && firstChoiceAt <= enrolledAt) {
            const length = classOf(enrolledAt - firstChoiceAt);
            lengths.set(length, (lengths.get(length) ?? 0) + 1);
          }
        }
      }
      if (status !== 'active') return;
      if (working < factors) counts.suspended += 1;
      const place = placeOfAccount(progress, policy, now);
      if (place === 'not-started') counts.notStarted += 1;
      else if (place === 'enrolled') {
        counts.enrolled += 1;
        if (working === 1) counts.oneFactor += 1;
        if (working === 0) counts.noFactor += 1;
      } else {
        const { lastFactorAt, lastAnswerAt, lastRecoveryCodeAt, lastChoiceAt, lastMailboxAt } = progress;
        const lastAt = Math.max(0, ...[lastFactorAt, lastAnswerAt, lastRecoveryCodeAt, lastChoiceAt, lastMailboxAt].filter((at) => at !== null));
        half[place].now += 1;
        if (lastAt <= now - figuresPolicy.left) half[place].left += 1;
        if (enrolledAt === null && lastAt >= since) counts.started += 1;
      }
    },
    total() {
      const { started, finished, ...rest } = counts;
      return { ...rest, accounts, half, weeks, funnel: { started, finished, median: medianOf(lengths) } };
    },
  };
}

function medianOf(lengths: ReadonlyMap<number, number>): number | null {
  const all = [...lengths.values()].reduce((sum, n) => sum + n, 0);
  let before = 0;
  for (const [length, n] of [...lengths].sort(([a], [b]) => a - b)) {
    before += n;
    if (before * 2 >= all) return length;
  }
  return null;
}

const paris = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  hourCycle: 'h23',
});
const partsAt = (at: number) => Object.fromEntries(paris.formatToParts(at).map(({ type, value }) => [type, Number(value)]));

/** Midnight in Paris of a day that is so many days away. @param at epoch milliseconds, any moment of the day */
export function parisMidnight(at: number, daysAway = 0): number {
  const { year = 0, month = 1, day = 1 } = partsAt(at);
  const utc = Date.UTC(year, month - 1, day + daysAway);
  // One hour ahead of UTC, or two in summer.
  return [hours(2), hours(1)].map((ahead) => utc - ahead).find((midnight) => partsAt(midnight).hour === 0) ?? utc;
}

/** Mondays, 0:00 in Paris, the oldest first; the last one is that of the week under way. */
export function weekStarts(now: number, count: number): number[] {
  const { year = 0, month = 1, day = 1 } = partsAt(now);
  const sinceMonday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  return Array.from({ length: count }, (_, n) => parisMidnight(now, -sinceMonday - 7 * (count - 1 - n)));
}

/** A line of the file: what, and how many. */
export type Line = readonly (string | number)[];

/**
 * A file that a French spreadsheet opens as a table: semicolons, UTF-8 with its mark. No cell is a formula: what would begin one is shown as
 * text (SEC-79; OWASP, CSV Injection).
 */
export const csvOf = (lines: readonly Line[]): string => `\ufeff${lines.map((line) => line.map(cellOf).join(';')).join('\r\n')}\r\n`;

const cellOf = (value: string | number): string => {
  if (typeof value === 'number') return String(value);
  const text = /^\s*[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[";\r\n\t]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
};
