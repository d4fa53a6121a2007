// A lost phone, act by act: what each way opens, what happens at once, and what ends it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listFactors } from '#db/factors';
import { findKnownBrowser, setKnownBrowser } from '#db/known-browsers';
import { setPendingFactor } from '#db/pending-factors';
import { listRecoveryCodes } from '#db/recovery-codes';
import { disableTries } from '../attempts/count-try.ts';
import { answersSubject } from '../attempts/rules.ts';
import { disavowByLink } from '../disavowal/disavow-by-link.ts';
import { days, hours, minutes, seconds } from '../duration.ts';
import { addPasskey, askNewPasskey } from '../enrolment/add-passkey.ts';
import { finishEnrolment } from '../enrolment/finish-enrolment.ts';
import { installApp } from '../enrolment/install-app.ts';
import { scanCode } from '../enrolment/scan-code.ts';
import { pendingKey } from '../enrolment/swap.testing.ts';
import { testAuthenticator } from '../factors/passkey/authenticator.testing.ts';
import { newId } from '../ids.ts';
import { events, lastCode, letters, rightAnswers, snapshot, testApp, testFlow, testOperator, testVisitor, totpCode } from '../portal.testing.ts';
import { openReEnrolmentOf } from '../re-enrolment/facts.ts';
import { giveRole } from '../roles/give-role.ts';
import { acrValues, reEnrolmentAcr } from '../sign-in/assurance.ts';
import { finishSignIn } from '../sign-in/finish-sign-in.ts';
import { proveRecoveryCode as signInWithRecoveryCode } from '../sign-in/prove-recovery-code.ts';
import { proveTotp } from '../sign-in/prove-totp.ts';
import { askForAnyPasskey, signInWithPasskey } from '../sign-in/sign-in-with-passkey.ts';
import { answerQuestions } from './answer-questions.ts';
import { chooseProof } from './choose-proof.ts';
import { lostPhoneFacts } from './facts.ts';
import { findPhone } from './find-phone.ts';
import { finishLostPhone } from './finish-lost-phone.ts';
import { havingSaid, type LostPhoneWorld, lostPhoneWorld, proven, replacingFlow, testPass, withMailbox, withPassword } from './lost-phone.testing.ts';
import { proveEmailCode } from './prove-email-code.ts';
import { proveRecoveryCode } from './prove-recovery-code.ts';
import { redeemPass } from './redeem-pass.ts';
import { sayWhatHappened } from './say-what-happened.ts';
import { sendEmailCode } from './send-email-code.ts';
import { lostPhoneWays, nextLostPhoneStep } from './steps.ts';

let world: LostPhoneWorld;
beforeEach(async () => {
  world = await lostPhoneWorld();
});
afterEach(() => world.portal.close());

const factors = () => world.portal.store.read((tx) => listFactors(tx, world.claire.id));
const rows = async () => world.portal.store.db.select().from(world.portal.store.s.reEnrolments);
const typesOf = async () => (await events(world.portal)).map(({ type }) => type);
/** But for codes, and for the letter that tells of every used recovery code. */
const kindsOf = async () => (await letters(world.portal)).map(({ kind }) => kind).filter((kind) => kind !== 'code' && kind !== 'recovery-code-used');
const stepOf = async (flow: Parameters<typeof lostPhoneFacts>[1]) => nextLostPhoneStep(await lostPhoneFacts(world.portal, flow));
const code = (answer: { readonly ok: boolean }) => ('problems' in answer ? (answer.problems as { code: string }[])[0]?.code : 'ok');

