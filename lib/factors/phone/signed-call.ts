// Every call of a telephone: signed with its own key, each once, in order. The one door for all of them.
import { findAccountRow } from '#db/accounts';
import { findPhone, setPhoneCall } from '#db/phones';
import type { Script } from '#db/unit';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import type { Visitor } from '../../visitor.ts';
import { works } from './facts.ts';
import { lockAndTell } from './lock.ts';
import { callText, judgeCall, readCallHeader, type Unlock } from './rules.ts';
import { hashOf, isSignedBy } from './signature.ts';

declare const signed: unique symbol;

/** That a telephone of an account has made this call. Only `verifyCall` makes one. */
export interface SignedCall {
  readonly [signed]: true;
  readonly factorId: string;
  readonly accountId: string;
  readonly unlock: Unlock;
  /** It was looked at before: whoever waits for the answer did not get it. Then nothing is done again. */
  readonly retry: boolean;
  /** The telephone's browser. */
  readonly visitor: Visitor;
}

export type CallProblem = 'call-refused' | 'phone-clock' | 'portal-clock-phone' | 'phone-gone' | 'phone-locked';

export interface DeviceRequest {
  /** `x-device` */
  readonly header: string | null;
  readonly method: string;
  /** As asked for, without the origin. */
  readonly path: string;
  /** As received, before anybody parsed it. */
  readonly body: string;
}

/**
 * Nothing but `call-refused` is told to who cannot sign, but that a telephone is no longer known. A counter used for something else is
 * a copy of the key: the telephone is locked (phone.md §6). Wrong clocks are told in seconds (`drift`), unless it is ours, and lock nobody.
 */
export async function verifyCall(portal: Portal, visitor: Visitor, request: DeviceRequest): Promise<Result<SignedCall, CallProblem>> {
  const now = portal.now();
  const { skew } = portal.settings.policy.phone;
  const read = readCallHeader(request.header);
  if (!read) return refused({ code: 'call-refused' });
  const { factorId, counter, sentAt, signature } = read;
  const found = await portal.store.read((tx) => findPhone(tx, factorId));
  if (!found) return refused({ code: 'phone-gone' });
  const { method, path, body } = request;
  const text = callText({ factorId, method, path, bodyHash: hashOf(body), counter, sentAt });
  if (!isSignedBy(found.phone.publicKey, text, signature)) return refused({ code: 'call-refused' });
  if (Math.abs(sentAt - now) > skew) {
    if (!portal.clockTrust.state().trusted) return refused({ code: 'portal-clock-phone' });
    return refused({ code: 'phone-clock', drift: (sentAt - now) / 1000 });
  }
  // Keyed: a body may hold a PIN, and nobody who reads the database shall try them all.
  const hash = portal.secrets.keyedHash('phone-call', text);
  const { accountId } = found.factor;
  return portal.store.unit(accountId, function* (tx): Script<Result<SignedCall, CallProblem>> {
    const held = yield* findPhone(tx, factorId);
    const account = yield* findAccountRow(tx, accountId);
    if (!held || !account) return refused({ code: 'phone-gone' });
    if (!works(held) || account.status !== 'active') return refused({ code: 'phone-locked' });
    const verdict = judgeCall(counter, hash, held.phone.counter, held.phone.calls);
    if (verdict.kind === 'leap') return refused({ code: 'call-refused' });
    if (verdict.kind === 'clone') {
      yield* lockAndTell(portal, tx, now, visitor, held, 'clone');
      return refused({ code: 'phone-locked' });
    }
    if (verdict.kind === 'new') yield* setPhoneCall(tx, factorId, { counter: verdict.counter, calls: verdict.calls }, now);
    const call: Omit<SignedCall, typeof signed> = { factorId, accountId, unlock: held.phone.unlock, retry: verdict.kind === 'retry', visitor };
    return done(call as SignedCall);
  });
}
