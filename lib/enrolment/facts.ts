// What is known of a person's enrolment, and what its pages show.
import { findAccountRow } from '#db/accounts';
import { listAnswers } from '#db/answers';
import { listFactors } from '#db/factors';
import { findPendingFactor } from '#db/pending-factors';
import { listProofs } from '#db/proofs';
import { findPendingRecoveryCodes, listRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { totpKey, totpUri } from '../factors/totp/rules.ts';
import type { Portal } from '../portal.ts';
import { readOpenReEnrolment } from '../re-enrolment/facts.ts';
import type { Settings } from '../settings.ts';
import { acrValues, reEnrolmentAcr } from '../sign-in/assurance.ts';
import { type FactorKind, factorKindOf } from '../sign-in/steps.ts';
import type { MemberFlow } from '../visitor.ts';
import type { EnrolmentFacts, EnrolmentPolicy, EnrolmentStep } from './steps.ts';

export const enrolmentPolicy = (settings: Pick<Settings, 'questions' | 'policy'>): EnrolmentPolicy => ({
  questions: settings.questions ? settings.policy.questions.asked : 0,
});

/** Whose enrolment, and in what session: one that may only replace a lost phone sees nothing else of it. */
type Whose = Pick<MemberFlow, 'accountId' | 'acr'>;

export const enrolmentFacts = (portal: Pick<Portal, 'store' | 'now'>, whose: Whose): Promise<EnrolmentFacts> =>
  portal.store.read((tx) => readEnrolmentFacts(tx, whose, portal.now()));

/** The same, inside the unit that is about to change them. @param now epoch milliseconds */
export function* readEnrolmentFacts(tx: Tx, { accountId, acr }: Whose, now: number): Script<EnrolmentFacts> {
  const replacing = acr === reEnrolmentAcr;
  const leave = replacing && (yield* readOpenReEnrolment(tx, accountId, now)) !== null;
  const pending = yield* findPendingFactor(tx, accountId);
  const factors = yield* listFactors(tx, accountId);
  const answers = yield* listAnswers(tx, accountId);
  const codes = yield* listRecoveryCodes(tx, accountId);
  return {
    pendingFactor: pending !== null && pending.expiresAt > now,
    // Frozen ones too: an account is not one that never had a factor. The old ones of a lost phone don't count until they are replaced.
    provenFactors: leave ? 0 : factors.length,
    answers: answers.length,
    // Used ones count: what is left is the account page's concern.
    recoveryCodesKept: codes.length > 0,
    replacing,
  };
}

/** Steps that show or set what gives access beside a factor. */
const following: ReadonlySet<EnrolmentStep> = new Set(['answer-questions', 'save-recovery-codes']);

/**
 * Once a factor is proven, only a browser that has proven it goes on to what stands beside it: in this flow, or when it signed in. One
 * that was left open before the owner enrolled must not be shown recovery codes. (SEC-36, T6) A session that may only replace a lost phone
 * goes nowhere without its leave.
 */
export function* readMayFollowFactor(
  tx: Tx,
  flow: MemberFlow,
  step: EnrolmentStep,
  now: number,
  { session }: Pick<Settings['policy'], 'session'>,
): Script<boolean> {
  const [, mfa] = acrValues;
  if (flow.acr === reEnrolmentAcr) {
    // Nothing but the new factor is open until it is proven; afterwards, or without leave, only the browser that proved it goes on.
    if ((yield* readOpenReEnrolment(tx, flow.accountId, now)) !== null) return true;
  } else if (!following.has(step) || flow.acr === mfa || (yield* listFactors(tx, flow.accountId)).length === 0) return true;
  const proofs = yield* listProofs(tx, flow.uid, now - session.idle);
  return proofs.some((proof) => factorKindOf(new Set([proof.kind])) !== null && proof.accountId === flow.accountId);
}

export const mayFollowFactor = ({ store, now, settings }: Portal, flow: MemberFlow, step: EnrolmentStep): Promise<boolean> =>
  store.read((tx) => readMayFollowFactor(tx, flow, step, now(), settings.policy));

/** The kind of factor being put in place: what the page of step scan-code asks for. Null once it is proven or its time has run out. */
export async function pendingKind({ store, now }: Pick<Portal, 'store' | 'now'>, flow: MemberFlow): Promise<FactorKind | null> {
  const pending = await store.read((tx) => findPendingFactor(tx, flow.accountId));
  return pending !== null && pending.expiresAt > now() ? pending.kind : null;
}

export interface PendingTotp {
  /** The app's name, as chosen. */
  readonly name: string;
  /** What the QR code says. */
  readonly uri: string;
  /** The secret in base 32, in groups of four. */
  readonly key: string;
  readonly address: string;
}

/** The key to scan: the same at every reload; null once it is proven or its time has run out (SEC-37). */
export async function pendingTotp(portal: Portal, flow: Pick<MemberFlow, 'accountId'>): Promise<PendingTotp | null> {
  const { store, secrets, settings, now } = portal;
  const [account, pending] = await store.read(function* (tx) {
    return [yield* findAccountRow(tx, flow.accountId), yield* findPendingFactor(tx, flow.accountId)] as const;
  });
  if (!account || pending?.kind !== 'totp' || pending.expiresAt <= now()) return null;
  const secret = secrets.open(`factors:${pending.id}`, pending.secret);
  return {
    name: pending.name,
    uri: totpUri(secret, account.address, settings.institute.name, settings.policy.totp),
    key: totpKey(secret).replace(/.{4}(?=.)/g, '$& '),
    address: account.address,
  };
}

export interface PendingRecoveryCodes {
  readonly codes: readonly string[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly address: string;
}

/** The codes to keep: the same at every reload, and null once they are kept (SEC-41). */
export async function pendingRecoveryCodes(portal: Portal, flow: Pick<MemberFlow, 'accountId'>): Promise<PendingRecoveryCodes | null> {
  const [account, pending] = await portal.store.read(function* (tx) {
    return [yield* findAccountRow(tx, flow.accountId), yield* findPendingRecoveryCodes(tx, flow.accountId)] as const;
  });
  if (!account || !pending) return null;
  return { codes: openPendingCodes(portal, pending), createdAt: pending.createdAt, address: account.address };
}

/** @returns recovery codes as shown */
export const openPendingCodes = ({ secrets }: Pick<Portal, 'secrets'>, pending: { readonly accountId: string; readonly codes: Uint8Array }) =>
  JSON.parse(secrets.open(`pending-recovery-codes:${pending.accountId}`, pending.codes).toString()) as string[];
