// Everything random or keyed: the key ring, sealing at rest, keyed hashes, codes. Keys never enter the database.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** Keys as kept outside the database: in PORTAL_KEYS, or in a 0600 file made on the first start. */
export interface KeyRing {
  /** 256-bit keys, base64url, newest first. The newest seals; the others open what they once sealed. */
  readonly sealing: readonly { readonly id: string; readonly key: string }[];
  /** 256 bits, base64url: Argon2's secret and the key of keyed hashes. Can't be replaced without asking everybody for new passwords. */
  readonly pepper: string;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

export const newKeyRing = (): KeyRing => ({ sealing: [newSealingKey()], pepper: randomBytes(keyBytes).toString('base64url') });
export const newSealingKey = () => ({ id: randomBytes(6).toString('base64url'), key: randomBytes(keyBytes).toString('base64url') });

export interface Secrets {
  /** The pepper, for Argon2. */
  readonly pepper: Buffer;
  /** AES-256-GCM (NIST SP 800-38D), bound to its place: `row` is e.g. `factors:<id>`. Layout: key id, NUL, nonce, tag, ciphertext. */
  seal(row: string, plain: string | Uint8Array): Buffer;
  /** Throws when the bytes were sealed for another row, altered, or with a key that the ring no longer has. */
  open(row: string, sealed: Uint8Array): Buffer;
  /** The id of the key that sealed these bytes. */
  keyIdOf(sealed: Uint8Array): string;
  /** HMAC-SHA-256 under a key of its own per purpose, base64url. For codes and for values that must stay the same for ever. */
  keyedHash(purpose: string, value: string): string;
  /** A key for a library that wants one (cookies, next-auth), newest first, derived from the sealing keys. */
  derived(purpose: string): readonly string[];
}

/** @param ring read again whenever a key id is unknown, so that a rotation reaches a running process */
export function createSecrets(ring: () => KeyRing): Secrets {
  let current = ring();
  const pepper = Buffer.from(current.pepper, 'base64url');
  // Derived once each: a sign-in needs some forty, and there are a handful.
  const subkeys = new Map<string, Buffer>();
  const subkey = (key: string, purpose: string) => {
    const name = `${key} ${purpose}`;
    const made = subkeys.get(name) ?? Buffer.from(hkdfSync('sha256', Buffer.from(key, 'base64url'), '', purpose, keyBytes));
    subkeys.set(name, made);
    return made;
  };
  const split = (sealed: Uint8Array) => {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const end = bytes.indexOf(0);
    if (end < 0) throw new Error('Not sealed bytes.');
    return { id: bytes.subarray(0, end).toString(), rest: bytes.subarray(end + 1) };
  };
  return {
    pepper,
    seal(row, plain) {
      const newest = current.sealing[0];
      if (!newest) throw new Error('The key ring has no sealing key.');
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', subkey(newest.key, 'seal'), nonce).setAAD(Buffer.from(row));
      const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.from(`${newest.id}\0`), nonce, cipher.getAuthTag(), ciphertext]);
    },
    open(row, sealed) {
      const { id, rest } = split(sealed);
      let entry = current.sealing.find((k) => k.id === id);
      if (!entry) {
        current = ring();
        entry = current.sealing.find((k) => k.id === id);
      }
      if (!entry) throw new Error(`Sealed with key ${id}, which is not in the key ring.`);
      const decipher = createDecipheriv('aes-256-gcm', subkey(entry.key, 'seal'), rest.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(row)).setAuthTag(rest.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(rest.subarray(nonceBytes + tagBytes)), decipher.final()]);
    },
    keyIdOf: (sealed) => split(sealed).id,
    keyedHash: (purpose, value) => createHmac('sha256', subkey(current.pepper, purpose)).update(value).digest('base64url'),
    derived: (purpose) => current.sealing.map((k) => subkey(k.key, purpose).toString('base64url')),
  };
}

/** SHA-256, base64url: for values that are themselves 128 random bits or more. */
export const digest = (value: string) => createHash('sha256').update(value).digest('base64url');

/** Compares in constant time, whatever the lengths. */
export const sameSecret = (a: string, b: string) => timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

/** Random bits, base64url. */
export const randomToken = (bits: number) => randomBytes(Math.ceil(bits / 8)).toString('base64url');

/** Uniform random digits, e.g. an e-mail code. */
export const randomDigits = (length: number) => Array.from({ length }, () => randomInt(10)).join('');
