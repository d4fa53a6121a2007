// What is known of a person's enrolment, and what its pages show.
import { findAccountRow } from '#db/accounts';
import { listAnswers } from '#db/answers';
import { listFactors } from '#db/factors';
import { findPendingFactor } from '#db/pending-factors';
import { findPendingRecoveryCodes, listRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { totpKey, totpUri } from '../factors/totp/rules.ts';
import type { Portal } from '../portal.ts';
import type { Settings } from '../settings.ts';
import type { MemberFlow } from '../visitor.ts';
import type { EnrolmentFacts, EnrolmentPolicy } from './steps.ts';

export const enrolmentPolicy = (settings: Pick<Settings, 'questions' | 'policy'>): EnrolmentPolicy => ({
  questions: settings.questions ? settings.policy.questions.asked : 0,
});

export const enrolmentFacts = (portal: Pick<Portal, 'store' | 'now'>, accountId: string): Promise<EnrolmentFacts> =>
  portal.store.read((tx) => readEnrolmentFacts(tx, accountId, portal.now()));

/** The same, inside the unit that is about to change them. @param now epoch milliseconds */
export function* readEnrolmentFacts(tx: Tx, accountId: string, now: number): Script<EnrolmentFacts> {
  const pending = yield* findPendingFactor(tx, accountId);
  const factors = yield* listFactors(tx, accountId);
  const answers = yield* listAnswers(tx, accountId);
  const codes = yield* listRecoveryCodes(tx, accountId);
  return {
    pendingFactor: pending !== null && pending.expiresAt > now,
    provenFactors: factors.length,
    answers: answers.length,
    // Used ones count: what is left is the account page's concern.
    recoveryCodesKept: codes.length > 0,
  };
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
export async function pendingTotp(portal: Portal, flow: MemberFlow): Promise<PendingTotp | null> {
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
export async function pendingRecoveryCodes(portal: Portal, flow: MemberFlow): Promise<PendingRecoveryCodes | null> {
  const [account, pending] = await portal.store.read(function* (tx) {
    return [yield* findAccountRow(tx, flow.accountId), yield* findPendingRecoveryCodes(tx, flow.accountId)] as const;
  });
  if (!account || !pending) return null;
  return { codes: openPendingCodes(portal, pending), createdAt: pending.createdAt, address: account.address };
}

/** @returns recovery codes as shown */
export const openPendingCodes = ({ secrets }: Pick<Portal, 'secrets'>, pending: { readonly accountId: string; readonly codes: Uint8Array }) =>
  JSON.parse(secrets.open(`pending-recovery-codes:${pending.accountId}`, pending.codes).toString()) as string[];
