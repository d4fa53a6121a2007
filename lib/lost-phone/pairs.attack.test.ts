// SEC-45, T6, T7: what is enough to replace somebody's factors, and what is not. Each pair (or triple) that is enough is named; whatever is
// less opens nothing, and freezes nothing.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listFactors } from '#db/factors';
import { insertPortalSession } from '#db/portal-sessions';
import { installApp } from '../enrolment/install-app.ts';
import { events, lastCode, rightAnswers, snapshot, testFlow, testMember, testMemberFlow } from '../portal.testing.ts';
import { openReEnrolmentOf } from '../re-enrolment/facts.ts';
import { acrValues, reEnrolmentAcr } from '../sign-in/assurance.ts';
import { finishSignIn } from '../sign-in/finish-sign-in.ts';
import { proveEmailCode as signInWithCode } from '../sign-in/prove-email-code.ts';
import type { Flow } from '../visitor.ts';
import { answerQuestions } from './answer-questions.ts';
import { chooseProof } from './choose-proof.ts';
import { finishLostPhone } from './finish-lost-phone.ts';
import {
  havingSaid,
  type LostPhoneWorld,
  lostPhoneWorld,
  replacingFlow,
  testIssuer,
  testPass,
  withMailbox,
  withPassword,
} from './lost-phone.testing.ts';
import { proveEmailCode } from './prove-email-code.ts';
import { proveRecoveryCode } from './prove-recovery-code.ts';
import { redeemPass } from './redeem-pass.ts';
import { sayWhatHappened } from './say-what-happened.ts';
import { sendEmailCode } from './send-email-code.ts';

let world: LostPhoneWorld;
beforeEach(async () => {
  world = await lostPhoneWorld();
});
afterEach(() => world.portal.close());

/** What a thief may hold. */
type Held = 'password' | 'mailbox' | 'answers' | 'recovery-code' | 'pass';

/** Tries everything that can be tried with these, in the order in which it could work, whatever is refused on the way. */
async function tryAll(held: readonly Held[], happened = 'stolen'): Promise<Flow> {
  const { portal, claire, recoveryCodes } = world;
  const flow = testFlow(portal);
  if (held.includes('password')) await withPassword(world, flow);
  await sayWhatHappened(portal, flow, { happened });
  if (held.includes('mailbox')) {
    await chooseProof(portal, flow, { proof: 'answers' });
    await sendEmailCode(portal, flow);
    await proveEmailCode(portal, flow, { code: await lastCode(portal, claire.address).catch(() => '123456') });
    await signInWithCode(portal, flow, { code: await lastCode(portal, claire.address).catch(() => '123456') });
  }
  if (held.includes('answers')) await answerQuestions(portal, flow, rightAnswers);
  if (held.includes('recovery-code')) await proveRecoveryCode(portal, flow, { code: recoveryCodes[0] ?? '' });
  if (held.includes('pass')) await redeemPass(portal, flow, { code: await testPass(portal, claire.id) });
  return flow;
}

const all: readonly Held[] = ['password', 'mailbox', 'answers', 'recovery-code', 'pass'];
const subsets = all.reduce<Held[][]>((sets, held) => sets.flatMap((set) => [set, [...set, held]]), [[]]);
/** Exactly these, and whatever holds one of them (NIST SP 800-63B-4 §4.2.2.2: a password and a recovery code; what the institute adds). */
const enough: readonly (readonly Held[])[] = [
  ['password', 'recovery-code'],
  ['password', 'pass'],
  ['password', 'mailbox', 'answers'],
];
const isEnough = (set: readonly Held[]) => enough.some((pair) => pair.every((held) => set.includes(held)));

test.each(enough.map((held) => [held.join(' and '), held] as const))('SEC-45: %s are enough', async (_name, held) => {
  const flow = await tryAll(held, 'lost');
  expect(await finishLostPhone(world.portal, flow)).toMatchObject({ acr: reEnrolmentAcr });
});

