// What a passkey is called, and what is no answer at all.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { challengeBits, challengeLifetime, passkeyName, readAssertion, readRegistration, relyingPartyOf } from './rules.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

test.each<[string, string, readonly string[], string, string]>([
  ['a known model', '2fc0579f-8113-47ea-b116-bb5a8db9202a', ['usb'], 'YubiKey 5 NFC', 'YubiKey 5 NFC'],
  ['a known manager', 'd548826e-79b4-db40-a3d8-11116f7e8349', ['internal', 'hybrid'], 'Bitwarden', 'Bitwarden'],
  ['an unknown key', nobody, ['usb', 'nfc'], 'Clé de sécurité', 'Security key'],
  ['an unknown device', nobody, ['internal'], 'Clé d’accès', 'Passkey'],
  ['who says nothing', nobody, [], 'Clé d’accès', 'Passkey'],
])('the name of %s', (_who, aaguid, transports, french, english) => {
  expect(passkeyName(aaguid, transports, 'fr')).toBe(french);
  expect(passkeyName(aaguid, transports, 'en')).toBe(english);
});

test('SEC-30: challenges have 128 random bits at least, and five minutes', () => {
  expect(challengeBits).toBeGreaterThanOrEqual(128);
  expect(challengeLifetime).toBe(300_000);
});

test('SEC-31: the relying party is the portal’s own host', () => {
  expect(relyingPartyOf('https://auth.inserm.fr')).toBe('auth.inserm.fr');
  expect(relyingPartyOf('http://localhost:3000')).toBe('localhost');
});

test('whatever text comes, it is an answer or null', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readAssertion(text)).toBeNull();
      expect(readRegistration(text)).toBeNull();
    }),
  );
});
