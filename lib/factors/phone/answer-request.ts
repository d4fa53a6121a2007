// A telephone's answer: Accepter, with what unlocks it and the number on the computer; Refuser; or « Ce n’est pas moi ».

import { findAttempts } from '#db/attempts';
import { setFactorUsed } from '#db/factors';
import { countWrongNumber, decidePhoneRequest, findPhoneRequest, type PhoneRequestRow, reportPhoneRequest } from '#db/phone-requests';
import { acceptPhoneSignature, findPhone, type HeldPhone } from '#db/phones';
import { deleteProofs } from '#db/proofs';
import type { Script, Tx } from '#db/unit';
import { clearTries, countTry } from '../../attempts/count-try.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { openCase } from '../../cases/open-case.ts';
import { failCallerOf } from '../../helpdesk/fail-caller.ts';
import { queueNotice } from '../../mail/queue-notice.ts';
import { announceSignOut, type SignedOut } from '../../oidc/announce-sign-out.ts';
import type { Portal } from '../../portal.ts';
import { cancelReEnrolment } from '../../re-enrolment/cancel-re-enrolment.ts';
import { done, type Result, refused } from '../../result.ts';
import { endSession } from '../../sessions/end-sessions.ts';
import { readOpenSessions } from '../../sessions/open-sessions.ts';
import { readAssertion } from '../passkey/rules.ts';
import { type VerifiedAssertion, verifyAssertion } from '../passkey/verify.ts';
import { suspendPhones } from './ask.ts';
import { works } from './facts.ts';
import { lockAndTell } from './lock.ts';
import { parseNumber, pinSubject, statusAt, verificationOf } from './rules.ts';
import type { AnswerInput } from './sent/rules.ts';
import { approvalChallenge } from './signature.ts';
import type { SignedCall } from './signed-call.ts';

export type AnswerProblem =
  | 'request-gone'
  | 'request-expired'
  | 'request-superseded'
  | 'request-answered'
  | 'already-sent'
  | 'unlock-needed'
  | 'biometrics-refused'
  | 'wrong-pin'
  | 'wrong-number'
  | 'phone-locked';

export type Answered = 'approved' | 'denied' | 'reported';
type Answer = Result<Answered, AnswerProblem>;

/**
 * The number is looked at after the unlock, so that it can't be found out with a telephone alone; two wrong ones deny. An answer sent again
 * is answered again, and does nothing.
 */
export async function answerRequest(portal: Portal, call: SignedCall, input: AnswerInput): Promise<Answer> {
  const { store } = portal;
  const { accountId, factorId, visitor } = call;
  const found = await store.read((tx) => findPhoneRequest(tx, input.id));
  if (found?.accountId !== accountId) {
    const data = { act: 'answer-request', problem: found ? 'other-account' : 'unknown' };
    await store.unit(accountId, (tx) => recordEvent(tx, portal.now(), visitor, { type: 'step-refused', accountId, data }));
    return refused({ code: 'request-gone' });
  }
  if (input.decision === 'report') return report(portal, call, found);
  const over = endOf(found, portal.now());
  if (over) return sameAgain(found, call, input) ?? refused({ code: over });
  if (call.retry) return refused({ code: 'already-sent' });
  if (input.decision === 'deny') return deny(portal, call, found);

  const opened = await unlock(portal, call, found, input);
  if (!opened.ok) return opened;
  const now = portal.now();
  return store.unit(accountId, function* (tx): Script<Answer> {
    const held = yield* findPhone(tx, factorId);
    const request = yield* findPhoneRequest(tx, found.id);
    if (!held || !works(held)) return refused({ code: 'phone-locked' });
    const over = request === null ? 'request-gone' : endOf(request, now);
    if (request === null || over) return refused({ code: over ?? 'request-gone' });
    if (opened.value !== null && !(yield* acceptPhoneSignature(tx, factorId, opened.value))) {
      yield* lockAndTell(portal, tx, now, visitor, held, 'clone');
      return refused({ code: 'phone-locked' });
    }
    if (opened.value === null) yield* clearTries(tx, pinSubject(factorId));
    if (parseNumber(input.number ?? '') !== request.number) return yield* wrongNumber(portal, tx, now, call, request, held);
    const decision = { status: 'approved', why: null, factorId, unlock: call.unlock } as const;
    if (!(yield* decidePhoneRequest(tx, request.id, decision, now))) return refused({ code: 'request-expired' });
    yield* setFactorUsed(tx, factorId, now);
    yield* recordEvent(tx, now, visitor, { type: 'phone-approved', accountId, data: about(held, request) });
    return done('approved');
  });
}

