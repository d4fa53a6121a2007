// Time-based codes (RFC 6238) as every authenticator app reads them: SHA-1, six digits, thirty seconds. Pure but for randomness.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { HOTP, Secret, TOTP } from 'otpauth';
import { minutes } from '../../duration.ts';

export interface TotpPolicy {
  readonly digits: number;
  /** Milliseconds. */
  readonly period: number;
  readonly secretBytes: number;
  /** How many steps before the current one are accepted: the time it takes to type (RFC 6238 §5.2; a written deviation from ASVS 6.5.5). */
  readonly stepsBack: number;
}

/** How far apart a phone's clock and ours may be for us to recognise it. */
const measurableDrift = minutes(30);

/** 160 random bits (RFC 4226 §4, SEC-26). */
export const newTotpSecret = (policy: TotpPolicy): Buffer => randomBytes(policy.secretBytes);

const secretOf = (bytes: Uint8Array) => new Secret({ buffer: Uint8Array.from(bytes).buffer });

/** Base32, as typed by hand into an app. */
export const totpKey = (secret: Uint8Array): string => secretOf(secret).base32;

/** `otpauth://totp/Inserm:claire.martin%40inserm.fr?…`: what the QR code says. @param issuer the institute's name */
export const totpUri = (secret: Uint8Array, address: string, issuer: string, policy: TotpPolicy): string =>
  new TOTP({
    issuer,
    label: address,
    issuerInLabel: true,
    algorithm: 'SHA1',
    digits: policy.digits,
    period: policy.period / 1000,
    secret: secretOf(secret),
  }).toString();

export type Match =
  /** Right, and never used: accept it by compare-and-set on `lastStep`. */
  | { readonly kind: 'right'; readonly step: number }
  /** Right, and not later than a code already accepted (SEC-23). */
  | { readonly kind: 'used' }
  /** Right at another time. Seconds between the phone's clock and ours, positive when the phone's is fast. */
  | { readonly kind: 'drift'; readonly step: number; readonly seconds: number }
  | { readonly kind: 'wrong' };

/**
 * @param code digits only
 * @param now epoch milliseconds, the server's
 * @param lastStep the last step accepted
 */
export function matchingStep(secret: Uint8Array, code: string, now: number, lastStep: number, policy: TotpPolicy): Match {
  if (code.length !== policy.digits || !/^\d+$/.test(code)) return { kind: 'wrong' };
  const key = secretOf(secret);
  const typed = Buffer.from(code);
  const matches = (step: number) =>
    step >= 0 && timingSafeEqual(Buffer.from(HOTP.generate({ secret: key, algorithm: 'SHA1', digits: policy.digits, counter: step })), typed);
  const current = Math.floor(now / policy.period);
  for (let step = current; step >= current - policy.stepsBack; step--) {
    if (matches(step)) return step > lastStep ? { kind: 'right', step } : { kind: 'used' };
  }
  for (let away = 1; away <= measurableDrift / policy.period; away++) {
    for (const step of [current + away, current - policy.stepsBack - away]) {
      if (matches(step)) return { kind: 'drift', step, seconds: ((step - current) * policy.period) / 1000 };
    }
  }
  return { kind: 'wrong' };
}
