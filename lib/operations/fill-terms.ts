// Gives accounts from before the search the words by which they are found. Whoever is made or renamed since has theirs from the start, so that
// this finds nothing to do on the second start; it looks all the same: an account that nobody can find is worse than a minute of reading.
import { insertAccountTerms, listAccountsWithoutTerms } from '#db/account-search';
import { minutes } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { termsOf } from '../search/rules.ts';

/** Accounts looked at per unit of work: some milliseconds. */
const batch = 500;
/** Milliseconds between two: whoever signs in meanwhile goes first. */
const pause = 50;

type Needs = Pick<Portal, 'store' | 'log'>;

/** One batch. @param after the id to go on after. @returns `last`: where it ended; null when all accounts were looked at */
export function fillTerms({ store }: Pick<Portal, 'store'>, after: string): Promise<{ readonly filled: number; readonly last: string | null }> {
  return store.unit('fill-terms', function* (tx) {
    const { without, last } = yield* listAccountsWithoutTerms(tx, after, batch);
    yield* insertAccountTerms(
      tx,
      without.flatMap((account) => termsOf(account).map((term) => ({ term, accountId: account.id }))),
    );
    return { filled: without.length, last };
  });
}

/** Begins a minute after the start. @returns what stops it, between two batches */
export function startFillingTerms(portal: Needs): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let all = 0;
  const later = (milliseconds: number, after: string) => {
    if (stopped) return;
    timer = setTimeout(() => void step(after), milliseconds);
    timer.unref();
  };
  const step = async (after: string) => {
    try {
      const { filled, last } = await fillTerms(portal, after);
      all += filled;
      if (last !== null) later(pause, last);
      else if (all > 0) portal.log.info({ accounts: all }, 'Accounts from before the search can be found now.');
    } catch (error) {
      portal.log.error({ err: error }, 'Words of accounts could not be filled in; another try in ten minutes.');
      later(minutes(10), after);
    }
  };
  later(minutes(1), '');
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