describe.each(lostPhoneWays)('known by the password and %s', (way) => {
  test('the leave is open for an hour, the owner is told, and the old factor still works', async () => {
    const { portal, claire, app } = world;
    const flow = await proven(world, way);
    expect(await rows()).toMatchObject([
      {
        accountId: claire.id,
        openedBy: way,
        stolen: false,
        notBefore: portal.now(),
        expiresAt: portal.now() + hours(1),
        cancelledAt: null,
        finishedAt: null,
      },
    ]);
    expect(await typesOf()).toContain('re-enrolment-opened');
    expect(await kindsOf()).toEqual(['re-enrolment-opened']);
    expect((await letters(portal)).find(({ kind }) => kind === 're-enrolment-opened')?.text).toContain('/not-me/');
    expect(await stepOf(flow)).toBe('done');
    expect(await factors()).toMatchObject([{ id: app.id, frozenAt: null }]);
  });

  test('SEC-47: it ends in a session that may only replace the factors, once', async () => {
    const { portal, claire } = world;
    const flow = await proven(world, way);
    expect(await finishLostPhone(portal, flow)).toEqual({ accountId: claire.id, acr: reEnrolmentAcr, amr: ['pwd'], authenticatedAt: portal.now() });
    expect(await finishLostPhone(portal, flow)).toBeNull();
    expect(await typesOf()).toContain('re-enrolment-begun');
    expect(await finishSignIn(portal, flow, 'a browser')).toBeNull();
  });

  test('the proof works once', async () => {
    const { portal } = world;
    await proven(world, way);
    const again = await (way === 'answers' ? withMailboxLater() : havingSaid(world));
    if (way === 'recovery-code') expect(code(await proveRecoveryCode(portal, again, { code: world.recoveryCodes[0] ?? '' }))).toBe('ok');
    expect(await rows()).toHaveLength(way === 'recovery-code' ? 2 : 1);
  });
});

/** The minute between two codes, and another flow. */
async function withMailboxLater() {
  world.portal.clock.advance(minutes(1));
  return withMailbox(world);
}

test('a recovery code that was used is not a second one', async () => {
  const { portal, recoveryCodes } = world;
  const [first = ''] = recoveryCodes;
  await proven(world, 'recovery-code');
  const flow = await havingSaid(world);
  expect(code(await proveRecoveryCode(portal, flow, { code: first }))).toBe('wrong-recovery-code');
});

describe('a pass', () => {
  test('is read however it is typed, works once, for an hour, for one account', async () => {
    const { portal, claire } = world;
    const pass = await testPass(portal, claire.id);
    const flow = await havingSaid(world);
    expect(code(await redeemPass(portal, flow, { code: '' }))).toBe('empty');
    expect(code(await redeemPass(portal, flow, { code: 'abc' }))).toBe('pass-wrong');
    expect(code(await redeemPass(portal, flow, { code: ` ${pass.toLowerCase().replaceAll('-', ' ')} ` }))).toBe('ok');
    const again = await havingSaid(world);
    expect(code(await redeemPass(portal, again, { code: pass }))).toBe('pass-used');
    const late = await testPass(portal, claire.id);
    portal.clock.advance(hours(1));
    expect(code(await redeemPass(portal, await havingSaid(world), { code: late }))).toBe('pass-expired');
    const foreign = await testPass(portal, claire.id);
    await portal.store.write(portal.store.db.delete(portal.store.s.passes));
    expect(code(await redeemPass(portal, await havingSaid(world), { code: foreign }))).toBe('pass-wrong');
    expect((await events(portal)).filter(({ type }) => type === 'pass-right')).toMatchObject([
      { accountId: claire.id, data: { issuedBy: expect.any(String) } },
    ]);
  });

  test('is no recovery code, and a recovery code is no pass', async () => {
    const { portal, claire, recoveryCodes } = world;
    const pass = await testPass(portal, claire.id);
    const flow = await havingSaid(world);
    expect(code(await proveRecoveryCode(portal, flow, { code: pass }))).toBe('wrong-recovery-code');
    expect(code(await redeemPass(portal, flow, { code: recoveryCodes[0] ?? '' }))).toBe('pass-wrong');
    expect(code(await signInWithRecoveryCode(portal, flow, { code: pass }))).toBe('wrong-recovery-code');
  });

  test('never opens anything for who has a role, not even one given afterwards', async () => {
    const { portal, claire } = world;
    const pass = await testPass(portal, claire.id);
    const flow = await havingSaid(world);
    await giveRole(portal, testOperator(), { address: claire.address, role: 'agent' });
    expect(code(await redeemPass(portal, flow, { code: pass }))).toBe('expired-page');
    expect((await lostPhoneFacts(portal, flow)).ways).toEqual(['recovery-code']);
  });
});

