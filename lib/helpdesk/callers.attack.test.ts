// T11: whoever was believed on the telephone is not believed any longer than the owner, a colleague or the institute lets them be. An agent who
// was taken in, and one whose own account was, act on nothing that was said before.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setDirectoryRole } from '#db/roles';
import { DirectoryUnavailable } from '../directory/directory.ts';
import { disavowEvent } from '../disavowal/disavow-event.ts';
import { days, minutes } from '../duration.ts';
import { answerQuestions } from '../enrolment/answer-questions.ts';
import { installApp } from '../enrolment/install-app.ts';
import { pairedPhone, type TestPhone } from '../factors/phone/phone.testing.ts';
import { havingSaid, type LostPhoneWorld, lostPhoneWorld, proven, replacingFlow } from '../lost-phone/lost-phone.testing.ts';
import { redeemPass } from '../lost-phone/redeem-pass.ts';
import {
  events,
  lastCode,
  rightAnswers,
  type TestPortal,
  testAccount,
  testAgent,
  testApp,
  testMember,
  testMemberFlow,
  testOperator,
  testVerifiedCaller,
} from '../portal.testing.ts';
import { questionKeys } from '../questions/rules.ts';
import { openReEnrolmentOf } from '../re-enrolment/facts.ts';
import { giveRole } from '../roles/give-role.ts';
import { takeRole } from '../roles/take-role.ts';
import { randomToken } from '../secrets.ts';
import { type Agent, mint } from '../visitor.ts';
import { askRemoval } from './ask-removal.ts';
import { decideRemoval } from './decide-removal.ts';
import { freeze } from './freeze.ts';
import { givePass } from './give-pass.ts';
import { unfreeze } from './unfreeze.ts';
import { askCaller } from './verify-caller/ask-caller.ts';
import { callerQuestions, callerRequestOnScreen } from './verify-caller/facts.ts';
import { proveCallerAnswers } from './verify-caller/prove-answers.ts';
import { proveCallerCode } from './verify-caller/prove-email-code.ts';
import { proveCallerPhone } from './verify-caller/prove-phone.ts';

let world: LostPhoneWorld;
let portal: TestPortal;
let claire: string;
let karim: Agent;
let nora: Agent;
let phone: TestPhone;
beforeEach(async () => {
  world = await lostPhoneWorld();
  portal = world.portal;
  claire = world.claire.id;
  karim = await testAgent(portal);
  nora = await testAgent(portal, 'agent', 'nora.diallo@inserm.fr');
  phone = await pairedPhone(portal, claire);
});
afterEach(() => portal.close());

const reason = 'Ticket 4711 : dit être Claire';
const pass = (agent: Agent) => givePass(portal, agent, { account: claire, reason, once: randomToken(128) });
const refusedWith = (code: string) => ({ ok: false, problems: [expect.objectContaining({ code })] });
const ok = { ok: true };
/** As whoever reads Claire's mail would be believed. */
async function byMailbox(agent: Agent) {
  expect(await askCaller(portal, agent, { account: claire, method: 'email-code' })).toMatchObject(ok);
  expect(await proveCallerCode(portal, agent, { account: claire, code: await lastCode(portal, world.claire.address) })).toMatchObject(ok);
}
const request = async () => {
  const [asked] = await phone.pending();
  if (!asked) throw new Error('The telephone is asked nothing.');
  return asked;
};
const askPhone = async (agent: Agent) => {
  expect(await askCaller(portal, agent, { account: claire, method: 'phone' })).toMatchObject(ok);
  return request();
};
const given = async (agent: Agent) => {
  const answer = await pass(agent);
  if (!answer.ok) throw new Error('No pass');
  return answer.value.once;
};
const closed = async (agent = karim) => {
  const lead = await testAgent(portal, 'lead-agent', 'lea.chef@inserm.fr');
  expect(await freeze(portal, lead, { account: agent.agentId, reason: 'Compte compromis' })).toMatchObject(ok);
};

