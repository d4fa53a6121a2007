// What a person's pages say of their call for help.
import { findOpenHelp, listCaseNotes } from '#db/cases';
import type { Script } from '#db/unit';
import type { Portal } from '../portal.ts';
import { type HelpTopic, isHelpTopic } from './rules.ts';

export interface OpenHelp {
  readonly number: string;
  readonly topic: HelpTopic;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  /** Whether an agent has it. */
  readonly taken: boolean;
  /** When the person last added something; null: never. What was added is shown to agents alone: this page may be somebody's who only knows the password. */
  readonly addedAt: number | null;
}

/** The call that is not closed yet; null when there is none. */
export async function openHelp({ store }: Pick<Portal, 'store'>, accountId: string): Promise<OpenHelp | null> {
  return store.read(function* (tx): Script<OpenHelp | null> {
    const row = yield* findOpenHelp(tx, accountId);
    if (!row) return null;
    const own = (yield* listCaseNotes(tx, row.id)).filter(({ writtenBy }) => writtenBy === accountId);
    return {
      number: row.id,
      topic: isHelpTopic(row.note.topic) ? row.note.topic : 'something-else',
      openedAt: row.openedAt,
      taken: row.takenBy !== null,
      addedAt: own.at(-1)?.at ?? null,
    };
  });
}
