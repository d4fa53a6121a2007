// Looks at every event and its place in the chain, a page at a time, and names the first that is not as it was sealed (SEC-109).
import { countUnsealed, findChainRow, findMark, listChain, listPlaces, listUnsealedIds } from '#db/audit-chain';
import { minutes } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { beforeTheFirst, type ChainedEvent, linkHash, markProof, type Place } from './rules.ts';
import { headOf } from './seal-events.ts';

/**
 * `altered`: the event, or its place, is not what was sealed. `reordered`: it stands where another one was sealed. `deleted`: its place is
 * there, it is not. `place-deleted`: places are missing in between. `inserted`: it has no place and was never to get one.
 * `mark-forged`: the purge mark was not made by the portal. `cut-off`: the chain does not reach a place that it is known to have had.
 * `rewritten`: at a place known from elsewhere, there is another hash.
 */
export type BreakKind = 'altered' | 'reordered' | 'deleted' | 'place-deleted' | 'inserted' | 'mark-forged' | 'cut-off' | 'rewritten';

export interface Break {
  readonly kind: BreakKind;
  readonly seq: number | null;
  readonly eventId: string | null;
}

export interface Verification {
  /** Events whose place was found right. */
  readonly verified: number;
  /** The place that it began after: 0, or that of the last purge. */
  readonly after: number;
  /** The last place that is right: to be kept elsewhere, and given the next time. */
  readonly head: Place;
  /** Events that have no place yet. */
  readonly unsealed: number;
  /** Events dated long before they were sealed: the portal was stopped, or somebody wrote them in afterwards. */
  readonly late: { readonly count: number; readonly first: string | null };
  readonly broken: Break | null;
}

const page = 1000;
/** The sealer runs every few seconds while the portal does. */
const muchLater = minutes(10);

type Needs = Pick<Portal, 'store' | 'secrets'>;

/**
 * Memory does not grow with the log. The portal may be running, purging included.
 * @param known heads kept elsewhere. @param progress told now and then how many events were looked at
 */
export async function verifyChain(portal: Needs, known: readonly Place[] = [], progress: (looked: number) => void = () => {}): Promise<Verification> {
  const { store, secrets } = portal;
  const { keyedHash } = secrets;
  const mark = await store.read((tx) => findMark(tx));
  const after = mark?.seq ?? 0;
  let before: Place = mark ?? beforeTheFirst;
  let verified = 0;
  let late: Verification['late'] = { count: 0, first: null };
  const end = async (broken: Break | null): Promise<Verification> => {
    const { count } = await store.read((tx) => countUnsealed(tx));
    return { verified, after, head: { seq: before.seq, hash: before.hash }, unsealed: count, late, broken };
  };

  if (mark && markProof(keyedHash, mark, mark.at) !== mark.proof) return end({ kind: 'mark-forged', seq: mark.seq, eventId: null });
  const wanted = new Map(known.filter(({ seq }) => seq > after).map(({ seq, hash }) => [seq, hash]));
  if (known.some(({ seq, hash }) => seq === after && hash !== before.hash)) return end({ kind: 'rewritten', seq: after, eventId: null });
  for (;;) {
    const rows = await store.read((tx) => listChain(tx, before.seq, page));
    for (const [i, { chain, event }] of rows.entries()) {
      const kind = judge(chain, event, i);
      if (kind !== null) {
        // What was purged while this was looking is not missing.
        const later = await store.read((tx) => findMark(tx));
        if ((later?.seq ?? 0) > after && chain.seq <= (later?.seq ?? 0) + 1) return verifyChain(portal, known, progress);
        return end({ kind, seq: kind === 'place-deleted' ? before.seq + 1 : chain.seq, eventId: kind === 'place-deleted' ? null : chain.eventId });
      }
      if (wanted.has(chain.seq) && wanted.get(chain.seq) !== chain.hash) return end({ kind: 'rewritten', seq: chain.seq, eventId: chain.eventId });
      if (event && chain.sealedAt - event.at > muchLater) late = { count: late.count + 1, first: late.first ?? event.id };
      before = chain;
      verified++;
    }
    progress(verified);
    if (rows.length < page) break;

    function judge(chain: { seq: number; sealedAt: number; hash: string }, event: ChainedEvent | null, i: number): BreakKind | null {
      if (chain.seq !== before.seq + 1) return 'place-deleted';
      if (!event) return 'deleted';
      if (linkHash(keyedHash, before, chain.sealedAt, event) === chain.hash) return null;
      // Another event near here fits this place: they changed places.
      const hashes = rows.map((row) => row.chain.hash);
      const fits = rows.slice(i).some(({ chain: { sealedAt }, event: other }) => {
        return other && [sealedAt, chain.sealedAt].some((at) => hashes.includes(linkHash(keyedHash, before, at, other)));
      });
      return fits ? 'reordered' : 'altered';
    }
  }
  const further = Math.max(0, ...wanted.keys());
  if (further > before.seq) return end({ kind: 'cut-off', seq: before.seq + 1, eventId: null });

  for (let from = '', full = true; full; ) {
    const rows = await store.read((tx) => listPlaces(tx, from, page));
    const stray = rows.find(({ seq, unsealed }) => seq === null && unsealed === null);
    if (stray) return end({ kind: 'inserted', seq: null, eventId: stray.id });
    full = rows.length === page;
    from = rows.at(-1)?.id ?? from;
  }
  for (let from = '', full = true; full; ) {
    const rows = await store.read((tx) => listUnsealedIds(tx, from, page));
    const gone = rows.find(({ event }) => event === null);
    if (gone) return end({ kind: 'deleted', seq: null, eventId: gone.id });
    full = rows.length === page;
    from = rows.at(-1)?.id ?? from;
  }
  return end(null);
}

/** Whether the chain still has, or has purged, a place that it once ended at. */
export async function isOfThisChain({ store }: Pick<Portal, 'store'>, { seq, hash }: Place): Promise<boolean> {
  return store.read(function* (tx) {
    if (seq === 0) return true;
    const row = yield* findChainRow(tx, seq);
    if (row) return row.hash === hash;
    const mark = yield* findMark(tx);
    return mark !== null && (mark.seq > seq || (mark.seq === seq && mark.hash === hash));
  });
}

export const chainHead = ({ store }: Pick<Portal, 'store'>): Promise<Place> =>
  store.read(function* (tx) {
    const { seq, hash } = yield* headOf(tx);
    return { seq, hash };
  });