describe('SEC-48, SEC-80: the owner says that it was not them', () => {
  test('« Ce n’était pas moi » about a pass: no agent gives the same caller another one', async () => {
    await byMailbox(karim);
    await testVerifiedCaller(portal, nora, claire, 'answers');
    await given(karim);
    const event = (await events(portal)).findLast(({ type }) => type === 'pass-given')?.id ?? '';
    expect(await disavowEvent(portal, testMember(claire), { event })).toMatchObject(ok);
    for (const agent of [karim, nora]) expect(await pass(agent)).toMatchObject(refusedWith('caller-not-verified'));
    portal.clock.advance(minutes(1));
    await byMailbox(nora);
    expect(await pass(nora)).toMatchObject(ok);
  });

  test('answers that somebody else has told are asked of no caller any more, until they are chosen anew', async () => {
    const listen = async (agent: Agent) => {
      expect(await askCaller(portal, agent, { account: claire, method: 'answers' })).toMatchObject(ok);
      const keys = (await callerQuestions(portal, agent, claire)) ?? [];
      const [a1 = '', a2 = ''] = keys.map((key) => Object.values(rightAnswers)[questionKeys.indexOf(key)]);
      expect(await proveCallerAnswers(portal, agent, { account: claire, a1, a2 })).toMatchObject(ok);
    };
    await listen(karim);
    await given(karim);
    const event = (await events(portal)).findLast(({ type }) => type === 'pass-given')?.id ?? '';
    expect(await disavowEvent(portal, testMember(claire), { event })).toMatchObject(ok);
    expect(await askCaller(portal, nora, { account: claire, method: 'answers' })).toMatchObject(refusedWith('method-unavailable'));
    portal.clock.advance(days(60));
    expect(await askCaller(portal, nora, { account: claire, method: 'answers' })).toMatchObject(refusedWith('method-unavailable'));
    const anew = { q1: 'first-film', a1: 'Kouign-amann', q2: 'school-trip', a2: 'Gaspard', q3: 'first-soft-toy', a3: 'Ploumanac’h' };
    const chosen = { ...anew, q4: 'driving-instructor', a4: 'Vieux grenier' };
    await portal.store.write(portal.store.db.delete(portal.store.s.answers));
    expect(await answerQuestions(portal, testMemberFlow(portal, { accountId: claire }), chosen)).toMatchObject(ok);
    expect(await askCaller(portal, nora, { account: claire, method: 'answers' })).toMatchObject(ok);
  });

  test('a code that waits to be read out is worth nothing after it', async () => {
    expect(await askCaller(portal, karim, { account: claire, method: 'email-code' })).toMatchObject(ok);
    const code = await lastCode(portal, world.claire.address);
    await testVerifiedCaller(portal, nora, claire);
    await given(nora);
    const event = (await events(portal)).findLast(({ type }) => type === 'pass-given')?.id ?? '';
    expect(await disavowEvent(portal, testMember(claire), { event })).toMatchObject(ok);
    expect(await proveCallerCode(portal, karim, { account: claire, code })).toMatchObject({ ok: false });
    expect(await pass(karim)).toMatchObject(refusedWith('caller-not-verified'));
  });

  test.each(['deny', 'report'] as const)(
    'on the telephone (%s): who was believed by the mailbox is not any more, by any agent, and what they were given is void',
    async (answer) => {
      await testApp(portal, claire, 'Aegis');
      await byMailbox(karim);
      const once = await given(karim);
      expect(await askRemoval(portal, karim, { account: claire, reason, factor: world.app.id })).toMatchObject(ok);
      const [removal] = await portal.store.db.select().from(portal.store.s.removalRequests);
      // Another agent has a doubt, and asks in the stronger way.
      await phone.answer(await askPhone(nora), answer);
      expect(await pass(karim)).toMatchObject(refusedWith('caller-not-verified'));
      expect(await redeemPass(portal, await havingSaid(world), { code: once })).toMatchObject(refusedWith('pass-expired'));
      expect(await decideRemoval(portal, nora, { request: removal?.id ?? '', decision: 'approve' })).toMatchObject(refusedWith('removal-gone'));
    },
  );

  test('« Ce n’est pas moi » on the telephone ends the replacement that a pass has opened', async () => {
    await byMailbox(karim);
    const flow = await havingSaid(world);
    expect(await redeemPass(portal, flow, { code: await given(karim) })).toMatchObject(ok);
    expect(await openReEnrolmentOf(portal, claire)).not.toBeNull();
    await phone.answer(await askPhone(nora), 'report');
    expect(await openReEnrolmentOf(portal, claire)).toBeNull();
  });

  test('« Refuser » ends it too, and leaves one that a recovery code has opened', async () => {
    await byMailbox(karim);
    expect(await redeemPass(portal, await havingSaid(world), { code: await given(karim) })).toMatchObject(ok);
    await phone.answer(await askPhone(nora), 'deny');
    expect(await openReEnrolmentOf(portal, claire)).toBeNull();
    await proven(world, 'recovery-code');
    portal.clock.advance(minutes(5));
    await phone.answer(await askPhone(nora), 'deny');
    expect(await openReEnrolmentOf(portal, claire)).not.toBeNull();
  });

  test('a yes that is taken back after the agent has looked verifies nobody any longer', async () => {
    const asked = await askPhone(karim);
    await phone.approve(asked, (await callerRequestOnScreen(portal, karim, claire))?.number ?? 0);
    expect(await proveCallerPhone(portal, karim, { account: claire })).toMatchObject(ok);
    await phone.answer(asked, 'report');
    expect(await pass(karim)).toMatchObject(refusedWith('caller-not-verified'));
  });

  test('a caller who reads out the code, and then fails at the telephone, has proven nothing to this agent', async () => {
    await byMailbox(karim);
    await testVerifiedCaller(portal, nora, claire);
    const asked = await askPhone(karim);
    const number = (await callerRequestOnScreen(portal, karim, claire))?.number === 99 ? 98 : 99;
    await phone.approve(asked, number);
    await phone.approve(asked, number);
    expect(await pass(karim)).toMatchObject(refusedWith('caller-not-verified'));
    expect(await pass(nora)).toMatchObject(ok);
  });
});

