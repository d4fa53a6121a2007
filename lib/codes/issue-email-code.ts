// Makes a code, and sends it to an account's address, for one flow and purpose. Shared by sign-in, password reset, lost phone and the helpdesk.
import { findAttempts } from '#db/attempts';
import { findEmailCode, insertCodeSending, listCodeSendings, setEmailCode } from '#db/codes';
import type { Script, Tx } from '#db/unit';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { judge } from '../attempts/rules.ts';
import { recordEvent } from '../audit/record-event.ts';
import { days } from '../duration.ts';
import { newId } from '../ids.ts';
import { isLanguage } from '../language/language.ts';
import { codeMessage } from '../mail/messages.ts';
import { type Letter, queueMail, queueNothing } from '../mail/outbox.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import { randomDigits, randomToken } from '../secrets.ts';
import type { Agent, Flow, Reset } from '../visitor.ts';
import { codesPausedUntil } from './facts.ts';
import { type CodeOf, emailCodeAttempts, emailCodeSubject, nextSending } from './rules.ts';

type Purpose = CodeOf['purpose'];

/** Whose browser asks for it; an agent's with the verification of a caller as its flow. */
export type CodeAsker = Flow | Reset | (Agent & { readonly uid: string });

/** Whom a code is for. */
export interface CodeReader {
  readonly id: string;
  readonly address: string;
  /** BCP 47; null until the person has chosen one: the browser's then. Read where the browser may be anybody's: of resets and agents. */
  readonly language?: string | null;
  /** Nobody has this address: everything is done as if somebody had, but nothing leaves, and no code is right (SEC-08). */
  readonly nobody?: boolean;
}

/** A code that is ready to be issued; made outside the unit, which may run twice. */
export interface PreparedCode {
  readonly flow: string;
  readonly purpose: Purpose;
  readonly accountId: string;
  /** What it is counted under. */
  readonly subject: string;
  readonly nobody: boolean;
  readonly hash: string;
  readonly sendingId: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly expiresAt: number;
  readonly letter: Letter;
}

/** What is stored instead of a code: it can't be found out from the database, and fits no other flow, purpose or account (SEC-15). */
export const emailCodeHash = (portal: Pick<Portal, 'secrets'>, flow: string, purpose: Purpose, accountId: string, code: string) =>
  portal.secrets.keyedHash('email-code', [flow, purpose, accountId, code].join(':'));

/** @param now epoch milliseconds. @param browser as in `CodeOf` */
export function prepareEmailCode(
  portal: Pick<Portal, 'secrets' | 'settings'>,
  flow: CodeAsker,
  account: CodeReader,
  purpose: Purpose,
  now: number,
  browser: string | null = null,
): PreparedCode {
  const { settings } = portal;
  const { digits, lifetime } = settings.policy.emailCode;
  const code = randomDigits(digits);
  const expiresAt = now + lifetime;
  const { nobody = false } = account;
  const application = 'application' in flow ? flow.application.name : '';
  const language = isLanguage(account.language) ? account.language : flow.visitor.language;
  const message = codeMessage(settings, language, { code, purpose, application, expiresAt, address: account.address });
  return {
    flow: flow.uid,
    purpose,
    accountId: account.id,
    subject: emailCodeSubject({ purpose, accountId: account.id, browser }),
    nobody,
    // Six digits can be guessed: what nobody received must not be right by chance.
    hash: emailCodeHash(portal, flow.uid, purpose, account.id, nobody ? randomToken(128) : code),
    sendingId: newId(),
    sentAt: now,
    expiresAt,
    letter: { id: newId(), accountId: nobody ? null : account.id, to: nobody ? '' : account.address, kind: 'code', message, uselessAt: expiresAt },
  };
}

export type IssueProblem = 'send-too-soon' | 'send-limit' | 'codes-paused' | 'factor-disabled';

/**
 * Sends unless the account's limits stand against it, or the institute's (SEC-20), or too many of its codes were guessed at. The code before it dies, and is only remembered to be named.
 * In a unit whose key is the account's id.
 */
export function* issueEmailCode(
  portal: Pick<Portal, 'secrets' | 'settings'>,
  tx: Tx,
  flow: CodeAsker,
  prepared: PreparedCode,
): Script<Result<void, IssueProblem>> {
  const { accountId, purpose, subject, nobody, hash, sentAt, expiresAt } = prepared;
  const policy = portal.settings.policy.emailCode;
  const tries = yield* findAttempts(tx, subject);
  if (judge(tries, sentAt, emailCodeAttempts(portal.settings.policy.attempts)).kind !== 'allowed') return refused({ code: 'factor-disabled' });
  const limit = nextSending(yield* listCodeSendings(tx, subject, sentAt - days(1), policy.perDay), sentAt, policy);
  if (limit) return refused({ code: limit.code, retryAt: limit.from });
  const paused = yield* codesPausedUntil(portal, tx, purpose, sentAt);
  if (paused !== null) {
    yield* raiseAlert(portal, tx, sentAt, 'codes', portal.settings.alerts.codesPerHour);
    return refused({ code: 'codes-paused', retryAt: paused });
  }
  const before = yield* findEmailCode(tx, prepared.flow, purpose);
  const replacedHash = before && before.accountId === accountId && before.usedAt === null ? before.hash : null;
  yield* setEmailCode(tx, { flow: prepared.flow, purpose, accountId, hash, replacedHash, tries: 0, sentAt, expiresAt, usedAt: null });
  yield* insertCodeSending(tx, { id: prepared.sendingId, subject, at: sentAt });
  yield* (nobody ? queueNothing : queueMail)(portal, tx, sentAt, prepared.letter);
  yield* recordEvent(tx, sentAt, flow, { type: 'email-code-sent', accountId: nobody ? null : accountId, data: { purpose } });
  return done(undefined);
}
