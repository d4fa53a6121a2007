// Makes a new set of recovery codes, to be read and kept. The set in place goes on working until the new one is kept.
import { deletePendingRecoveryCodes, insertPendingRecoveryCodes } from '#db/recovery-codes';
import { recordEvent } from '../../audit/record-event.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result } from '../../result.ts';
import type { RecentlyProven } from '../../visitor.ts';
import { newRecoveryCodes } from './rules.ts';

/** A set that was made before and never kept is forgotten: nobody knows any more who has read it. */
export async function makeRecoveryCodes(portal: Portal, member: RecentlyProven, _input: object): Promise<Result<void>> {
  const { accountId } = member;
  const now = portal.now();
  const { count } = portal.settings.policy.recoveryCodes;
  const codes = portal.secrets.seal(`pending-recovery-codes:${accountId}`, JSON.stringify(newRecoveryCodes(count)));
  return portal.store.unit(accountId, function* (tx) {
    yield* deletePendingRecoveryCodes(tx, accountId);
    yield* insertPendingRecoveryCodes(tx, { accountId, codes, createdAt: now });
    yield* recordEvent(tx, now, member, { type: 'recovery-codes-made', accountId, data: { count } });
    return done(undefined);
  });
}
