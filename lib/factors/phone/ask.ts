// Asks a person's telephones whether it is they who sign in, who change something of their account, or who are on the line with the helpdesk:
// one request at a time, for a minute, and not for ever (SEC-28, SEC-29).
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
import type { Agent, Destination, Flow, Member, Visitor } from '../../visitor.ts';
import { placeOf, readSuspended, suspensionSubject, works } from './facts.ts';
import { callerFlow, judgeAsking, numberRange, verificationOf } from './rules.ts';

export type AskProblem = 'no-phone' | 'phone-suspended' | 'phone-limit';

/** What is random of a request, made outside the unit. */
export const newRequest = () => ({ id: randomToken(128), nonce: randomToken(256), number: randomInt(numberRange.lowest, numberRange.highest + 1) });

export interface Asked {
  readonly request: PhoneRequestRow;
  /** To be woken up once the unit is done. */
  readonly phones: readonly HeldPhone[];
}

/** An agent's question to whoever calls. */
export interface CallerQuestion {
  readonly agent: Agent;
  /** The id of the verification: what is approved is good for it alone. */
  readonly verification: string;
}

/**
 * In a unit of the account, once the password is proven in this flow, or in its session. All of its telephones are asked, and the first
 * to answer decides. A request that still waits is superseded, and the browser that made it told so. An agent's questions are counted apart:
 * a stranger who calls the helpdesk must not be able to silence the owner's telephones (decision 0036). @param now epoch milliseconds
 * @param application what the telephone shows
 */
export function* askPhones(
  portal: Portal,
  tx: Tx,
  now: number,
  asker: Flow | Member | CallerQuestion,
  application: Pick<Destination, 'id' | 'name'>,
  accountId: string,
  made: ReturnType<typeof newRequest>,
): Script<Result<Asked, AskProblem>> {
  const policy = portal.settings.policy.phone;
  const call = 'verification' in asker ? asker : null;
  const by = 'verification' in asker ? asker.agent : asker;
  const phones = (yield* listPhones(tx, accountId)).filter(works);
  if (phones.length === 0) return refused({ code: 'no-phone' });
  yield* expirePhoneRequests(tx, accountId, now);
  if (yield* readSuspended(tx, accountId)) return refused({ code: 'phone-suspended' });
  // Twice as many as are judged: those of the other kind are among them.
  const recent = yield* listPhoneRequests(tx, accountId, now - policy.window, 2 * policy.requests);
  const alike = recent.filter(({ flow }) => (verificationOf(flow) !== null) === (call !== null));
  const verdict = judgeAsking(alike, now, policy);
  if (verdict.kind === 'suspend') {
    if (call) return refused({ code: 'phone-limit', retryAt: (alike.at(-1)?.createdAt ?? now) + policy.window });
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
    flow: 'verification' in asker ? callerFlow(asker.verification) : placeOf(asker),
    tries: 0,
    status: 'pending',
    why: null,
    application: application.name,
    // An agent's browser tells the person on the line nothing.
    network: call ? null : by.visitor.network,
    userAgent: call ? null : by.visitor.userAgent,
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
  by: Flow | Member | Agent | Visitor,
  accountId: string,
  why: 'unanswered' | 'reported',
): Script<RecordedEvent> {
  yield* setAttempts(tx, { subject: suspensionSubject(accountId), failures: 1, dayFailures: 1, dayStartedAt: now, waitUntil: now, lastAt: now });
  return yield* recordEvent(tx, now, by, { type: 'phone-suspended', accountId, data: { why } });
}
