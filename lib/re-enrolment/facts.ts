// Whether an account may replace its factors now.
import { findLiveReEnrolment, type ReEnrolmentRow } from '#db/re-enrolments';
import type { Script, Tx } from '#db/unit';
import type { Portal } from '../portal.ts';
import { stageOf } from './rules.ts';

/** Inside a unit. @returns the one that is open; null while it waits, too. @param now epoch milliseconds */
export function* readOpenReEnrolment(tx: Tx, accountId: string, now: number): Script<ReEnrolmentRow | null> {
  const row = yield* findLiveReEnrolment(tx, accountId, now);
  return row && stageOf(row, now) === 'open' ? row : null;
}

export const openReEnrolmentOf = ({ store, now }: Pick<Portal, 'store' | 'now'>, accountId: string): Promise<ReEnrolmentRow | null> =>
  store.read((tx) => readOpenReEnrolment(tx, accountId, now()));
