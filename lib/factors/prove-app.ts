// Proves another authenticator app by its first code: from then on it is a factor, beside those that were there.
import { findPendingFactor } from '#db/pending-factors';
import type { Script } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { RecentlyProven } from '../visitor.ts';
import { type NewAppProblem, proveNewApp } from './totp/new-app.ts';

export type ProveAppProblem = NewAppProblem | 'expired-page';

/** Without an app that waits for its code: `expired-page`. */
export async function proveApp(portal: Portal, member: RecentlyProven, input: { readonly code: string }): Promise<Result<void, ProveAppProblem>> {
  const { accountId } = member;
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx): Script<Result<void, ProveAppProblem>> {
    const pending = yield* findPendingFactor(tx, accountId);
    if (pending?.kind !== 'totp' || pending.expiresAt <= now) {
      yield* recordEvent(tx, now, member, { type: 'step-refused', accountId, data: { act: 'prove-app' } });
      return refused({ code: 'expired-page' });
    }
    const proven = yield* proveNewApp(portal, tx, now, member, pending, input.code, `add-app:${accountId}`, { act: 'prove-app' });
    return proven.ok ? done(undefined) : proven;
  });
}
