// Signing in, as an ordered table of what is still missing. Pure: the page guard and the act ask the same function.

export const signInSteps = ['password', 'email-code', 'second-factor', 'done'] as const;
export type SignInStep = (typeof signInSteps)[number];

export type FactorKind = 'totp' | 'phone' | 'passkey';
/** `passkey-verified`: the authenticator verified its owner (finger, face, PIN), so that it is two factors by itself (SEC-31). */
export type ProofKind =
  | 'password'
  | 'email-code'
  | 'totp'
  | 'recovery-code'
  | 'passkey'
  | 'passkey-verified'
  /** A telephone that was asked and said yes, by what unlocked it. */
  | 'phone-biometrics'
  | 'phone-pin';

const secondProofs = [
  'totp',
  'recovery-code',
  'passkey',
  'passkey-verified',
  'phone-biometrics',
  'phone-pin',
] as const satisfies readonly ProofKind[];
/** Whether something beyond the password was proven. */
export const hasSecondProof = (proofs: ReadonlySet<ProofKind>) => secondProofs.some((kind) => proofs.has(kind));
/** The factor that was proven; null when none was: a recovery code only stands in for one. */
export function factorKindOf(proofs: ReadonlySet<ProofKind>): FactorKind | null {
  if (proofs.has('passkey') || proofs.has('passkey-verified')) return 'passkey';
  if (proofs.has('phone-biometrics') || proofs.has('phone-pin')) return 'phone';
  return proofs.has('totp') ? 'totp' : null;
}

/**
 * Which factor is asked for first: the one used last in this browser, else a passkey, which nobody can be tricked out of (SEC-27), else a
 * telephone, which says who asks.
 */
export const firstFactor = (factors: readonly FactorKind[], lastUsed: FactorKind | null): FactorKind =>
  lastUsed ?? (['passkey', 'phone'] as const).find((kind) => factors.includes(kind)) ?? 'totp';

export interface SignInFacts {
  /** What was proven in this flow, by one person, not longer ago than a flow lasts. */
  readonly proofs: ReadonlySet<ProofKind>;
  /** What the person has enrolled. Empty while nobody has given a right password. */
  readonly factors: readonly FactorKind[];
  /** Whether one of the factors may be one that was taken away: an old copy was restored since (decision 0029). */
  readonly mailboxWanted?: boolean;
}

const requirements: readonly { readonly step: SignInStep; readonly missing: (f: SignInFacts) => boolean }[] = [
  { step: 'password', missing: (f) => !f.proofs.has('password') && !f.proofs.has('passkey-verified') },
  // The mailbox is proven only while nothing better exists, or beside what may have been taken away; it is never a factor (SEC-21).
  { step: 'email-code', missing: (f) => (f.factors.length === 0 || f.mailboxWanted === true) && !f.proofs.has('email-code') },
  { step: 'second-factor', missing: (f) => f.factors.length > 0 && !hasSecondProof(f.proofs) },
];

export const nextSignInStep = (facts: SignInFacts): SignInStep => requirements.find((r) => r.missing(facts))?.step ?? 'done';
/** Each step's requirement in words, for docs/flows and the CLI. */
export const signInTable: Record<SignInStep, string> = {
  password: 'no right password in this flow, and no passkey that verified its owner',
  'email-code': 'no factor enrolled, or one that an old copy brought back, and the mailbox not proven in this flow',
  'second-factor': 'a factor is enrolled and none was proven in this flow',
  done: 'nothing is missing: the provider takes over',
};
