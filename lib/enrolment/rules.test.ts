// Three questions that lead to one way, for every answer.
import { expect, test } from 'vitest';
import { factorName, type Means, meansAsked, otherApp, passkeyChoice, readMeans, recommend } from './rules.ts';

const apps = [{ name: 'Google Authenticator' }, { name: 'Sign&go Authenticator' }];
const [first] = apps;

test.each([
  // smartphone, install, computer
  [true, true, true, first?.name, 'app-on-phone'],
  [true, true, false, first?.name, 'app-on-phone'],
  [true, false, true, passkeyChoice, 'passkey-on-phone'],
  [true, false, false, passkeyChoice, 'passkey-on-phone'],
  [false, true, true, passkeyChoice, 'passkey-on-computer'],
  [false, false, true, passkeyChoice, 'passkey-on-computer'],
  // Nowhere to put it: what was said of installing counts for nothing without a smartphone.
  [false, true, false, null, 'nothing-at-hand'],
  [false, false, false, null, 'nothing-at-hand'],
] as const)('smartphone %s, may install %s, computer or key %s: %s', (smartphone, install, computer, choice, reason) => {
  const advice = recommend(apps, { smartphone, install, computer });
  expect(advice).toEqual({ choice, reason });
  // What is advised can be chosen.
  if (advice.choice !== null && advice.choice !== passkeyChoice) expect(factorName(apps, advice.choice, 'fr')).toBe(advice.choice);
});

test('where the institute names no app, any will do', () => {
  expect(recommend([], { smartphone: true, install: true, computer: false })).toEqual({ choice: otherApp, reason: 'app-on-phone' });
});

test('answers are read from a query, all of them or none', () => {
  const yes: Means = { smartphone: true, install: true, computer: true };
  expect(readMeans({ smartphone: 'yes', install: 'no', computer: 'yes', more: 'x' })).toEqual({ ...yes, install: false });
  expect(readMeans({})).toBeNull();
  for (const asked of meansAsked)
    for (const wrong of [undefined, '', 'oui', 'YES', ['yes'], ['yes', 'no']])
      expect(readMeans({ smartphone: 'yes', install: 'yes', computer: 'yes', [asked]: wrong })).toBeNull();
});
