// What the console shows of cases: the queue, and one of them with what happened, what was done at once and what was noted.
import { findAccountRow, listAccountsById } from '#db/accounts';
import { type CaseRow, findCase, listCaseNotes, listCases, listLastNotes } from '#db/cases';
import { findEvent, listEvents } from '#db/events';
import type { Script, Tx } from '#db/unit';
import { displayName, maskAddress } from '../accounts/rules.ts';
import { findApplication } from '../applications/facts.ts';
import { type EventType, isEventType } from '../audit/events.ts';
import { type HelpPlace, type HelpTopic, isHelpPlace, isHelpTopic } from '../help/rules.ts';
import { browserOf } from '../mail/browser.ts';
import type { Portal } from '../portal.ts';
import { type CaseFilter, type CaseOutcome, type DoneAtOnce, hasNewWords } from './rules.ts';

/** An agent, as colleagues see them. */
export interface Colleague {
  readonly id: string;
  /** Null once the account is gone. */
  readonly name: string | null;
}

/** A line of the queue. Instants are epoch milliseconds. */
export interface CaseLine {
  readonly number: string;
  readonly kind: CaseRow['kind'];
  /** Of a call for help. */
  readonly topic: HelpTopic | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly outcome: CaseOutcome | null;
  readonly name: string;
  readonly maskedAddress: string;
  readonly holder: Colleague | null;
  /** The person has added something since an agent last did: whoever has the case has it to read. Never of a closed one. */
  readonly newWords: boolean;
}

function* readColleagues(tx: Tx, ids: readonly (string | null)[]): Script<(id: string | null) => Colleague | null> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const names = new Map((yield* listAccountsById(tx, wanted)).map((account) => [account.id, displayName(account)]));
  return (id) => (id === null ? null : { id, name: names.get(id) ?? null });
}

const awaits = ({ accountId, takenAt, closedAt }: CaseRow, notes: readonly { readonly writtenBy: string; readonly at: number }[]) =>
  closedAt === null && hasNewWords(notes, accountId, takenAt);

const topicOf = ({ note }: CaseRow) => (isHelpTopic(note.topic) ? note.topic : null);

/** Where a page of the queue goes on: made by `caseLines` alone, looked at for its shape. */
const cursor = /^(\d{1,16})\.([0-9A-Z]{4}-[0-9A-Z]{4})$/;

/**
 * One page of the queue: open cases the oldest first, closed ones the last closed first.
 * @param agentId who asks for `mine`
 * @param after where the page before ended; whatever else it is gives the first page
 * @returns `more`: what to ask the next page with; null when this is the last
 */
export async function caseLines(
  { store }: Pick<Portal, 'store'>,
  agentId: string,
  { filter, after, limit }: { readonly filter: CaseFilter; readonly after: string | null; readonly limit: number },
): Promise<{ readonly lines: readonly CaseLine[]; readonly more: string | null }> {
  const [, instant, id] = cursor.exec(after ?? '') ?? [];
  const from = instant === undefined || id === undefined ? null : { at: Number(instant), id };
  return store.read(function* (tx) {
    const rows = yield* listCases(
      tx,
      filter === 'closed'
        ? { which: 'closed', after: from && { closedAt: from.at, id: from.id } }
        : { which: 'open', takenBy: filter === 'mine' ? agentId : null, after: from && { openedAt: from.at, id: from.id } },
      limit + 1,
    );
    const shown = rows.slice(0, limit);
    const colleague = yield* readColleagues(
      tx,
      shown.map((row) => row.case.takenBy),
    );
    const notes = yield* listLastNotes(
      tx,
      shown.map((row) => row.case.id),
    );
    const lines = shown.map(({ case: row, person }) => ({
      number: row.id,
      kind: row.kind,
      topic: topicOf(row),
      openedAt: row.openedAt,
      closedAt: row.closedAt,
      outcome: row.outcome,
      name: displayName(person),
      maskedAddress: maskAddress(person.address),
      holder: colleague(row.takenBy),
      newWords: awaits(
        row,
        notes.filter(({ caseId }) => caseId === row.id),
      ),
    }));
    const last = rows.length > limit ? shown.at(-1)?.case : undefined;
    return { lines, more: last ? `${filter === 'closed' ? last.closedAt : last.openedAt}.${last.id}` : null };
  });
}

