'use client';
// What a telephone computes: its own key, which no script can read, what it signs with it, and the codes of its pairing.
import type { PublicKey } from '#lib/factors/phone/rules';

export const base64url = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** SHA-256, base64url. */
export const hashOf = async (text: string): Promise<string> => base64url(await crypto.subtle.digest('SHA-256', bytesOf(text)));

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };

/** Not extractable: stolen pages may use it, and can't take it along (phone.md §7). */
export async function makeKey(): Promise<{ readonly privateKey: CryptoKey; readonly publicKey: PublicKey }> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ecdsa, false, ['sign']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  return { privateKey, publicKey: { x, y } };
}

/** ES256: r and s, base64url. */
export const signed = async (key: CryptoKey, text: string): Promise<string> =>
  base64url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytesOf(text)));

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** @param secret base 32, as the pairing gives it */
export function codesKey(secret: string): Promise<CryptoKey> {
  const bits = [...secret.replace(/=+$/, '')].map((letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
}

/** RFC 6238 with RFC 4226 §5.3. @param now epoch milliseconds. @param period milliseconds */
export async function codeAt(key: CryptoKey, now: number, period: number, digits: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(now / period)));
  const hash = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const offset = hash.getUint8(hash.byteLength - 1) & 0xf;
  return String((hash.getUint32(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}
