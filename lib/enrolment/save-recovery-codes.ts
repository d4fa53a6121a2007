// Takes the person's word that the recovery codes are kept: they are hashed, never shown again, and the wizard is finished.
import { setAccountEnrolled } from '#db/accounts';
import { deletePendingRecoveryCodes, findPendingRecoveryCodes, setRecoveryCodes } from '#db/recovery-codes';
import { recordEvent } from '../audit/record-event.ts';
import { recoveryCodeHash } from '../factors/recovery-codes/rules.ts';
import { newId } from '../ids.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { MemberFlow } from '../visitor.ts';
import { checkStep, notOpen } from './check-step.ts';
import { openPendingCodes } from './facts.ts';
import { newPendingCodes, prepareRecoveryCodes } from './prepare-recovery-codes.ts';

/** @param input `kept`: empty unless the person ticked « J’ai conservé mes codes » */
export async function saveRecoveryCodes(
  portal: Portal,
  flow: MemberFlow,
  input: { readonly kept: string },
): Promise<Result<void, 'not-kept' | 'expired-page'>> {
  const { store, secrets } = portal;
  const { accountId } = flow;
  const now = portal.now();
  const codes = newPendingCodes(portal, accountId);

  return store.unit(accountId, function* (tx) {
    const account = yield* checkStep(portal, tx, flow, 'save-recovery-codes', now);
    if (!account) return notOpen();
    const pending = yield* findPendingRecoveryCodes(tx, accountId);
    // No set to keep (an account brought from elsewhere, say): here is one, to be read first.
    if (!pending) yield* prepareRecoveryCodes(tx, accountId, codes, now);
    if (!pending || input.kept === '') return refused({ code: 'not-kept', field: 'kept' });

    const hashes = openPendingCodes(portal, pending).map((code) => recoveryCodeHash(secrets, accountId, code));
    yield* setRecoveryCodes(
      tx,
      accountId,
      hashes.map((hash) => ({ id: newId(), accountId, hash, createdAt: now, usedAt: null })),
    );
    yield* deletePendingRecoveryCodes(tx, accountId);
    let event = yield* recordEvent(tx, now, flow, { type: 'recovery-codes-kept', accountId, data: { count: hashes.length } });
    const first = account.enrolledAt === null;
    if (first) {
      yield* setAccountEnrolled(tx, accountId, now);
      event = yield* recordEvent(tx, now, flow, { type: 'enrolment-finished', accountId });
    }
    yield* queueNotice(portal, tx, now, flow, accountId, event, { kind: first ? 'enrolment-finished' : 'recovery-codes-kept' });
    return done(undefined);
  });
}
