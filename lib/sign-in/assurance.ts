// What the proofs of a sign-in amount to, in the vocabulary of tokens. Sources: REFEDS MFA and SFA profiles, RFC 8176.
import { hasSecondProof, type ProofKind } from './steps.ts';

export const acrValues = ['https://refeds.org/profile/sfa', 'https://refeds.org/profile/mfa'] as const;
export type Acr = (typeof acrValues)[number];

/**
 * What a session is worth that may only put a new factor in place (docs/decisions/0018). Not a level: no application may ask for it, none
 * is ever told it, and it is missing from discovery.
 */
export const reEnrolmentAcr = 'urn:portal:acr:re-enrolment';

/** Beside `otp`, which RFC 8176 has no finer word for: an application, and the helpdesk's console, may want to know. */
export const recoveryCodeAmr = 'urn:portal:amr:recovery-code';

export interface Assurance {
  readonly acr: Acr;
  readonly amr: readonly string[];
}

/** A code received by e-mail adds nothing here: it proves a mailbox, and is never a factor (SEC-21). */
export function assurance(proofs: ReadonlySet<ProofKind>): Assurance {
  const [sfa, mfa] = acrValues;
  const two = proofs.has('passkey-verified') || (proofs.has('password') && hasSecondProof(proofs));
  const amr = [
    ...(proofs.has('password') ? ['pwd'] : []),
    ...(proofs.has('totp') || proofs.has('recovery-code') ? ['otp'] : []),
    ...(proofs.has('recovery-code') ? [recoveryCodeAmr] : []),
    ...(proofs.has('passkey') || proofs.has('passkey-verified') ? ['pop'] : []),
    // A key kept by the telephone's browser, which nobody attests to: software, by RFC 8176.
    ...(proofs.has('phone-biometrics') || proofs.has('phone-pin') ? ['swk'] : []),
    ...(proofs.has('passkey-verified') || proofs.has('phone-biometrics') ? ['user'] : []),
    ...(proofs.has('phone-pin') ? ['pin'] : []),
  ];
  return two ? { acr: mfa, amr: [...amr, 'mfa'] } : { acr: sfa, amr };
}
