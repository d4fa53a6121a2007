// Three questions that lead to one way, for every answer.
import { expect, test } from 'vitest';
import { type Means, meansAsked, passkeyChoice, phoneChoice, readMeans, recommend } from './rules.ts';

test.each([
  // smartphone, install, computer
  [true, true, true, phoneChoice, 'notification-on-phone'],
  [true, true, false, phoneChoice, 'notification-on-phone'],
  [true, false, true, passkeyChoice, 'passkey-on-phone'],
  [true, false, false, passkeyChoice, 'passkey-on-phone'],
  [false, true, true, passkeyChoice, 'passkey-on-computer'],
  [false, false, true, passkeyChoice, 'passkey-on-computer'],
  // Nowhere to put it: what was said of installing counts for nothing without a smartphone.
  [false, true, false, null, 'nothing-at-hand'],
  [false, false, false, null, 'nothing-at-hand'],
] as const)('smartphone %s, may install %s, computer or key %s: %s', (smartphone, install, computer, choice, reason) => {
  expect(recommend({ smartphone, install, computer })).toEqual({ choice, reason });
});

test('answers are read from a query, all of them or none', () => {
  const yes: Means = { smartphone: true, install: true, computer: true };
  expect(readMeans({ smartphone: 'yes', install: 'no', computer: 'yes', more: 'x' })).toEqual({ ...yes, install: false });
  expect(readMeans({})).toBeNull();
  for (const asked of meansAsked)
    for (const wrong of [undefined, '', 'oui', 'YES', ['yes'], ['yes', 'no']])
      expect(readMeans({ smartphone: 'yes', install: 'yes', computer: 'yes', [asked]: wrong })).toBeNull();
});
