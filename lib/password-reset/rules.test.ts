// Which ways a person has to a new password, over every combination of what they hold and what the institute allows.
import { expect, test } from 'vitest';
import { type Role, roles } from '../roles/rules.ts';
import type { FactorKind } from '../sign-in/steps.ts';
import { answersMayCount, type HeldForReset, isStandIn, knownAccount, standInOf, waysToProve } from './rules.ts';
import { nextResetStep, resetSteps, resetTable } from './steps.ts';

const subsets: readonly FactorKind[][] = [[], ['totp'], ['passkey'], ['totp', 'passkey']];
const booleans = [false, true];
const all: HeldForReset[] = subsets.flatMap((working) =>
  [working.length, working.length + 1].flatMap((factors) =>
    [0, 3].flatMap((recoveryCodesLeft) =>
      booleans.flatMap((answers) =>
        (['open', 'closed'] as const).flatMap((answersPath) =>
          [null, ...roles].flatMap((role: Role | null) =>
            booleans.map((passwordFrozen) => ({ working, factors, recoveryCodesLeft, answers, answersPath, role, passwordFrozen })),
          ),
        ),
      ),
    ),
  ),
);
const policies = booleans.flatMap((questions) => (['always', 'without-factor', 'never'] as const).map((answers) => ({ questions, answers })));

test('a way is offered to whoever has it and may use it, and to nobody else; factors first, then answers, then recovery codes', () => {
  for (const held of all) {
    for (const policy of policies) {
      const ways = waysToProve(held, policy);
      const answers =
        held.answers &&
        held.answersPath === 'open' &&
        policy.questions &&
        policy.answers !== 'never' &&
        !(policy.answers === 'without-factor' && held.factors > 0) &&
        held.role === null &&
        !held.passwordFrozen;
      expect(ways).toEqual([
        ...(held.working.includes('passkey') ? ['passkey'] : []),
        ...(held.working.includes('totp') ? ['code-app'] : []),
        ...(answers ? ['answers'] : []),
        ...(held.recoveryCodesLeft > 0 ? ['recovery-code'] : []),
      ]);
      if (answers) expect(answersMayCount(held, policy)).toBe(true);
    }
  }
});

test('SEC-51: agents and administrators never by answers, whatever the settings', () => {
  for (const held of all.filter(({ role }) => role !== null)) for (const policy of policies) expect(answersMayCount(held, policy)).toBe(false);
});

test('SEC-55: questions that the institute does not ask count nowhere', () => {
  for (const held of all)
    for (const answers of ['always', 'without-factor', 'never'] as const) expect(answersMayCount(held, { questions: false, answers })).toBe(false);
});

test('a stand-in is told from an account, and is no account', () => {
  expect(isStandIn(standInOf('x'))).toBe(true);
  expect(isStandIn('x')).toBe(false);
  expect(knownAccount(standInOf('x'))).toBeNull();
  expect(knownAccount('x')).toBe('x');
});

test('the step is the first thing missing, over every combination of facts', () => {
  for (const underWay of booleans)
    for (const mailboxProven of booleans)
      for (const identityProven of booleans)
        for (const finished of booleans)
          expect(nextResetStep({ underWay, mailboxProven, identityProven, finished })).toBe(
            !underWay ? 'start' : !mailboxProven ? 'email-code' : !identityProven ? 'prove-identity' : !finished ? 'choose-password' : 'done',
          );
  expect(Object.keys(resetTable)).toEqual([...resetSteps]);
});