describe('answers', () => {
  test('are never asked of who has a role, of who has none, and where the institute does without', async () => {
    const { portal, claire } = world;
    const flow = await havingSaid(world);
    expect((await lostPhoneFacts(portal, flow)).ways).toEqual(['recovery-code', 'answers', 'pass']);
    const without = { ...portal, settings: { ...portal.settings, questions: false } };
    expect((await lostPhoneFacts(without, flow)).ways).toEqual(['recovery-code', 'pass']);
    expect(code(await chooseProof(without, flow, { proof: 'answers' }))).toBe('choose-one');
    await portal.store.write(portal.store.db.delete(portal.store.s.answers));
    expect((await lostPhoneFacts(portal, flow)).ways).toEqual(['recovery-code', 'pass']);
    await giveRole(portal, testOperator(), { address: claire.address, role: 'administrator' });
    expect((await lostPhoneFacts(portal, flow)).ways).toEqual(['recovery-code']);
  });

  test('SEC-57: five wrong sets close the way for seven days; until when is said, and the others stay open', async () => {
    const { portal } = world;
    const flow = await withMailbox(world);
    const wrong = { ...rightAnswers, a1: 'nowhere at all' };
    for (const left of [4, 3, 2, 1])
      expect(await answerQuestions(portal, flow, wrong)).toMatchObject({ problems: [{ code: 'answers-wrong', left }] });
    const until = portal.now() + days(7);
    expect(await answerQuestions(portal, flow, wrong)).toMatchObject({ problems: [{ code: 'answers-closed', retryAt: until }] });
    expect(await lostPhoneFacts(portal, flow)).toMatchObject({ answersClosed: { until }, ways: ['recovery-code', 'pass'] });
    expect(code(await answerQuestions(portal, flow, rightAnswers))).toBe('expired-page');
    portal.clock.set(until - 1);
    expect((await lostPhoneFacts(portal, await havingSaid(world))).ways).not.toContain('answers');
    portal.clock.set(until);
    await proven(world, 'answers');
    expect(await rows()).toHaveLength(1);
  });

  test('a fifth set that is right is right', async () => {
    const { portal } = world;
    const flow = await withMailbox(world);
    for (let n = 0; n < 4; n++) await answerQuestions(portal, flow, { ...rightAnswers, a4: 'nothing of the kind' });
    expect(code(await answerQuestions(portal, flow, rightAnswers))).toBe('ok');
  });

  test('the questions are shown once the mailbox is proven, and not before', async () => {
    const { portal } = world;
    const flow = await havingSaid(world);
    await chooseProof(portal, flow, { proof: 'answers' });
    expect((await lostPhoneFacts(portal, flow)).questions).toEqual([]);
    await proveEmailCode(portal, flow, { code: await lastCode(portal, world.claire.address) });
    expect((await lostPhoneFacts(portal, flow)).questions).toHaveLength(4);
  });
});

