// Counts the helpdesk's figures beside requests: some accounts at a time, with a rest between, because no page may take longer with each
// account (decision 0038). One node counts at a time.
import { countOpenCases } from '#db/cases';
import { countEvents, countWaiting, deleteFigures, insertFigures, listFigures, listProgress, setFigures } from '#db/figures';
import { seconds } from '../duration.ts';
import { enrolmentPolicy } from '../enrolment/facts.ts';
import type { Portal } from '../portal.ts';
import { isCounting } from './facts.ts';
import { type Figures, figuresPolicy, parisMidnight, tallyOf } from './rules.ts';

type Needs = Pick<Portal, 'store' | 'now' | 'settings' | 'log'>;

/** Accounts per query: some milliseconds, during which SQLite answers nobody else. */
const accountsAtOnce = 250;
/** Milliseconds of rest after each. */
const rest = 5;
const pause = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, rest);
  });

/** @returns when the count began, for `finishCount`; null while another one is under way, or the last one is younger than `age` (milliseconds) */
export function claimCount({ store, now }: Needs, age: number): Promise<number | null> {
  return store.unit('figures', function* (tx) {
    const at = now();
    const [newest] = yield* listFigures(tx, 1);
    if (newest && newest.at > at - (isCounting(newest.counts) ? figuresPolicy.givenUp : age)) return null;
    yield* insertFigures(tx, { at, counts: { counting: true } });
    return at;
  });
}

/** @param at as `claimCount` gave it. @param isStopped asked between two queries: the count is given up then */
export async function finishCount({ store, settings }: Needs, at: number, isStopped: () => boolean = () => false): Promise<Figures | null> {
  const tally = tallyOf(at, enrolmentPolicy(settings));
  for (let after = ''; ; ) {
    const from = after;
    const rows = await store.read((tx) => listProgress(tx, from, accountsAtOnce, at - figuresPolicy.funnel));
    for (const row of rows) tally.add(row);
    if (rows.length < accountsAtOnce) break;
    after = rows.at(-1)?.id ?? '';
    await pause();
    if (isStopped()) {
      await store.unit('figures', (tx) => deleteFigures(tx, at, at + 1));
      return null;
    }
  }
  const { policy } = settings;
  const lately = at - figuresPolicy.lately;
  const reEnrolled = await store.read((tx) => countEvents(tx, 're-enrolled', lately));
  const passes = await store.read((tx) => countEvents(tx, 'pass-given', lately));
  const waiting = await store.read(function* (tx) {
    return {
      passwords: yield* countWaiting(tx, 'password:', at, policy.attempts.cap),
      factors: yield* countWaiting(tx, 'factor:', at, policy.attempts.cap),
      answers: yield* countWaiting(tx, 'answers:', at, policy.answers.cap),
    };
  });
  const cases = await store.read((tx) => countOpenCases(tx));
  const figures: Figures = { ...tally.total(), reEnrolled, passes, waiting, cases };
  await store.unit('figures', function* (tx) {
    yield* setFigures(tx, at, { ...figures });
    // Of a day, the last ones stay.
    yield* deleteFigures(tx, parisMidnight(at), at);
  });
  return figures;
}

/** Counts at once and every quarter of an hour, unless another node has. @returns what stops it */
export function startFigures(portal: Needs): () => void {
  let stopped = false;
  const pass = async () => {
    const at = await claimCount(portal, figuresPolicy.every - seconds(60));
    if (at !== null) await finishCount(portal, at, () => stopped);
  };
  const run = () => {
    pass().catch((error: unknown) => portal.log.error({ err: error }, 'The figures could not be counted; the next time is in a quarter of an hour.'));
  };
  const first = setTimeout(run, seconds(5));
  const every = setInterval(run, figuresPolicy.every);
  first.unref();
  every.unref();
  return () => {
    stopped = true;
    clearTimeout(first);
    clearInterval(every);
  };
}
