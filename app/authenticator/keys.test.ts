// What a telephone computes in its browser is what the portal checks.
import { expect, test } from 'vitest';
import { isSignedBy, hashOf as portalHash } from '#lib/factors/phone/signature';
import { totpCode } from '#lib/portal.testing';
import { codeAt, codesKey, hashOf, makeKey, signed } from './keys';

test('a telephone signs with a key that no script can read, and the portal believes the signature of this text alone', async () => {
  const { privateKey, publicKey } = await makeKey();
  expect(privateKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow();
  const signature = await signed(privateKey, 'un texte\navec un accent : é');
  expect(isSignedBy(publicKey, 'un texte\navec un accent : é', signature)).toBe(true);
  expect(isSignedBy(publicKey, 'un autre', signature)).toBe(false);
});

test('both hash a body alike', async () => {
  for (const text of ['', '{}', '{"name":"Pixel de Zoé"}']) expect(await hashOf(text)).toBe(portalHash(text));
});

test('its codes are those of RFC 6238, appendix B', async () => {
  const key = await codesKey('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  expect(key.extractable).toBe(false);
  const vectors = [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ] as const;
  for (const [seconds, code] of vectors) expect(await codeAt(key, seconds * 1000, 30_000, 8)).toBe(code);
  const secret = Buffer.from('12345678901234567890');
  expect(await codeAt(key, 1_234_567_890_000, 30_000, 6)).toBe(totpCode(secret, 1_234_567_890_000));
});