const about = ({ factor }: HeldPhone, request: PhoneRequestRow) => ({ factor: factor.id, name: factor.name, request: request.id });

/** Why it can no longer be answered; null while it can. */
function endOf(request: PhoneRequestRow, now: number): AnswerProblem | null {
  const status = statusAt(request, now);
  if (status === 'pending') return null;
  if (status === 'expired' || status === 'cancelled') return 'request-expired';
  return status === 'superseded' ? 'request-superseded' : 'request-answered';
}

/** Whether this telephone has given this answer already: a second press, or an answer that got lost on the way back. */
function sameAgain({ status, why, factorId }: PhoneRequestRow, call: SignedCall, { decision }: AnswerInput): Answer | null {
  if (factorId !== call.factorId) return null;
  if (decision === 'approve' && (status === 'approved' || status === 'consumed')) return done('approved');
  return decision === 'deny' && status === 'denied' && why === 'owner' ? done('denied') : null;
}

function deny(portal: Portal, call: SignedCall, found: PhoneRequestRow): Promise<Answer> {
  const { accountId, factorId, visitor } = call;
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx): Script<Answer> {
    const held = yield* findPhone(tx, factorId);
    if (!held || !works(held)) return refused({ code: 'phone-locked' });
    if (!(yield* decidePhoneRequest(tx, found.id, { status: 'denied', why: 'owner', factorId, unlock: null }, now))) {
      const request = yield* findPhoneRequest(tx, found.id);
      return refused({ code: (request && endOf(request, now)) ?? 'request-expired' });
    }
    yield* recordEvent(tx, now, visitor, { type: 'phone-denied', accountId, data: about(held, found) });
    yield* failCallerOf(portal, tx, now, visitor, verificationOf(found.flow), 'denied');
    return done('denied');
  });
}

/**
 * Somebody else knows the password. Good for a request in any state, for as long as it is kept: whoever reads it a minute late has still been
 * attacked. The attempt starts again at the password, no telephone rings any more, and the helpdesk looks. Of an agent's question, whoever
 * calls in the owner's name does not know the password: telephones go on ringing for the owner's own sign-ins.
 */
async function report(portal: Portal, call: SignedCall, found: PhoneRequestRow): Promise<Answer> {
  const { accountId, factorId, visitor } = call;
  const now = portal.now();
  const reported = await portal.store.unit(accountId, function* (tx): Script<Result<SignedOut[], AnswerProblem>> {
    const held = yield* findPhone(tx, factorId);
    if (!held || !works(held)) return refused({ code: 'phone-locked' });
    if (!(yield* reportPhoneRequest(tx, found.id, factorId, now))) return done([]);
    const verification = verificationOf(found.flow);
    if (verification !== null) {
      const event = yield* recordEvent(tx, now, visitor, { type: 'phone-reported', accountId, data: about(held, found) });
      yield* openCase(portal, tx, now, accountId, { kind: 'not-me', eventId: event.id, note: { request: found.id } });
      yield* failCallerOf(portal, tx, now, visitor, verification, 'reported');
      yield* cancelReEnrolment(tx, now, visitor, accountId, 'not-me');
      return done([]);
    }
    yield* deleteProofs(tx, found.flow);
    yield* suspendPhones(tx, now, visitor, accountId, 'reported');
    const event = yield* recordEvent(tx, now, visitor, { type: 'phone-reported', accountId, data: about(held, found) });
    yield* openCase(portal, tx, now, accountId, { kind: 'not-me', eventId: event.id, note: { request: found.id } });
    yield* queueNotice(portal, tx, now, visitor, accountId, event, { kind: 'phone-reported', application: found.application });
    return done(yield* endAskingSession(portal, tx, now, call, found));
  });
  if (!reported.ok) return reported;
  if (reported.value.length > 0) await announceSignOut(portal, reported.value);
  return done('reported');
}

/** Whoever asked from the account is signed in there, and is not the owner: that browser's session ends. Of a sign-in, nothing is open yet. */
function* endAskingSession(
  portal: Portal,
  tx: Tx,
  now: number,
  { accountId, visitor }: SignedCall,
  { id, flow }: PhoneRequestRow,
): Script<SignedOut[]> {
  const sessions = yield* readOpenSessions(portal, tx, accountId);
  const asking = sessions.find(({ portalSessions }) => portalSessions.some((session) => session.id === flow));
  const ended = asking ? yield* endSession(portal, tx, accountId, asking.id) : null;
  if (ended === null) return [];
  yield* recordEvent(tx, now, visitor, { type: 'signed-out-other', accountId, data: { act: 'report-request', request: id } });
  return ended;
}

