// What is known of a caller who is being verified: which ways there are, what waits for an answer, and whether one was given.
import { findAccountRow } from '#db/accounts';
import { type AnswerRow, listAnswers } from '#db/answers';
import { findAttempts } from '#db/attempts';
import { type CallerVerificationRow, findLatestVerification, findProvenVerification } from '#db/caller-verifications';
import { findEmailCode } from '#db/codes';
import { findLatestPhoneRequest } from '#db/phone-requests';
import { listPhones } from '#db/phones';
import type { Script, Tx } from '#db/unit';
import { readLanguage } from '../../accounts/facts.ts';
import { answersSubject, callerAnswersSubject, judge } from '../../attempts/rules.ts';
import { type RequestOnScreen, readSuspended, works } from '../../factors/phone/facts.ts';
import { callerFlow, statusAt } from '../../factors/phone/rules.ts';
import type { Language } from '../../language/language.ts';
import type { Portal } from '../../portal.ts';
import { askedCount, type QuestionKey, questionKeys } from '../../questions/rules.ts';
import { readRole } from '../../roles/facts.ts';
import type { Agent } from '../../visitor.ts';
import { type CallerFacts, type CallerMethod, callerMethods, dictatedOf, type Unavailable, unavailable } from './rules.ts';

/** Inside a unit, or outside. @param now epoch milliseconds */
function* readCallerFacts({ settings }: Pick<Portal, 'settings'>, tx: Tx, accountId: string, now: number): Script<CallerFacts> {
  const phones = (yield* listPhones(tx, accountId)).filter(works);
  const ends: number[] = [];
  for (const subject of [answersSubject(accountId), callerAnswersSubject(accountId)]) {
    const verdict = judge(yield* findAttempts(tx, subject), now, settings.policy.answers);
    if (verdict.kind !== 'allowed') ends.push(verdict.kind === 'wait' ? verdict.until : Number.POSITIVE_INFINITY);
  }
  return {
    phones: phones.length,
    suspended: phones.length > 0 && (yield* readSuspended(tx, accountId)),
    questions: settings.questions,
    answers: (yield* listAnswers(tx, accountId)).length,
    answersClosedUntil: ends.length === 0 ? null : Math.max(...ends),
    hasRole: (yield* readRole(tx, accountId)) !== null,
  };
}

/** Whether this way is there now. @param now epoch milliseconds */
export function* readUnavailable(
  portal: Pick<Portal, 'settings'>,
  tx: Tx,
  accountId: string,
  method: CallerMethod,
  now: number,
): Script<Unavailable | null> {
  return unavailable(method, yield* readCallerFacts(portal, tx, accountId, now), askedCount);
}

/** The two answers that this account's caller is asked for. */
export const dictatedAnswers = ({ secrets }: Pick<Portal, 'secrets'>, accountId: string, rows: readonly AnswerRow[]): readonly AnswerRow[] =>
  dictatedOf(rows, (question) => secrets.keyedHash('caller-questions', `${accountId}:${question}`));

/** Of this agent, for this account, by this method: what still waits for an answer. Null when nothing does. @param now epoch milliseconds */
export function* readOpenVerification(
  tx: Tx,
  accountId: string,
  agentId: string,
  method: CallerMethod,
  now: number,
): Script<CallerVerificationRow | null> {
  const row = yield* findLatestVerification(tx, accountId, agentId, method);
  return row && row.provenAt === null && row.failedAt === null && row.expiresAt > now ? row : null;
}

export interface Verified {
  readonly method: CallerMethod;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly until: number;
}

/** Whether this agent knows who is on the line (`policy.helpdesk.verified`). @param now epoch milliseconds */
export function* readVerified(
  { settings }: Pick<Portal, 'settings'>,
  tx: Tx,
  accountId: string,
  agentId: string,
  now: number,
): Script<Verified | null> {
  const { verified } = settings.policy.helpdesk;
  const row = yield* findProvenVerification(tx, accountId, agentId, now - verified);
  return row?.provenAt ? { method: row.method, at: row.provenAt, until: row.provenAt + verified } : null;
}

export interface CallerChoices {
  /** Each way, and why it is not there. */
  readonly methods: readonly { readonly method: CallerMethod; readonly why: Unavailable | null }[];
  /** When the answers open again, epoch milliseconds; null when they are not closed, or for good. */
  readonly answersFrom: number | null;
  readonly verified: Verified | null;
}

/** The ways to verify whoever calls about the account, and what this agent has verified already. */
export const callerChoices = ({ store, settings, now }: Pick<Portal, 'store' | 'settings' | 'now'>, agent: Agent, accountId: string) =>
  store.read(function* (tx): Script<CallerChoices> {
    const at = now();
    const facts = yield* readCallerFacts({ settings }, tx, accountId, at);
    const { answersClosedUntil: until } = facts;
    return {
      methods: callerMethods.map((method) => ({ method, why: unavailable(method, facts, askedCount) })),
      answersFrom: until !== null && Number.isFinite(until) ? until : null,
      verified: yield* readVerified({ settings }, tx, accountId, agent.agentId, at),
    };
  });

/** For the agent who asked, and for nobody else: their latest question to this account's telephones. Null when they asked none. */
export const callerRequestOnScreen = ({ store, now }: Pick<Portal, 'store' | 'now'>, agent: Agent, accountId: string) =>
  store.read(function* (tx): Script<RequestOnScreen | null> {
    const verification = yield* findLatestVerification(tx, accountId, agent.agentId, 'phone');
    const row = verification && (yield* findLatestPhoneRequest(tx, callerFlow(verification.id)));
    if (!verification || !row) return null;
    const { id, why, number, createdAt, expiresAt } = row;
    const status = statusAt(row, now());
    return { id, status, why, number: status === 'pending' ? number : null, createdAt, expiresAt };
  });

export interface CodeOnScreen {
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly expiresAt: number;
}

/** The code that this agent's caller may read out; null when there is none, or none that still counts. */
export const callerCodeOnScreen = ({ store, now }: Pick<Portal, 'store' | 'now'>, agent: Agent, accountId: string) =>
  store.read(function* (tx): Script<CodeOnScreen | null> {
    const open = yield* readOpenVerification(tx, accountId, agent.agentId, 'email-code', now());
    const code = open && (yield* findEmailCode(tx, callerFlow(open.id), 'verify-caller'));
    return code && { sentAt: code.sentAt, expiresAt: code.expiresAt };
  });

/** The two questions that this agent puts to the caller; null when they have not begun to. */
export const callerQuestions = (portal: Pick<Portal, 'store' | 'now' | 'secrets'>, agent: Agent, accountId: string) =>
  portal.store.read(function* (tx): Script<readonly QuestionKey[] | null> {
    if (!(yield* readOpenVerification(tx, accountId, agent.agentId, 'answers', portal.now()))) return null;
    const rows = dictatedAnswers(portal, accountId, yield* listAnswers(tx, accountId));
    return rows.flatMap(({ question }) => questionKeys.filter((key) => key === question));
  });

/** Whose address a code goes to. */
export const callerAccount = ({ store }: Pick<Portal, 'store'>, accountId: string) => store.read((tx) => findAccountRow(tx, accountId));

/** What the agent's browser speaks says nothing of who calls. */
export const callerLanguage = ({ store }: Pick<Portal, 'store'>, accountId: string): Promise<Language> =>
  store.read(function* (tx): Script<Language> {
    return yield* readLanguage(tx, (yield* findAccountRow(tx, accountId)) ?? { id: accountId, language: null });
  });
