// Which passwords are refused.
import { describe, expect, test } from 'vitest';
import { foldPassword, isHashable, judgePassword } from './rules.ts';

const claire = { address: 'claire.martin@inserm.fr', givenName: 'Claire', familyName: 'Martin' };
const judged = (password: string) => judgePassword(password, claire)?.code ?? null;

describe('SEC-01: length', () => {
  const words =
    'girafe verte lit trois romans russes chaque jeudi sous un vieux parapluie mauve et chante avec ferveur des airs oubliés du vieux port. ';
  test.each([
    [14, 'password-too-short'],
    [15, null],
    [64, null],
    [200, null],
    [256, null],
    [257, 'password-too-long'],
  ])('%d code points', (length, code) => expect(judged(words.repeat(3).slice(0, length))).toBe(code));
  test('is counted in code points, not in bytes or halves', () => {
    const fifteen = '🦒🌂🎻🧪🔭🥖🚲🐙🌵🧀🪁🦜🏔️🍉'.normalize('NFC');
    expect([...fifteen]).toHaveLength(15);
    expect(judged(fifteen)).toBeNull();
    expect(judged(`${'é'.normalize('NFD').repeat(7)}girafe`)).toBe('password-too-short');
  });
  test('a megabyte is too long, quickly', () => expect(judged('a'.repeat(1_000_000))).toBe('password-too-long'));
});

test('SEC-01: the same password from another keyboard is the same', () => {
  expect(foldPassword('été au château')).toBe(foldPassword('été au château'.normalize('NFD')));
});

describe('SEC-03: refused with the reason', () => {
  test.each([
    ['claire.martin 2027!', 'password-personal'],
    ['Vive Martin Vive Ah', 'password-personal'],
    ['m4rtin-et-les-vagues', 'password-personal'],
    ['J’aime mon Inserm a moi', 'password-personal'],
    ['azertyuiopqsdfgh', 'password-common'],
    ['bleu azerty bleu vert', 'password-common'],
    ['poiuytreza poiuytreza', 'password-common'],
    ['1234567890123456', 'password-common'],
    ['aaaaaaaaaaaaaaaa', 'password-common'],
    ['abcabcabcabcabcabc', 'password-common'],
    ['MotDePasse2027!!!', 'password-common'],
    ['P@ssw0rdPassword1', 'password-common'],
    ['correct horse battery staple', 'password-common'],
    ['bonjour bonjour 2027', 'password-common'],
    ['trois girafes\u0007 vertes', 'unreadable'],
    ['trois girafes\0 vertes', 'unreadable'],
    ['trois girafes \ud800 vertes', 'unreadable'],
  ])('%j: %s', (password, code) => expect(judged(password)).toBe(code));
  test.each([
    'Les sept girafes lisent',
    'pluie de grenouilles à Brest',
    'xK9#mQ2$vL7@pR4',
    'مرحبا يا صديقي العزيز جدا',
    '鳥が空を飛んでいる静かな朝の海',
  ])('%s is taken', (password) => expect(judged(password)).toBeNull());
});

test('SEC-13: more than a kilobyte is never hashed', () => {
  expect(isHashable('a'.repeat(1024))).toBe(true);
  expect(isHashable('a'.repeat(1025))).toBe(false);
  expect(isHashable('🦒'.repeat(256))).toBe(true);
  expect(isHashable('🦒'.repeat(257))).toBe(false);
});
