// What a telephone shows when it is opened: whose it is, what it is asked, and what it answered lately. Never the number.
import { findAccountRow } from '#db/accounts';
import { listPhoneRequests } from '#db/phone-requests';
import { findPhone } from '#db/phones';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import { openSubscription } from './notify.ts';
import { type RequestEnd, type RequestStatus, statusAt, type Unlock, verificationOf } from './rules.ts';
import { approvalChallenge } from './signature.ts';
import type { SignedCall } from './signed-call.ts';

export interface PendingRequest {
  readonly id: string;
  /** A sign-in or a change of the account; or an agent's question to whoever is on the line with the helpdesk. */
  readonly about: 'sign-in' | 'call';
  /** As it will be signed. Words for the browser are the page's. */
  readonly application: string;
  readonly network: string | null;
  readonly userAgent: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Numbers that may still be typed. */
  readonly left: number;
  /** What its authenticator signs, and with which credential; null where a PIN unlocks. */
  readonly challenge: string | null;
  readonly credentialId: string | null;
  /** Whether the telephone itself is in that network: a reason to look twice where it is not. Null where we can't tell. */
  readonly sameNetwork: boolean | null;
}

export interface PhoneHome {
  readonly name: string;
  readonly address: string;
  readonly unlock: Unlock;
  /** By our copy of its subscription: another, or none, is sent anew (`updateSubscription`). */
  readonly endpoint: string | null;
  /** Epoch milliseconds. */
  readonly notifiedAt: number | null;
  readonly lastUsedAt: number | null;
  readonly requests: readonly PendingRequest[];
  readonly answered: readonly {
    readonly application: string;
    readonly at: number;
    readonly status: RequestStatus;
    readonly why: RequestEnd | null;
  }[];
  /** The portal's clock, epoch milliseconds. */
  readonly now: number;
}

/** How many answers are shown. */
const lately = 5;

/** Reads alone; that the telephone was heard of is already written. */
export async function pendingRequests(portal: Portal, call: SignedCall): Promise<Result<PhoneHome, 'phone-gone'>> {
  const { accountId, factorId, visitor } = call;
  const { request: life, numbers } = portal.settings.policy.phone;
  const now = portal.now();
  return portal.store.read(function* (tx) {
    const held = yield* findPhone(tx, factorId);
    const account = yield* findAccountRow(tx, accountId);
    if (!held || !account) return refused({ code: 'phone-gone' });
    const { phone, factor } = held;
    const rows = yield* listPhoneRequests(tx, accountId, 0, 20);
    const requests = rows
      .filter((row) => row.createdAt > now - life && statusAt(row, now) === 'pending')
      .map((row): PendingRequest => {
        const { id, application, network, userAgent, createdAt, expiresAt, tries } = row;
        const about = verificationOf(row.flow) === null ? 'sign-in' : 'call';
        const { credentialId } = phone;
        const sameNetwork = network === null || visitor.network === null ? null : network === visitor.network;
        const challenge = phone.unlock === 'biometrics' ? approvalChallenge(row) : null;
        return { id, about, application, network, userAgent, createdAt, expiresAt, left: numbers - tries, challenge, credentialId, sameNetwork };
      });
    const answered = rows
      .filter((row) => statusAt(row, now) !== 'pending')
      .slice(0, lately)
      .map((row) => ({ application: row.application, at: row.decidedAt ?? row.expiresAt, status: statusAt(row, now), why: row.why }));
    const { name, lastUsedAt } = factor;
    const { unlock, notifiedAt } = phone;
    const endpoint = phone.subscription && openSubscription(portal, factorId, phone.subscription).endpoint;
    return done({ name, address: account.address, unlock, endpoint, notifiedAt, lastUsedAt, requests, answered, now });
  });
}
