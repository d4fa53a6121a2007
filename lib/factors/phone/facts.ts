// What is known of a person's telephones: for the pages that show them, and for the acts that ask them.

import { findAttempts } from '#db/attempts';
import type { FactorRow } from '#db/factors';
import { listFactors } from '#db/factors';
import { findPairing } from '#db/pairings';
import { findLatestPhoneRequest } from '#db/phone-requests';
import { type HeldPhone, listPhones } from '#db/phones';
import { listRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import type { Portal } from '../../portal.ts';
import type { Flow, Member } from '../../visitor.ts';
import { arrivalOf, isSuspended, type RequestEnd, type RequestStatus, statusAt, type Unlock } from './rules.ts';

type Reads = Pick<Portal, 'store' | 'now' | 'secrets' | 'settings'>;

/** Under which it is remembered that an account's telephones are asked no more. */
export const suspensionSubject = (accountId: string) => `phone:${accountId}`;

/** Neither frozen by its owner nor locked. */
export const works = ({ phone, factor }: HeldPhone): boolean => phone.lockedAt === null && factor.frozenAt === null;

export interface PhoneInPlace {
  /** The factor's id. Instants are epoch milliseconds. */
  readonly id: string;
  readonly name: string;
  readonly unlock: Unlock;
  readonly system: string | null;
  readonly browser: string | null;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly seenAt: number;
  readonly lockedAt: number | null;
  readonly lockedWhy: 'pin' | 'clone' | null;
  readonly frozenAt: number | null;
  /** Whether there is somewhere to send notifications to; and when one is known to have arrived. */
  readonly subscribed: boolean;
  readonly notifiedAt: number | null;
  readonly notifications: 'arrive' | 'unknown' | 'none';
}

const inPlaceOf = ({ phone, factor }: HeldPhone): PhoneInPlace => ({
  id: factor.id,
  name: factor.name,
  unlock: phone.unlock,
  system: phone.system,
  browser: phone.browser,
  createdAt: factor.createdAt,
  lastUsedAt: factor.lastUsedAt,
  seenAt: phone.seenAt,
  lockedAt: phone.lockedAt,
  lockedWhy: phone.lockedWhy,
  frozenAt: factor.frozenAt,
  subscribed: phone.subscription !== null,
  notifiedAt: phone.notifiedAt,
  notifications: arrivalOf({ subscribed: phone.subscription !== null, notifiedAt: phone.notifiedAt }),
});

/** For the account's and the helpdesk's lists: never a key, never where notifications go. */
export const phonesInPlace = ({ store }: Pick<Portal, 'store'>, accountId: string): Promise<PhoneInPlace[]> =>
  store.read(function* (tx) {
    return (yield* listPhones(tx, accountId)).map(inPlaceOf);
  });

/** What a telephone sent while it was being paired, until the computer confirms it. */
export interface PairedPhone {
  readonly name: string;
  readonly key: { readonly x: string; readonly y: string };
  readonly unlock: Unlock;
  readonly credential: { readonly id: string; readonly key: string; readonly signCount: number; readonly backedUp: boolean } | null;
  readonly pinHash: string | null;
  readonly system: string | null;
  readonly browser: string | null;
  readonly subscription: Subscription | null;
  /** A keyed hash of all that it sent: the same again is a retry. */
  readonly sent: string;
}

/** Where a telephone's notifications go, and the keys that they are encrypted with (RFC 8291), base64url. */
export interface Subscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export const openPairedPhone = ({ secrets }: Pick<Portal, 'secrets'>, id: string, sealed: Uint8Array) =>
  JSON.parse(secrets.open(`pairings:${id}`, sealed).toString()) as PairedPhone;

export interface PairingOnScreen {
  readonly state: 'waiting' | 'claimed' | 'finished' | 'confirmed' | 'expired';
  /** The id of the factor to be: what the confirmation names. */
  readonly factorId: string;
  /** What the QR code says, and the code to type instead; null once a telephone has come. */
  readonly uri: string | null;
  readonly code: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The telephone that came, by its own word: its owner must recognise it. */
  readonly phone: (Pick<PairedPhone, 'name' | 'unlock' | 'system' | 'browser'> & { readonly notifications: boolean }) | null;
}

/** The pairing begun in this place, the same at every reload. Null when there is none: begun elsewhere, given up, or long past. */
export async function pairingOnScreen(portal: Reads, where: { readonly accountId: string; readonly place: string }): Promise<PairingOnScreen | null> {
  const row = await portal.store.read((tx) => findPairing(tx, where.accountId));
  if (row?.place !== where.place) return null;
  const { id, factorId, createdAt, expiresAt } = row;
  const state =
    row.confirmedAt !== null
      ? 'confirmed'
      : expiresAt <= portal.now()
        ? 'expired'
        : row.finishedAt !== null
          ? 'finished'
          : row.claimedAt !== null
            ? 'claimed'
            : 'waiting';
  const shown =
    row.shown && state === 'waiting'
      ? (JSON.parse(portal.secrets.open(`pairings:${id}`, row.shown).toString()) as { ticket: string; code: string })
      : null;
  const paired = row.phone && state === 'finished' ? openPairedPhone(portal, id, row.phone) : null;
  return {
    state,
    factorId,
    // In the fragment: neither logs nor a Referer get to see it.
    uri: shown && `${portal.settings.origin}/authenticator#pair=${shown.ticket}`,
    code: shown?.code ?? null,
    createdAt,
    expiresAt,
    phone: paired && {
      name: paired.name,
      unlock: paired.unlock,
      system: paired.system,
      browser: paired.browser,
      notifications: paired.subscription !== null,
    },
  };
}

/** In an interaction it is the flow, in the account the session. */
export const placeOf = (who: Flow | Member): string => ('uid' in who ? who.uid : who.sessionId);

/** When factors of the account were last proven, telephones and recovery codes among them. */
function* readProofTimes(tx: Tx, accountId: string, factors: readonly FactorRow[]): Script<(number | null)[]> {
  const codes = yield* listRecoveryCodes(tx, accountId);
  return [...factors.map(({ lastUsedAt }) => lastUsedAt), ...codes.map(({ usedAt }) => usedAt)];
}

/** Whether the account's telephones are asked no more, until another factor says that its owner is there. */
export function* readSuspended(tx: Tx, accountId: string): Script<boolean> {
  const suspension = yield* findAttempts(tx, suspensionSubject(accountId));
  if (!suspension) return false;
  return isSuspended(suspension.lastAt, yield* readProofTimes(tx, accountId, yield* listFactors(tx, accountId)));
}

export interface RequestOnScreen {
  readonly id: string;
  readonly status: RequestStatus;
  readonly why: RequestEnd | null;
  /** To be typed on the telephone; null once it is decided. */
  readonly number: number | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** For the browser that waits, and for no other: the newest request of its flow or session. Null when it asked nothing. */
export async function requestOnScreen({ store, now }: Pick<Portal, 'store' | 'now'>, who: Flow | Member): Promise<RequestOnScreen | null> {
  const row = await store.read((tx) => findLatestPhoneRequest(tx, placeOf(who)));
  if (!row) return null;
  const { id, why, number, createdAt, expiresAt } = row;
  const status = statusAt(row, now());
  return { id, status, why, number: status === 'pending' ? number : null, createdAt, expiresAt };
}

/** Which telephones a sign-in may ask, and whether it may. */
export const askablePhones = (
  { store }: Pick<Portal, 'store'>,
  accountId: string,
): Promise<{ readonly names: readonly string[]; readonly suspended: boolean }> =>
  store.read(function* (tx) {
    const phones = (yield* listPhones(tx, accountId)).filter(works);
    return { names: phones.map(({ factor }) => factor.name), suspended: yield* readSuspended(tx, accountId) };
  });
