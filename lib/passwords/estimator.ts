// How many guesses a password takes, by zxcvbn with French and English dictionaries and the person's own names. Heavy: the act loads it
// when a password changes, browsers when somebody types one.
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import { dictionary as french } from '@zxcvbn-ts/language-fr';
import type { PasswordOwner } from './rules.ts';

/** SEC-03: fewer guesses than 10 to the power of 14 are too few (CNIL 2022-100, guessability). */
const leastGuesses = 14;
/** Code points that are looked at: what stands after them only makes it harder, and long texts take long. */
const looked = 64;

let estimator: ZxcvbnFactory | undefined;

/** @returns the power of ten of the guesses that it takes */
export function guesses(plain: string, owner: PasswordOwner): number {
  estimator ??= new ZxcvbnFactory({ dictionary: { ...common, ...english, ...french }, graphs: adjacencyGraphs });
  const names = [owner.address, ...owner.address.split(/[@._-]/), owner.givenName, owner.familyName, 'inserm', 'auth'].filter((part) => part !== '');
  return estimator.check([...plain].slice(0, looked).join(''), names).guessesLog10;
}

export const isGuessable = (plain: string, owner: PasswordOwner): boolean => guesses(plain, owner) < leastGuesses;