describe('the code to the mailbox', () => {
  test('SEC-15: one sent for a sign-in or a reset is none for a lost phone', async () => {
    const { portal, claire } = world;
    const flow = await havingSaid(world);
    await chooseProof(portal, flow, { proof: 'answers' });
    const sent = await lastCode(portal, claire.address);
    const other = await havingSaid(world);
    expect(code(await proveEmailCode(portal, other, { code: sent }))).toBe('expired-code');
    await portal.store.write(portal.store.db.update(portal.store.s.emailCodes).set({ purpose: 'reset-password' }));
    expect(code(await proveEmailCode(portal, flow, { code: sent }))).toBe('expired-code');
  });

  test('is sent once, and again after a minute', async () => {
    const { portal } = world;
    const flow = await havingSaid(world);
    await chooseProof(portal, flow, { proof: 'answers' });
    await chooseProof(portal, flow, { proof: 'answers' });
    expect((await letters(portal)).filter(({ kind }) => kind === 'code')).toHaveLength(1);
    expect(code(await sendEmailCode(portal, flow))).toBe('send-too-soon');
    portal.clock.advance(minutes(1));
    expect(code(await sendEmailCode(portal, flow))).toBe('ok');
  });

  test('another password in the same flow, and all of it begins again', async () => {
    const { portal } = world;
    const flow = await withMailbox(world);
    await withPassword(world, flow);
    expect(await stepOf(flow)).toBe('what-happened');
    expect((await lostPhoneFacts(portal, flow)).mailboxProven).toBe(false);
  });
});

describe('a stolen phone', () => {
  test.each(lostPhoneWays)('known by %s: the old factor and the recovery codes are worth nothing from this moment on', async (way) => {
    const { portal, claire, app } = world;
    const spare = world.recoveryCodes[5] ?? '';
    await proven(world, way, 'stolen');
    expect(await factors()).toMatchObject([{ id: app.id, frozenAt: portal.now() }]);
    expect(await portal.store.read((tx) => listRecoveryCodes(tx, claire.id))).toEqual([]);
    const thief = await withPassword(world);
    expect(code(await proveTotp(portal, thief, { code: app.code() }))).not.toBe('ok');
    expect(code(await signInWithRecoveryCode(portal, thief, { code: spare }))).toBe('wrong-recovery-code');
  });

  test('saying so proves nothing: a password alone freezes nothing', async () => {
    const before = await snapshot(world.portal, 'events', 'lostPhones', 'proofs', 'attempts');
    await havingSaid(world, 'stolen');
    expect(await snapshot(world.portal, 'events', 'lostPhones', 'proofs', 'attempts')).toBe(before);
  });

  test('is not found again, and never merely lost afterwards', async () => {
    const { portal, claire } = world;
    await proven(world, 'recovery-code', 'stolen');
    expect(code(await findPhone(portal, replacingFlow(world)))).toBe('expired-page');
    await proven(world, 'pass', 'lost');
    expect((await openReEnrolmentOf(portal, claire.id))?.stolen).toBe(true);
    expect(code(await findPhone(portal, replacingFlow(world)))).toBe('expired-page');
  });
});

