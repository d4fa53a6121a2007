// What of a telephone's protocol is ours to decide: what it signs, when its calls count, which PIN will do, when a request is refused.
// Pure, and fit for a browser: the telephone's pages ask the same functions what to sign.
import type { Language } from '../../language/language.ts';

export type Unlock = 'biometrics' | 'pin';

/** Lengths of time in milliseconds. */
export interface PhonePolicy {
  readonly pairing: number;
  /** How long a request may be answered, and its answer be fetched by the browser that asked. */
  readonly request: number;
  readonly answer: number;
  /** Wrong numbers, the last of which denies the request. */
  readonly numbers: number;
  /** Requests within `window`; and those among them that may come to nothing before another factor is asked for. */
  readonly requests: number;
  readonly unanswered: number;
  readonly window: number;
  /** How far a telephone's clock may be off. */
  readonly skew: number;
  readonly pin: { readonly shortest: number; readonly longest: number };
  readonly betweenTests: number;
}

// ---- What a telephone signs

/** A P-256 public key, as a JWK says it: base64url. */
export interface PublicKey {
  readonly x: string;
  readonly y: string;
}

export interface SignedCallFacts {
  readonly factorId: string;
  readonly method: string;
  /** Without query: no device call has one. */
  readonly path: string;
  /** SHA-256 of the body as sent, base64url. */
  readonly bodyHash: string;
  readonly counter: number;
  /** Epoch milliseconds, by the telephone's clock. */
  readonly sentAt: number;
}
/** What is signed for a call to the portal. No part but the path can hold a line break, and paths are ours. */
export const callText = ({ factorId, method, path, bodyHash, counter, sentAt }: SignedCallFacts): string =>
  ['portal-device/1', factorId, method, path, bodyHash, counter, sentAt].join('\n');

/** What is signed to pair: the telephone holds the key that it names, and sent this body for this pairing. */
export const pairingText = (factorId: string, nonce: string, bodyHash: string): string => ['portal-pair/1', factorId, nonce, bodyHash].join('\n');

export interface Transaction {
  readonly id: string;
  readonly nonce: string;
  readonly accountId: string;
  readonly application: string;
  readonly network: string | null;
  readonly userAgent: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}
/** What the WebAuthn challenge of an approval is the hash of: what the telephone shows, so that a finger agrees to this and to nothing else. */
export const approvalText = ({ id, nonce, accountId, application, network, userAgent, createdAt }: Transaction): string =>
  JSON.stringify(['portal-phone/1', id, nonce, 'approve', accountId, application, network, userAgent, createdAt]);

/** The longest number a counter may be: what both engines' integers hold. */
const highestCounter = 2 ** 31 - 1;
const callHeader = /^([0-9a-f-]{36})\.([1-9]\d{0,9})\.(\d{13})\.([\w-]{86})$/;

/** `x-device: <factor>.<counter>.<milliseconds>.<signature>`. Null when it is not that at all. */
export function readCallHeader(header: string | null) {
  const [, factorId = '', counter, sentAt, signature = ''] = callHeader.exec(header ?? '') ?? [];
  if (!signature || Number(counter) > highestCounter) return null;
  return { factorId, counter: Number(counter), sentAt: Number(sentAt), signature };
}

// ---- Which calls count

/** The last calls, in any order: counter, and a keyed hash of what was signed. */
export type Calls = readonly (readonly [counter: number, hash: string])[];

/** Two tabs of one telephone may be overtaken by each other this far. */
export const overtaking = 5;
/** Of so many counters back we still know what was signed with them. */
const remembered = 20;
/** A counter that leaps further would be lost for ever to whoever mistyped it. */
const longestLeap = 100_000;

export type CallVerdict =
  /** New, or overtaken: look at it, and remember this. */
  | { readonly kind: 'new'; readonly counter: number; readonly calls: [number, string][] }
  /** The very call that was looked at before, sent again. */
  | { readonly kind: 'retry' }
  /** Somebody else signs with this key. */
  | { readonly kind: 'clone' }
  | { readonly kind: 'leap' };

/**
 * Only for calls whose signature is right. Each counter is good for one call: a second telephone with a copy of the key must use one
 * that is used already, or make the first do so.
 */
export function judgeCall(counter: number, hash: string, last: number, calls: Calls): CallVerdict {
  const before = calls.find(([used]) => used === counter);
  if (before) return before[1] === hash ? { kind: 'retry' } : { kind: 'clone' };
  if (counter > last + longestLeap) return { kind: 'leap' };
  if (counter <= last - overtaking) return { kind: 'clone' };
  const newest = Math.max(counter, last);
  const kept = [...calls, [counter, hash] as const].filter(([used]) => used > newest - remembered);
  return { kind: 'new', counter: newest, calls: kept.map(([used, what]) => [used, what]) };
}

// ---- Codes to type

