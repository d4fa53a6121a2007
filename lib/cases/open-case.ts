// Opens a case for the helpdesk, and tells it by a letter: what every topic may need inside its own unit of work.
import { type AccountRow, findAccountRow } from '#db/accounts';
import { findCaseOfEvent, insertCase } from '#db/cases';
import type { Script, Tx } from '#db/unit';
import { maskAddress } from '../accounts/rules.ts';
import { newId } from '../ids.ts';
import { caseMessage, noticeLifetime } from '../mail/messages.ts';
import { queueMail } from '../mail/outbox.ts';
import type { Portal } from '../portal.ts';
import { newCaseNumber } from './rules.ts';

export interface NewCase {
  readonly kind: 'not-me' | 'help';
  /** What it is about: of one event there is one case, however often and from wherever it is asked for. */
  readonly eventId: string | null;
  /** Short, and never a secret. */
  readonly note: Readonly<Record<string, string | number | boolean | null>>;
}

/** @param now epoch milliseconds. @returns the case's number, and whether this call opened it */
export function* openCase(
  portal: Pick<Portal, 'secrets' | 'settings'>,
  tx: Tx,
  now: number,
  accountId: string,
  { kind, eventId, note }: NewCase,
): Script<{ readonly number: string; readonly opened: boolean }> {
  const account: AccountRow | null = yield* findAccountRow(tx, accountId);
  if (!account) throw new Error('A case of an account that is not there');
  const number = newCaseNumber();
  const row = { id: number, accountId, kind, eventId, note, openedAt: now, takenBy: null, takenAt: null, closedAt: null };
  if (!(yield* insertCase(tx, row))) {
    const before = eventId === null ? null : yield* findCaseOfEvent(tx, eventId);
    return { number: before?.id ?? number, opened: false };
  }
  yield* queueMail(portal, tx, now, {
    id: newId(),
    // The helpdesk's letter, not the person's.
    accountId: null,
    to: portal.settings.helpdesk.email,
    kind: 'case-opened',
    message: caseMessage(portal.settings, { number, kind, address: maskAddress(account.address), at: now }),
    uselessAt: now + noticeLifetime,
  });
  return { number, opened: true };
}
