// Puts a telephone in place: a ticket on the computer, a telephone that comes with it, and the computer's word that it is the right one.
// The wizard and the account ask it, each inside its own unit of work; the telephone, which nobody knows yet, asks it by the ticket.

import { randomBytes } from 'node:crypto';
import { type AccountRow, findAccountRow } from '#db/accounts';
import { insertFactor } from '#db/factors';
import {
  claimPairing as claimRow,
  confirmPairing as confirmRow,
  deletePairing,
  findPairing,
  findPairingBy,
  finishPairing as finishRow,
  type PairingRow,
  setPairing,
} from '#db/pairings';
import { findPasskey } from '#db/passkeys';
import { deletePendingFactor, findPendingFactor, type PendingFactorRow, setPendingFactor } from '#db/pending-factors';
import { findPhoneOfCredential, insertPhone } from '#db/phones';
import type { Script, Tx } from '#db/unit';
import { countTry, giveTryBack } from '../../attempts/count-try.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { newId } from '../../ids.ts';
import { browserOf } from '../../mail/browser.ts';
import { queueNotice } from '../../mail/queue-notice.ts';
import type { Portal } from '../../portal.ts';
import { isPushEndpoint } from '../../push/endpoints.ts';
import { done, type Result, refused } from '../../result.ts';
import { digest, randomToken } from '../../secrets.ts';
import type { Flow, Member, Visitor } from '../../visitor.ts';
import { readRegistration } from '../passkey/rules.ts';
import { unlockQuestion, verifyRegistration } from '../passkey/verify.ts';
import { judgeName } from '../rules.ts';
import { newTotpSecret, totpKey } from '../totp/rules.ts';
import { openPairedPhone, type PairedPhone, placeOf } from './facts.ts';
import { sealSubscription } from './notify.ts';
import { judgePin, pairingText, parseTypedCode, phoneName, typedAlphabet, typedLength, type Unlock } from './rules.ts';
import { longestPaired, pairedInput } from './sent/rules.ts';
import { hashOf, isSignedBy } from './signature.ts';

type By = Flow | Member;

// ---- On the computer

export interface NewPairing {
  readonly pairing: PairingRow;
  readonly pending: PendingFactorRow;
}

/** Uniform: a byte's five low bits each. */
const newTypedCode = () =>
  [...randomBytes(typedLength)]
    .map((byte) => typedAlphabet[byte & 31])
    .join('')
    .replace(/^.{4}/, '$&-');
const codeHashOf = ({ secrets }: Pick<Portal, 'secrets'>, code: string) => secrets.keyedHash('pairing-code', code);

/** Made outside the unit: a ticket of 192 bits, a code to type instead, and the secret of the codes that the telephone can show. */
export function newPairing(portal: Portal, who: By & { readonly accountId: string }): NewPairing {
  const { secrets, settings } = portal;
  const { accountId } = who;
  const now = portal.now();
  const factorId = newId();
  const ticket = randomToken(192);
  const code = newTypedCode();
  const id = digest(ticket);
  return {
    pairing: {
      id,
      accountId,
      place: placeOf(who),
      codeHash: codeHashOf(portal, code),
      shown: secrets.seal(`pairings:${id}`, JSON.stringify({ ticket, code })),
      factorId,
      createdAt: now,
      expiresAt: now + settings.policy.phone.pairing,
      claimedAt: null,
      claim: null,
      nonce: randomToken(256),
      challenge: randomToken(256),
      phone: null,
      finishedAt: null,
      confirmedAt: null,
    },
    pending: {
      accountId,
      id: factorId,
      kind: 'phone',
      name: phoneName(null, who.visitor.language),
      secret: secrets.seal(`factors:${factorId}`, newTotpSecret(settings.policy.totp)),
      createdAt: now,
      expiresAt: now + settings.policy.totp.pendingLifetime,
    },
  };
}

/** In a unit of the account that has checked that the person may. What was being put in place before is given up: its ticket may have been seen. */
export function* keepPairing(tx: Tx, now: number, by: By, made: NewPairing): Script<void> {
  const { accountId } = made.pairing;
  yield* setPendingFactor(tx, made.pending);
  yield* setPairing(tx, made.pairing);
  yield* recordEvent(tx, now, by, { type: 'pairing-begun', accountId, data: { factor: made.pairing.factorId } });
}

