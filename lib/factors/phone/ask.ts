// Asks a person's telephones whether it is they who sign in, or who change something of their account: one request at a time, for a minute, and not for ever (SEC-28, SEC-29).
import { randomInt } from 'node:crypto';
import { setAttempts } from '#db/attempts';
import { expirePhoneRequests, insertPhoneRequest, listPhoneRequests, type PhoneRequestRow, supersedePhoneRequests } from '#db/phone-requests';
import { type HeldPhone, listPhones } from '#db/phones';
import type { Script, Tx } from '#db/unit';
import { type RecordedEvent, recordEvent } from '../../audit/record-event.ts';
import { queueNotice } from '../../mail/queue-notice.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import { randomToken } from '../../secrets.ts';
import type { Destination, Flow, Member, Visitor } from '../../visitor.ts';
import { placeOf, readSuspended, suspensionSubject, works } from './facts.ts';
import { judgeAsking, numberRange } from './rules.ts';

export type AskProblem = 'no-phone' | 'phone-suspended' | 'phone-limit';

/** What is random of a request, made outside the unit. */
export const newRequest = () => ({ id: randomToken(128), nonce: randomToken(256), number: randomInt(numberRange.lowest, numberRange.highest + 1) });

export interface Asked {
  readonly request: PhoneRequestRow;
  /** To be woken up once the unit is done. */
  readonly phones: readonly HeldPhone[];
}

/**
 * In a unit of the account, once the password is proven in this flow, or in its session. All of its telephones are asked, and the first
 * to answer decides. A request that still waits is superseded, and the browser that made it told so. @param now epoch milliseconds
 * @param application what the telephone shows
 */
export function* askPhones(
  portal: Portal,
  tx: Tx,
  now: number,
  by: Flow | Member,
  application: Pick<Destination, 'id' | 'name'>,
  accountId: string,
  made: ReturnType<typeof newRequest>,
): Script<Result<Asked, AskProblem>> {
  const policy = portal.settings.policy.phone;
  const phones = (yield* listPhones(tx, accountId)).filter(works);
  if (phones.length === 0) return refused({ code: 'no-phone' });
  yield* expirePhoneRequests(tx, accountId, now);
  if (yield* readSuspended(tx, accountId)) return refused({ code: 'phone-suspended' });
  const verdict = judgeAsking(yield* listPhoneRequests(tx, accountId, now - policy.window, policy.requests), now, policy);
  if (verdict.kind === 'suspend') {
    const event = yield* suspendPhones(tx, now, by, accountId, 'unanswered');
    // Once a suspension, and not each time that somebody asks in vain (SEC-10).
    yield* queueNotice(portal, tx, now, by, accountId, event, { kind: 'phone-suspended' });
    return refused({ code: 'phone-suspended' });
  }
  if (verdict.kind === 'wait') return refused({ code: 'phone-limit', retryAt: verdict.until });
  yield* supersedePhoneRequests(tx, accountId, now);
  const request: PhoneRequestRow = {
    ...made,
    accountId,
    flow: placeOf(by),
    tries: 0,
    status: 'pending',
    why: null,
    application: application.name,
    network: by.visitor.network,
    userAgent: by.visitor.userAgent,
    factorId: null,
    unlock: null,
    createdAt: now,
    expiresAt: now + policy.request,
    decidedAt: null,
  };
  yield* insertPhoneRequest(tx, request);
  yield* recordEvent(tx, now, by, { type: 'phone-asked', accountId, data: { application: application.id, request: made.id } });
  return done({ request, phones });
}

/** No telephone of the account rings any more, until another factor, or an answer still under way, says that its owner is there. */
export function* suspendPhones(
  tx: Tx,
  now: number,
  by: Flow | Member | Visitor,
  accountId: string,
  why: 'unanswered' | 'reported',
): Script<RecordedEvent> {
  yield* setAttempts(tx, { subject: suspensionSubject(accountId), failures: 1, dayFailures: 1, dayStartedAt: now, waitUntil: now, lastAt: now });
  return yield* recordEvent(tx, now, by, { type: 'phone-suspended', accountId, data: { why } });
}