/**
 * Verifies what unlocks the telephone, outside the unit that decides. A PIN is counted before it is compared: five wrong ones lock.
 * @returns what its authenticator said; null for a right PIN
 */
async function unlock(
  portal: Portal,
  call: SignedCall,
  request: PhoneRequestRow,
  input: AnswerInput,
): Promise<Result<VerifiedAssertion | null, AnswerProblem>> {
  const given = input.unlock;
  if (given?.kind !== call.unlock) return refused({ code: 'unlock-needed' });
  if (given.kind === 'pin') {
    const right = await tryPin(portal, call, given.pin);
    return right.ok ? done(null) : right;
  }
  const { accountId, factorId, visitor } = call;
  const held = await portal.store.read((tx) => findPhone(tx, factorId));
  const { credentialId, credentialKey } = held?.phone ?? {};
  const answer = readAssertion(given.credential);
  const challenge = approvalChallenge(request);
  const seen =
    answer && credentialId && credentialKey && answer.credential.id === credentialId && answer.challenge === challenge
      ? await verifyAssertion(portal.settings, answer.credential, challenge, { credentialId, publicKey: Buffer.from(credentialKey, 'base64url') })
      : null;
  if (seen?.userVerified) return done(seen);
  const data = { factor: factorId, request: request.id, problem: seen ? 'not-verified' : 'biometrics-refused' };
  await portal.store.unit(accountId, (tx) => recordEvent(tx, portal.now(), visitor, { type: 'phone-refused', accountId, data }));
  return refused({ code: 'biometrics-refused' });
}

/** Counted first, compared outside any unit; the last wrong one locks. A right one is forgotten by the caller, in the unit that makes use of it. */
export async function tryPin(portal: Portal, call: SignedCall, pin: string): Promise<Result<void, 'wrong-pin' | 'phone-locked'>> {
  const { store, settings, hashing } = portal;
  const { accountId, factorId, visitor } = call;
  const { pinTries } = settings.policy.phone;
  const subject = pinSubject(factorId);
  const counted = await store.unit(accountId, function* (tx) {
    const held = yield* findPhone(tx, factorId);
    if (!held || !works(held)) return null;
    return { tried: yield* countTry(tx, subject, portal.now(), pinTries), pinHash: held.phone.pinHash };
  });
  if (counted?.tried.kind !== 'allowed') return refused({ code: 'phone-locked' });
  const { last } = counted.tried;
  if ((await hashing.verify(counted.pinHash, pin)).right) return done(undefined);
  const now = portal.now();
  return store.unit(accountId, function* (tx): Script<Result<void, 'wrong-pin' | 'phone-locked'>> {
    const held = yield* findPhone(tx, factorId);
    const tries = yield* findAttempts(tx, subject);
    yield* recordEvent(tx, now, visitor, { type: 'phone-refused', accountId, data: { factor: factorId, problem: 'wrong-pin' } });
    if (held && last) yield* lockAndTell(portal, tx, now, visitor, held, 'pin');
    if (!held || last) return refused({ code: 'phone-locked' });
    return refused({ code: 'wrong-pin', field: 'pin', left: Math.max(0, pinTries.cap - (tries?.failures ?? 0)) });
  });
}

function* wrongNumber(
  portal: Portal,
  tx: Tx,
  now: number,
  { accountId, factorId, visitor }: SignedCall,
  request: PhoneRequestRow,
  held: HeldPhone,
): Script<Answer> {
  const { numbers } = portal.settings.policy.phone;
  const tries = yield* countWrongNumber(tx, request.id, now);
  if (tries === null) return refused({ code: 'request-expired' });
  const left = numbers - tries;
  if (left <= 0) yield* decidePhoneRequest(tx, request.id, { status: 'denied', why: 'number', factorId, unlock: null }, now);
  yield* recordEvent(tx, now, visitor, { type: 'phone-refused', accountId, data: { ...about(held, request), problem: 'wrong-number', left } });
  if (left <= 0) yield* failCallerOf(portal, tx, now, visitor, verificationOf(request.flow), 'wrong-number');
  return refused({ code: 'wrong-number', field: 'number', left: Math.max(0, left) });
}
