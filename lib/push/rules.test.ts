// What is sent to a phone says nothing to who carries it; when to try again.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seconds } from '../duration.ts';
import { createSecrets, newKeyRing } from '../secrets.ts';
import { nextTry, paddedPayload, payloadBytes, phoneMessage, verdictOf } from './rules.ts';

const ring = newKeyRing();
const secrets = createSecrets(() => ring);
const facts = {
  kind: 'req' as const,
  id: 'iQ2yJ0m3yVqk0g3b3yN1iA',
  accountId: '0190-claire',
  uselessAt: 1_800_000_060_000,
  title: 'Demande de connexion',
  navigate: 'https://auth.inserm.fr/authenticator',
};

test('a request’s message names itself and its end, and Safari finds what to show', () => {
  expect(phoneMessage(secrets, facts).payload).toEqual({
    v: 1,
    t: 'req',
    id: facts.id,
    exp: facts.uselessAt,
    web_push: 8030,
    mutable: true,
    notification: { title: facts.title, navigate: facts.navigate, tag: 'req' },
  });
});

test('a topic is the account’s for that kind, and tells nobody whose', () => {
  const { topic } = phoneMessage(secrets, facts);
  expect(topic).toMatch(/^[\w-]{32}$/);
  expect(phoneMessage(secrets, { ...facts, id: 'another' }).topic).toBe(topic);
  expect(phoneMessage(secrets, { ...facts, kind: 'test' }).topic).not.toBe(topic);
  expect(phoneMessage(secrets, { ...facts, accountId: 'karim' }).topic).not.toBe(topic);
  expect(phoneMessage(createSecrets(newKeyRing), facts).topic).not.toBe(topic);
});

test('every payload has the same size and the same meaning; one that would not fit is a mistake', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom('req' as const, 'test' as const), (title, kind) => {
      const { payload } = phoneMessage(secrets, { ...facts, title, kind });
      const padded = paddedPayload(payload);
      expect(padded).toHaveLength(payloadBytes);
      expect(JSON.parse(padded.toString())).toEqual(JSON.parse(JSON.stringify(payload)));
    }),
  );
  expect(() => paddedPayload({ title: 'é'.repeat(600) })).toThrow('1212 bytes');
});

test.each([
  [200, 'sent'],
  [201, 'sent'],
  [202, 'sent'],
  [301, 'refused'],
  [307, 'refused'],
  [400, 'refused'],
  [401, 'refused'],
  [403, 'refused'],
  [404, 'gone'],
  [410, 'gone'],
  [413, 'refused'],
  [408, 'again'],
  [429, 'again'],
  [500, 'again'],
  [503, 'again'],
])('an answer of %i means %s', (status, verdict) => expect(verdictOf(status)).toBe(verdict));

test('another try comes after a second, then later and later, and never when it would be of no use', () => {
  const now = 1_800_000_000_000;
  const end = now + seconds(60);
  expect([1, 2, 3, 4, 5, 6].map((tries) => (nextTry(now, tries, end) ?? 0) - now)).toEqual([1, 2, 4, 8, 15, 15].map(seconds));
  expect(nextTry(now, 5, now + seconds(15))).toBeNull();
  expect(nextTry(now, 1, now)).toBeNull();
});

test('a push service that asks for patience gets it; nonsense it asks for is not heard', () => {
  const now = Date.UTC(2027, 2, 9, 13, 2, 14);
  const end = now + seconds(60);
  expect(nextTry(now, 1, end, '30')).toBe(now + seconds(30));
  expect(nextTry(now, 1, end, 'Tue, 09 Mar 2027 13:02:34 GMT')).toBe(now + seconds(20));
  expect(nextTry(now, 1, end, '3600')).toBeNull();
  for (const nonsense of ['', 'soon', '-5', '1e9', 'Tue, 09 Mar 1999 13:02:34 GMT']) expect(nextTry(now, 1, end, nonsense)).toBe(now + seconds(1));
});
