// Counts a try before anybody looks at it, and forgets the count once one was right.
import { deleteAttempts, findAttempts, setAttempts, setKnocked, setNoFailures, setNoWait } from '#db/attempts';
import type { Script, Tx } from '#db/unit';
import { type AttemptPolicy, count, judge, uncount, type Verdict } from './rules.ts';

export type Counted =
  /**
   * The try may be looked at. `last`: when it is wrong too, the thing is disabled from now on. `left`: how many more may follow today;
   * `until`: from when one may.
   */
  { readonly kind: 'allowed'; readonly last: boolean; readonly left: number; readonly until: number } | Exclude<Verdict, { kind: 'allowed' }>;

/**
 * Call it in a unit whose key is always the same for this subject. A try that may not be looked at is not counted either: waiting
 * is enough, and whoever knocks during the wait makes nobody wait longer.
 * @param now epoch milliseconds
 */
export function* countTry(tx: Tx, subject: string, now: number, policy: AttemptPolicy): Script<Counted> {
  const row = yield* findAttempts(tx, subject);
  const verdict = judge(row, now, policy);
  if (verdict.kind !== 'allowed') {
    // A commit that writes nothing is faster: it would tell that somebody has tried this address before (SEC-08).
    yield* setKnocked(tx, subject, now);
    return verdict;
  }
  const counted = count(row, now, policy);
  yield* setAttempts(tx, { subject, ...counted });
  return { kind: 'allowed', last: counted.failures >= policy.cap, left: Math.max(0, policy.perDay - counted.dayFailures), until: counted.waitUntil };
}

/** After a right try. */
export const clearTries = (tx: Tx, subject: string): Script<void> => deleteAttempts(tx, subject);

/** After a proof of another kind by the owner: consecutive failures start anew, but not the day's, nor the wait that runs. */
export const startTriesAnew = (tx: Tx, subject: string): Script<void> => setNoFailures(tx, subject);

/** By the helpdesk: the wait that runs ends, and the day's count with it. What counts towards the cap stays (SEC-05). */
export const liftWait = (tx: Tx, subject: string): Script<void> => setNoWait(tx, subject);

/** Closes it for good, whatever was tried before: until `clearTries`. No purge takes a row that was last tried so late. */
export const disableTries = (tx: Tx, subject: string, { cap }: AttemptPolicy): Script<void> =>
  setAttempts(tx, { subject, failures: cap, dayFailures: 0, dayStartedAt: 0, waitUntil: 0, lastAt: Number.MAX_SAFE_INTEGER });

/** Gives a try back that nobody could look at. */
export function* giveTryBack(tx: Tx, subject: string, policy: AttemptPolicy): Script<void> {
  const row = yield* findAttempts(tx, subject);
  if (row) yield* setAttempts(tx, { subject, ...uncount(row, policy) });
}
