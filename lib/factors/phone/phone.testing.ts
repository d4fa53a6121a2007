// A telephone for tests: its own key, its own authenticator, and its own hand at signing, for the portal must not vouch for itself.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { testMember, testVisitor } from '../../portal.testing.ts';
import type { Portal } from '../../portal.ts';
import type { Result } from '../../result.ts';
import { mint, type RecentlyProven, type Visitor } from '../../visitor.ts';
import { addPhone, pairPhone } from '../add-phone.ts';
import { type TestAuthenticator, testAuthenticator } from '../passkey/authenticator.testing.ts';
import { answerRequest } from './answer-request.ts';
import { pairingOnScreen } from './facts.ts';
import { type Claimed, claimPairing, finishPairing } from './pairing.ts';
import { type PendingRequest, pendingRequests } from './pending-requests.ts';
import { type CallProblem, type DeviceRequest, type SignedCall, verifyCall } from './signed-call.ts';

export const pixel: Visitor = {
  ...testVisitor,
  userAgent: 'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
};
export const testPin = '482915';
export const testSubscription = {
  endpoint: 'https://fcm.googleapis.com/fcm/send/abc',
  p256dh: `B${'A'.repeat(86)}`,
  auth: 'A'.repeat(22),
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

/** A key that a telephone has made, and what it signs. */
export function testKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const signed = (text: string) => sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return { key: { x, y }, sign: signed, jwk: privateKey.export({ format: 'jwk' }) };
}
export type TestKey = Pick<ReturnType<typeof testKey>, 'key' | 'sign'>;

export interface Signing {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly counter?: number;
  /** Epoch milliseconds. */
  readonly sentAt?: number;
}

/** A telephone whose factor has this id. Two of them with one key and one counter are a telephone and its copy. */
export function testPhone(portal: Portal, factorId: string, { key, sign }: TestKey, authenticator: TestAuthenticator | null, counter = 0) {
  const it = {
    factorId,
    key,
    sign,
    authenticator,
    visitor: pixel,
    /** The last one used. */
    counter,
    pin: testPin,
    /** A request as it would be sent; `verifyCall` may be asked about it more than once. */
    request(facts: Signing = {}): DeviceRequest {
      const { method = 'POST', path = '/authenticator/pending', body = '{}', sentAt = portal.now() } = facts;
      const used = facts.counter ?? ++it.counter;
      const text = `portal-device/1\n${factorId}\n${method}\n${path}\n${sha256(body)}\n${used}\n${sentAt}`;
      return { header: `${factorId}.${used}.${sentAt}.${sign(text)}`, method, path, body };
    },
    verify: (request: DeviceRequest): Promise<Result<SignedCall, CallProblem>> => verifyCall(portal, it.visitor, request),
    /** The next call, which must be believed. */
    async call(facts: Signing = {}): Promise<SignedCall> {
      const verified = await it.verify(it.request(facts));
      if (!verified.ok) throw new Error(`The call was refused: ${verified.problems[0].code}`);
      return verified.value;
    },
    async pending(): Promise<readonly PendingRequest[]> {
      const home = await pendingRequests(portal, await it.call());
      if (!home.ok) throw new Error('The telephone is not known.');
      return home.value.requests;
    },
    /** What unlocks it, for this request. */
    unlock(request: PendingRequest) {
      if (!it.authenticator) return { kind: 'pin', pin: it.pin } as const;
      it.authenticator.traits.counter += 1;
      return { kind: 'biometrics', credential: it.authenticator.prove(JSON.stringify({ challenge: request.challenge })) } as const;
    },
    async approve(request: PendingRequest, number: string | number) {
      return answerRequest(portal, await it.call(), { id: request.id, decision: 'approve', number: String(number), unlock: it.unlock(request) });
    },
    async answer(request: Pick<PendingRequest, 'id'>, decision: 'deny' | 'report') {
      return answerRequest(portal, await it.call(), { id: request.id, decision });
    },
  };
  return it;
}
export type TestPhone = ReturnType<typeof testPhone>;

export const testProven = (portal: Portal, accountId: string, sessionId = 'a session'): RecentlyProven =>
  mint<RecentlyProven>({ ...testMember(accountId, sessionId), provenAt: portal.now() });

/** The ticket in the QR code on the screen of this session. */
export async function ticketOf(portal: Portal, accountId: string, place = 'a session'): Promise<string> {
  const ticket = /#pair=([\w-]+)$/.exec((await pairingOnScreen(portal, { accountId, place }))?.uri ?? '')?.[1];
  if (!ticket) throw new Error('No QR code is on the screen.');
  return ticket;
}

export type TestUnlock = 'biometrics' | 'pin';

/** What a telephone sends once it has claimed a ticket. */
export function finishing(portal: Portal, claimed: Claimed, made: TestKey, unlock: TestUnlock, more: object = {}) {
  const authenticator = unlock === 'biometrics' ? testAuthenticator(portal.settings.origin) : null;
  const by = authenticator ? { kind: 'biometrics', credential: authenticator.register(claimed.question) } : { kind: 'pin', pin: testPin };
  const body = JSON.stringify({ key: made.key, unlock: by, subscription: testSubscription, ...more });
  const signature = made.sign(`portal-pair/1\n${claimed.factorId}\n${claimed.nonce}\n${sha256(body)}`);
  return { authenticator, sent: { claim: claimed.claim, body, signature } };
}

/** A telephone in place: paired in the account, from the QR code to the confirmation. */
export async function pairedPhone(
  portal: Portal,
  accountId: string,
  unlock: TestUnlock = 'biometrics',
  name = 'Pixel de Claire',
): Promise<TestPhone> {
  const member = testProven(portal, accountId);
  await pairPhone(portal, member);
  const claimed = await claimPairing(portal, pixel, { ticket: await ticketOf(portal, accountId) });
  if (!claimed.ok) throw new Error(`The ticket was refused: ${claimed.problems[0].code}`);
  const made = testKey();
  const { authenticator, sent } = finishing(portal, claimed.value, made, unlock, { name });
  const finished = await finishPairing(portal, pixel, sent);
  if (!finished.ok) throw new Error(`The telephone was refused: ${finished.problems[0].code}`);
  const added = await addPhone(portal, member, { factor: claimed.value.factorId });
  if (!added.ok) throw new Error(`The confirmation was refused: ${added.problems[0].code}`);
  return testPhone(portal, claimed.value.factorId, made, authenticator);
}