describe('SEC-75, SEC-76: the account is closed meanwhile', () => {
  test('a lead freezes it for an alarm: no agent opens it for the caller whom they believed before', async () => {
    await byMailbox(karim);
    const lead = await testAgent(portal, 'lead-agent', 'lea.chef@inserm.fr');
    expect(await freeze(portal, lead, { account: claire, reason: 'Alerte du SOC' })).toMatchObject(ok);
    expect(await unfreeze(portal, karim, { account: claire, reason })).toMatchObject(refusedWith('caller-not-verified'));
  });

  test('a removal that was asked for before is not decided after it', async () => {
    await testApp(portal, claire, 'Aegis');
    await byMailbox(karim);
    expect(await askRemoval(portal, karim, { account: claire, reason, factor: world.app.id })).toMatchObject(ok);
    const [removal] = await portal.store.db.select().from(portal.store.s.removalRequests);
    const lead = await testAgent(portal, 'lead-agent', 'lea.chef@inserm.fr');
    expect(await freeze(portal, lead, { account: claire, reason: 'Alerte du SOC' })).toMatchObject(ok);
    expect(await decideRemoval(portal, nora, { request: removal?.id ?? '', decision: 'approve' })).toMatchObject(refusedWith('removal-gone'));
  });
});

test('SEC-75: whoever is given a role while a pass has opened the replacement of their factors replaces none', async () => {
  await testVerifiedCaller(portal, karim, claire);
  expect(await redeemPass(portal, await havingSaid(world), { code: await given(karim) })).toMatchObject(ok);
  expect(await installApp(portal, replacingFlow(world), { app: 'other' })).toMatchObject(ok);
  expect(await giveRole(portal, testOperator(), { address: world.claire.address, role: 'agent' })).toMatchObject(ok);
  expect(await installApp(portal, replacingFlow(world), { app: 'other' })).toMatchObject({ ok: false });
  expect(await openReEnrolmentOf(portal, claire)).toBeNull();
});

describe('SEC-75: an agent whose account was taken over, and is closed', () => {
  test('acts no more, even in a request that has begun', async () => {
    await testVerifiedCaller(portal, karim, claire);
    await closed();
    expect(await pass(karim)).toMatchObject(refusedWith('not-your-role'));
  });

  test('has asked for no removal', async () => {
    await testApp(portal, claire, 'Aegis');
    await testVerifiedCaller(portal, karim, claire);
    expect(await askRemoval(portal, karim, { account: claire, reason, factor: world.app.id })).toMatchObject(ok);
    const [removal] = await portal.store.db.select().from(portal.store.s.removalRequests);
    await closed();
    expect(await decideRemoval(portal, nora, { request: removal?.id ?? '', decision: 'approve' })).toMatchObject(refusedWith('asker-gone'));
  });

  test('has given no pass, and whoever has lost their role neither', async () => {
    await testVerifiedCaller(portal, karim, claire);
    await testVerifiedCaller(portal, nora, claire);
    const theirs = await given(karim);
    await closed();
    expect(await redeemPass(portal, await havingSaid(world), { code: theirs })).toMatchObject(refusedWith('pass-expired'));
    const hers = await given(nora);
    await takeRole(portal, testOperator(), { address: 'nora.diallo@inserm.fr' });
    portal.clock.advance(minutes(1));
    expect(await redeemPass(portal, await havingSaid(world), { code: hers })).toMatchObject(refusedWith('pass-expired'));
  });

  test.each([
    ['says that they have none any more', async (): Promise<null> => null, refusedWith('pass-expired')],
    [
      'does not answer: its last word counts',
      async (): Promise<null> => {
        throw new DirectoryUnavailable('Nobody there.');
      },
      ok,
    ],
  ] as const)('has their role by a group, and the directory %s', async (_, say, outcome) => {
    const inGroup = await testAccount(portal, { address: 'ines.roy@inserm.fr' });
    await portal.store.unit(inGroup.id, (tx) => setDirectoryRole(tx, { accountId: inGroup.id, role: 'agent', since: portal.now() }));
    const ines = mint<Agent>({ ...karim, agentId: inGroup.id });
    await testVerifiedCaller(portal, ines, claire);
    const code = await given(ines);
    const elsewhere = { ...portal, directory: { ...portal.directory, roleOf: say } };
    expect(await redeemPass(elsewhere, await havingSaid(world), { code })).toMatchObject(outcome);
  });
});
