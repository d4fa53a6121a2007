// The WebAuthn library's door: what a browser is asked, and whether what it answered is true. Neither store nor clock.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Settings } from '../../settings.ts';
import { type Assertion, challengeLifetime, type Registration, relyingPartyOf } from './rules.ts';

type Where = Pick<Settings, 'origin' | 'institute'>;

export interface Known {
  readonly credentialId: string;
  readonly transports: readonly string[];
}

const described = ({ credentialId, transports }: Known) => ({ id: credentialId, transports: [...transports] });

/**
 * What to ask for when a passkey is made, as JSON for the browser. Attestation: none; its maker is nobody's business (SEC-32).
 * @param person `handle`: 32 bytes that say nothing of the person
 */
export async function registrationQuestion(
  { origin, institute }: Where,
  challenge: string,
  person: { readonly handle: string; readonly address: string; readonly name: string },
  existing: readonly Known[],
): Promise<string> {
  const options = await generateRegistrationOptions({
    rpName: institute.name,
    rpID: relyingPartyOf(origin),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    userID: new Uint8Array(Buffer.from(person.handle, 'base64url')),
    userName: person.address,
    userDisplayName: person.name,
    timeout: challengeLifetime,
    attestationType: 'none',
    excludeCredentials: existing.map(described),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
  return JSON.stringify(options);
}

/**
 * The same of a telephone that is to unlock with it: its own authenticator, its owner verified, and nothing that would be found without
 * being named, so that no passkey of the same person goes (WebAuthn §5.4.4).
 */
export async function unlockQuestion(
  { origin, institute }: Where,
  challenge: string,
  person: { readonly handle: string; readonly address: string; readonly name: string },
): Promise<string> {
  const options = await generateRegistrationOptions({
    rpName: institute.name,
    rpID: relyingPartyOf(origin),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    userID: new Uint8Array(Buffer.from(person.handle, 'base64url')),
    userName: person.address,
    userDisplayName: person.name,
    timeout: challengeLifetime,
    attestationType: 'none',
    authenticatorSelection: { authenticatorAttachment: 'platform', residentKey: 'discouraged', userVerification: 'required' },
  });
  return JSON.stringify(options);
}

/** @param allowed none: any passkey of this portal that the authenticator holds. @param verified whether the owner must be verified */
export async function assertionQuestion(
  { origin }: Where,
  challenge: string,
  allowed: readonly Known[],
  userVerification: 'required' | 'preferred',
): Promise<string> {
  const options = await generateAuthenticationOptions({
    rpID: relyingPartyOf(origin),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    allowCredentials: allowed.map(described),
    timeout: challengeLifetime,
    userVerification,
  });
  return JSON.stringify(options);
}

export interface VerifiedPasskey {
  readonly credentialId: string;
  /** COSE. */
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly aaguid: string;
  readonly backedUp: boolean;
  readonly userVerified: boolean;
}

/** Origin and relying party exact (SEC-31). @returns null when anything of it is wrong */
export async function verifyRegistration({ origin }: Where, credential: Registration, challenge: string): Promise<VerifiedPasskey | null> {
  try {
    const { verified, registrationInfo: made } = await verifyRegistrationResponse({
      response: { ...credential, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: relyingPartyOf(origin),
      requireUserVerification: false,
    });
    if (!verified || !made || made.credential.id !== credential.id) return null;
    const { id, publicKey, counter } = made.credential;
    return { credentialId: id, publicKey, counter, aaguid: made.aaguid, backedUp: made.credentialBackedUp, userVerified: made.userVerified };
  } catch {
    return null;
  }
}

export interface VerifiedAssertion {
  readonly counter: number;
  readonly backedUp: boolean;
  readonly userVerified: boolean;
}

/** Whether the counter went forward is for the store to say, in the statement that keeps it. @returns null when anything of it is wrong */
export async function verifyAssertion(
  { origin }: Where,
  credential: Assertion,
  challenge: string,
  held: { readonly credentialId: string; readonly publicKey: Uint8Array },
): Promise<VerifiedAssertion | null> {
  const { userHandle, ...response } = credential.response;
  try {
    const { verified, authenticationInfo: seen } = await verifyAuthenticationResponse({
      response: { ...credential, response: { ...response, ...(userHandle && { userHandle }) }, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: relyingPartyOf(origin),
      credential: { id: held.credentialId, publicKey: new Uint8Array(held.publicKey), counter: 0 },
      requireUserVerification: false,
    });
    return verified ? { counter: seen.newCounter, backedUp: seen.credentialBackedUp, userVerified: seen.userVerified } : null;
  } catch {
    return null;
  }
}
