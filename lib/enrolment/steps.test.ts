// The wizard's table, over every combination of facts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EnrolmentFacts, type EnrolmentPolicy, enrolmentSteps, enrolmentTable, isEnrolmentStepOpen, nextEnrolmentStep } from './steps.ts';

const policies: EnrolmentPolicy[] = [{ questions: 4 }, { questions: 0 }];
const all: EnrolmentFacts[] = [false, true].flatMap((pendingFactor) =>
  [0, 1, 2].flatMap((provenFactors) =>
    [0, 1, 3, 4].flatMap((answers) =>
      [false, true].flatMap((recoveryCodesKept) =>
        [false, true].map((replacing) => ({ pendingFactor, provenFactors, answers, recoveryCodesKept, replacing })),
      ),
    ),
  ),
);
const anyFacts = fc.constantFrom(...all);
const anyPolicy = fc.constantFrom(...policies);
const open = (facts: EnrolmentFacts, policy: EnrolmentPolicy) => enrolmentSteps.filter((step) => isEnrolmentStepOpen(step, facts, policy));

describe('the next step', () => {
  const nothing: EnrolmentFacts = { pendingFactor: false, provenFactors: 0, answers: 0, recoveryCodesKept: false, replacing: false };
  test.each<[string, Partial<EnrolmentFacts>, string]>([
    ['nothing', {}, 'welcome'],
    ['an app that is chosen', { pendingFactor: true }, 'scan-code'],
    ['answers, and an app whose time ran out', { answers: 4 }, 'install-app'],
    ['a proven app', { provenFactors: 1 }, 'answer-questions'],
    ['a proven app and some answers', { provenFactors: 1, answers: 3 }, 'answer-questions'],
    ['a proven app and all answers', { provenFactors: 1, answers: 4 }, 'save-recovery-codes'],
    ['everything', { provenFactors: 1, answers: 4, recoveryCodesKept: true }, 'done'],
    ['a lost phone', { answers: 4, recoveryCodesKept: true, replacing: true }, 'install-app'],
    ['a lost phone, and nothing else', { replacing: true }, 'install-app'],
    ['a lost phone, a new factor, and no answers', { provenFactors: 1, replacing: true }, 'save-recovery-codes'],
    ['everything but a factor', { answers: 4, recoveryCodesKept: true }, 'install-app'],
  ])('of who has %s', (_who, facts, step) => expect(nextEnrolmentStep({ ...nothing, ...facts }, { questions: 4 })).toBe(step));

  test('leaves the questions out where the institute does without', () => {
    expect(nextEnrolmentStep({ ...nothing, provenFactors: 1 }, { questions: 0 })).toBe('save-recovery-codes');
  });
});

describe('for every combination of facts', () => {
  test('SEC-33: one step is next, it is open, and nothing is done while a requirement is missing', () => {
    for (const facts of all)
      for (const policy of policies) {
        const next = nextEnrolmentStep(facts, policy);
        expect(open(facts, policy)).toContain(next);
        const answered = facts.replacing || facts.answers >= policy.questions;
        const complete = facts.provenFactors > 0 && answered && facts.recoveryCodesKept;
        expect(next === 'done').toBe(complete);
      }
  });

  test('SEC-38: no secret is made or proven while a factor exists', () => {
    for (const facts of all.filter((f) => f.provenFactors > 0))
      for (const policy of policies) {
        expect(open(facts, policy)).not.toContain('install-app');
        expect(open(facts, policy)).not.toContain('scan-code');
        expect(open(facts, policy)).not.toContain('welcome');
      }
  });

  test('recovery codes come last, and the wizard is left only when all is done', () => {
    for (const facts of all)
      for (const policy of policies) {
        if (open(facts, policy).includes('save-recovery-codes')) expect(facts.provenFactors).toBeGreaterThan(0);
        if (open(facts, policy).includes('done')) expect(open(facts, policy)).toEqual(['done']);
      }
  });

  test('doing what is next always leads forward, to the end in at most five steps', () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (start, policy) => {
        let facts = start;
        const seen: string[] = [];
        for (let step = nextEnrolmentStep(facts, policy); step !== 'done'; step = nextEnrolmentStep(facts, policy)) {
          expect(seen).not.toContain(step);
          seen.push(step);
          if (step === 'welcome' || step === 'install-app') facts = { ...facts, pendingFactor: true };
          if (step === 'scan-code') facts = { ...facts, pendingFactor: false, provenFactors: 1 };
          if (step === 'answer-questions') facts = { ...facts, answers: policy.questions };
          if (step === 'save-recovery-codes') facts = { ...facts, recoveryCodesKept: true };
        }
        expect(seen.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  test('a new fact never leads back, but for a pending secret whose time ran out', () => {
    const order = (facts: EnrolmentFacts, policy: EnrolmentPolicy) => enrolmentSteps.indexOf(nextEnrolmentStep(facts, policy));
    fc.assert(
      fc.property(anyFacts, anyPolicy, (facts, policy) => {
        const more: EnrolmentFacts[] = [
          { ...facts, pendingFactor: true },
          { ...facts, provenFactors: facts.provenFactors + 1 },
          { ...facts, answers: facts.answers + 1 },
          { ...facts, recoveryCodesKept: true },
        ];
        for (const after of more) expect(order(after, policy)).toBeGreaterThanOrEqual(order(facts, policy));
      }),
    );
  });
});

test('each step has its requirement in words', () => {
  expect(Object.keys(enrolmentTable)).toEqual([...enrolmentSteps]);
});
