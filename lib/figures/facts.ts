// The figures as they were counted last.
import { listFigures } from '#db/figures';
import type { Portal } from '../portal.ts';
import { type Figures, figuresPolicy } from './rules.ts';

export interface LastFigures {
  /** The newest that are there, and when they were counted (epoch milliseconds); null before the first count. */
  readonly last: { readonly at: number; readonly figures: Figures } | null;
  /** Another count is under way. */
  readonly counting: boolean;
}

/** A row whose count is under way, or was given up. */
export const isCounting = (counts: Readonly<Record<string, unknown>>) => counts.counting === true;

/** Between two that were counted, some may have been given up. */
const rowsAtMost = 50;

/** Of any node's count. */
export async function lastFigures({ store, now }: Pick<Portal, 'store' | 'now'>): Promise<LastFigures> {
  const rows = await store.read((tx) => listFigures(tx, rowsAtMost));
  const found = rows.find(({ counts }) => !isCounting(counts));
  const [newest] = rows;
  return {
    last: found ? { at: found.at, figures: found.counts as unknown as Figures } : null,
    counting: newest !== undefined && isCounting(newest.counts) && newest.at > now() - figuresPolicy.givenUp,
  };
}
