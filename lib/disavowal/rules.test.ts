// What « Ce n’était pas moi » does of each event, as a closed table; and that what it takes never depends on luck.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paths } from '../../app/paths.ts';
import { eventTypes } from '../audit/events.ts';
import { isCaseNumber, newCaseNumber } from '../cases/rules.ts';
import { minutes } from '../duration.ts';
import { disavowalOf, notMeFolder, staysSignedIn, whatGoes } from './rules.ts';

const policy = { recentProof: minutes(10), interaction: minutes(15) };
const moment = fc.integer({ min: 0, max: 1_000_000_000 });
const held = fc.record({
  factors: fc.array(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      name: fc.constant('x'),
      createdAt: moment,
      lastUsedAt: fc.option(moment),
      frozenAt: fc.option(moment),
    }),
  ),
  recoveryCodes: fc.option(fc.record({ createdAt: moment, lastUsedAt: fc.option(moment) })),
  answersChangedAt: fc.option(moment),
  passwordChangedAt: fc.option(moment),
});

test('every event has its answer, and some can be disowned', () => {
  for (const type of eventTypes) expect(disavowalOf(type), type).not.toBeUndefined();
  expect(disavowalOf('factor-added')).toMatchObject({ takes: ['factor'], since: true });
  expect(disavowalOf('disavowed')).toBeNull();
  expect(disavowalOf('purged')).toBeNull();
});

test('nothing that is frozen is frozen again, and nothing goes that the account does not have', () => {
  fc.assert(
    fc.property(fc.constantFrom(...eventTypes), held, moment, fc.constantFrom('a', 'z', null), (type, has, at, factor) => {
      const disavowal = disavowalOf(type);
      if (!disavowal) return;
      const going = whatGoes(disavowal, { at, factor, application: null }, has);
      for (const one of going.factors) {
        expect(has.factors).toContain(one);
        expect(one.frozenAt).toBeNull();
        expect(one.id === factor || disavowal.takes.includes('factors') || (disavowal.since && one.createdAt >= at)).toBe(true);
      }
      if (!has.recoveryCodes) expect(going.recoveryCodes).toBe(false);
      if (has.answersChangedAt === null) expect(going.answers).toBe(false);
      expect(going.consent).toBeNull();
    }),
  );
});

test('a session goes on only with a recent proof, which nothing that goes can have given', () => {
  fc.assert(
    fc.property(held, moment, fc.option(moment), (has, now, provenAt) => {
      const disavowal = disavowalOf('factor-added');
      if (!disavowal) throw new Error('factor-added can be disowned');
      const going = whatGoes(disavowal, { at: 0, factor: 'a', application: null }, has);
      if (!staysSignedIn(going, has, provenAt, now, policy)) return;
      expect(provenAt).not.toBeNull();
      expect(now - (provenAt ?? 0)).toBeLessThan(policy.recentProof);
      for (const { lastUsedAt } of going.factors) expect(lastUsedAt === null || lastUsedAt < (provenAt ?? 0) - policy.interaction).toBe(true);
    }),
  );
});

test('letters and pages agree on where the links lead', () => expect(notMeFolder).toBe(paths.notMe));

test('a case’s number can be read out, and nothing else passes for one', () => {
  for (let i = 0; i < 100; i++) expect(isCaseNumber(newCaseNumber())).toBe(true);
  for (const other of ['', '7KQF', '7KQF-M2XD ', '7kqf-m2xd', '7KQF-M2XI', '<b>-M2XD', null, ['7KQF-M2XD']]) expect(isCaseNumber(other)).toBe(false);
});
