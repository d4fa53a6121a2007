// What is known of a sign-in whose person has no factor any more: what they said and proved in this flow, and by what they may be known.
import { listAnswers } from '#db/answers';
import { findAttempts } from '#db/attempts';
import { findEmailCode, listCodeSendings } from '#db/codes';
import { findLostPhone } from '#db/lost-phones';
import { listProofs } from '#db/proofs';
import { findLiveReEnrolment } from '#db/re-enrolments';
import { listRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { answersSubject, judge } from '../attempts/rules.ts';
import { emailCodeSubject, nextSending } from '../codes/rules.ts';
import { days } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { askedCount, type QuestionKey } from '../questions/rules.ts';
import { stageOf } from '../re-enrolment/rules.ts';
import { readRole } from '../roles/facts.ts';
import { mayBeKnownByWords } from '../roles/rules.ts';
import type { Settings } from '../settings.ts';
import { type KnownSignIn, readSignInFacts, type SentCode, sentCode } from '../sign-in/facts.ts';
import { nextSignInStep } from '../sign-in/steps.ts';
import type { Flow } from '../visitor.ts';
import type { LostPhoneFacts, LostPhoneWay } from './steps.ts';

export interface KnownLostPhone extends LostPhoneFacts {
  /** Null while no right password was given in this flow. */
  readonly accountId: string | null;
  readonly address: string | null;
  /** Where the sign-in stands, for who does not belong here. */
  readonly signIn: KnownSignIn;
  /** When the re-enrolment that waits may be used; null when none waits. Epoch milliseconds, as all instants here. */
  readonly waitUntil: number | null;
  readonly expiresAt: number | null;
  /** Too many wrong sets: until when; `disabled` for good, until the helpdesk has looked at it. Null while they may be tried, or never. */
  readonly answersClosed: { readonly until: number } | 'disabled' | null;
  /** Used ones count, as in the wizard. */
  readonly recoveryCodesKept: boolean;
  /** Whether four answers are there, and may count for this person at all. */
  readonly mayAnswer: boolean;
  /** Empty until the mailbox is proven. */
  readonly questions: readonly QuestionKey[];
  readonly emailCode: SentCode | null;
  /** From when a code may be sent. */
  readonly codeFrom: number;
}

/** @param now epoch milliseconds */
export function* readLostPhoneFacts(tx: Tx, settings: Pick<Settings, 'policy' | 'questions'>, flow: Flow, now: number): Script<KnownLostPhone> {
  const { policy } = settings;
  const signIn = yield* readSignInFacts(tx, policy, flow, now);
  const { accountId, address } = signIn;
  const nothing: KnownLostPhone = {
    accountId: null,
    address: null,
    signIn,
    passwordProven: false,
    happened: null,
    waiting: false,
    waited: false,
    mailboxProven: false,
    opened: false,
    ways: [],
    waitUntil: null,
    expiresAt: null,
    answersClosed: null,
    recoveryCodesKept: false,
    mayAnswer: false,
    questions: [],
    emailCode: null,
    codeFrom: 0,
  };
  // A passkey alone leads nowhere here: whoever holds one has not lost everything, and only a password is one half of a pair (SEC-45).
  const at = (yield* listProofs(tx, flow.uid, now - policy.interaction)).find(({ kind }) => kind === 'password')?.at;
  if (accountId === null || address === null || at === undefined || nextSignInStep(signIn) !== 'second-factor') return nothing;

  const row = yield* findLostPhone(tx, flow.uid);
  // Said after this very password, by whom it belongs to.
  const said = row?.accountId === accountId && row.saidAt >= at ? row : null;
  const live = yield* findLiveReEnrolment(tx, accountId, now);
  const stage = live ? stageOf(live, now) : 'over';
  const stolen = said?.stolen ?? (stage === 'over' ? undefined : live?.stolen);
  const waited = stage === 'open' && live?.openedBy === 'answers' && live.notBefore > live.openedAt;
  const answers = yield* listAnswers(tx, accountId);
  const known = mayBeKnownByWords(yield* readRole(tx, accountId));
  const mayAnswer = known && settings.questions && answers.length === askedCount;
  const verdict = judge(yield* findAttempts(tx, answersSubject(accountId)), now, policy.answers);
  const codes = yield* listRecoveryCodes(tx, accountId);
  const codesLeft = codes.some((code) => code.usedAt === null);
  const ways: LostPhoneWay[] = [
    ...(codesLeft ? ['recovery-code' as const] : []),
    // After the wait nobody answers again: wrong sets of somebody else's, meanwhile, close nothing.
    ...((known && waited) || (mayAnswer && verdict.kind === 'allowed') ? ['answers' as const] : []),
    ...(known ? ['pass' as const] : []),
  ];
  const mailboxProven = said?.mailboxProvenAt != null;
  const sendings = yield* listCodeSendings(tx, emailCodeSubject({ purpose: 'lost-phone', accountId }), now - days(1), policy.emailCode.perDay);
  const codeFrom = nextSending(sendings, now, policy.emailCode)?.from ?? now;
  const sent = yield* findEmailCode(tx, flow.uid, 'lost-phone');
  return {
    accountId,
    address,
    signIn,
    passwordProven: true,
    happened: stolen === undefined ? null : stolen ? 'stolen' : 'lost',
    waiting: stage === 'waiting',
    waited,
    mailboxProven,
    opened: said?.openedAt != null && stage === 'open',
    ways,
    waitUntil: stage === 'waiting' ? (live?.notBefore ?? null) : null,
    expiresAt: live?.expiresAt ?? null,
    answersClosed: !mayAnswer || verdict.kind === 'allowed' ? null : verdict.kind === 'wait' ? { until: verdict.until } : 'disabled',
    recoveryCodesKept: codes.length > 0,
    mayAnswer,
    questions: mailboxProven && ways.includes('answers') ? answers.map(({ question }) => question as QuestionKey) : [],
    emailCode: sent?.accountId === accountId ? sentCode(sent, address, codeFrom, now, policy) : null,
    codeFrom,
  };
}

export const lostPhoneFacts = (portal: Pick<Portal, 'store' | 'settings' | 'now'>, flow: Flow): Promise<KnownLostPhone> =>
  portal.store.read((tx) => readLostPhoneFacts(tx, portal.settings, flow, portal.now()));