/** Crockford's base 32, as in recovery codes: no I, L, O or U. */
export const typedAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 40 bits, to type where nothing can be scanned: `XXXX-XXXX`. */
export const typedLength = 8;

/** The code in what was typed: either case, any spaces and dashes. Null when it is none. */
export function parseTypedCode(typed: string): string | null {
  if (typed.length > 100) return null;
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Cf}\p{Pd}\u2212._]/gu, '')
    .replace(/[ILO]/g, (letter) => (letter === 'O' ? '0' : '1'));
  return new RegExp(`^[${typedAlphabet}]{${typedLength}}$`).test(bare) ? bare.replace(/^.{4}/, '$&-') : null;
}

// ---- Numbers

/** Shown on the computer: two digits, the first of them no zero. */
export const numberRange = { lowest: 10, highest: 99 } as const;

/** @returns null for anything but two digits, however they were typed */
export function parseNumber(typed: string): number | null {
  const bare = typed.slice(0, 20).normalize('NFKC').replace(/\s/g, '');
  return /^[1-9]\d$/.test(bare) ? Number(bare) : null;
}

// ---- PINs

export type PinProblem = 'pin-length' | 'pin-digits' | 'pin-guessable';

/** Columns and crosses of a telephone's keys, and what everybody chooses (DataGenetics' most used PINs of six digits and more). */
const chosen = [
  '147258',
  '258369',
  '258147',
  '369258',
  '741852',
  '852963',
  '159753',
  '753159',
  '159357',
  '357159',
  '147369',
  '789456',
  '456123',
  '131452',
  '520131',
  '142536',
  '102030',
];

const isRun = (digits: readonly number[], by: number) => digits.every((digit, i) => i === 0 || digit === ((digits[i - 1] ?? 0) + by + 10) % 10);
const isRepeated = (pin: string) =>
  [1, 2, 3, 4, 5, 6].some(
    (length) =>
      length <= pin.length / 2 &&
      pin ===
        pin
          .slice(0, length)
          .repeat(Math.ceil(pin.length / length))
          .slice(0, pin.length),
  );
const isMirrored = (pin: string) => pin === [...pin].reverse().join('');
/** Pairs that climb or fall evenly: 102030, 121314. */
const isRunOfPairs = (pin: string) => {
  const pairs = pin.match(/../g)?.map(Number) ?? [];
  const by = (pairs[1] ?? 0) - (pairs[0] ?? 0);
  return pin.length % 2 === 0 && Math.abs(by) <= 11 && pairs.every((pair, i) => i === 0 || pair - (pairs[i - 1] ?? 0) === by);
};
/** Eight digits that are a day of this century or the last, in any order: nobody's birth date is known here. */
function isDate(pin: string): boolean {
  const day = (text: string) => Number(text) >= 1 && Number(text) <= 31;
  const month = (text: string) => Number(text) >= 1 && Number(text) <= 12;
  const year = (text: string) => /^(19|20)\d\d$/.test(text);
  const [first, second, third, fourth] = [pin.slice(0, 2), pin.slice(2, 4), pin.slice(4, 6), pin.slice(6, 8)];
  if (pin.length !== 8) return false;
  if (year(pin.slice(0, 4))) return month(third) && day(fourth);
  return year(pin.slice(4)) && ((day(first) && month(second)) || (month(first) && day(second)));
}

/**
 * The server compares a PIN and counts the tries, five of them, so that it need not resist for long: only what somebody who has the
 * telephone in hand would try first is refused (NIST SP 800-63B-4 §3.1.1.2).
 */
export function judgePin(pin: string, { shortest, longest }: PhonePolicy['pin']): PinProblem | null {
  if (!/^\d*$/.test(pin)) return 'pin-digits';
  if (pin.length < shortest || pin.length > longest) return 'pin-length';
  const digits = [...pin].map(Number);
  if (isRun(digits, 1) || isRun(digits, -1) || isRepeated(pin) || isMirrored(pin) || isRunOfPairs(pin) || isDate(pin)) return 'pin-guessable';
  return chosen.some((known) => pin === known || pin === [...known].reverse().join('')) ? 'pin-guessable' : null;
}

// ---- Requests

export const requestStatuses = ['pending', 'approved', 'denied', 'expired', 'superseded', 'cancelled', 'consumed'] as const;
export type RequestStatus = (typeof requestStatuses)[number];
export type RequestEnd = 'owner' | 'reported' | 'number' | 'locked';

/** From where to where a request may go; whatever is not here is for ever. */
export const requestMoves: Readonly<Record<RequestStatus, readonly RequestStatus[]>> = {
  pending: ['approved', 'denied', 'expired', 'superseded', 'cancelled'],
  // Reported as not theirs before the browser fetched it.
  approved: ['consumed', 'denied'],
  denied: [],
  expired: [],
  superseded: [],
  cancelled: [],
  consumed: [],
};