describe('the swap', () => {
  const scanned = async (session: string | null = null) => {
    const { portal } = world;
    const flow = replacingFlow(world, { session });
    expect(code(await installApp(portal, flow, { app: 'Google Authenticator' }))).toBe('ok');
    return { flow, key: await pendingKey(portal, world.claire.id) };
  };

  test('SEC-38: until the new factor is proven the old one is valid, and abandoning changes nothing', async () => {
    const { portal, app } = world;
    await proven(world, 'recovery-code');
    await scanned();
    portal.clock.advance(days(2));
    expect(await factors()).toMatchObject([{ id: app.id, frozenAt: null }]);
    const flow = await withPassword(world);
    expect(code(await proveTotp(portal, flow, { code: app.code() }))).toBe('ok');
    expect(await finishSignIn(portal, flow, 'b')).toMatchObject({ acr: acrValues[1] });
  });

  test('SEC-47: the old ones die in the unit in which the new one is proven; the owner is told once; the leave is used up', async () => {
    const { portal, claire, app } = world;
    await testApp(portal, claire.id, 'Another app');
    await portal.store.unit(claire.id, (tx) => setKnownBrowser(tx, { accountId: claire.id, browser: 'b', factorKind: 'totp', seenAt: portal.now() }));
    await proven(world, 'recovery-code');
    const { flow, key } = await scanned();
    expect(code(await scanCode(portal, flow, { code: totpCode(key, portal.now()) }))).toBe('ok');
    const now = await factors();
    expect(now).toHaveLength(1);
    expect(now[0]?.id).not.toBe(app.id);
    expect(await rows()).toMatchObject([{ finishedAt: portal.now() }]);
    expect(await kindsOf()).toEqual(['re-enrolment-opened', 're-enrolled']);
    expect((await portal.store.read((tx) => findKnownBrowser(tx, claire.id, 'b')))?.factorKind).toBeNull();
    const thief = await withPassword(world);
    expect(code(await proveTotp(portal, thief, { code: app.code(portal.now() + seconds(30)) }))).toBe('wrong-code');
    // The session becomes what a first enrolment makes of it.
    expect(await finishEnrolment(portal, flow)).toMatchObject({ accountId: claire.id, raised: { acr: acrValues[1] } });
  });

  test('SEC-47: a passkey takes their place just so, and an old passkey alone opens nothing any more', async () => {
    const { portal, claire } = world;
    const text = (asked: Awaited<ReturnType<typeof askNewPasskey>>) => (asked.ok ? asked.value : '');
    const make = async () => {
      await proven(world, 'recovery-code');
      const flow = replacingFlow(world);
      await installApp(portal, flow, { app: 'passkey' });
      const key = testAuthenticator(portal.settings.origin);
      expect(code(await addPasskey(portal, flow, { credential: key.register(text(await askNewPasskey(portal, flow))) }))).toBe('ok');
      expect(await finishEnrolment(portal, flow)).toMatchObject({ accountId: claire.id, raised: { acr: acrValues[1] } });
      return key;
    };
    const first = await make();
    expect(await factors()).toMatchObject([{ kind: 'passkey' }]);
    expect(await kindsOf()).toEqual(['re-enrolment-opened', 're-enrolled']);
    portal.clock.advance(minutes(1));
    await make();
    expect(await factors()).toHaveLength(1);
    expect(await portal.store.db.select().from(portal.store.s.passkeys)).toHaveLength(1);
    const thief = testFlow(portal);
    const question = await askForAnyPasskey(portal, thief);
    expect(code(await signInWithPasskey(portal, thief, { credential: first.prove(question.ok ? question.value : '') }))).toBe('passkey-unknown');
  });

  test('a second browser with the same leave is too late, and an old flow goes nowhere', async () => {
    const { portal } = world;
    await proven(world, 'recovery-code');
    const { flow, key } = await scanned();
    const second = replacingFlow(world);
    await scanCode(portal, flow, { code: totpCode(key, portal.now()) });
    expect(code(await installApp(portal, second, { app: 'Google Authenticator' }))).toBe('expired-page');
    expect(code(await scanCode(portal, second, { code: totpCode(key, portal.now()) }))).toBe('expired-page');
    expect(await finishEnrolment(portal, second)).toBeNull();
  });

  test('what somebody had half put in place before is not what is proven', async () => {
    const { portal, claire } = world;
    const pending = { id: newId(), accountId: claire.id, kind: 'totp' as const, name: 'Thief', secret: Buffer.from('x'), createdAt: portal.now() };
    await portal.store.unit(claire.id, (tx) => setPendingFactor(tx, { ...pending, expiresAt: portal.now() + minutes(30) }));
    await proven(world, 'recovery-code');
    expect(await portal.store.db.select().from(portal.store.s.pendingFactors)).toEqual([]);
  });

  test('an hour later the leave is over, to the millisecond', async () => {
    const { portal } = world;
    await proven(world, 'recovery-code');
    portal.clock.advance(hours(1) - 1);
    expect(code(await installApp(portal, replacingFlow(world), { app: 'Google Authenticator' }))).toBe('ok');
    portal.clock.advance(1);
    expect(code(await installApp(portal, replacingFlow(world), { app: 'Google Authenticator' }))).toBe('expired-page');
  });

  test('no recovery codes are kept after a theft: a new set follows the new factor; else the old set stays', async () => {
    const { portal, claire } = world;
    await proven(world, 'recovery-code');
    const first = await scanned();
    await scanCode(portal, first.flow, { code: totpCode(first.key, portal.now()) });
    expect(await finishEnrolment(portal, first.flow)).not.toBeNull();
    expect((await portal.store.read((tx) => listRecoveryCodes(tx, claire.id))).length).toBe(10);
    portal.clock.advance(minutes(1));
    await proven(world, 'recovery-code', 'stolen');
    const second = await scanned();
    await scanCode(portal, second.flow, { code: totpCode(second.key, portal.now()) });
    expect(await finishEnrolment(portal, second.flow)).toBeNull();
    expect(await portal.store.db.select().from(portal.store.s.pendingRecoveryCodes)).toHaveLength(1);
  });
});

