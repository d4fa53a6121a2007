// What happened to an account, as its owner may read it.
import { listEvents } from '#db/events';
import { findApplication } from '../applications/facts.ts';
import { browserOf } from '../mail/browser.ts';
import type { Portal } from '../portal.ts';
import { type ActivityKind, type EventType, eventTypesOf, isEventType } from './events.ts';

export interface Happening {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: EventType;
  /** Null when the event names none. */
  readonly application: string | null;
  readonly factor: string | null;
  readonly browser: { readonly browser: string; readonly system: string } | null;
  /** Truncated; null when it can't be told. */
  readonly network: string | null;
  /** Somebody else acted than the account's owner. */
  readonly byOthers: boolean;
  /** A sign-in in a browser where the account was never opened before. */
  readonly newBrowser: boolean;
  /** Of the case that it opened; null when it opened none. */
  readonly caseNumber: string | null;
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);

/**
 * One page, the newest first.
 * @param limit in events
 * @param kind null: all of them
 * @param before the id of an event: only older ones; whatever else it is gives a page that is empty or the first, of this account alone
 * @returns `more`: the id to ask the next page with, null when this is the last
 */
export async function activityOf(
  portal: Portal,
  accountId: string,
  { limit, kind, before }: { readonly limit: number; readonly kind: ActivityKind | null; readonly before: string | null },
): Promise<{ readonly happenings: readonly Happening[]; readonly more: string | null }> {
  const rows = await portal.store.read((tx) => listEvents(tx, accountId, limit + 1, before ?? undefined, eventTypesOf(kind)));
  const names = new Map<string, string>();
  for (const { data } of rows) {
    const id = text(data.application);
    if (id !== null && !names.has(id)) names.set(id, (await findApplication(portal, id))?.name ?? id);
  }
  const happenings = rows.slice(0, limit).flatMap(({ id, at, type, data, browser, network, actor }): Happening[] => {
    if (!isEventType(type)) return [];
    const application = text(data.application);
    return [
      {
        id,
        at,
        type,
        application: application === null ? null : (names.get(application) ?? null),
        factor: text(data.name),
        browser: browserOf(browser),
        network,
        byOthers: actor !== null,
        newBrowser: data.newBrowser === true,
        caseNumber: text(data.case),
      },
    ];
  });
  return { happenings, more: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
}