export interface AskedRequest {
  readonly status: RequestStatus;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** What a request is now: one whose time is up is expired before any row says so. @param now epoch milliseconds */
export const statusAt = ({ status, expiresAt }: Pick<AskedRequest, 'status' | 'expiresAt'>, now: number): RequestStatus =>
  status === 'pending' && expiresAt <= now ? 'expired' : status;

const callerPrefix = 'caller:';
/** Instead of an interaction or a session, which never have a colon: a helpdesk's agent asks who is on the telephone. @param id of the verification */
export const callerFlow = (id: string) => `${callerPrefix}${id}`;
/** @returns the verification that asks; null where it is a sign-in, or a session */
export const verificationOf = (flow: string): string | null => (flow.startsWith(callerPrefix) ? flow.slice(callerPrefix.length) : null);

/** Came to something: its owner was there. */
const answered: ReadonlySet<RequestStatus> = new Set(['approved', 'consumed']);

export type AskVerdict =
  | { readonly kind: 'allowed' }
  /** Too many in a short while. @property until epoch milliseconds */
  | { readonly kind: 'wait'; readonly until: number }
  /** Nobody answers, or refuses: no more of it until another factor says that the owner is there. */
  | { readonly kind: 'suspend' };

/**
 * Against fatigue (SEC-29, T10): whoever has the password must not be able to make a telephone ring until somebody gives in.
 * @param requests of the account, in any order. @param now epoch milliseconds
 */
export function judgeAsking(
  requests: readonly AskedRequest[],
  now: number,
  policy: Pick<PhonePolicy, 'requests' | 'unanswered' | 'window'>,
): AskVerdict {
  const recent = requests.filter(({ createdAt }) => createdAt > now - policy.window);
  if (recent.filter(({ status }) => !answered.has(status)).length >= policy.unanswered) return { kind: 'suspend' };
  if (recent.length < policy.requests) return { kind: 'allowed' };
  const oldest = recent.map(({ createdAt }) => createdAt).sort((a, b) => b - a)[policy.requests - 1] ?? now;
  return { kind: 'wait', until: oldest + policy.window };
}

/** Whether a suspension still holds. @param since epoch milliseconds; null when there is none. @param proofs when factors were last proven */
export const isSuspended = (since: number | null, proofs: readonly (number | null)[]): boolean =>
  since !== null && !proofs.some((at) => at !== null && at > since);

/** Under which a telephone's wrong PINs are counted. */
export const pinSubject = (factorId: string) => `phone-pin:${factorId}`;

// ---- Words that a lock screen may show: no application, place or number (phone.md §7)

export const phoneWords: Readonly<Record<Language, Readonly<Record<'req' | 'test' | 'call', { readonly title: string; readonly body: string }>>>> = {
  fr: {
    req: { title: 'Demande de connexion', body: 'Touchez pour vérifier et répondre.' },
    test: { title: 'Notification d’essai', body: 'Les notifications arrivent sur ce téléphone.' },
    call: { title: 'Appel à l’assistance', body: 'Touchez pour répondre à l’agent.' },
  },
  en: {
    req: { title: 'Sign-in request', body: 'Tap to check and answer.' },
    test: { title: 'Test notification', body: 'Notifications arrive on this phone.' },
    call: { title: 'Call to the helpdesk', body: 'Tap to answer the agent.' },
  },
};

/** What a telephone is called until its owner names it. @param system e.g. Android; null where the browser does not say */
export const phoneName = (system: string | null, language: Language): string => {
  const phone = language === 'fr' ? 'Téléphone' : 'Phone';
  return system === null ? phone : `${phone} (${system})`;
};

// ---- Telephones side by side

/** The choice « Non, c’est un téléphone de plus ». */
export const replacesNone = 'none';

/**
 * Which earlier telephone a new one most probably is, its storage erased: the only one of the same system and browser, and silent since
 * the pairing began. What it says of itself can be said by any other: its owner is asked, this is only ticked before.
 * @param since epoch milliseconds
 * @returns the factor's id, or null
 */
export function likelyReplaced(
  earlier: readonly { readonly id: string; readonly system: string | null; readonly browser: string | null; readonly seenAt: number }[],
  came: { readonly system: string | null; readonly browser: string | null },
  since: number,
): string | null {
  const alike = earlier.filter(({ system, browser }) => system !== null && browser !== null && system === came.system && browser === came.browser);
  const [one, ...more] = alike;
  return one && more.length === 0 && one.seenAt < since ? one.id : null;
}

/**
 * Whether notifications arrive on a telephone: it has signed that one did; unknown as long as none was; none where it gave no address for them.
 * @param notifiedAt epoch milliseconds
 */
export const arrivalOf = (phone: { readonly subscribed: boolean; readonly notifiedAt: number | null }): 'arrive' | 'unknown' | 'none' =>
  !phone.subscribed ? 'none' : phone.notifiedAt === null ? 'unknown' : 'arrive';
