// Words by which accounts are found, and what may be typed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readQuery, termsOf, wordsOf } from './rules.ts';

const person = (givenName: string, familyName: string, address = 'a@inserm.fr') => ({ givenName, familyName, address });

describe('words of an account', () => {
  test.each([
    ['Nadia', 'Lefèvre-Saïdi', 'nadia.lefevre@ext.inserm.fr', ['nadia', 'lefevre', 'saidi', 'lefevresaidi']],
    ['Anne-Marie', 'D’Angelo', 'am.dangelo12@inserm.fr', ['anne', 'marie', 'd', 'angelo', 'am', 'dangelo12', 'annemarie', 'dangelo']],
    ['Œnone', 'Łuczak Straße', 'x@inserm.fr', ['oenone', 'luczak', 'strasse', 'x', 'luczakstrasse']],
    ['İpek', 'ØRSTED', 'ipek@inserm.fr', ['ipek', 'orsted']],
    ['Ольга', '李', 'o.li@inserm.fr', ['ольга', '李', 'o', 'li']],
  ])('%s %s', (givenName, familyName, address, terms) => expect(termsOf({ givenName, familyName, address })).toEqual(terms));

  test('whatever the names, every word is short, small, and found again by itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.string({ maxLength: 100 }), (given, family) => {
        for (const term of termsOf(person(given, family))) {
          expect([...term].length).toBeLessThanOrEqual(64);
          expect(wordsOf(term)).toEqual([term]);
        }
      }),
    );
  });
});

describe('what is typed', () => {
  const words = (typed: string) => {
    const read = readQuery(typed);
    return read.ok ? read.value.query : read.problems[0].code;
  };
  test.each([
    ['lef', ['lef']],
    ['LEFÈVRE Nadia', ['lefevre', 'nadia']],
    ['nadia lefe', ['nadia', 'lefe']],
    ['  sAïdi\u200b ', ['saidi']],
    ['claire.mar', ['claire', 'mar']],
    ["d'ange", ['ange', 'd']],
    ['ma marie', ['marie']],
    ['a b', ['a', 'b']],
    ['li', ['li']],
  ])('%j asks for words', (typed, expected) => expect(words(typed)).toEqual({ kind: 'words', words: expected }));
  test.each(['Claire.Mar@', 'claire.mar@inserm', 'c@ext.'])('%j asks for the start of an address', (typed) =>
    expect(words(typed)).toEqual({ kind: 'address', start: typed.toLowerCase() }),
  );
  test.each(['', ' ', 'a', '%', '%%', "'", '_', '__', '*', '🙂🙂', '@inserm.fr'.slice(0, 1), '\\', '-- ;'])('%j is too short', (typed) =>
    expect(words(typed)).toBe('too-short'),
  );
  test.each(['a\0b', 'ab\u001b', '\ud800ab', 'ab\u007f'])('%j can’t be read', (typed) => expect(words(typed)).toBe('unreadable'));
  test('what is longer than a name is told of, not looked for', () => {
    expect(words('x'.repeat(10_000))).toBe('too-long');
    expect(words('x'.repeat(101))).toBe('too-long');
    expect(words('x'.repeat(100))).toEqual({ kind: 'words', words: ['x'.repeat(64)] });
  });
  test('whatever is typed, it is read or refused, and at most eight words are looked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        const read = readQuery(typed);
        if (!read.ok) return;
        expect([...read.value.text].length).toBeLessThanOrEqual(100);
        if (read.value.query.kind === 'words') expect(read.value.query.words.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
