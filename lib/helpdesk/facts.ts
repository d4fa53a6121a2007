// What an agent sees of an account: one card, by the role × field matrix (SEC-73). Never a secret, an answer, a code, a whole address or a
// whole network (SEC-74).
import { findAccountRow } from '#db/accounts';
import { listCasesOfAccount } from '#db/cases';
import { type EventRow, listEvents } from '#db/events';
import { findLatestMessage } from '#db/outbox';
import { findPendingFactor } from '#db/pending-factors';
import { findLiveReEnrolment } from '#db/re-enrolments';
import type { Script, Tx } from '#db/unit';
import { displayName, maskAddress } from '../accounts/rules.ts';
import type { EventType } from '../audit/events.ts';
import { activityOf, type Happening } from '../audit/facts.ts';
import { days } from '../duration.ts';
import { enrolmentPolicy, readEnrolmentFacts } from '../enrolment/facts.ts';
import { type EnrolmentStep, nextEnrolmentStep } from '../enrolment/steps.ts';
import { inPlace } from '../factors/facts.ts';
import { type PhoneInPlace, phonesInPlace } from '../factors/phone/facts.ts';
import type { Portal } from '../portal.ts';
import { stageOf } from '../re-enrolment/rules.ts';
import { roleToShow } from '../roles/facts.ts';
import type { Role } from '../roles/rules.ts';
import type { FactorKind } from '../sign-in/steps.ts';
import type { Agent } from '../visitor.ts';
import { locksOf } from './acts/facts.ts';
import type { Lock } from './acts/rules.ts';
import { type Diagnosis, type DiagnosisFacts, diagnose } from './diagnosis/rules.ts';
import { type CardField, type HelpdeskAction, type HelpdeskRefusal, helpdeskActionNames, judgeAction, maySee } from './rules.ts';
import { readVerified, type Verified } from './verify-caller/facts.ts';

export interface CardFactor {
  readonly id: string;
  readonly kind: FactorKind;
  readonly name: string;
  /** Instants are epoch milliseconds. */
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly frozenAt: number | null;
  /** What a telephone adds: how it is unlocked, when it was last heard of, whether notifications arrive. */
  readonly phone: Pick<PhoneInPlace, 'unlock' | 'seenAt' | 'lockedAt' | 'lockedWhy' | 'notifications' | 'notifiedAt'> | null;
}

/** A factor that is chosen, and not proven yet. */
export interface CardPending {
  readonly kind: FactorKind;
  readonly name: string;
  readonly chosenAt: number;
  readonly expired: boolean;
}

export interface CardEnrolment {
  readonly step: EnrolmentStep;
  /** Since when it is the next one; null when no event says so. */
  readonly since: number | null;
  /** First codes that were wrong in it. */
  readonly wrongCodes: { readonly count: number; readonly first: number; readonly last: number } | null;
  /** By how many seconds the telephone's clock seems to be off. */
  readonly drift: number | null;
  readonly finishedAt: number | null;
  /** When each step was done, as far as events are kept. */
  readonly doneAt: Readonly<Partial<Record<EnrolmentStep, number>>>;
}

export interface CardEvent extends Omit<Happening, 'network'> {
  /** The network's name; null where it has none. */
  readonly place: string | null;
  /** Truncated; null for whom that is not shown. */
  readonly network: string | null;
}

/** Events of one kind in a row, told once: the newest of them, how many they are and since when. */
export interface CardRun extends CardEvent {
  /** At least so many, where `firstAt` is null. */
  readonly times: number;
  /** Epoch milliseconds; null where what was read ends with it: there may be more of them, and older ones. */
  readonly firstAt: number | null;
}

/** Why an account is closed, and since when, as its last event says. */
export interface CardClosed {
  readonly at: number;
  readonly by: 'helpdesk' | 'operator' | 'directory';
  /** As the agent typed it. */
  readonly reason: string | null;
}

