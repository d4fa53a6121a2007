// Hashes and signatures of telephones, as WebCrypto makes them.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { approvalText, type PublicKey, type Transaction } from './rules.ts';

/** SHA-256, base64url. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** ES256 as WebCrypto and JWS have it: r and s, 64 bytes. False for anything else, a key that is no point of the curve included. */
export function isSignedBy(key: PublicKey, text: string, signature: string): boolean {
  if (!/^[\w-]{86}$/.test(signature)) return false;
  try {
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', ...key }, format: 'jwk' });
    return verify('sha256', Buffer.from(text), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

/** What the telephone's authenticator signs to approve. */
export const approvalChallenge = (transaction: Transaction): string => hashOf(approvalText(transaction));