/** In a unit of the account. « Ce n’est pas mon téléphone », or a change of mind. @returns whether something was given up */
export function* dropPairing(tx: Tx, now: number, by: By & { readonly accountId: string }): Script<boolean> {
  const { accountId } = by;
  const row = yield* findPairing(tx, accountId);
  if (!(yield* deletePairing(tx, accountId, placeOf(by)))) return false;
  const pending = yield* findPendingFactor(tx, accountId);
  if (pending !== null && pending.id === row?.factorId) yield* deletePendingFactor(tx, accountId);
  yield* recordEvent(tx, now, by, { type: 'pairing-given-up', accountId, data: { claimed: row?.claimedAt !== null } });
  return true;
}

export type ConfirmProblem = 'pairing-changed' | 'ticket-expired' | 'phone-not-ready';

/**
 * In a unit of the account that has checked that the person may: rows, event and notice. Only where the pairing began, and only the
 * telephone whose name stood on the page: of a QR code that somebody photographed comes nothing else than a name that its owner
 * doesn't know (T5).
 * @param shown the id of the factor to be, as the page had it
 * @param told the owner is told of something larger that this is a part of
 */
export function* keepPhone(
  portal: Portal,
  tx: Tx,
  now: number,
  by: By,
  account: AccountRow,
  shown: string,
  told = false,
): Script<Result<{ readonly factorId: string; readonly unlock: Unlock }, ConfirmProblem>> {
  const { id: accountId } = account;
  const row = yield* findPairing(tx, accountId);
  const pending = yield* findPendingFactor(tx, accountId);
  const place = placeOf(by);
  const wrong = function* (code: ConfirmProblem): Script<Result<never, ConfirmProblem>> {
    const data = { act: 'confirm-phone', problem: code, factor: shown.slice(0, 64) };
    yield* recordEvent(tx, now, by, { type: 'step-refused', accountId, data });
    return refused({ code });
  };
  if (row?.place !== place || row.factorId !== shown || pending?.id !== shown || row.confirmedAt !== null) return yield* wrong('pairing-changed');
  if (row.expiresAt <= now || pending.expiresAt <= now) return yield* wrong('ticket-expired');
  if (row.phone === null || !(yield* confirmRow(tx, row.id, place, now))) return yield* wrong('phone-not-ready');
  const { name, key, unlock, credential, pinHash, system, browser, subscription } = openPairedPhone(portal, row.id, row.phone);
  if (credential !== null && (yield* isTaken(tx, credential.id))) return yield* wrong('pairing-changed');
  const { secret } = pending;
  yield* insertFactor(tx, { id: shown, accountId, kind: 'phone', name, secret, lastStep: 0, createdAt: now, lastUsedAt: now });
  yield* insertPhone(tx, {
    factorId: shown,
    publicKey: key,
    counter: 0,
    calls: [],
    unlock,
    credentialId: credential?.id ?? null,
    credentialKey: credential?.key ?? null,
    signCount: credential?.signCount ?? 0,
    backedUp: credential?.backedUp ?? false,
    pinHash,
    system,
    browser,
    subscription: subscription && sealSubscription(portal, shown, subscription),
    subscribedAt: subscription && now,
    seenAt: now,
  });
  yield* deletePendingFactor(tx, accountId);
  const event = yield* recordEvent(tx, now, by, { type: 'factor-added', accountId, data: { factor: shown, kind: 'phone', name, unlock } });
  if (!told) yield* queueNotice(portal, tx, now, by, accountId, event, { kind: 'phone-added', factor: name });
  return done({ factorId: shown, unlock });
}

/** Credential ids are unique among all people (SEC-32). */
function* isTaken(tx: Tx, credentialId: string): Script<boolean> {
  return (yield* findPasskey(tx, credentialId)) !== null || (yield* findPhoneOfCredential(tx, credentialId)) !== null;
}

// ---- On the telephone, which is nobody's yet

export type ClaimProblem = 'ticket-unknown' | 'ticket-used' | 'ticket-expired' | 'wait';

