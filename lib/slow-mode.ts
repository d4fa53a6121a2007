// While far more is guessed than people mistype, sign-ins from browsers that nobody has used before pass one after the other; those in
// known browsers never wait for it (SEC-09, decision 0006). Of one process: lib/operations/watch-failures.ts tells it when.
import { setTimeout as sleep } from 'node:timers/promises';
import { isCountedFailure } from './alerts/rules.ts';
import { seconds } from './duration.ts';
import { Busy } from './hashing.ts';

/** How long one sign-in keeps the others waiting: at most sixty a minute on each node. Milliseconds. */
const turn = seconds(1);
/** Who comes when so many wait is asked to try again. */
const longestQueue = 30;

export interface SlowMode {
  /** Counts a line of the audit log, when it tells of a failure that counts. */
  note(event: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }): void;
  /** How many failures were noted since the last time. */
  take(): number;
  /** Those that could not be written down are counted again. */
  giveBack(failures: number): void;
  /** @param until epoch milliseconds */
  slowUntil(until: number): void;
  /** Resolves when it is the caller's turn: at once but in slow mode. Throws Busy when too many wait. */
  pass(): Promise<void>;
  state(): { readonly slow: boolean; readonly waiting: number };
}

interface Needs {
  /** Epoch milliseconds. */
  now(): number;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

export function createSlowMode({ now, pause = (milliseconds) => sleep(milliseconds) }: Needs): SlowMode {
  let noted = 0;
  let slowEnd = 0;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    note(event) {
      if (isCountedFailure(event)) noted++;
    },
    take() {
      const taken = noted;
      noted = 0;
      return taken;
    },
    giveBack(failures) {
      noted += failures;
    },
    slowUntil(until) {
      slowEnd = Math.max(slowEnd, until);
    },
    async pass() {
      if (now() >= slowEnd) return;
      if (waiting >= longestQueue) throw new Busy('Too many sign-ins wait for their turn.');
      waiting++;
      last = last.then(() => pause(turn));
      await last;
      waiting--;
    },
    state: () => ({ slow: now() < slowEnd, waiting }),
  };
}
