// The table of a lost phone, over every combination of facts.
import { describe, expect, test } from 'vitest';
import {
  isLostPhoneStepOpen,
  isProofOpen,
  type LostPhoneFacts,
  type LostPhoneWay,
  lostPhoneSteps,
  lostPhoneTable,
  lostPhoneWays,
  nextLostPhoneStep,
  proofPlaces,
} from './steps.ts';

const bool = [false, true];
const subsets = lostPhoneWays.reduce<LostPhoneWay[][]>((all, way) => all.flatMap((some) => [some, [...some, way]]), [[]]);
const all: LostPhoneFacts[] = bool.flatMap((passwordProven) =>
  ([null, 'lost', 'stolen'] as const).flatMap((happened) =>
    (['none', 'waiting', 'waited'] as const).flatMap((leave) =>
      bool.flatMap((mailboxProven) =>
        bool.flatMap((opened) =>
          subsets.map((ways) => ({
            passwordProven,
            happened,
            waiting: leave === 'waiting',
            waited: leave === 'waited',
            mailboxProven,
            // Opened is open now: it waits no more.
            opened: opened && leave !== 'waiting',
            ways,
          })),
        ),
      ),
    ),
  ),
);
const nothing: LostPhoneFacts = {
  passwordProven: false,
  happened: null,
  waiting: false,
  waited: false,
  mailboxProven: false,
  opened: false,
  ways: [...lostPhoneWays],
};

test.each<[string, Partial<LostPhoneFacts>, string]>([
  ['nothing', {}, 'password'],
  ['a password', { passwordProven: true }, 'what-happened'],
  ['a password, and said it', { passwordProven: true, happened: 'lost' }, 'prove-identity'],
  ['a mailbox', { passwordProven: true, happened: 'lost', mailboxProven: true }, 'prove-identity'],
  ['a wait before them', { passwordProven: true, happened: 'lost', waiting: true }, 'wait'],
  ['a wait behind them', { passwordProven: true, happened: 'lost', waited: true }, 'prove-identity'],
  ['proven enough', { passwordProven: true, happened: 'stolen', opened: true }, 'done'],
  ['everything but the password', { happened: 'lost', mailboxProven: true, opened: true }, 'password'],
])('the next step of who has %s', (_who, facts, step) => expect(nextLostPhoneStep({ ...nothing, ...facts })).toBe(step));

describe('for every combination of facts', () => {
  test('SEC-33: one step is next, it is open, and nothing is done while a requirement is missing', () => {
    for (const facts of all) {
      const next = nextLostPhoneStep(facts);
      expect(isLostPhoneStepOpen(next, facts)).toBe(true);
      expect(next === 'done').toBe(facts.passwordProven && facts.happened !== null && facts.opened);
    }
  });

  test('SEC-45: without the password nothing is open but the password', () => {
    for (const facts of all.filter((f) => !f.passwordProven)) {
      expect(lostPhoneSteps.filter((step) => isLostPhoneStepOpen(step, facts))).toEqual(['password']);
      expect(proofPlaces.filter((place) => isProofOpen(place, facts))).toEqual([]);
    }
  });

  test('SEC-45: answers are asked after the mailbox, never without, and never where rules forbid them', () => {
    for (const facts of all.filter((f) => isProofOpen('answers', f))) {
      expect(facts.mailboxProven).toBe(true);
      expect(facts.ways).toContain('answers');
      expect(facts.waiting || facts.waited).toBe(false);
    }
    for (const facts of all) for (const way of ['recovery-code', 'pass'] as const) if (isProofOpen(way, facts)) expect(facts.ways).toContain(way);
  });

  test('SEC-50: while waiting, nothing of the mailbox and the answers is open; a recovery code and a pass are', () => {
    for (const facts of all.filter((f) => f.waiting && f.passwordProven && f.happened !== null)) {
      expect(isProofOpen('email-code', facts) || isProofOpen('answers', facts)).toBe(false);
      for (const way of ['recovery-code', 'pass'] as const) expect(isProofOpen(way, facts)).toBe(facts.ways.includes(way));
    }
  });

  test('once opened, nothing is proven any more', () => {
    for (const facts of all.filter((f) => nextLostPhoneStep(f) === 'done')) {
      expect(lostPhoneSteps.filter((step) => isLostPhoneStepOpen(step, facts))).toEqual(['done']);
      expect(proofPlaces.filter((place) => isProofOpen(place, facts))).toEqual([]);
    }
  });
});

test('each step has its requirement in words', () => expect(Object.keys(lostPhoneTable)).toEqual([...lostPhoneSteps]));