describe('SEC-45: less is not enough', () => {
  test.each(subsets.filter((set) => !isEnough(set)).map((set) => [set.join(' and ') || 'nothing', set] as const))('%s', async (_name, held) => {
    const { portal, claire, app } = world;
    await testIssuer(portal);
    const frozen = await snapshot(
      portal,
      'events',
      'proofs',
      'lostPhones',
      'emailCodes',
      'codeSendings',
      'outbox',
      'attempts',
      'passes',
      'knownBrowsers',
    );
    const flow = await tryAll(held);
    expect(await finishLostPhone(portal, flow)).toBeNull();
    expect(await finishSignIn(portal, flow, 'b')).toBeNull();
    expect(await openReEnrolmentOf(portal, claire.id)).toBeNull();
    // Not even a session made up with the right name does anything without the leave.
    expect(await installApp(portal, replacingFlow(world), { app: 'Google Authenticator' })).toMatchObject({ ok: false });
    expect(await portal.store.read((tx) => listFactors(tx, claire.id))).toMatchObject([{ id: app.id, frozenAt: null }]);
    expect(
      await snapshot(portal, 'events', 'proofs', 'lostPhones', 'emailCodes', 'codeSendings', 'outbox', 'attempts', 'passes', 'knownBrowsers'),
    ).toBe(frozen);
  });
});

test('more than enough is enough, and is counted: every subset of five things was tried', () => {
  expect(subsets).toHaveLength(32);
  expect(subsets.filter(isEnough)).toHaveLength(13);
});

test('T6: a stolen session of the portal, proven a moment ago, opens nothing here: it gave no password in this flow', async () => {
  const { portal, claire } = world;
  const now = portal.now();
  const session = { accountId: claire.id, sid: null, idToken: null, acr: acrValues[1], authenticatedAt: now, createdAt: now, seenAt: now };
  await portal.store.unit(claire.id, (tx) =>
    insertPortalSession(tx, { ...session, id: 's', expiresAt: now + 1e6, provenAt: now, userAgent: null, network: null }),
  );
  const member = testMember(claire.id, 's');
  expect(member.accountId).toBe(claire.id);
  // The wizard, in the session of that browser: nothing is missing there, so nothing is open.
  const flow = testMemberFlow(portal, { accountId: claire.id });
  expect(await installApp(portal, flow, { app: 'Google Authenticator' })).toMatchObject({ ok: false });
  const signIn = testFlow(portal);
  for (const act of [
    () => sayWhatHappened(portal, signIn, { happened: 'stolen' }),
    () => proveRecoveryCode(portal, signIn, { code: world.recoveryCodes[0] ?? '' }),
    () => answerQuestions(portal, signIn, rightAnswers),
  ])
    expect(await act()).toEqual({ ok: false, problems: [{ code: 'expired-page' }] });
});

test('T1: of 200 recovery codes typed at once, no more are looked at than the tries allow', async () => {
  const { portal } = world;
  const flow = await havingSaid(world);
  const guesses = Array.from({ length: 200 }, (_, i) => `AAAA-BBBB-CCCC-${String(1000 + i)}`);
  const answers = await Promise.all(guesses.map((code) => proveRecoveryCode(portal, flow, { code })));
  expect(answers.every((answer) => !answer.ok)).toBe(true);
  const looked = (await events(portal)).filter(({ type, data }) => type === 'recovery-code-wrong' && data.problem === 'wrong-recovery-code');
  expect(looked).toHaveLength(portal.settings.policy.attempts.free + 1);
});

test('two tabs prove at once: one leave', async () => {
  const { portal, recoveryCodes } = world;
  const flow = await withMailbox(world);
  await Promise.all([
    answerQuestions(portal, flow, rightAnswers),
    answerQuestions(portal, flow, rightAnswers),
    proveRecoveryCode(portal, flow, { code: recoveryCodes[0] ?? '' }),
  ]);
  const rows = await portal.store.db.select().from(portal.store.s.reEnrolments);
  expect(rows.filter(({ cancelledAt }) => cancelledAt === null)).toHaveLength(1);
});
