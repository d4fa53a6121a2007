// Gives a person everything held about them, as one JSON document, written as it is read: years of events are never in memory at once.
import { recordEvent } from '../audit/record-event.ts';
import { type Language, words } from '../language/language.ts';
import type { Portal } from '../portal.ts';
import type { RecentlyProven } from '../visitor.ts';
import { decisions, entriesOf, partsInOrder } from './facts.ts';
import { groupNames, groups } from './rules.ts';

/**
 * A session is enough to read what the pages of the account show a piece at a time; this is all of it, in a file that leaves the portal,
 * so it asks for a recent proof (SEC-36) and stands in the audit log. No secret, nor what one is recognised by, is in it (SEC-111).
 * @returns the document, in pieces. Source: RGPD articles 15 and 20 (SEC-116)
 */
export async function downloadData(portal: Portal, member: RecentlyProven): Promise<AsyncGenerator<string>> {
  const { accountId, visitor } = member;
  const now = portal.now();
  await portal.store.unit(accountId, (tx) => recordEvent(tx, now, member, { type: 'data-downloaded', accountId }));
  return documentOf(portal, accountId, visitor.language, now);
}

async function* documentOf(portal: Portal, accountId: string, language: Language, at: number): AsyncGenerator<string> {
  const head = { documentation: documentationIn(language), madeAt: new Date(at).toISOString() };
  yield JSON.stringify(head, null, 2).replace(/\n\}$/, '');
  for (const part of partsInOrder) {
    yield `,\n  ${JSON.stringify(part)}: `;
    const one = part === 'account';
    let entries = 0;
    for await (const entry of entriesOf(portal, accountId, part, language)) {
      yield `${one ? '' : entries === 0 ? '[\n    ' : ',\n    '}${JSON.stringify(entry)}`;
      entries += 1;
    }
    if (!one) yield entries === 0 ? '[]' : '\n  ]';
    else if (entries === 0) yield 'null';
  }
  yield '\n}\n';
}

/** What each part and field is, why it is kept and for how long, and what is left out and why. */
export function documentationIn(language: Language) {
  const said = words(language).account.data;
  return {
    about: said.about,
    parts: Object.fromEntries(
      groupNames.flatMap((group) => {
        const { name, what, why, kept } = said.groups[group];
        return groups[group].map((part) => [part, { name, what, why, kept, fields: said.fields[part], leftOut: leftOutOf(part) }]);
      }),
    ),
    leftOut: said.leftOut,
    leftOutTables: said.leftOutTables,
  };
}

/** Columns that are not in the copy, each with the name of its reason. */
const leftOutOf = (part: keyof typeof decisions | 'account') =>
  Object.fromEntries(
    Object.entries(decisions[part === 'account' ? 'accounts' : part] ?? {}).filter(([, decision]) => decision !== 'kept' && decision !== 'instant'),
  );
