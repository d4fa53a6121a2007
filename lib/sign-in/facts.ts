// What is known of a sign-in under way: proofs of this flow, by one person, and what that person has.
import { findAccountRow } from '#db/accounts';
import { findEmailCode, listCodeSendings } from '#db/codes';
import { listFactors } from '#db/factors';
import { findKnownBrowser } from '#db/known-browsers';
import { listPhones } from '#db/phones';
import { listProofs } from '#db/proofs';
import { listRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { emailCodeSubject, nextSending } from '../codes/rules.ts';
import { days } from '../duration.ts';
import type { Portal } from '../portal.ts';
import type { Policy } from '../settings.ts';
import type { Flow } from '../visitor.ts';
import type { FactorKind, ProofKind, SignInFacts } from './steps.ts';

export interface SentCode {
  readonly address: string;
  /** Epoch milliseconds, all of them. */
  readonly sentAt: number;
  readonly expiresAt: number;
  /** When another may be sent; past or present: now. */
  readonly resendAt: number;
  /** It is neither used, nor expired, nor out of tries. */
  readonly usable: boolean;
}

export interface KnownSignIn extends SignInFacts {
  /** Null until a right password was given in this flow, or a passkey that verified its owner. */
  readonly accountId: string | null;
  readonly address: string | null;
  /** Those that prove something: frozen ones are enrolled, and prove nothing. */
  readonly factorNames: readonly { readonly id: string; readonly kind: FactorKind; readonly name: string }[];
  readonly recoveryCodesLeft: number;
  /** Whether a telephone is frozen because it has locked itself. */
  readonly lockedPhone: boolean;
  /** The kinds of those. */
  readonly working: readonly FactorKind[];
  /** The factor that this person used last in this browser: proposed first. */
  readonly lastUsed: FactorKind | null;
  /** The code sent in this flow; null when none was: the limits stood against it, and `codeFrom` says until when. */
  readonly emailCode: SentCode | null;
  /** Epoch milliseconds from which a code may be sent to this account. */
  readonly codeFrom: number;
}

const nothing: KnownSignIn = {
  proofs: new Set(),
  factors: [],
  accountId: null,
  address: null,
  factorNames: [],
  working: [],
  recoveryCodesLeft: 0,
  lockedPhone: false,
  lastUsed: null,
  emailCode: null,
  codeFrom: 0,
};

/** A password names a person, and so does a passkey that verified its owner. */
const ownerOf = (proofs: readonly { readonly kind: ProofKind; readonly accountId: string }[]) =>
  proofs.find(({ kind }) => kind === 'password' || kind === 'passkey-verified')?.accountId;

/** Who gave a right password in this flow, or a passkey that verified its owner. Null also when another person's proofs are mixed in, which no act of ours does. */
export function* accountOfFlow(tx: Tx, policy: Policy, flow: string, now: number): Script<string | null> {
  const proofs = yield* listProofs(tx, flow, now - policy.interaction);
  const accountId = ownerOf(proofs) ?? null;
  return proofs.every((proof) => proof.accountId === accountId) ? accountId : null;
}

/** @param now epoch milliseconds */
export function* readSignInFacts(tx: Tx, policy: Policy, flow: Flow, now: number): Script<KnownSignIn> {
  const proofs = yield* listProofs(tx, flow.uid, now - policy.interaction);
  const accountId = ownerOf(proofs);
  if (accountId === undefined || proofs.some((proof) => proof.accountId !== accountId)) return nothing;
  const account = yield* findAccountRow(tx, accountId);
  if (account?.status !== 'active') return nothing;
  // Disowned since it was given.
  if (account.passwordFrozenAt !== null && proofs.some(({ kind }) => kind === 'password')) return nothing;

  const factors = yield* listFactors(tx, accountId);
  const known = { ...nothing, accountId, address: account.address, proofs: new Set(proofs.map((proof) => proof.kind)) };
  const mailboxWanted = factors.some((factor) => factor.mailboxWantedAt !== null);
  const mailbox: { emailCode: SentCode | null; codeFrom: number } = { emailCode: null, codeFrom: 0 };
  if (factors.length === 0 || mailboxWanted) {
    const sendings = yield* listCodeSendings(tx, emailCodeSubject({ purpose: 'sign-in', accountId }), now - days(1), policy.emailCode.perDay);
    mailbox.codeFrom = nextSending(sendings, now, policy.emailCode)?.from ?? now;
    const row = yield* findEmailCode(tx, flow.uid, 'sign-in');
    mailbox.emailCode = row?.accountId === accountId ? sentCode(row, account.address, mailbox.codeFrom, now, policy) : null;
  }
  if (factors.length === 0) return { ...known, ...mailbox };
  const browser = flow.visitor.browser === null ? null : yield* findKnownBrowser(tx, accountId, flow.visitor.browser);
  const working = factors.filter(({ frozenAt }) => frozenAt === null);
  const frozenPhone = factors.some(({ kind, frozenAt }) => kind === 'phone' && frozenAt !== null);
  const lastUsed = working.find((factor) => factor.kind === browser?.factorKind)?.kind ?? null;
  return {
    ...known,
    ...mailbox,
    mailboxWanted,
    // Frozen ones too: an account is not one that never had a factor, which a mailbox would open (SEC-49).
    factors: factors.map((factor) => factor.kind),
    working: working.map((factor) => factor.kind),
    factorNames: working.map(({ id, kind, name }) => ({ id, kind, name })),
    recoveryCodesLeft: (yield* listRecoveryCodes(tx, accountId)).filter((code) => code.usedAt === null).length,
    lockedPhone: frozenPhone && (yield* listPhones(tx, accountId)).some(({ phone }) => phone.lockedAt !== null),
    lastUsed,
  };
}

/** @param resendAt when another may be sent, and `now`: epoch milliseconds */
export function sentCode(
  row: { sentAt: number; expiresAt: number; usedAt: number | null; tries: number },
  address: string,
  resendAt: number,
  now: number,
  policy: Policy,
) {
  const { sentAt, expiresAt } = row;
  return { address, sentAt, expiresAt, resendAt, usable: row.usedAt === null && expiresAt > now && row.tries < policy.emailCode.tries };
}

export function signInFacts(portal: Pick<Portal, 'store' | 'settings' | 'now'>, flow: Flow): Promise<KnownSignIn> {
  return portal.store.read((tx) => readSignInFacts(tx, portal.settings.policy, flow, portal.now()));
}