describe('« Je l’ai retrouvé »', () => {
  test('takes the leave back; the old factor was valid all along', async () => {
    const { portal, claire } = world;
    await proven(world, 'recovery-code');
    expect(code(await findPhone(portal, replacingFlow(world)))).toBe('ok');
    expect(await openReEnrolmentOf(portal, claire.id)).toBeNull();
    expect((await events(portal)).at(-1)).toMatchObject({ type: 're-enrolment-cancelled', data: { why: 'found' } });
    expect(code(await installApp(portal, replacingFlow(world), { app: 'Google Authenticator' }))).toBe('expired-page');
    expect(code(await findPhone(portal, replacingFlow(world)))).toBe('expired-page');
  });

  test('only in the session that may replace the factors', async () => {
    const { portal, claire } = world;
    await proven(world, 'recovery-code');
    expect(code(await findPhone(portal, { ...replacingFlow(world), acr: acrValues[1] }))).toBe('expired-page');
    expect(await openReEnrolmentOf(portal, claire.id)).not.toBeNull();
  });
});

describe('a sign-in while a leave is open', () => {
  test('with an old factor takes it back', async () => {
    const { portal, claire, app } = world;
    await proven(world, 'pass');
    const flow = await withPassword(world);
    await proveTotp(portal, flow, { code: app.code() });
    await finishSignIn(portal, flow, 'b');
    expect(await openReEnrolmentOf(portal, claire.id)).toBeNull();
    expect((await events(portal)).filter(({ type }) => type === 're-enrolment-cancelled')).toMatchObject([{ data: { why: 'signed-in' } }]);
  });

  test('with a recovery code does not: it is no phone', async () => {
    const { portal, claire, recoveryCodes } = world;
    await proven(world, 'pass');
    const flow = await withPassword(world);
    await signInWithRecoveryCode(portal, flow, { code: recoveryCodes[0] ?? '' });
    await finishSignIn(portal, flow, 'b');
    expect(await openReEnrolmentOf(portal, claire.id)).not.toBeNull();
  });
});

