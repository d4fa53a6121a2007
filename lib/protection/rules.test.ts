// What the account's home says of a person's protection, for every state of it.
import { expect, test } from 'vitest';
import { days } from '../duration.ts';
import { type ProtectionFacts, protection } from './rules.ts';

const now = Date.UTC(2027, 2, 9);
const fine: ProtectionFacts = { factors: 2, recoveryCodesLeft: 10, questions: true, answeredAt: now - days(30) };

test.each<[string, Partial<ProtectionFacts>, string, string | null]>([
  ['nothing but a password', { factors: 0, recoveryCodesLeft: null, answeredAt: null }, 'password-only', 'add-factor'],
  ['no factor comes before everything else', { factors: 0, recoveryCodesLeft: 1 }, 'password-only', 'add-factor'],
  ['one factor and no codes', { factors: 1, recoveryCodesLeft: 0 }, 'one-way', 'make-recovery-codes'],
  ['one factor and no set at all', { factors: 1, recoveryCodesLeft: null }, 'one-way', 'make-recovery-codes'],
  ['two codes left', { recoveryCodesLeft: 2 }, 'well', 'make-recovery-codes'],
  ['three codes left are enough', { recoveryCodesLeft: 3 }, 'well', null],
  ['no questions chosen', { answeredAt: null }, 'well', 'choose-questions'],
  ['an institute without questions', { answeredAt: null, questions: false }, 'well', null],
  ['answers of two years and a day', { answeredAt: now - days(731) }, 'well', 'renew-questions'],
  ['answers of two years', { answeredAt: now - days(730) }, 'well', null],
  ['old answers that nobody asks for', { answeredAt: now - days(900), questions: false }, 'well', null],
  ['one factor, with codes', { factors: 1 }, 'well', 'add-second-factor'],
  ['two factors, codes and questions', {}, 'well', null],
])('%s', (_name, facts, level, next) => {
  expect(protection({ ...fine, ...facts }, now)).toEqual({ level, next });
});
