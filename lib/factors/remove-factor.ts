// Takes a factor away, while another one works.
import { findAccountRow } from '#db/accounts';
import { deleteFactor, listFactors } from '#db/factors';
import { recordEvent } from '../audit/record-event.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { RecentlyProven } from '../visitor.ts';
import { readHeldFactors } from './facts.ts';
import { mayRemove } from './rules.ts';

/** Of two tabs that remove one factor each at the same time, one wins: the unit looks again (SEC-42). @param input `factor`: its id */
export async function removeFactor(
  portal: Portal,
  member: RecentlyProven,
  input: { readonly factor: string },
): Promise<Result<void, 'last-factor' | 'factor-gone'>> {
  const { accountId } = member;
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx) {
    const account = yield* findAccountRow(tx, accountId);
    const factor = (yield* listFactors(tx, accountId)).find(({ id }) => id === input.factor);
    if (!account || !factor) {
      yield* recordEvent(tx, now, member, { type: 'step-refused', accountId, data: { act: 'remove-factor', factor: input.factor.slice(0, 64) } });
      return refused({ code: 'factor-gone' as const });
    }
    const { id, kind, name } = factor;
    if (!mayRemove(yield* readHeldFactors(portal, tx, accountId, now), id)) {
      yield* recordEvent(tx, now, member, { type: 'step-refused', accountId, data: { act: 'remove-factor', factor: id } });
      return refused({ code: 'last-factor' as const });
    }
    yield* deleteFactor(tx, accountId, id);
    const event = yield* recordEvent(tx, now, member, { type: 'factor-removed', accountId, data: { factor: id, kind, name } });
    yield* queueNotice(portal, tx, now, member, accountId, event, { kind: 'factor-removed', factor: name });
    return done(undefined);
  });
}