describe('« Ce n’était pas moi »', () => {
  const disowns = async (kind: string) => {
    const letter = (await letters(world.portal)).find((sent) => sent.kind === kind);
    const token = /\/not-me\/([\w-]{43})/.exec(letter?.text ?? '')?.[1];
    expect(await disavowByLink(world.portal, testVisitor, token)).toMatchObject({ ok: true });
  };

  test('of the opening: the leave is gone, the old factor works, and answers are closed', async () => {
    const { portal, claire, app } = world;
    portal.clock.advance(minutes(1));
    await proven(world, 'answers');
    await disowns('re-enrolment-opened');
    expect(await openReEnrolmentOf(portal, claire.id)).toBeNull();
    expect((await events(portal)).filter(({ type }) => type === 're-enrolment-cancelled')).toMatchObject([{ data: { why: 'not-me' } }]);
    expect(code(await installApp(portal, replacingFlow(world), { app: 'Google Authenticator' }))).toBe('expired-page');
    const flow = await withPassword(world);
    expect(await lostPhoneFacts(portal, flow)).toMatchObject({ answersClosed: 'disabled', ways: ['recovery-code', 'pass'] });
    expect(code(await proveTotp(portal, flow, { code: app.code() }))).toBe('ok');
  });

  test('of the opening, too late: the new factor is frozen too', async () => {
    const { portal, claire } = world;
    await proven(world, 'answers');
    portal.clock.advance(minutes(1));
    const flow = replacingFlow(world);
    await installApp(portal, flow, { app: 'Google Authenticator' });
    await scanCode(portal, flow, { code: totpCode(await pendingKey(portal, claire.id), portal.now()) });
    await disowns('re-enrolment-opened');
    expect(await factors()).toMatchObject([{ frozenAt: portal.now() }]);
  });

  test('of the new factor: it is frozen, the answers are closed, and nobody enrols anew with password and mailbox', async () => {
    const { portal, claire } = world;
    portal.clock.advance(minutes(1));
    await proven(world, 'answers');
    portal.clock.advance(minutes(1));
    const wizard = replacingFlow(world);
    await installApp(portal, wizard, { app: 'Google Authenticator' });
    const key = await pendingKey(portal, claire.id);
    await scanCode(portal, wizard, { code: totpCode(key, portal.now()) });
    await disowns('re-enrolled');
    expect(await factors()).toMatchObject([{ frozenAt: portal.now() }]);
    portal.clock.advance(minutes(1));
    const flow = await havingSaid(world);
    expect(code(await proveTotp(portal, flow, { code: totpCode(key, portal.now()) }))).toBe('wrong-code');
    expect(await lostPhoneFacts(portal, flow)).toMatchObject({ answersClosed: 'disabled', ways: ['recovery-code', 'pass'] });
    expect(code(await chooseProof(portal, flow, { proof: 'answers' }))).toBe('choose-one');
  });
});

test('a new opening takes the place of one that is open', async () => {
  const { portal, claire } = world;
  await proven(world, 'recovery-code');
  portal.clock.advance(minutes(30));
  await proven(world, 'pass');
  expect(await rows()).toHaveLength(2);
  expect((await rows()).filter(({ cancelledAt }) => cancelledAt === null)).toMatchObject([{ openedBy: 'pass', accountId: claire.id }]);
});

test('« lost » and « stolen » are all that can be said', async () => {
  const flow = await withPassword(world);
  for (const happened of ['', 'LOST', 'constructor', 'lost,stolen'])
    expect(code(await sayWhatHappened(world.portal, flow, { happened }))).toBe('choose-one');
});

