// What is known of an event that somebody says was not them: what happened, and what would go.
import { findAccountRow } from '#db/accounts';
import { listAnswers } from '#db/answers';
import { findCaseOfEvent } from '#db/cases';
import { findConsent } from '#db/consents';
import { findDisavowal } from '#db/disavowals';
import { findEvent } from '#db/events';
import { listFactors } from '#db/factors';
import { findPasswordChange } from '#db/passwords';
import { findLivePortalSession } from '#db/portal-sessions';
import { listRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { maskAddress } from '../accounts/rules.ts';
import { findApplication } from '../applications/facts.ts';
import { type EventType, isEventType } from '../audit/events.ts';
import { browserOf } from '../mail/browser.ts';
import type { Portal } from '../portal.ts';
import { digest } from '../secrets.ts';
import type { Member } from '../visitor.ts';
import { type Disavowal, disavowalOf, type Going, type Held, staysSignedIn, whatGoes } from './rules.ts';

/** An event that can be disowned, with what would go now. */
export interface Disownable {
  readonly id: string;
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: EventType;
  readonly application: string | null;
  readonly factor: { readonly id: string | null; readonly name: string | null };
  readonly userAgent: string | null;
  /** Somebody who was not the owner has told an agent two right answers. */
  readonly answersHeard: boolean;
  readonly disavowal: Disavowal;
  readonly held: Held;
  readonly going: Going;
  /** The case that was opened when it was disowned before; null when it was not. */
  readonly caseNumber: string | null;
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);

export function* readHeld(tx: Tx, accountId: string): Script<Held> {
  const factors = yield* listFactors(tx, accountId);
  const codes = yield* listRecoveryCodes(tx, accountId);
  const [code] = codes;
  const [answer] = yield* listAnswers(tx, accountId);
  const used = codes.flatMap(({ usedAt }) => (usedAt === null ? [] : [usedAt]));
  return {
    factors: factors.map(({ id, name, createdAt, lastUsedAt, frozenAt }) => ({ id, name, createdAt, lastUsedAt, frozenAt })),
    recoveryCodes: code ? { createdAt: code.createdAt, lastUsedAt: used.length > 0 ? Math.max(...used) : null } : null,
    answersChangedAt: answer?.changedAt ?? null,
    passwordChangedAt: yield* findPasswordChange(tx, accountId),
  };
}

/** Null for what is not this account's, and for what nobody can disown. */
export function* readDisownable(tx: Tx, accountId: string, eventId: string): Script<Disownable | null> {
  const row = yield* findEvent(tx, eventId);
  if (row?.accountId !== accountId || !isEventType(row.type)) return null;
  const disavowal = disavowalOf(row.type);
  if (!disavowal) return null;
  const { id, at, type, data } = row;
  const application = text(data.application);
  const factor = { id: text(data.factor), name: text(data.name) };
  const held = yield* readHeld(tx, accountId);
  const going = whatGoes(disavowal, { at, factor: factor.id, application }, held);
  // An agreement that is gone already can't go again.
  const consent = going.consent !== null && (yield* findConsent(tx, accountId, going.consent)) ? going.consent : null;
  const caseNumber = (yield* findCaseOfEvent(tx, id))?.id ?? null;
  return {
    id,
    accountId,
    at,
    type,
    application,
    factor: { ...factor, name: factor.name ?? held.factors.find((f) => f.id === factor.id)?.name ?? null },
    userAgent: row.browser,
    answersHeard: data.method === 'answers' && type !== 'caller-asked' && type !== 'caller-not-verified',
    disavowal,
    held,
    going: { ...going, consent },
    caseNumber,
  };
}

/** Whether the member's own session would go on. @param now epoch milliseconds */
export function* readStaysSignedIn(
  { settings }: Pick<Portal, 'settings'>,
  tx: Tx,
  { sessionId }: Member,
  { going, held }: Disownable,
  now: number,
): Script<boolean> {
  const session = yield* findLivePortalSession(tx, sessionId, now, 0);
  return staysSignedIn(going, held, session?.provenAt ?? null, now, settings.policy);
}

/** What the page before « Ce n’était pas moi » shows. */
export interface Reported {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: EventType;
  /** Names; null when the event has none. */
  readonly application: string | null;
  readonly factor: string | null;
  readonly browser: { readonly browser: string; readonly system: string } | null;
  /** One mailbox may serve two accounts: which one, without saying all of it. */
  readonly address: string;
  /** Names of factors, and of the application. */
  readonly going: {
    readonly factors: readonly string[];
    readonly recoveryCodes: boolean;
    readonly answers: boolean;
    readonly password: boolean;
    readonly consent: string | null;
  };
  readonly advice: Disavowal['advice'];
  readonly caseNumber: string | null;
  readonly staysSignedIn: boolean;
}

async function reported(portal: Portal, found: Disownable, address: string, staysSignedIn: boolean): Promise<Reported> {
  const nameOf = async (id: string | null) => (id === null ? null : ((await findApplication(portal, id))?.name ?? id));
  const { id, at, type, factor, going, disavowal, caseNumber } = found;
  return {
    id,
    at,
    type,
    application: await nameOf(found.application),
    factor: factor.name,
    browser: browserOf(found.userAgent),
    address: maskAddress(address),
    going: { ...going, factors: going.factors.map(({ name }) => name), consent: await nameOf(going.consent) },
    advice: disavowal.advice,
    caseNumber,
    staysSignedIn,
  };
}

/** An event of the member's own activity; null for every other id. */
export async function reportedByMember(portal: Portal, member: Member, eventId: string): Promise<Reported | null> {
  const found = await portal.store.read(function* (tx) {
    const event = yield* readDisownable(tx, member.accountId, eventId);
    const account = yield* findAccountRow(tx, member.accountId);
    return event && account && { event, account, stays: yield* readStaysSignedIn(portal, tx, member, event, portal.now()) };
  });
  return found && reported(portal, found.event, found.account.address, found.stays);
}

/** The shape of a link's token: 256 random bits, base64url. Whatever a browser sends. */
export const isToken = (token: unknown): token is string => typeof token === 'string' && /^[\w-]{43}$/.test(token);

/** @param token of a link in a letter. @returns null for one that is unknown or past its time. Changes nothing (SEC-54). */
export async function reportedByLink(portal: Portal, token: string): Promise<Reported | null> {
  if (!isToken(token)) return null;
  const found = await portal.store.read(function* (tx) {
    const link = yield* findDisavowal(tx, digest(token));
    if (!link || link.expiresAt <= portal.now()) return null;
    const event = yield* readDisownable(tx, link.accountId, link.eventId);
    const account = yield* findAccountRow(tx, link.accountId);
    return event && account && { event, account };
  });
  return found && reported(portal, found.event, found.account.address, false);
}
