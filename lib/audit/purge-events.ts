// Deletes the events that are past their time from the beginning of the chain, and leaves a mark from which the rest can be verified.
import { type ChainRow, findMark, listChain, purgeChain } from '#db/audit-chain';
import type { Portal } from '../portal.ts';
import { countPast, markProof } from './rules.ts';
import { chainKey } from './seal-events.ts';

export interface PurgedEvents {
  readonly count: number;
  /** The first and the last place, and the hash at the last one: what `audit verify` begins with. Null when nothing was purged. */
  readonly from: number | null;
  readonly through: number | null;
  readonly lastHash: string | null;
}

/**
 * What is not sealed stays. Safe to run at any time, on several nodes at once.
 * @param cutoff epoch milliseconds: older events go. @param batch events per unit of work. @param most units of work
 */
export async function purgeEvents(
  { store, secrets, now }: Pick<Portal, 'store' | 'secrets' | 'now'>,
  cutoff: number,
  batch: number,
  most: number,
): Promise<PurgedEvents> {
  let purged: PurgedEvents = { count: 0, from: null, through: null, lastHash: null };
  for (let round = 0; round < most; round++) {
    const at = now();
    const rows = await store.unit(chainKey, function* (tx) {
      const mark = yield* findMark(tx);
      const oldest = yield* listChain(tx, mark?.seq ?? 0, batch);
      // A place without its event is kept: `audit verify` is to find it.
      const missing = oldest.findIndex(({ event }) => event === null);
      const whole = missing < 0 ? oldest : oldest.slice(0, missing);
      const dates = whole.flatMap(({ event }) => (event ? [event.at] : []));
      const past: ChainRow[] = whole.slice(0, countPast(dates, cutoff, at)).map(({ chain }) => chain);
      const last = past.at(-1);
      if (last) yield* purgeChain(tx, { seq: last.seq, hash: last.hash, at, proof: markProof(secrets.keyedHash, last, at) }, past);
      return past;
    });
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) break;
    purged = { count: purged.count + rows.length, from: purged.from ?? first.seq, through: last.seq, lastHash: last.hash };
    if (rows.length < batch) break;
  }
  return purged;
}
