// Gives events their places in the audit log's chain, beside requests: a chain made inside each unit of work would let one at a time commit.
import { setTimeout as sleep } from 'node:timers/promises';
import { deleteUnsealed, findChainHead, findMark, hasUnsealed, insertChainRows, listUnsealed } from '#db/audit-chain';
import type { Script, Tx } from '#db/unit';
import type { Portal } from '../portal.ts';
import { beforeTheFirst, linkHash, type Place } from './rules.ts';

/** Events per unit of work: some milliseconds of the write lock, and on SQLite of the event loop. */
const batch = 100;
/** The unit of work's key: on PostgreSQL, the lock that only one node holds. */
export const chainKey = 'audit-chain';

type Needs = Pick<Portal, 'store' | 'secrets' | 'now'>;

/** Where the chain ends. */
export function* headOf(tx: Tx): Script<Place> {
  return (yield* findChainHead(tx)) ?? (yield* findMark(tx)) ?? beforeTheFirst;
}

/**
 * Seals what is committed and not yet sealed. Safe to run at any time, on several nodes at once. An event that commits late has no place
 * yet whatever its id, because what waits is a list of its own and no position.
 * @param rounds units of work at most. @param between milliseconds of rest after each: after an import there is much to seal, and people are first.
 * @returns how many were sealed
 */
export async function sealEvents({ store, secrets, now }: Needs, rounds = Number.POSITIVE_INFINITY, between = 0): Promise<number> {
  let sealed = 0;
  for (let round = 0; round < rounds; round++) {
    if (!(await store.read((tx) => hasUnsealed(tx)))) break;
    const at = now();
    const { placed, more } = await store.unit(chainKey, function* (tx) {
      const waiting = yield* listUnsealed(tx, batch);
      let before = yield* headOf(tx);
      // What has a place keeps it: `audit verify` is to find that it was written over.
      const rows = waiting
        .filter(({ seq }) => seq === null)
        .map(({ event }) => {
          const row = { seq: before.seq + 1, eventId: event.id, sealedAt: at, hash: linkHash(secrets.keyedHash, before, at, event) };
          before = row;
          return row;
        });
      if (rows.length) yield* insertChainRows(tx, rows);
      if (waiting.length)
        yield* deleteUnsealed(
          tx,
          waiting.map(({ event }) => event.id),
        );
      return { placed: rows.length, more: waiting.length === batch };
    });
    sealed += placed;
    if (!more) break;
    if (between > 0) await sleep(between);
  }
  return sealed;
}
