// Four answers looked at: counted before they are compared, all together, and closed for a week after five wrong sets.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearTries, disableTries } from '../attempts/count-try.ts';
import { answersSubject } from '../attempts/rules.ts';
import { days, hours, minutes } from '../duration.ts';
import { Busy } from '../hashing.ts';
import { purgeExpired } from '../operations/purge-expired.ts';
import {
  events,
  rightAnswers,
  snapshot,
  type TestAccount,
  type TestPortal,
  testAccount,
  testAnswers,
  testFlow,
  testPortal,
} from '../portal.testing.ts';
import type { Portal } from '../portal.ts';
import { done, refused } from '../result.ts';
import type { RecentlyProven } from '../visitor.ts';
import { changeQuestions } from './change-questions.ts';
import type { GivenAnswers } from './rules.ts';
import { type AroundAnswers, tryAnswers } from './try-answers.ts';

let portal: TestPortal;
let claire: TestAccount;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  await testAnswers(portal, claire.id);
});
afterEach(() => portal.close());

const open: AroundAnswers<'proven', 'expired-page'> = {
  *open() {
    yield* [];
    return done(undefined);
  },
  *proven() {
    yield* [];
    return done('proven' as const);
  },
};
const wrong = { ...rightAnswers, a3: 'Saint-Malo' };
const given = (input: GivenAnswers, on: Portal = portal) => tryAnswers(on, testFlow(portal), claire.id, input, open);
const problem = async (input: GivenAnswers) => {
  const tried = await given(input);
  return tried.ok ? null : tried.problems[0];
};

test('the four right answers are right, however they are written', async () => {
  expect(await given(rightAnswers)).toEqual({ ok: true, value: 'proven' });
  expect(await given({ a1: ' universite  de RENNES ', a2: 'MICHELINE!', a3: 'saint etienne', a4: 'l’oeil du lynx' })).toMatchObject({ ok: true });
  expect((await events(portal)).slice(-1)).toMatchObject([{ type: 'answers-right', accountId: claire.id }]);
});

test('« St Étienne » is not « Saint-Étienne »: no rule says so', async () => {
  expect(await problem({ ...rightAnswers, a3: 'st etienne' })).toMatchObject({ code: 'answers-wrong' });
});

test.each(['a1', 'a2', 'a3', 'a4'] as const)('SEC-57: one wrong answer (%s) is told like four, and not which', async (field) => {
  const one = await problem({ ...rightAnswers, [field]: 'autre chose' });
  await portal.store.unit(claire.id, (tx) => clearTries(tx, answersSubject(claire.id)));
  const four = await problem({ a1: 'autre', a2: 'autre', a3: 'autre', a4: 'autre' });
  expect(one).toEqual({ code: 'answers-wrong', left: 4 });
  expect(four).toEqual(one);
});

test('an answer in the place of another is wrong', async () => {
  expect(await problem({ ...rightAnswers, a1: rightAnswers.a2, a2: rightAnswers.a1 })).toMatchObject({ code: 'answers-wrong' });
});

test('SEC-57: all four are compared, whatever the first was', async () => {
  let compared = 0;
  const counting: Portal = {
    ...portal,
    hashing: {
      hash: portal.hashing.hash,
      load: portal.hashing.load,
      verify(stored, plain) {
        compared += 1;
        return portal.hashing.verify(stored, plain);
      },
    },
  };
  await given({ a1: 'x', a2: 'x', a3: 'x', a4: 'x' }, counting);
  await given(rightAnswers, counting);
  expect(compared).toBe(8);
});

test('who has no answers is never right, at the same cost', async () => {
  const jean = await testAccount(portal, { address: 'jean.petit@inserm.fr', givenName: 'Jean', familyName: 'Petit' });
  expect(await tryAnswers(portal, testFlow(portal), jean.id, rightAnswers, open)).toMatchObject({ problems: [{ code: 'answers-wrong' }] });
});

test('a form that is not filled in is told so by field, and costs no try', async () => {
  const before = await snapshot(portal);
  expect(await given({ a1: '', a2: ' !? ', a3: 'x'.repeat(201), a4: 'Lynx' })).toEqual({
    ok: false,
    problems: [
      { code: 'answer-missing', field: 'a1' },
      { code: 'answer-missing', field: 'a2' },
      { code: 'too-long', field: 'a3' },
    ],
  });
  expect(await snapshot(portal)).toBe(before);
});

