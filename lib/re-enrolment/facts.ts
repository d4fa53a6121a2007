// Whether an account may replace its factors now.
import { findLiveReEnrolment, type ReEnrolmentRow } from '#db/re-enrolments';
import type { Script, Tx } from '#db/unit';
import type { Portal } from '../portal.ts';
import { readRole } from '../roles/facts.ts';
import { mayBeKnownByWords } from '../roles/rules.ts';
import { stageOf } from './rules.ts';

/**
 * Inside a unit. What a pass or answers have opened is shut to whoever was given a role since: they are known by what they hold (SEC-75).
 * @returns the one that is open; null while it waits, too. @param now epoch milliseconds
 */
export function* readOpenReEnrolment(tx: Tx, accountId: string, now: number): Script<ReEnrolmentRow | null> {
  const row = yield* findLiveReEnrolment(tx, accountId, now);
  if (!row || stageOf(row, now) !== 'open') return null;
  return row.openedBy === 'recovery-code' || mayBeKnownByWords(yield* readRole(tx, accountId)) ? row : null;
}

export const openReEnrolmentOf = ({ store, now }: Pick<Portal, 'store' | 'now'>, accountId: string): Promise<ReEnrolmentRow | null> =>
  store.read((tx) => readOpenReEnrolment(tx, accountId, now()));