export interface Claimed {
  /** What the telephone names itself by until it is confirmed: 192 bits. */
  readonly claim: string;
  readonly factorId: string;
  /** To be signed, with the key that the telephone makes. */
  readonly nonce: string;
  /** Whose account it would belong to: to be shown before the person goes on. */
  readonly address: string;
  readonly name: string;
  readonly institute: string;
  /** The secret of the codes that it can show, base 32 (one scan, two ways). */
  readonly key: string;
  /** What its platform authenticator is asked for when it is to unlock with biometrics: JSON. */
  readonly question: string;
  /** What it subscribes to notifications with. */
  readonly pushKey: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/**
 * Spends the ticket: whoever comes second is told so, and the computer shows the name of who came first. The code that is typed is
 * short, so its tries are counted, by network; every one of them costs as much whether such a code is about or not.
 */
export async function claimPairing(
  portal: Portal,
  visitor: Visitor,
  input: { readonly ticket: string } | { readonly code: string },
): Promise<Result<Claimed, ClaimProblem>> {
  const { store, settings, secrets } = portal;
  const field = 'code' in input ? { field: 'code' } : {};
  let found: PairingRow | null;
  if ('ticket' in input) {
    found = /^[\w-]{32}$/.test(input.ticket) ? await store.read((tx) => findPairingBy(tx, 'id', digest(input.ticket))) : null;
  } else {
    const code = parseTypedCode(input.code);
    if (code === null) return refused({ code: 'ticket-unknown', ...field });
    const subject = `pairing-code:${visitor.network ?? 'unknown'}`;
    const { typedCode } = settings.policy.phone;
    const counted = await store.unit(subject, (tx) => countTry(tx, subject, portal.now(), typedCode));
    if (counted.kind !== 'allowed') return refused({ code: 'wait', ...field, ...(counted.kind === 'wait' && { retryAt: counted.until }) });
    found = await store.read((tx) => findPairingBy(tx, 'codeHash', codeHashOf(portal, code)));
    if (found) await store.unit(subject, (tx) => giveTryBack(tx, subject, typedCode));
  }
  if (!found) return refused({ code: 'ticket-unknown', ...field });

  const { id, accountId, factorId, nonce, challenge, expiresAt } = found;
  const claim = randomToken(192);
  const now = portal.now();
  const claimed = await store.unit(accountId, function* (tx): Script<Result<{ account: AccountRow; key: string }, ClaimProblem>> {
    const account = yield* findAccountRow(tx, accountId);
    const pending = yield* findPendingFactor(tx, accountId);
    const problem = function* (code: ClaimProblem): Script<Result<never, ClaimProblem>> {
      yield* recordEvent(tx, now, visitor, { type: 'pairing-refused', accountId, data: { problem: code } });
      return refused({ code, ...field });
    };
    if (account?.status !== 'active' || pending?.id !== factorId || expiresAt <= now) return yield* problem('ticket-expired');
    if (!(yield* claimRow(tx, id, digest(claim), now))) return yield* problem('ticket-used');
    yield* recordEvent(tx, now, visitor, { type: 'pairing-claimed', accountId, data: { factor: factorId } });
    return done({ account, key: totpKey(secrets.open(`factors:${factorId}`, pending.secret)) });
  });
  if (!claimed.ok) return claimed;
  const { account, key } = claimed.value;
  const { address, givenName, familyName } = account;
  const name = `${givenName} ${familyName}`;
  // A handle of its own: with the account's, the telephone would put this credential in the place of the owner's passkey.
  const person = { handle: secrets.keyedHash('phone-handle', factorId), address, name };
  return done({
    claim,
    factorId,
    nonce,
    address,
    name,
    institute: settings.institute.name,
    key,
    question: await unlockQuestion(settings, challenge, person),
    pushKey: await portal.push.publicKey(),
    expiresAt,
  });
}

export type FinishProblem =
  | 'unreadable'
  | 'call-refused'
  | 'ticket-used'
  | 'ticket-expired'
  | 'pin-length'
  | 'pin-digits'
  | 'pin-guessable'
  | 'biometrics-refused'
  | 'biometrics-not-verified'
  | 'passkey-already-there'
  | 'endpoint-refused'
  | 'name-missing'
  | 'too-long';

/**
 * What the telephone has made: its key, how it unlocks, where its notifications go. Nothing of it counts before the computer confirms.
 * The same sent again, because its answer was lost, is answered the same.
 * @param input `body`: JSON of `key`, `unlock`, `name`, `subscription`, as it was signed (`pairingText`)
 */
export async function finishPairing(
  portal: Portal,
  visitor: Visitor,
  input: { readonly claim: string; readonly body: string; readonly signature: string },
): Promise<Result<void, FinishProblem>> {
  const { store, settings, secrets, hashing } = portal;
  const row = /^[\w-]{32}$/.test(input.claim) ? await store.read((tx) => findPairingBy(tx, 'claim', digest(input.claim))) : null;
  // Given up, or another one shown since.
  if (!row) return refused({ code: 'ticket-expired' });
  const body = input.body.length > longestPaired ? null : pairedInput.safeParse(parsed(input.body)).data;
  if (!body) return refused({ code: 'unreadable' });
  if (!isSignedBy(body.key, pairingText(row.factorId, row.nonce, hashOf(input.body)), input.signature)) return refused({ code: 'call-refused' });
  const { id, accountId, factorId } = row;
  const sent = secrets.keyedHash('pairing-body', `${id}\n${input.body}`);
  if (row.finishedAt !== null)
    return row.confirmedAt !== null || (row.phone && openPairedPhone(portal, id, row.phone).sent === sent)
      ? done(undefined)
      : refused({ code: 'ticket-used' });

  const seen = browserOf(visitor.userAgent);
  const judged = judgeName(body.name ?? phoneName(seen?.system ?? null, visitor.language));
  if ('problem' in judged) return refused(judged.problem);
  const { subscription } = body;
  if (subscription !== null && !isPushEndpoint(subscription.endpoint, settings.push.hosts)) return refused({ code: 'endpoint-refused' });
  let unlock: Pick<PairedPhone, 'unlock' | 'credential' | 'pinHash'>;
  if (body.unlock.kind === 'pin') {
    const problem = judgePin(body.unlock.pin, settings.policy.phone.pin);
    if (problem) return refused({ code: problem, field: 'pin' });
    unlock = { unlock: 'pin', credential: null, pinHash: await hashing.hash(body.unlock.pin) };
  } else {
    const answer = readRegistration(body.unlock.credential);
    if (!answer) return refused({ code: 'unreadable' });
    const { transports } = answer.credential.response;
    const made = answer.challenge === row.challenge ? await verifyRegistration(settings, answer.credential, row.challenge) : null;
    // The telephone itself, not a key that is held to it (browsers that don't say are believed).
    if (!made || (transports.length > 0 && !transports.includes('internal'))) return refused({ code: 'biometrics-refused' });
    if (!made.userVerified) return refused({ code: 'biometrics-not-verified' });
    if (await store.read((tx) => isTaken(tx, made.credentialId))) return refused({ code: 'passkey-already-there' });
    const { credentialId, publicKey, counter, backedUp } = made;
    const credential = { id: credentialId, key: Buffer.from(publicKey).toString('base64url'), signCount: counter, backedUp };
    unlock = { unlock: 'biometrics', credential, pinHash: null };
  }
  const phone: PairedPhone = {
    name: judged.name,
    key: body.key,
    ...unlock,
    system: seen?.system ?? null,
    browser: seen?.browser ?? null,
    subscription,
    sent,
  };
  const sealed = secrets.seal(`pairings:${id}`, JSON.stringify(phone));
  const now = portal.now();
  return store.unit(accountId, function* (tx): Script<Result<void, FinishProblem>> {
    if (!(yield* finishRow(tx, id, digest(input.claim), sealed, now))) {
      const there = yield* findPairingBy(tx, 'id', id);
      return refused({ code: there !== null && there.finishedAt !== null ? 'ticket-used' : 'ticket-expired' });
    }
    yield* recordEvent(tx, now, visitor, {
      type: 'pairing-finished',
      accountId,
      data: { factor: factorId, name: judged.name, unlock: phone.unlock },
    });
    return done(undefined);
  });
}

/** What the telephone that came may know: whether the computer has confirmed it. Given up, replaced and expired look the same. */
export async function pairingState({ store, now }: Pick<Portal, 'store' | 'now'>, claim: string): Promise<'waiting' | 'confirmed' | 'gone'> {
  const row = /^[\w-]{32}$/.test(claim) ? await store.read((tx) => findPairingBy(tx, 'claim', digest(claim))) : null;
  if (row && row.confirmedAt !== null) return 'confirmed';
  return row && row.expiresAt > now() ? 'waiting' : 'gone';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
