// What may be written about a case, and what looks too much like a secret to be kept.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newRecoveryCode } from '../factors/recovery-codes/rules.ts';
import { caseOutcomes, isCaseNumber, isCaseOutcome, judgeText, looksSecret, newCaseNumber } from './rules.ts';

describe('what looks like a secret is refused', () => {
  test.each([
    'Mon code est 482916',
    'le code 482 916 ne marche pas',
    '482-916',
    'mot de passe : quatre tortues dans la brume',
    'Mon mot de passe est azerty',
    'mdp=soleil',
    'my password is hunter two',
    'Mon PIN : 8264',
    'J’ai essayé P@ssw0rd2027 sans succès',
    'Azerty1234 ne passe pas',
    'la clé JBSW Y3DP EHPK 3PXP',
    'jbswy3dpehpk3pxp',
    '7KQF-M2XD-0A1B-ZZ99',
  ])('%s', (text) => expect(looksSecret(text)).toBe(true));

  test('every recovery code and every pass is recognised, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.constantFrom('', 'Mon accès : ', '« '), fc.constantFrom('', '.', ' »'), (before, after) => {
        const code = newRecoveryCode();
        // Sixteen letters without a figure are no rarer than that.
        expect(looksSecret(before + code + after)).toBe(/\d/.test(code) && /[A-Z]/.test(code));
      }),
    );
  });
});

describe('what people write about their trouble is not', () => {
  test.each([
    '',
    'La caméra de mon téléphone reste noire.',
    'Rappelez-moi au 01 99 00 47 12 ou au +33 6 12 34 56 78.',
    'Je suis au bureau 114, bâtiment B2.',
    'J’ai un iPhone13ProMax, avant un SM-G991B.',
    'Mon dossier est le 7KQF-M2XD.',
    'Depuis le 24/11/2026 à 14 h 05, rien ne part vers claire.martin@inserm.fr.',
    'La page https://auth.inserm.fr/help ne dit rien là-dessus.',
    'J’ai oublié mon mot de passe.',
    'Je ne reçois pas le code à 6 chiffres.',
  ])('%s', (text) => expect(looksSecret(text)).toBe(false));
});

test('text keeps its lines, and nothing that can’t be seen', () => {
  expect(judgeText(' a \r\n\r\n\r\n\r\n b\tc ', 20)).toEqual({ ok: true, value: 'a\n\nb c' });
  expect(judgeText('é'.repeat(20), 20)).toMatchObject({ ok: true });
  expect(judgeText('é'.repeat(21), 20)).toMatchObject({ problems: [{ code: 'too-long' }] });
  for (const hidden of ['\u202e', '\0', '\u001b[31m', '\ud800'])
    expect(judgeText(`a${hidden}b`, 20)).toMatchObject({ problems: [{ code: 'unreadable' }] });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
      const judged = judgeText(typed, 100);
      if (judged.ok) expect([...judged.value].length).toBeLessThanOrEqual(100);
    }),
  );
});

test('a case’s number is known by its shape, an outcome by its word', () => {
  for (let i = 0; i < 200; i++) expect(isCaseNumber(newCaseNumber())).toBe(true);
  for (const other of ['', '7KQF-M2X', '7KQF-M2XI', '7kqf-m2xd', null, 7, "7KQF-M2XD'"]) expect(isCaseNumber(other)).toBe(false);
  expect(caseOutcomes.every(isCaseOutcome)).toBe(true);
  expect(isCaseOutcome('anything')).toBe(false);
});
