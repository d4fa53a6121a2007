// What is known of a password reset under way: what was proven in it, and, once the mailbox is, what its person has.
import { type AccountRow, findAccountRow } from '#db/accounts';
import { listAnswers } from '#db/answers';
import { findAttempts } from '#db/attempts';
import { findEmailCode, listCodeSendings } from '#db/codes';
import { listFactors } from '#db/factors';
import { findPasswordReset, type PasswordResetRow } from '#db/password-resets';
import { listRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { answersSubject, judge } from '../attempts/rules.ts';
import { type CodeOf, emailCodeSubject, nextSending } from '../codes/rules.ts';
import { days } from '../duration.ts';
import { readHeldFactors } from '../factors/facts.ts';
import type { Portal } from '../portal.ts';
import type { QuestionKey } from '../questions/rules.ts';
import { readRole } from '../roles/facts.ts';
import { type SentCode, sentCode } from '../sign-in/facts.ts';
import type { FactorKind } from '../sign-in/steps.ts';
import type { Reset } from '../visitor.ts';
import { answersMayCount, type HeldForReset, type ResetWay, waysToProve } from './rules.ts';
import type { ResetFacts } from './steps.ts';

type Needs = Pick<Portal, 'secrets' | 'settings'>;

/** What a person who holds the mailbox may be told of the account. */
export interface ResetPerson {
  readonly account: Pick<AccountRow, 'id' | 'address' | 'givenName' | 'familyName'>;
  readonly ways: readonly ResetWay[];
  /** Names of the apps that work, and of the telephones, which show codes as well. */
  readonly apps: readonly string[];
  readonly phones: readonly string[];
  /** The four questions, in the order of their answers; none where answers don't count. */
  readonly questions: readonly QuestionKey[];
  /** Why answers that would count are not looked at now: until an instant in epoch milliseconds, or `disabled` for good. Null: they are. */
  readonly answersClosed: number | 'disabled' | null;
}

export interface KnownReset extends ResetFacts {
  /** The account's id, or the stand-in's; null when nothing is under way. */
  readonly accountId: string | null;
  /** As typed, folded. */
  readonly address: string | null;
  /** As in `CodeOf`. */
  readonly browser: string | null;
  /** The interaction to go back to. */
  readonly signIn: string | null;
  /** The code sent; null when none was. */
  readonly emailCode: SentCode | null;
  /** Null until the mailbox is proven. */
  readonly person: ResetPerson | null;
}

const nothing: KnownReset = {
  underWay: false,
  mailboxProven: false,
  identityProven: false,
  finished: false,
  accountId: null,
  address: null,
  browser: null,
  signIn: null,
  emailCode: null,
  person: null,
};

/** A row's seal. */
export const addressSeal = (id: string) => `password_resets:${id}`;

export const resetCode = (accountId: string, browser: string | null): CodeOf => ({ purpose: 'reset-password', accountId, browser });

/** @param now epoch milliseconds */
export function* readReset({ secrets, settings }: Needs, tx: Tx, reset: Reset, now: number): Script<KnownReset> {
  const row = yield* findPasswordReset(tx, reset.uid);
  if (!row || row.expiresAt <= now) return nothing;
  const { accountId, browser, signIn } = row;
  const known = { ...nothing, underWay: true, accountId, browser, signIn, address: secrets.open(addressSeal(row.id), row.address).toString() };
  if (row.mailboxProvenAt === null) {
    // Nothing of the account is read before: what an unknown address shows must not differ (SEC-07, SEC-08).
    const sendings = yield* listCodeSendings(tx, emailCodeSubject(resetCode(accountId, browser)), now - days(1), settings.policy.emailCode.perDay);
    const codeFrom = nextSending(sendings, now, settings.policy.emailCode)?.from ?? now;
    const code = yield* findEmailCode(tx, row.id, 'reset-password');
    return { ...known, emailCode: code && sentCode(code, known.address, codeFrom, now, settings.policy) };
  }
  const account = yield* findAccountRow(tx, accountId);
  if (account?.status !== 'active') return nothing;
  const person = yield* readPerson({ settings }, tx, account, now);
  return {
    ...known,
    mailboxProven: true,
    identityProven: isProven(row, person.held, { settings }),
    finished: row.finishedAt !== null,
    person: person.shown,
  };
}

export const resetFacts = (portal: Pick<Portal, 'store' | 'secrets' | 'settings' | 'now'>, reset: Reset): Promise<KnownReset> =>
  portal.store.read((tx) => readReset(portal, tx, reset, portal.now()));

const policyOf = ({ settings }: Pick<Portal, 'settings'>) => ({ questions: settings.questions, answers: settings.passwordReset.answers });

/** What was proven by answers stays proven only while they may count: somebody may have disowned the password meanwhile. */
const isProven = (row: PasswordResetRow, held: HeldForReset, portal: Pick<Portal, 'settings'>) =>
  row.provenAt !== null && (row.provenBy !== 'answers' || row.finishedAt !== null || answersMayCount(held, policyOf(portal)));

function* readPerson(
  portal: Pick<Portal, 'settings'>,
  tx: Tx,
  account: AccountRow,
  now: number,
): Script<{ readonly held: HeldForReset; readonly shown: ResetPerson }> {
  const { id, address, givenName, familyName } = account;
  const { policy } = portal.settings;
  const factors = yield* readHeldFactors(portal, tx, id, now);
  const working = factors.filter(({ works }) => works);
  const answers = yield* listAnswers(tx, id);
  const verdict = judge(yield* findAttempts(tx, answersSubject(id)), now, policy.answers);
  const held: HeldForReset = {
    working: [...new Set(working.map(({ kind }): FactorKind => kind))],
    factors: factors.length,
    recoveryCodesLeft: (yield* listRecoveryCodes(tx, id)).filter(({ usedAt }) => usedAt === null).length,
    answers: answers.length === policy.questions.asked,
    answersPath: verdict.kind === 'allowed' ? 'open' : 'closed',
    role: yield* readRole(tx, id),
    passwordFrozen: account.passwordFrozenAt !== null,
  };
  const counting = answersMayCount(held, policyOf(portal));
  const ids = new Set(working.map((factor) => factor.id));
  const rows = (yield* listFactors(tx, id)).filter((factor) => ids.has(factor.id));
  const namesOf = (kind: FactorKind) => rows.filter((factor) => factor.kind === kind).map(({ name }) => name);
  return {
    held,
    shown: {
      account: { id, address, givenName, familyName },
      ways: waysToProve(held, policyOf(portal)),
      apps: namesOf('totp'),
      phones: namesOf('phone'),
      questions: counting ? answers.map(({ question }) => question as QuestionKey) : [],
      answersClosed: !counting || verdict.kind === 'allowed' ? null : verdict.kind === 'wait' ? verdict.until : 'disabled',
    },
  };
}