describe('a waiting period of 48 hours', () => {
  const wait = hours(48);
  beforeEach(async () => {
    await world.portal.close();
    world = await lostPhoneWorld(48);
  });

  test('SEC-50: the answers give nothing yet: no session, the date, a letter at once and a reminder the day before', async () => {
    const { portal } = world;
    const opened = portal.now();
    const flow = await proven(world, 'answers');
    expect(await rows()).toMatchObject([{ notBefore: opened + wait, expiresAt: opened + wait + days(7) }]);
    expect(await stepOf(flow)).toBe('wait');
    expect(await lostPhoneFacts(portal, flow)).toMatchObject({ waitUntil: opened + wait });
    expect(await finishLostPhone(portal, flow)).toBeNull();
    const outbox = await portal.store.db.select().from(portal.store.s.outbox);
    expect(outbox.filter(({ kind }) => kind.startsWith('re-')).map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['re-enrolment-opened', opened],
      ['re-enrolment-reminder', opened + wait - days(1)],
    ]);
    for (const { kind, text } of await letters(portal)) if (kind.startsWith('re-')) expect(text).toMatch(/\/not-me\/[\w-]{43}/);
  });

  test.each(['recovery-code', 'pass'] as const)('%s does not wait', async (way) => {
    expect(await stepOf(await proven(world, way))).toBe('done');
    expect(await kindsOf()).toEqual(['re-enrolment-opened']);
  });

  test('a recovery code found meanwhile ends the wait, and the reminder with it', async () => {
    const { portal } = world;
    await proven(world, 'answers');
    const flow = await withPassword(world);
    expect(await stepOf(flow)).toBe('wait');
    expect(await kindsOf()).toContain('re-enrolment-reminder');
    expect(code(await proveRecoveryCode(portal, flow, { code: world.recoveryCodes[0] ?? '' }))).toBe('ok');
    expect(await kindsOf()).not.toContain('re-enrolment-reminder');
    expect(await stepOf(flow)).toBe('done');
  });

  test('SEC-50: it is honoured to the millisecond; then a password and a fresh code are enough, and the answers are not asked again', async () => {
    const { portal, claire } = world;
    await proven(world, 'answers');
    portal.clock.advance(wait - 1);
    const early = await withPassword(world);
    expect(await stepOf(early)).toBe('wait');
    expect(code(await chooseProof(portal, early, { proof: 'answers' }))).toBe('choose-one');
    portal.clock.advance(1);
    const flow = await withPassword(world);
    expect(await stepOf(flow)).toBe('prove-identity');
    expect(await finishLostPhone(portal, flow)).toBeNull();
    expect(await chooseProof(portal, flow, { proof: 'answers' })).toEqual({ ok: true, value: 'email-code' });
    expect(code(await proveEmailCode(portal, flow, { code: await lastCode(portal, claire.address) }))).toBe('ok');
    expect(await stepOf(flow)).toBe('done');
    expect(await finishLostPhone(portal, flow)).toMatchObject({ acr: reEnrolmentAcr });
  });

  test('said to be stolen when it is over: frozen when the code has come back, and not before', async () => {
    const { portal, claire } = world;
    await proven(world, 'answers');
    portal.clock.advance(wait);
    const flow = await havingSaid(world, 'stolen');
    await chooseProof(portal, flow, { proof: 'answers' });
    expect(await factors()).toMatchObject([{ frozenAt: null }]);
    expect(code(await proveEmailCode(portal, flow, { code: await lastCode(portal, claire.address) }))).toBe('ok');
    expect(await factors()).toMatchObject([{ frozenAt: portal.now() }]);
    expect(await portal.store.read((tx) => listRecoveryCodes(tx, claire.id))).toEqual([]);
    expect(code(await findPhone(portal, replacingFlow(world)))).toBe('expired-page');
  });

  test('a week after the wait it is over', async () => {
    const { portal } = world;
    await proven(world, 'answers');
    portal.clock.advance(wait + days(7));
    expect(await stepOf(await withPassword(world))).toBe('what-happened');
  });

  test('a sign-in with the phone cancels it, and no reminder is sent', async () => {
    const { portal, app } = world;
    await proven(world, 'answers');
    portal.clock.advance(hours(3));
    const flow = await withPassword(world);
    await proveTotp(portal, flow, { code: app.code() });
    await finishSignIn(portal, flow, 'b');
    expect(await kindsOf()).not.toContain('re-enrolment-reminder');
    portal.clock.advance(wait);
    expect(await stepOf(await withPassword(world))).toBe('what-happened');
  });

  test('answering again neither shortens the wait nor begins it anew', async () => {
    const { portal } = world;
    const opened = portal.now();
    await proven(world, 'answers');
    portal.clock.advance(hours(20));
    const flow = await withPassword(world);
    expect(code(await answerQuestions(portal, flow, rightAnswers))).toBe('expired-page');
    expect((await lostPhoneFacts(portal, flow)).waitUntil).toBe(opened + wait);
  });

  test('a wait of a day or less has no reminder', async () => {
    await world.portal.close();
    world = await lostPhoneWorld(24);
    await proven(world, 'answers');
    expect(await kindsOf()).toEqual(['re-enrolment-opened']);
  });

  test('wrong sets of answers by somebody else, meanwhile, don’t close the way', async () => {
    const { portal } = world;
    await proven(world, 'answers');
    const subject = answersSubject(world.claire.id);
    await portal.store.unit(subject, (tx) => disableTries(tx, subject, portal.settings.policy.answers));
    portal.clock.advance(wait);
    expect((await lostPhoneFacts(portal, await withPassword(world))).ways).toContain('answers');
  });
});
