// Deletes the events that are past their time from the beginning of the chain, and leaves a mark from which the rest can be verified.
import { type ChainRow, findMark, listChain, purgeChain } from '#db/audit-chain';
import type { Portal } from '../portal.ts';
import { beforeTheFirst, countPast, linkHash, markProof, type Place } from './rules.ts';
import { chainKey } from './seal-events.ts';

export interface PurgedEvents {
  readonly count: number;
  /** The first and the last place, and the hash at the last one: what `audit verify` begins with. Null when nothing was purged. */
  readonly from: number | null;
  readonly through: number | null;
  readonly lastHash: string | null;
  /** The place that stands in the way, because it is not as it was sealed; null when none does. */
  readonly stoppedAt: number | null;
}

/**
 * What is not sealed stays, and so does everything from the first place on that is not as it was sealed: the mark that a purge sets is believed,
 * and must not be what hides that somebody made events older than they are, or deleted some. Safe to run at any time, on several nodes at once.
 * @param cutoff epoch milliseconds: older events go. @param batch events per unit of work. @param most units of work
 */
export async function purgeEvents(
  { store, secrets, now }: Pick<Portal, 'store' | 'secrets' | 'now'>,
  cutoff: number,
  batch: number,
  most: number,
): Promise<PurgedEvents> {
  const { keyedHash } = secrets;
  let purged: PurgedEvents = { count: 0, from: null, through: null, lastHash: null, stoppedAt: null };
  for (let round = 0; round < most; round++) {
    const at = now();
    const { rows, stoppedAt } = await store.unit(chainKey, function* (tx) {
      const mark = yield* findMark(tx);
      if (mark && markProof(keyedHash, mark, mark.at) !== mark.proof) return { rows: [], stoppedAt: mark.seq };
      const oldest = yield* listChain(tx, mark?.seq ?? 0, batch);
      const dates: number[] = [];
      let before: Place = mark ?? beforeTheFirst;
      for (const { chain, event } of oldest) {
        if (!event || chain.seq !== before.seq + 1 || linkHash(keyedHash, before, chain.sealedAt, event) !== chain.hash) break;
        dates.push(event.at);
        before = chain;
      }
      const past: ChainRow[] = oldest.slice(0, countPast(dates, cutoff, at)).map(({ chain }) => chain);
      // `audit verify` names it.
      const wrong = past.length === dates.length ? oldest[dates.length] : undefined;
      const last = past.at(-1);
      if (last) yield* purgeChain(tx, { seq: last.seq, hash: last.hash, at, proof: markProof(keyedHash, last, at) }, past);
      return { rows: past, stoppedAt: wrong && (!wrong.event || wrong.event.at < cutoff) ? before.seq + 1 : null };
    });
    purged = { ...purged, stoppedAt };
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) break;
    purged = { ...purged, count: purged.count + rows.length, from: purged.from ?? first.seq, through: last.seq, lastHash: last.hash };
    if (rows.length < batch) break;
  }
  return purged;
}
