// T2, SEC-05: thirty days of guessing by somebody who knows the password, as often as they are let: within the caps, figures named.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setLostPhone } from '#db/lost-phones';
import { setProof } from '#db/proofs';
import { days } from '../duration.ts';
import { events, rightAnswers, testFlow } from '../portal.testing.ts';
import type { Result } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { answerQuestions } from './answer-questions.ts';
import { lostPhoneFacts } from './facts.ts';
import { type LostPhoneWorld, lostPhoneWorld } from './lost-phone.testing.ts';
import { proveRecoveryCode } from './prove-recovery-code.ts';
import { redeemPass } from './redeem-pass.ts';

let world: LostPhoneWorld;
beforeEach(async () => {
  world = await lostPhoneWorld();
});
afterEach(() => world.portal.close());

/** A flow as it is after the password, what happened, and the mailbox: the walk itself is not what is guessed here. */
async function atProof(): Promise<Flow> {
  const { portal, claire } = world;
  const flow = testFlow(portal);
  const at = portal.now();
  await portal.store.unit(claire.id, function* (tx) {
    yield* setProof(tx, { flow: flow.uid, kind: 'password', accountId: claire.id, factorId: null, at });
    yield* setLostPhone(tx, { flow: flow.uid, accountId: claire.id, stolen: false, saidAt: at, mailboxProvenAt: at, openedAt: null });
  });
  return flow;
}

const wrongCode = 'AAAA-BBBB-CCCC-DDDD';
const guesses = {
  'recovery codes': (flow: Flow) => proveRecoveryCode(world.portal, flow, { code: wrongCode }),
  passes: (flow: Flow) => redeemPass(world.portal, flow, { code: wrongCode }),
  'four answers': (flow: Flow) => answerQuestions(world.portal, flow, { ...rightAnswers, a2: 'a guess' }),
};

/** At the very moment at which another try is looked at, each time. @returns tries that were compared, and when the last one was */
async function thirtyDaysOf(guess: (flow: Flow) => Promise<Result<unknown>>) {
  const { portal } = world;
  const start = portal.now();
  const lookedAt = async () =>
    (await events(portal)).filter(
      ({ type, data }) =>
        (type === 'recovery-code-wrong' && data.problem === 'wrong-recovery-code') ||
        (type === 'pass-wrong' && data.problem === 'wrong') ||
        (type === 'answers-wrong' && typeof data.left === 'number'),
    );
  while (portal.now() < start + days(30)) {
    const answer = await guess(await atProof());
    expect(answer.ok).toBe(false);
    const until = answer.ok ? null : (answer.problems[0].retryAt ?? null);
    // Where the way itself is closed, its page says until when.
    const closed = (await lostPhoneFacts(portal, await atProof())).answersClosed;
    const next = until ?? (closed !== null && closed !== 'disabled' ? closed.until : null);
    if (next !== null) portal.clock.set(next);
    else if (!answer.ok && answer.problems[0].code === 'factor-disabled') portal.clock.advance(days(1));
  }
  const looked = await lookedAt();
  return { tries: looked.length, lastDay: Math.floor(((looked.at(-1)?.at ?? start) - start) / days(1)) + 1 };
}

test('T2: recovery codes: 100 tries of 2^80 in 30 days, the last on the seventh, then disabled', async () => {
  expect(await thirtyDaysOf(guesses['recovery codes'])).toEqual({ tries: 100, lastDay: 7 });
});

test('T2: passes: 100 tries of 2^80 in 30 days, the last on the seventh, then disabled', async () => {
  expect(await thirtyDaysOf(guesses.passes)).toEqual({ tries: 100, lastDay: 7 });
});

test('T2, SEC-57: four answers: 25 sets in 30 days, five a week', async () => {
  expect(await thirtyDaysOf(guesses['four answers'])).toEqual({ tries: 25, lastDay: 29 });
});
