// Takes the person's word that the new recovery codes are kept: they replace the old ones in the same unit, and are never shown again.
import { findAccountRow } from '#db/accounts';
import { deletePendingRecoveryCodes, findPendingRecoveryCodes, setRecoveryCodes } from '#db/recovery-codes';
import { clearTries } from '../../attempts/count-try.ts';
import { recoveryCodesSubject } from '../../attempts/rules.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { openPendingCodes } from '../../enrolment/facts.ts';
import { newId } from '../../ids.ts';
import { queueNotice } from '../../mail/queue-notice.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import type { RecentlyProven } from '../../visitor.ts';
import { recoveryCodeHash } from './rules.ts';

/** @param input `kept`: empty unless the person ticked « J’ai conservé mes codes » */
export async function keepRecoveryCodes(
  portal: Portal,
  member: RecentlyProven,
  input: { readonly kept: string },
): Promise<Result<void, 'not-kept' | 'expired-page'>> {
  const { accountId } = member;
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx) {
    const account = yield* findAccountRow(tx, accountId);
    const pending = yield* findPendingRecoveryCodes(tx, accountId);
    if (!account || !pending) {
      yield* recordEvent(tx, now, member, { type: 'step-refused', accountId, data: { act: 'keep-recovery-codes' } });
      return refused({ code: 'expired-page' as const });
    }
    if (input.kept === '') return refused({ code: 'not-kept' as const, field: 'kept' });
    const hashes = openPendingCodes(portal, pending).map((code) => recoveryCodeHash(portal.secrets, accountId, code));
    const rows = hashes.map((hash) => ({ id: newId(), accountId, hash, createdAt: now, usedAt: null }));
    yield* setRecoveryCodes(tx, accountId, rows);
    yield* deletePendingRecoveryCodes(tx, accountId);
    // Wrong tries were against codes that are no more.
    yield* clearTries(tx, recoveryCodesSubject(accountId));
    const event = yield* recordEvent(tx, now, member, { type: 'recovery-codes-kept', accountId, data: { count: rows.length } });
    yield* queueNotice(portal, tx, now, member, accountId, event, { kind: 'recovery-codes-kept' });
    return done(undefined);
  });
}