test('SEC-33: where the step is not open nothing is counted', async () => {
  const before = await snapshot(portal);
  const closed: typeof open = {
    ...open,
    *open() {
      yield* [];
      return refused({ code: 'expired-page' as const });
    },
  };
  expect(await tryAnswers(portal, testFlow(portal), claire.id, rightAnswers, closed)).toMatchObject({ problems: [{ code: 'expired-page' }] });
  expect(await snapshot(portal)).toBe(before);
});

test('SEC-57: five wrong sets close the way for seven days, for the right answers too, and it is told until when', async () => {
  for (const left of [4, 3, 2, 1]) expect(await problem(wrong)).toEqual({ code: 'answers-wrong', left });
  const until = portal.now() + days(7);
  expect(await problem(wrong)).toEqual({ code: 'answers-closed', retryAt: until });
  portal.clock.advance(days(7) - 1);
  expect(await problem(rightAnswers)).toEqual({ code: 'answers-closed', retryAt: until });
  portal.clock.advance(1);
  expect(await problem(rightAnswers)).toBeNull();
});

test('a right set starts the count anew', async () => {
  for (let i = 0; i < 4; i++) await problem(wrong);
  expect(await problem(rightAnswers)).toBeNull();
  expect(await problem(wrong)).toEqual({ code: 'answers-wrong', left: 4 });
});

test('SEC-19, SEC-57: of 50 sets at once five are compared', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => problem(wrong)));
  expect(answers.filter((p) => p?.code === 'answers-wrong')).toHaveLength(4);
  const told = (await events(portal)).filter(({ type }) => type === 'answers-wrong');
  expect(told.filter(({ data }) => data.problem === undefined)).toHaveLength(5);
});

test('a set that nobody could look at is given back', async () => {
  const busy: Portal = { ...portal, hashing: { ...portal.hashing, verify: () => Promise.reject(new Busy('full')) } };
  expect(await given(wrong, busy)).toEqual({ ok: false, problems: [{ code: 'busy' }] });
  expect(await problem(wrong)).toEqual({ code: 'answers-wrong', left: 4 });
});

test('answers replaced while they were compared are nobody’s', async () => {
  const replaced: Portal = {
    ...portal,
    hashing: {
      ...portal.hashing,
      async verify(stored, plain) {
        const verdict = await portal.hashing.verify(stored, plain);
        await testAnswers(portal, claire.id, { a1: 'un', a2: 'deux', a3: 'trois', a4: 'quatre' });
        return verdict;
      },
    },
  };
  expect(await given(rightAnswers, replaced)).toMatchObject({ problems: [{ code: 'answers-wrong' }] });
});

test('closed for good stays closed over a year of purges, until the four are chosen anew for a recent proof', async () => {
  await portal.store.unit(claire.id, (tx) => disableTries(tx, answersSubject(claire.id), portal.settings.policy.answers));
  portal.clock.advance(days(400));
  await purgeExpired(portal);
  expect(await problem(rightAnswers)).toEqual({ code: 'answers-disabled' });
  const member = { accountId: claire.id, sessionId: 's', provenAt: portal.now(), visitor: testFlow(portal).visitor } as unknown as RecentlyProven;
  const input = {
    q1: 'first-film',
    a1: 'Bambi',
    q2: 'canteen-dish',
    a2: 'Endives',
    q3: 'first-record',
    a3: 'Renaud',
    q4: 'first-concert',
    a4: 'Noir Désir',
  };
  expect(await changeQuestions(portal, member, input)).toMatchObject({ ok: true });
  expect(await problem({ a1: 'bambi', a2: 'endives', a3: 'renaud', a4: 'noir desir' })).toBeNull();
});

test('SEC-05, SEC-57, T2: 30 days of guessing as often as allowed: figures', async () => {
  let looked = 0;
  const start = portal.now();
  while (portal.now() < start + days(30)) {
    const tried = await problem(wrong);
    if (tried?.code === 'answers-wrong') looked += 1;
    if (tried?.code === 'answers-closed' && tried.retryAt === portal.now() + days(7)) looked += 1;
    portal.clock.advance(looked % 5 === 0 ? hours(6) : minutes(1));
  }
  process.stdout.write(`Secret answers, 30 days: ${looked} sets of four compared (cap 100).\n`);
  expect(looked).toBeLessThanOrEqual(25);
});