export interface CardFields {
  readonly name: string;
  readonly maskedAddress: string;
  readonly kind: 'internal' | 'external';
  readonly status: { readonly now: 'active' | 'frozen' | 'disabled'; readonly closed: CardClosed | null; readonly role: Role | null };
  readonly directory: { readonly kind: 'embedded' | 'ldap' | 'active-directory'; readonly since: number };
  readonly enrolment: CardEnrolment;
  readonly factors: {
    readonly held: readonly CardFactor[];
    readonly pending: CardPending | null;
    /** Null when no set was kept. */
    readonly recoveryCodes: { readonly left: number; readonly of: number } | null;
    /** Null when they were not chosen, or questions are no part of the product here. */
    readonly answeredAt: number | null;
    readonly questions: boolean;
  };
  readonly locks: {
    readonly all: readonly Lock[];
    readonly reEnrolment: { readonly stage: 'waiting' | 'open'; readonly from: number; readonly until: number; readonly stolen: boolean } | null;
    readonly mail: DiagnosisFacts['mail'];
  };
  readonly sessions: { readonly lastSignIn: { readonly at: number; readonly proofs: readonly string[] } | null };
  readonly events: readonly CardRun[];
  readonly verification: Verified | null;
  readonly cases: readonly { readonly number: string; readonly kind: 'not-me' | 'help'; readonly openedAt: number; readonly taken: boolean }[];
  /** Whether events come with their truncated network beside its name. */
  readonly networks: true;
}

/** A field that the role may not see is null. */
export type Card = { readonly [F in keyof CardFields]: CardFields[F] | null } & {
  readonly id: string;
  readonly diagnoses: readonly [Diagnosis, ...Diagnosis[]];
  /** Epoch milliseconds; null where it was not, or something came of it since. */
  readonly lately: { readonly codeSentAt: number | null; readonly wrongPasswordAt: number | null };
  /** Every act, and why this agent may not do it now; null: they may. */
  readonly acts: Readonly<Record<HelpdeskAction, HelpdeskRefusal | null>>;
};

const shownEvents = 10;
/** Among as many: looks of agents, which tell nothing of what is wrong, are left to the whole list. */
const lookedAt = 40;
const looks: ReadonlySet<EventType> = new Set(['account-searched', 'account-seen']);
const stepEvents = [
  'app-chosen',
  'pairing-begun',
  'factor-added',
  'answers-chosen',
  'answers-changed',
  'recovery-codes-kept',
  'enrolment-finished',
] as const satisfies readonly EventType[];

/** Null: there is no such account. Changes nothing: that it was looked at is written by `seeAccount`. */
export async function cardOf(portal: Portal, agent: Agent, accountId: string): Promise<Card | null> {
  const role = await roleToShow(portal, accountId);
  const now = portal.now();
  const { settings } = portal;
  const read = await portal.store.read((tx) => readCard(portal, tx, agent, accountId, now));
  if (!read) return null;
  const [held, phones, locks, activity] = await Promise.all([
    inPlace(portal, accountId),
    phonesInPlace(portal, accountId),
    locksOf(portal, accountId),
    activityOf(portal, accountId, { limit: lookedAt, kind: null, before: null }),
  ]);
  const { account, enrolment, pending, reEnrolment, mail, cases, verified, lastSignIn, untypedSince, wrongPasswordAt, wrongPasswordWas, closed } =
    read;
  const phoneOf = new Map(phones.map((phone) => [phone.id, phone]));
  const factors = held.factors.map(({ id, kind, name, createdAt, lastUsedAt, frozenAt }): CardFactor => {
    const phone = phoneOf.get(id);
    return {
      id,
      kind,
      name,
      createdAt,
      lastUsedAt,
      frozenAt,
      phone: phone
        ? {
            unlock: phone.unlock,
            seenAt: phone.seenAt,
            lockedAt: phone.lockedAt,
            lockedWhy: phone.lockedWhy,
            notifications: phone.notifications,
            notifiedAt: phone.notifiedAt,
          }
        : null,
    };
  });
  const appsOut = locks.filter(({ what, why }) => what === 'app' && why === 'disabled').length;
  const working = factors.filter(({ frozenAt }) => frozenAt === null);
  const facts: DiagnosisFacts = {
    status: account.status,
    leftDirectory: closed?.by === 'directory',
    locks,
    mail,
    codeUntypedSince: untypedSince,
    step: enrolment.step,
    wrongCodes: enrolment.wrongCodes?.count ?? 0,
    drift: enrolment.drift,
    pending: pending && !pending.expired ? pending.kind : null,
    working: working.length - appsOut,
    stuck: factors.length - working.length,
    silentPhone: working.length > 0 && working.every(({ phone }) => phone?.notifications === 'none'),
    reEnrolment: reEnrolment?.stage ?? null,
    recoveryCodesLeft: held.recoveryCodes?.left ?? null,
    signedInAt: lastSignIn?.at ?? null,
    wrongPasswordAt,
    wrongPasswordWas,
  };
  const asked = { agent: { id: agent.agentId, role: agent.role }, subject: { id: accountId, role }, callerVerified: verified !== null };
  const fields: CardFields = {
    name: displayName(account),
    maskedAddress: maskAddress(account.address),
    kind: account.kind,
    status: { now: account.status, closed: account.status === 'active' ? null : closed, role },
    directory: { kind: settings.directory.kind, since: account.createdAt },
    enrolment,
    factors: {
      held: factors,
      pending,
      recoveryCodes: held.recoveryCodes && { left: held.recoveryCodes.left, of: held.recoveryCodes.of },
      answeredAt: settings.questions ? held.answeredAt : null,
      questions: settings.questions,
    },
    locks: { all: locks, reEnrolment, mail },
    sessions: { lastSignIn },
    events: inRuns(
      activity.happenings.filter(({ type }) => !looks.has(type)).map((happening) => cardEvent(portal, agent, happening)),
      activity.more !== null,
    ).slice(0, shownEvents),
    verification: verified,
    cases,
    networks: true,
  };
  return {
    ...(Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [field, maySee(agent.role, field as CardField) ? value : null]),
    ) as unknown as { readonly [F in keyof CardFields]: CardFields[F] | null }),
    id: accountId,
    diagnoses: diagnose(facts, now),
    lately: { codeSentAt: untypedSince, wrongPasswordAt },
    acts: Object.fromEntries(helpdeskActionNames.map((action) => [action, judgeAction(action, asked)])) as Card['acts'],
  };
}

