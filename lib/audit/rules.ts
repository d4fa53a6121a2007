// What makes the audit log a chain: the canonical form of an event, and the hash of a place over the one before (SEC-109, decision 0028).

/** A place in the chain. */
export interface Place {
  /** From 1; 0 is before the first. */
  readonly seq: number;
  readonly hash: string;
}

export const beforeTheFirst: Place = { seq: 0, hash: '' };

/** An event as the chain sees it: every column. */
export interface ChainedEvent {
  readonly id: string;
  readonly at: number;
  readonly type: string;
  readonly accountId: string | null;
  readonly actor: string | null;
  readonly flow: string | null;
  readonly network: string | null;
  readonly browser: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** HMAC-SHA-256 under a key that is not in the database, by purpose: `Secrets.keyedHash`. */
export type KeyedHash = (purpose: string, value: string) => string;

/** The hash of the place after `before`. @param sealedAt epoch milliseconds */
export const linkHash = (keyedHash: KeyedHash, before: Place, sealedAt: number, event: ChainedEvent): string =>
  keyedHash('audit-chain', JSON.stringify([before.seq + 1, before.hash, sealedAt, ...columnsOf(event)]));

/** Of a purge mark. @param at epoch milliseconds */
export const markProof = (keyedHash: KeyedHash, { seq, hash }: Place, at: number): string => keyedHash('audit-mark', JSON.stringify([seq, hash, at]));

const columnsOf = ({ id, at, type, accountId, actor, flow, network, browser, data }: ChainedEvent) => [
  id,
  at,
  type,
  accountId,
  actor,
  flow,
  network,
  browser,
  inOrder(data),
];

/** PostgreSQL keeps the members of an object in an order of its own. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, inOrder(member)]);
}

/**
 * How many of the oldest events are past their time: the first ones, up to the first that is not. One that is dated in the future (a clock
 * had jumped) goes with the ones after it, or it would keep everything for ever.
 * @param dates of events in the order of the chain, epoch milliseconds. @param cutoff older ones are past their time
 */
export function countPast(dates: readonly number[], cutoff: number, now: number): number {
  let count = 0;
  for (const [i, at] of dates.entries()) {
    if (at < cutoff) count = i + 1;
    else if (at <= now) break;
  }
  return count;
}
