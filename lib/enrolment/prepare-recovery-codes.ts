// Makes the recovery codes that the wizard's last step shows, as soon as everything before it may be done. Pages only read.
import { findPendingRecoveryCodes, insertPendingRecoveryCodes, listRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { newRecoveryCodes } from '../factors/recovery-codes/rules.ts';
import type { Portal } from '../portal.ts';

/** A new set, sealed; made outside the unit. */
export const newPendingCodes = ({ secrets, settings }: Pick<Portal, 'secrets' | 'settings'>, accountId: string): Buffer =>
  secrets.seal(`pending-recovery-codes:${accountId}`, JSON.stringify(newRecoveryCodes(settings.policy.recoveryCodes.count)));

/** Puts the set in place unless one is kept or on screen already: what somebody has printed stays true. @param now epoch milliseconds */
export function* prepareRecoveryCodes(tx: Tx, accountId: string, codes: Buffer, now: number): Script<void> {
  if ((yield* listRecoveryCodes(tx, accountId)).length > 0 || (yield* findPendingRecoveryCodes(tx, accountId))) return;
  yield* insertPendingRecoveryCodes(tx, { accountId, codes, createdAt: now });
}