/** What an agent sees of an event. A lead sees the truncated network beside its name. */
export function cardEvent(portal: Pick<Portal, 'networks'>, agent: Agent, { network, ...happening }: Happening): CardEvent {
  const place = portal.networks.nameOf(network, agent.visitor.language);
  return { ...happening, place, network: maySee(agent.role, 'networks') ? network : null };
}

/**
 * What reads the same but for the hour is one line: ten wrong passwords would hide what came before.
 * @param events the newest first
 * @param more whether there are older ones
 */
function inRuns(events: readonly CardEvent[], more: boolean): CardRun[] {
  const likeness = ({ id: _, at: __, ...rest }: CardEvent) => JSON.stringify(rest);
  const runs: CardRun[] = [];
  let like = '';
  for (const event of events) {
    const run = runs.at(-1);
    if (run && likeness(event) === like && run.at - event.at < days(1)) runs[runs.length - 1] = { ...run, times: run.times + 1, firstAt: event.at };
    else runs.push({ ...event, times: 1, firstAt: event.at });
    like = likeness(event);
  }
  const last = runs.at(-1);
  if (last && more) runs[runs.length - 1] = { ...last, firstAt: null };
  return runs;
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);

/**
 * Of a refused password, by what its event says (lib/sign-in/check-password.ts). What does not stand here was compared, and wrong, or was
 * typed on the page that changes it. One that its owner has disowned may have been right.
 */
const verdicts: Readonly<Record<string, DiagnosisFacts['wrongPasswordWas']>> = {
  wait: 'unseen',
  disabled: 'unseen',
  frozen: 'closed',
  locked: 'locked',
  expired: 'expired',
  'must-change': 'expired',
};

const closings = ['account-frozen', 'account-disabled'] as const satisfies readonly EventType[];

function closedOf({ at, type, data }: EventRow): CardClosed {
  if (type === 'account-frozen') return { at, by: 'helpdesk', reason: text(data.reason) };
  return { at, by: data.because === 'left-directory' ? 'directory' : 'operator', reason: null };
}

