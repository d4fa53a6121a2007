// What of WebAuthn is ours to decide: where a passkey belongs, what an answer may look like, what a passkey is called. Pure.
// Source: Web Authentication Level 3, https://www.w3.org/TR/webauthn-3/
import { z } from 'zod';
import { minutes } from '../../duration.ts';
import type { Language } from '../../language/language.ts';

/** How long a challenge may be answered (SEC-30). */
export const challengeLifetime = minutes(5);
/** Random bits of a challenge; the standard asks for 128 at least (WebAuthn §13.4.3). */
export const challengeBits = 256;

/** The relying party's id: the portal's own host, exactly (SEC-31). */
export const relyingPartyOf = (origin: string) => new URL(origin).hostname;

/** Characters of an answer; one with an RSA key and an attestation stays under 4 KiB. */
const longestAnswer = 16 * 1024;
const bytes = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]*$/)
    .max(most);
const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

const credential = { id: bytes(1400).min(1), rawId: bytes(1400).min(1), type: z.literal('public-key') };
const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(4096).min(1),
    attestationObject: bytes(longestAnswer).min(1),
    // One that nobody knows yet is no reason to refuse.
    transports: z
      .array(z.string().max(40))
      .max(20)
      .default([])
      .transform((named) => transports.filter((t) => named.includes(t))),
  }),
});
const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(4096).min(1),
    authenticatorData: bytes(8192).min(1),
    signature: bytes(8192).min(1),
    userHandle: bytes(128).optional(),
  }),
});
const clientData = z.object({ challenge: bytes(256).min(1) });

export type Registration = z.infer<typeof registration>;
export type Assertion = z.infer<typeof assertion>;
export interface Answer<Of> {
  readonly credential: Of;
  /** What it says that it answers. Nothing of the answer is believed before its signature is verified. */
  readonly challenge: string;
}

/** @param text what the browser's authenticator gave, as JSON. @returns null when it is not that at all */
export const readRegistration = (text: string): Answer<Registration> | null => read(text, registration);
export const readAssertion = (text: string): Answer<Assertion> | null => read(text, assertion);

function read<Of extends { readonly response: { readonly clientDataJSON: string } }>(text: string, schema: z.ZodType<Of>): Answer<Of> | null {
  if (text.length > longestAnswer) return null;
  const credential = schema.safeParse(parsed(text));
  if (!credential.success) return null;
  const data = clientData.safeParse(parsed(Buffer.from(credential.data.response.clientDataJSON, 'base64url').toString()));
  return data.success ? { credential: credential.data, challenge: data.data.challenge } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const unnamed: Readonly<Record<Language, { readonly device: string; readonly key: string }>> = {
  fr: { device: 'Clé d’accès', key: 'Clé de sécurité' },
  en: { device: 'Passkey', key: 'Security key' },
};

/**
 * Models that many people have, by AAGUID. Sources, November 2026: `aaguid.json` and `combined_aaguid.json` of
 * https://github.com/passkeydeveloper/passkey-authenticator-aaguids (commits 05ab142, b976141) for most lines; five of the YubiKeys and
 * Security Keys, and one Windows Hello, were found in copies of Yubico’s and Microsoft’s lists only. A name is shown, and decides nothing.
 */
const models: Readonly<Record<string, string>> = {
  'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4': 'Google Password Manager',
  'adce0002-35bc-c60a-648b-0b25f1f05503': 'Chrome on Mac',
  '08987058-cadc-4b81-b6e1-30de50dcbe96': 'Windows Hello',
  '9ddd1817-af5a-4672-a2b9-3e3dd95000a9': 'Windows Hello',
  '6028b017-b1d4-4c02-b4b3-afcdafc96bb2': 'Windows Hello',
  'fbfc3007-154e-4ecc-8c0b-6e020557d7bd': 'Apple Passwords',
  'dd4ec289-e01d-41c9-bb89-70fa845d4bf2': 'iCloud Keychain (Managed)',
  'bada5566-a7aa-401f-bd96-45619a55120d': '1Password',
  'd548826e-79b4-db40-a3d8-11116f7e8349': 'Bitwarden',
  '531126d6-e717-415c-9320-3d9aa6981239': 'Dashlane',
  'fdb141b2-5d84-443e-8a35-4698c205a502': 'KeePassXC',
  '50726f74-6f6e-5061-7373-50726f746f6e': 'Proton Pass',
  '53414d53-554e-4700-0000-000000000000': 'Samsung Pass',
  'cb69481e-8ff7-4039-93ec-0a2729a154a8': 'YubiKey 5',
  'ee882879-721c-4913-9775-3dfcce97072a': 'YubiKey 5',
  'fa2b99dc-9e39-4257-8f92-4a30d23c4118': 'YubiKey 5 NFC',
  '2fc0579f-8113-47ea-b116-bb5a8db9202a': 'YubiKey 5 NFC',
  'c5ef55ff-ad9a-4b9f-b580-adebafe026d0': 'YubiKey 5Ci',
  'f8a011f3-8c0a-4d15-8006-17111f9edc7d': 'Security Key by Yubico',
  'b92c3f9a-c014-4056-887f-140a2501163b': 'Security Key by Yubico',
  '6d44ba9b-f6ec-2e49-b930-0c8fe920cb73': 'Security Key by Yubico with NFC',
  '149a2021-8ef6-4133-96b8-81f8d5b7f1f5': 'Security Key by Yubico with NFC',
};

/** A guess that its owner may correct: the model where it is known, else whether it is plugged in or not. */
export function passkeyName(aaguid: string, carriedBy: readonly string[], language: Language): string {
  const { device, key } = unnamed[language];
  const isKey = !carriedBy.includes('internal') && !carriedBy.includes('hybrid') && carriedBy.length > 0;
  return models[aaguid] ?? (isKey ? key : device);
}