export interface CaseNote {
  readonly id: string;
  readonly at: number;
  /** Null: the person, who added it to their call for help. */
  readonly by: Colleague | null;
  readonly text: string;
  /** Of the person's: from where, and what it is about where that is something else; null once that event is past its time, or behind too many later ones. */
  readonly from: HelpPlace | null;
  readonly topic: HelpTopic | null;
}

export interface CaseFacts extends CaseLine {
  readonly accountId: string;
  readonly takenAt: number | null;
  readonly closedBy: Colleague | null;
  /** What was disowned; null for a call for help, and once the event is past its time. */
  readonly event: {
    readonly type: EventType;
    readonly at: number;
    readonly application: string | null;
    readonly factor: string | null;
    readonly browser: { readonly browser: string; readonly system: string } | null;
    /** Truncated. */
    readonly network: string | null;
  } | null;
  readonly done: DoneAtOnce | null;
  /** Of a call for help: from where, and the person's own words. */
  readonly from: HelpPlace | null;
  readonly text: string | null;
  readonly notes: readonly CaseNote[];
}

/** Newest events of one person, over all their cases. Five a day may be added to each case: of older ones, from where and about what stays unsaid. */
const shownAdditions = 200;

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

/** @returns null for a number that no case has */
export async function findCaseFacts(portal: Pick<Portal, 'store' | 'settings' | 'secrets'>, number: string): Promise<CaseFacts | null> {
  const found = await portal.store.read(function* (tx) {
    const row = yield* findCase(tx, number);
    const account = row && (yield* findAccountRow(tx, row.accountId));
    if (!row || !account) return null;
    const notes = yield* listCaseNotes(tx, number);
    const colleague = yield* readColleagues(tx, [row.takenBy, row.closedBy, ...notes.map(({ writtenBy }) => writtenBy)]);
    const own = notes.some(({ writtenBy }) => writtenBy === row.accountId);
    const added = own ? yield* listEvents(tx, row.accountId, shownAdditions, undefined, ['help-added']) : [];
    return { row, account, notes, added, colleague, event: row.eventId === null ? null : yield* findEvent(tx, row.eventId) };
  });
  if (!found) return null;
  const { row, account, notes, added, colleague, event } = found;
  const nameOf = async (id: string | null) => (id === null ? null : ((await findApplication(portal, id))?.name ?? id));
  const { factors, recoveryCodes, answers, password, consent } = row.note;
  return {
    number: row.id,
    accountId: row.accountId,
    kind: row.kind,
    topic: topicOf(row),
    openedAt: row.openedAt,
    takenAt: row.takenAt,
    closedAt: row.closedAt,
    outcome: row.outcome,
    name: displayName(account),
    maskedAddress: maskAddress(account.address),
    holder: colleague(row.takenBy),
    closedBy: colleague(row.closedBy),
    event:
      event && isEventType(event.type)
        ? {
            type: event.type,
            at: event.at,
            application: await nameOf(textOf(event.data.application)),
            factor: textOf(event.data.name),
            browser: browserOf(event.browser),
            network: event.network,
          }
        : null,
    done:
      row.kind === 'not-me'
        ? {
            factors: textOf(factors)?.split(' ').length ?? 0,
            recoveryCodes: recoveryCodes === true,
            answers: answers === true,
            password: password === true,
            consent: await nameOf(textOf(consent)),
          }
        : null,
    from: isHelpPlace(row.note.from) ? row.note.from : null,
    text: textOf(row.note.text),
    newWords: awaits(row, notes),
    notes: notes.map(({ id, at, writtenBy, text }) => {
      const about = writtenBy === row.accountId ? added.find(({ data }) => data.note === id)?.data : undefined;
      return {
        id,
        at,
        by: writtenBy === row.accountId ? null : colleague(writtenBy),
        text,
        from: isHelpPlace(about?.from) ? about.from : null,
        topic: isHelpTopic(about?.topic) && about.topic !== row.note.topic ? about.topic : null,
      };
    }),
  };
}