function* readCard(portal: Portal, tx: Tx, agent: Agent, accountId: string, now: number) {
  const account = yield* findAccountRow(tx, accountId);
  if (!account) return null;
  const pending = yield* findPendingFactor(tx, accountId);
  const leave = yield* findLiveReEnrolment(tx, accountId, now);
  const stage = leave && stageOf(leave, now);
  const enrolment = yield* readEnrolment(portal, tx, accountId, pending?.createdAt ?? null, now);
  const [signedIn] = yield* listEvents(tx, accountId, 1, undefined, ['signed-in']);
  const [closed] = yield* listEvents(tx, accountId, 1, undefined, closings);
  const [password] = yield* listEvents(tx, accountId, 1, undefined, [
    'password-right',
    'password-wrong',
    'password-reset',
    'password-set',
    'password-changed',
  ]);
  const before =
    password?.type === 'password-wrong' ? yield* listEvents(tx, accountId, 1, password.id, [...closings, 'account-unfrozen', 'account-enabled']) : [];
  // That one says no more of it than of any other (SEC-07): what came before does.
  const wasClosed = before.some(({ type }) => closings.some((closing) => closing === type));
  const [code] = yield* listEvents(tx, accountId, 1, undefined, ['email-code-sent', 'email-code-right']);
  const letter = yield* findLatestMessage(tx, accountId, 'code');
  const recent = letter !== null && letter.sentAt === null && letter.failure !== null && letter.createdAt > now - days(1);
  return {
    account,
    enrolment,
    pending: pending && { kind: pending.kind, name: pending.name, chosenAt: pending.createdAt, expired: pending.expiresAt <= now },
    reEnrolment:
      leave && (stage === 'waiting' || stage === 'open') ? { stage, from: leave.notBefore, until: leave.expiresAt, stolen: leave.stolen } : null,
    mail: recent ? (letter.dueAt === null ? ('refused' as const) : ('waiting' as const)) : null,
    cases: (yield* listCasesOfAccount(tx, accountId))
      .filter(({ closedAt }) => closedAt === null)
      .map(({ id, kind, openedAt, takenAt }) => ({ number: id, kind, openedAt, taken: takenAt !== null })),
    verified: yield* readVerified(portal, tx, accountId, agent.agentId, now),
    lastSignIn: signedIn ? { at: signedIn.at, proofs: (text(signedIn.data.proofs) ?? '').split(' ').filter(Boolean) } : null,
    untypedSince: code?.type === 'email-code-sent' && code.data.purpose !== 'verify-caller' ? code.at : null,
    wrongPasswordAt: password?.type === 'password-wrong' ? password.at : null,
    wrongPasswordWas: wasClosed ? ('closed' as const) : (verdicts[text(password?.data.try) ?? ''] ?? ('wrong' as const)),
    closed: closed ? closedOf(closed) : null,
  };
}

/** @param chosenAt when the factor was chosen that is being put in place; null: none is */
function* readEnrolment(portal: Portal, tx: Tx, accountId: string, chosenAt: number | null, now: number): Script<CardEnrolment> {
  const facts = yield* readEnrolmentFacts(tx, { accountId, acr: null }, now);
  const step = nextEnrolmentStep(facts, enrolmentPolicy(portal.settings));
  const done = yield* listEvents(tx, accountId, shownEvents, undefined, stepEvents);
  const last = (...types: readonly EventType[]) => done.find(({ type }) => types.some((t) => t === type))?.at ?? null;
  const chosen = chosenAt ?? last('app-chosen', 'pairing-begun');
  const proven = last('factor-added');
  const answered = last('answers-chosen', 'answers-changed');
  const since: Partial<Record<EnrolmentStep, number | null>> = {
    'scan-code': chosen,
    'answer-questions': proven,
    'save-recovery-codes': facts.answers > 0 ? answered : proven,
  };
  const wrong = step === 'scan-code' && chosen !== null ? yield* listEvents(tx, accountId, shownEvents * 2, undefined, ['totp-wrong']) : [];
  const first = wrong.filter(({ at, data }) => at >= (chosen ?? now) && data.step === 'scan-code');
  const newest = first[0];
  const doneAt = {
    'install-app': facts.provenFactors > 0 || facts.pendingFactor ? chosen : null,
    'scan-code': facts.provenFactors > 0 ? proven : null,
  };
  const kept = {
    'answer-questions': facts.answers > 0 ? answered : null,
    'save-recovery-codes': facts.recoveryCodesKept ? last('recovery-codes-kept') : null,
  };
  return {
    step,
    since: since[step] ?? null,
    wrongCodes: newest ? { count: first.length, first: first.at(-1)?.at ?? newest.at, last: newest.at } : null,
    drift: first.map(({ data }) => data.drift).find((drift) => typeof drift === 'number') ?? null,
    finishedAt: last('enrolment-finished'),
    doneAt: Object.fromEntries(Object.entries({ ...doneAt, ...kept }).filter(([, at]) => at !== null)) as CardEnrolment['doneAt'],
  };
}
