// What is wrong, in one sentence: every account has exactly one first diagnosis.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minutes } from '../../duration.ts';
import { enrolmentSteps } from '../../enrolment/steps.ts';
import { helpdeskActionNames } from '../rules.ts';
import { type DiagnosisFacts, type DiagnosisKey, diagnose, diagnoses } from './rules.ts';

const now = 1_800_000_000_000;
const well: DiagnosisFacts = {
  status: 'active',
  leftDirectory: false,
  locks: [],
  mail: null,
  codeUntypedSince: null,
  step: 'done',
  wrongCodes: 0,
  drift: null,
  pending: null,
  working: 2,
  stuck: 0,
  silentPhone: false,
  reEnrolment: null,
  recoveryCodesLeft: 10,
  signedInAt: now,
  wrongPasswordAt: null,
  wrongPasswordWas: 'wrong',
};
const lock = (what: DiagnosisFacts['locks'][number]['what'], why: DiagnosisFacts['locks'][number]['why']) => ({ what, why, name: null, until: null });

const cases: readonly [DiagnosisKey, Partial<DiagnosisFacts>][] = [
  ['fine', {}],
  ['left-directory', { status: 'disabled', leftDirectory: true, locks: [lock('password', 'waits')] }],
  ['disabled', { status: 'disabled' }],
  ['frozen', { status: 'frozen', mail: 'refused' }],
  ['password-frozen', { locks: [lock('password', 'frozen')] }],
  ['re-enrolment-waiting', { reEnrolment: 'waiting' }],
  ['mail-refused', { mail: 'refused', step: 'welcome' }],
  ['mail-waiting', { mail: 'waiting', codeUntypedSince: now - minutes(2) }],
  ['password-disabled', { locks: [lock('password', 'disabled')] }],
  ['password-waits', { locks: [lock('answers', 'closed'), lock('password', 'waits')], wrongPasswordAt: now }],
  ['phone-copied', { working: 0, stuck: 1, locks: [lock('phone', 'copied')] }],
  ['phone-pins', { working: 1, stuck: 1, locks: [lock('phone', 'wrong-pins')] }],
  ['factors-frozen', { working: 0, stuck: 2, locks: [lock('factor', 'frozen')] }],
  ['app-disabled', { working: 0, locks: [lock('app', 'disabled')] }],
  ['app-waits', { locks: [lock('app', 'waits')] }],
  ['phones-suspended', { locks: [lock('phones', 'suspended')] }],
  ['replacing', { reEnrolment: 'open' }],
  ['clock', { step: 'scan-code', pending: 'totp', working: 0, wrongCodes: 3, drift: 90 }],
  ['wrong-first-codes', { step: 'scan-code', pending: 'totp', working: 0, wrongCodes: 3 }],
  ['pairing', { step: 'scan-code', pending: 'phone', working: 0 }],
  ['code-untyped', { step: 'welcome', working: 0, codeUntypedSince: now - minutes(5) }],
  ['password-expired', { wrongPasswordAt: now - minutes(5), wrongPasswordWas: 'expired' }],
  ['password-locked', { wrongPasswordAt: now - minutes(5), wrongPasswordWas: 'locked' }],
  ['password-unseen', { wrongPasswordAt: now - minutes(5), wrongPasswordWas: 'unseen' }],
  ['wrong-password', { wrongPasswordAt: now - minutes(5) }],
  ['half-enrolled', { step: 'answer-questions', working: 1 }],
  ['recovery-codes-closed', { locks: [lock('recovery-codes', 'waits')] }],
  ['pass-waits', { locks: [lock('pass', 'waits')] }],
  ['answers-closed', { locks: [lock('answers', 'closed')] }],
  ['never-came', { step: 'welcome', working: 0, recoveryCodesLeft: null, signedInAt: null }],
  ['some-frozen', { stuck: 1 }],
  ['silent-phone', { silentPhone: true, working: 1 }],
  ['no-recovery-codes', { recoveryCodesLeft: 0 }],
  ['one-factor', { working: 1, recoveryCodesLeft: 1 }],
];

test.each(cases)('%s', (key, facts) => expect(diagnose({ ...well, ...facts }, now)[0].key).toBe(key));

test('each diagnosis has its case', () => expect(new Set(cases.map(([key]) => key))).toEqual(new Set(diagnoses)));

const locks = fc.record({
  what: fc.constantFrom('password', 'app', 'recovery-codes', 'pass', 'phones', 'phone', 'answers', 'factor'),
  why: fc.constantFrom('waits', 'suspended', 'disabled', 'wrong-pins', 'copied', 'frozen', 'closed'),
  name: fc.constant(null),
  until: fc.option(fc.constant(now + minutes(5))),
});
const anybody: fc.Arbitrary<DiagnosisFacts> = fc.record({
  status: fc.constantFrom('active', 'frozen', 'disabled'),
  leftDirectory: fc.boolean(),
  locks: fc.array(locks, { maxLength: 4 }),
  mail: fc.constantFrom(null, 'waiting', 'refused'),
  codeUntypedSince: fc.option(fc.integer({ min: 0, max: now })),
  step: fc.constantFrom(...enrolmentSteps),
  wrongCodes: fc.nat(5),
  drift: fc.option(fc.integer({ min: -600, max: 600 })),
  pending: fc.constantFrom(null, 'totp', 'phone', 'passkey'),
  working: fc.nat(3),
  stuck: fc.nat(3),
  silentPhone: fc.boolean(),
  reEnrolment: fc.constantFrom(null, 'waiting', 'open'),
  recoveryCodesLeft: fc.option(fc.nat(10)),
  signedInAt: fc.option(fc.integer({ min: 0, max: now })),
  wrongPasswordAt: fc.option(fc.integer({ min: 0, max: now })),
  wrongPasswordWas: fc.constantFrom('wrong', 'unseen', 'expired', 'locked', 'closed'),
});

test('whatever an account’s state, there is a first diagnosis, none twice, and « all is well » stands alone', () => {
  fc.assert(
    fc.property(anybody, (facts) => {
      const keys = diagnose(facts, now).map(({ key }) => key);
      expect(keys.length).toBeGreaterThan(0);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.includes('fine')).toBe(keys.length === 1 && keys[0] === 'fine');
      expect([...keys].sort((a, b) => diagnoses.indexOf(a) - diagnoses.indexOf(b))).toEqual(keys);
    }),
  );
});

test('nothing is proposed for a closed account but to open it', () => {
  fc.assert(
    fc.property(anybody, (facts) => {
      const [first] = diagnose(facts, now);
      if (facts.status === 'disabled') expect(first.act).toBeNull();
      if (facts.status === 'frozen') expect(first.act).toBe('unfreeze');
      if (first.act) expect(helpdeskActionNames).toContain(first.act);
    }),
  );
});
