// T11, SEC-76: nothing an agent can do, alone or with a caller's story, ends in the agent signing in as somebody. The acts in every wrong
// state; and in every order of two, followed by every door that there is, tried with everything the agent has seen.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listFactors } from '#db/factors';
import { disavowEvent } from '../disavowal/disavow-event.ts';
import { hours, minutes } from '../duration.ts';
import { installApp } from '../enrolment/install-app.ts';
import { answerQuestions } from '../lost-phone/answer-questions.ts';
import { finishLostPhone } from '../lost-phone/finish-lost-phone.ts';
import { havingSaid, type LostPhoneWorld, lostPhoneWorld, replacingFlow } from '../lost-phone/lost-phone.testing.ts';
import { redeemPass } from '../lost-phone/redeem-pass.ts';
import { sayWhatHappened } from '../lost-phone/say-what-happened.ts';
import { choosePassword } from '../password-reset/choose-password.ts';
import { proveAnswers } from '../password-reset/prove-answers.ts';
import { proveEmailCode as proveResetCode } from '../password-reset/prove-email-code.ts';
import { proveRecoveryCode as proveResetRecoveryCode } from '../password-reset/prove-recovery-code.ts';
import { proveTotp as proveResetTotp } from '../password-reset/prove-totp.ts';
import { fitPassword, withMailbox as withResetMailbox } from '../password-reset/reset.testing.ts';
import { startReset } from '../password-reset/start-reset.ts';
import {
  events,
  lastCode,
  letters,
  rightAnswers,
  snapshot,
  type TestPortal,
  testAgent,
  testApp,
  testFlow,
  testMember,
  testOperator,
  testReset,
  testVerifiedCaller,
} from '../portal.testing.ts';
import { openReEnrolmentOf } from '../re-enrolment/facts.ts';
import type { Result } from '../result.ts';
import { giveRole } from '../roles/give-role.ts';
import type { Role } from '../roles/rules.ts';
import { takeRole } from '../roles/take-role.ts';
import { randomToken } from '../secrets.ts';
import { reEnrolmentAcr } from '../sign-in/assurance.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { finishSignIn } from '../sign-in/finish-sign-in.ts';
import { proveEmailCode } from '../sign-in/prove-email-code.ts';
import { proveRecoveryCode } from '../sign-in/prove-recovery-code.ts';
import { proveTotp } from '../sign-in/prove-totp.ts';
import type { Agent } from '../visitor.ts';
import { actOnScreen, locksOf, openRemovals } from './acts/facts.ts';
import { askRemoval } from './ask-removal.ts';
import { decideRemoval } from './decide-removal.ts';
import { endSessions } from './end-sessions.ts';
import { freeze } from './freeze.ts';
import { givePass } from './give-pass.ts';
import { sendReset } from './send-reset.ts';
import { unfreeze } from './unfreeze.ts';
import { unlock } from './unlock.ts';

let world: LostPhoneWorld;
let portal: TestPortal;
let claire: string;
let karim: Agent;
/** A second factor of Claire's: one may then be removed. */
let aegis: string;

beforeEach(async () => {
  world = await lostPhoneWorld();
  portal = world.portal;
  claire = world.claire.id;
  aegis = (await testApp(portal, claire, 'Aegis')).id;
  karim = await testAgent(portal);
});
afterEach(() => portal.close());

const reason = 'Ticket 4711 : dit être Claire';
type Done = Result<unknown>;
/** Every act on somebody, as a form would send it. */
const acts = {
  unlock: (agent: Agent, account: string, why = reason): Promise<Done> => unlock(portal, agent, { account, reason: why }),
  'send-reset': (agent: Agent, account: string, why = reason): Promise<Done> => sendReset(portal, agent, { account, reason: why }),
  'give-pass': (agent: Agent, account: string, why = reason): Promise<Done> =>
    givePass(portal, agent, { account, reason: why, once: randomToken(128) }),
  'end-sessions': (agent: Agent, account: string, why = reason): Promise<Done> =>
    endSessions(portal, agent, { account, reason: why, session: 'all' }),
  freeze: (agent: Agent, account: string, why = reason): Promise<Done> => freeze(portal, agent, { account, reason: why }),
  unfreeze: (agent: Agent, account: string, why = reason): Promise<Done> => unfreeze(portal, agent, { account, reason: why }),
  'ask-removal': (agent: Agent, account: string, why = reason): Promise<Done> =>
    askRemoval(portal, agent, { account, reason: why, factor: world.app.id }),
} as const;
type Act = keyof typeof acts;
const actNames = Object.keys(acts) as Act[];

interface Wrong {
  readonly code: string;
  /** Makes the state. @returns who acts, on whom, and with what reason */
  readonly make: () => Promise<{ readonly agent: Agent; readonly account?: string; readonly why?: string }>;
  /** Whether the refusal is written down: a form that is not filled in is none of an attacker's. */
  readonly recorded?: false;
}
const colleague = async (role: Role, agent: Agent): Promise<Awaited<ReturnType<Wrong['make']>>> => {
  const other = await testAgent(portal, role, 'nora.diallo@inserm.fr');
  await testVerifiedCaller(portal, agent, other.agentId);
  return { agent, account: other.agentId };
};
const wrongStates: Readonly<Record<string, Wrong>> = {
  'the caller was never verified': { code: 'caller-not-verified', make: async () => ({ agent: karim }) },
  'another agent verified the caller': {
    code: 'caller-not-verified',
    make: async () => {
      await testVerifiedCaller(portal, await testAgent(portal, 'agent', 'nora.diallo@inserm.fr'), claire);
      return { agent: karim };
    },
  },
  'the caller was verified for another account': {
    code: 'caller-not-verified',
    make: async () => {
      await testVerifiedCaller(portal, karim, (await testAgent(portal, 'agent', 'nora.diallo@inserm.fr')).agentId);
      return { agent: karim };
    },
  },
  'the caller was verified half an hour ago': {
    code: 'caller-not-verified',
    make: async () => {
      await testVerifiedCaller(portal, karim, claire);
      portal.clock.advance(minutes(30));
      return { agent: karim };
    },
  },
  'the role was taken between the page and the act': {
    code: 'not-your-role',
    make: async () => {
      await testVerifiedCaller(portal, karim, claire);
      await takeRole(portal, testOperator(), { address: 'karim.benali@inserm.fr' });
      return { agent: karim };
    },
  },
  'a lead was made an agent between the page and the act': {
    code: 'not-your-role',
    make: async () => {
      const lead = await testAgent(portal, 'lead-agent', 'lea.chef@inserm.fr');
      await testVerifiedCaller(portal, lead, claire);
      await giveRole(portal, testOperator(), { address: 'lea.chef@inserm.fr', role: 'agent' });
      return { agent: lead };
    },
  },
  'the agent’s own account': {
    code: 'on-yourself',
    make: async () => {
      await testVerifiedCaller(portal, karim, karim.agentId);
      return { agent: karim, account: karim.agentId };
    },
  },
  'another agent’s account': { code: 'on-a-colleague', make: () => colleague('agent', karim) },
  'a lead’s account': { code: 'on-a-colleague', make: () => colleague('lead-agent', karim) },
  'an administrator’s account': { code: 'on-a-colleague', make: () => colleague('administrator', karim) },
  'an administrator on an administrator': {
    code: 'on-a-colleague',
    make: async () => colleague('administrator', await testAgent(portal, 'administrator', 'ada.admin@inserm.fr')),
  },
  'somebody who got a role a moment ago': {
    code: 'on-a-colleague',
    make: async () => {
      await testVerifiedCaller(portal, karim, claire);
      await giveRole(portal, testOperator(), { address: world.claire.address, role: 'agent' });
      return { agent: karim };
    },
  },
  'an account that is not there': { code: 'unknown-account', recorded: false, make: async () => ({ agent: karim, account: 'nobody' }) },
  'no reason': { code: 'reason-needed', recorded: false, make: async () => ({ agent: karim, why: '  ' }) },
  'a reason too short': { code: 'reason-needed', recorded: false, make: async () => ({ agent: karim, why: ' abc  ' }) },
  'a reason too long': { code: 'too-long', recorded: false, make: async () => ({ agent: karim, why: 'x'.repeat(501) }) },
  'a reason that can’t be read': { code: 'unreadable', recorded: false, make: async () => ({ agent: karim, why: 'abc \u202e def' }) },
};

describe('SEC-33, SEC-76: each act in each wrong state is refused, and changes nothing', () => {
  const table = actNames.flatMap((act) => Object.entries(wrongStates).map(([state, wrong]) => ({ act, state, wrong })));
  test.each(table)('$act: $state', async ({ act, wrong }) => {
    const { agent, account = claire, why = reason } = await wrong.make();
    const before = await snapshot(portal, 'events', 'unsealedEvents');
    const { length } = await events(portal);
    expect(await acts[act](agent, account, why)).toMatchObject({ ok: false, problems: [{ code: wrong.code }] });
    expect(await snapshot(portal, 'events', 'unsealedEvents')).toBe(before);
    const written = (await events(portal)).slice(length);
    expect(written.map(({ type, actor, data }) => ({ type, actor, data }))).toEqual(
      wrong.recorded === false ? [] : [{ type: 'helpdesk-refused', actor: agent.agentId, data: { action: act, why: wrong.code } }],
    );
  });

  test('an administrator acts on an agent, but gives them no pass and removes no factor: their own hold proves them', async () => {
    const ada = await testAgent(portal, 'administrator', 'ada.admin@inserm.fr');
    await testVerifiedCaller(portal, ada, karim.agentId);
    expect(await acts.freeze(ada, karim.agentId)).toMatchObject({ ok: true });
    expect(await acts.unfreeze(ada, karim.agentId)).toMatchObject({ ok: true });
    for (const act of ['give-pass', 'ask-removal'] as const)
      expect(await acts[act](ada, karim.agentId)).toMatchObject({ ok: false, problems: [{ code: 'on-a-colleague' }] });
  });

  test('an act names another account’s factor, session or request: nothing happens to either', async () => {
    const jean = await lostPhoneWorldOf();
    await testVerifiedCaller(portal, karim, claire);
    const before = await snapshot(portal, 'events', 'unsealedEvents');
    expect(await askRemoval(portal, karim, { account: claire, reason, factor: jean.app })).toMatchObject({ ok: false });
    expect(await endSessions(portal, karim, { account: claire, reason, session: jean.session })).toMatchObject({ ok: false });
    expect(await snapshot(portal, 'events', 'unsealedEvents')).toBe(before);
  });

  async function lostPhoneWorldOf() {
    const { agentId } = await testAgent(portal, 'agent', 'jean.petit@inserm.fr');
    await takeRole(portal, testOperator(), { address: 'jean.petit@inserm.fr' });
    return { app: (await testApp(portal, agentId)).id, session: 'a session of Jean’s' };
  }
});

/** Everything that the agent's pages showed: what an attacker at the console can write down. */
async function seenBy(agent: Agent): Promise<string[]> {
  const shown = [
    ...(await Promise.all(actNames.map((act) => actOnScreen(portal, agent, act, claire)))),
    await locksOf(portal, claire),
    await openRemovals(portal, agent),
    (await events(portal)).filter(({ actor }) => actor === agent.agentId),
  ];
  return [...new Set(JSON.stringify(shown).match(/[\w@.-]{4,}/g))];
}

/** Every door of the portal, tried with these words as whatever it asks for. @returns what opened */
async function knock(words: readonly string[]): Promise<string[]> {
  const opened: string[] = [];
  const tried = async (door: string, answer: Promise<Done>) => {
    if ((await answer).ok) opened.push(door);
  };
  const { address } = world.claire;
  const guessed = { a1: words[0] ?? 'x', a2: words[1] ?? 'x', a3: words[2] ?? 'x', a4: words[3] ?? 'x' };
  for (const word of words) {
    const flow = testFlow(portal);
    await tried('password', checkPassword(portal, flow, { address, password: word }));
    // Doors behind it, without it.
    await tried('lost phone', sayWhatHappened(portal, flow, { happened: 'lost' }));
    await tried('pass', redeemPass(portal, flow, { code: word }));
    await tried('answers', answerQuestions(portal, flow, rightAnswers));
    await tried('app', proveTotp(portal, flow, { code: word }));
    await tried('recovery code', proveRecoveryCode(portal, flow, { code: word }));
    await tried('e-mail code', proveEmailCode(portal, flow, { code: word }));
    const reset = testReset(portal);
    await startReset(portal, reset, { before: null, signIn: null }, { address });
    await tried('mailbox of a reset', proveResetCode(portal, reset, { code: word }));
    await tried('answers of a reset', proveAnswers(portal, reset, guessed));
    await tried('app of a reset', proveResetTotp(portal, reset, { code: word }));
    await tried('recovery code of a reset', proveResetRecoveryCode(portal, reset, { code: word }));
    await tried('new password', choosePassword(portal, reset, { password: fitPassword }));
    if (await finishSignIn(portal, flow, 'b')) opened.push('sign-in');
    if (await finishLostPhone(portal, flow)) opened.push('lost phone, to the end');
  }
  await tried('wizard', installApp(portal, replacingFlow(world), { app: 'Google Authenticator' }));
  if (await openReEnrolmentOf(portal, claire)) opened.push('re-enrolment');
  return opened;
}

/** Not even what the agent did may have opened, weakened or replaced anything that Claire proves herself with. */
const held = () =>
  snapshot(
    portal,
    ...(Object.keys(portal.store.s).filter(
      (table) => !['passwords', 'recoveryCodes', 'answers', 'reEnrolments', 'portalSessions', 'proofs', 'consents', 'oidcRecords'].includes(table),
    ) as (keyof typeof portal.store.s)[]),
  );

describe('T11, SEC-76: after every two acts, with all that the agent saw, no door opens', () => {
  const pairs = actNames.flatMap((first) => actNames.map((second) => [first, second] as const));
  // The caller has lied their way past the verification: what is left is what the portal itself asks for.
  test.each(pairs)('%s, then %s', async (first, second) => {
    await testVerifiedCaller(portal, karim, claire);
    const before = await held();
    const said: string[] = [];
    for (const act of [first, second]) {
      const answer = await acts[act](karim, claire);
      const value = answer.ok ? (answer.value as { readonly once?: string } | undefined) : undefined;
      if (value?.once) said.push(value.once, value.once.replaceAll('-', ''));
    }
    // Of words that look alike to every door, a few will do: each costs hashes.
    const words = [...said, ...(await seenBy(karim)).filter((word) => /^[\w-]{20,}$|@/.test(word)).slice(0, 3), '000000', '123456'];
    expect(await knock(words)).toEqual([]);
    expect(await held()).toBe(before);
    expect((await portal.store.read((tx) => listFactors(tx, claire))).map(({ id }) => id).sort()).toEqual([world.app.id, aegis].sort());
  });

  test('the doors are real: the right password, and a right recovery code, open theirs', async () => {
    expect(await knock([world.claire.password])).toEqual(['password', 'lost phone']);
  });

  test('a lead, who may give both within a day, gets no further', async () => {
    const lead = await testAgent(portal, 'lead-agent', 'lea.chef@inserm.fr');
    await testVerifiedCaller(portal, lead, claire);
    const given = await givePass(portal, lead, { account: claire, reason, once: randomToken(128) });
    if (!given.ok) throw new Error('No pass');
    expect(await acts['send-reset'](lead, claire)).toMatchObject({ ok: true });
    expect(await knock([given.value.once, ...(await seenBy(lead)).slice(0, 3), '000000'])).toEqual([]);
  });

  test('SEC-74: no page of an act shows a secret, an answer, a code, an address or a pass', async () => {
    await testVerifiedCaller(portal, karim, claire);
    const given = await givePass(portal, karim, { account: claire, reason, once: randomToken(128) });
    if (!given.ok) throw new Error('No pass');
    const shown = (await seenBy(karim)).join(' ');
    for (const secret of [
      world.claire.address,
      given.value.once,
      world.app.secret.toString('base64'),
      ...world.recoveryCodes,
      ...Object.values(rightAnswers),
    ])
      expect(shown).not.toContain(secret);
  });
});

describe('T11: what it takes beside an agent', () => {
  test('SEC-51: the letter of a reset leads its reader to the code in the mailbox, and then to a second proof', async () => {
    await testVerifiedCaller(portal, karim, claire);
    expect(await acts['send-reset'](karim, claire)).toMatchObject({ ok: true });
    // The mailbox too is the attacker's: a new password is still one proof away.
    const reset = await withResetMailbox(portal, world.claire);
    expect(await choosePassword(portal, reset, { password: fitPassword })).toMatchObject({ ok: false });
    expect(await proveAnswers(portal, reset, { a1: 'a', a2: 'b', a3: 'c', a4: 'd' })).toMatchObject({ ok: false });
    expect(await choosePassword(portal, reset, { password: fitPassword })).toMatchObject({ ok: false });
  });

  test('SEC-45: a pass needs the password; whoever has both only gets to replace the factors, and the owner ends it from the letter', async () => {
    await testVerifiedCaller(portal, karim, claire);
    const given = await givePass(portal, karim, { account: claire, reason, once: randomToken(128) });
    if (!given.ok) throw new Error('No pass');
    expect(await redeemPass(portal, testFlow(portal), { code: given.value.once })).toMatchObject({ ok: false, problems: [{ code: 'expired-page' }] });
    const flow = await havingSaid(world);
    expect(await redeemPass(portal, flow, { code: given.value.once })).toMatchObject({ ok: true });
    expect(await finishSignIn(portal, flow, 'b')).toBeNull();
    expect(await finishLostPhone(portal, flow)).toMatchObject({ acr: reEnrolmentAcr });
    const told = (await letters(portal)).map(({ kind }) => kind);
    expect(told).toEqual(expect.arrayContaining(['pass-given', 're-enrolment-opened']));
    const event = (await events(portal)).findLast(({ type }) => type === 're-enrolment-opened');
    expect(await disavowEvent(portal, testMember(claire), { event: event?.id ?? '' })).toMatchObject({ ok: true });
    expect(await openReEnrolmentOf(portal, claire)).toBeNull();
    expect(await installApp(portal, replacingFlow(world), { app: 'Google Authenticator' })).toMatchObject({ ok: false });
  });

  test('SEC-80: two agents in league remove one factor of two: the other one is still asked for, and is the last', async () => {
    const nora = await testAgent(portal, 'agent', 'nora.diallo@inserm.fr');
    await testVerifiedCaller(portal, karim, claire);
    expect(await acts['ask-removal'](karim, claire)).toMatchObject({ ok: true });
    const [request] = await openRemovals(portal, nora);
    expect(await decideRemoval(portal, nora, { request: request?.id ?? '', decision: 'approve' })).toMatchObject({ ok: true });
    expect(await askRemoval(portal, karim, { account: claire, reason, factor: aegis })).toMatchObject({
      ok: false,
      problems: [{ code: 'only-factor' }],
    });
    expect(await knock([...(await seenBy(karim)).slice(0, 4), ...(await seenBy(nora)).slice(0, 4), '000000'])).toEqual([]);
    // The waits that those guesses brought about are over.
    portal.clock.advance(hours(2));
    // Even with the password and the mailbox: no code by e-mail stands in for a factor.
    const flow = testFlow(portal);
    expect(await checkPassword(portal, flow, world.claire)).toMatchObject({ ok: true });
    await expect(lastCode(portal, world.claire.address).then(async (code) => proveEmailCode(portal, flow, { code }))).resolves.toMatchObject({
      ok: false,
    });
    expect(await finishSignIn(portal, flow, 'b')).toBeNull();
  });

  test('SEC-80: one agent with two browsers is one agent', async () => {
    await testVerifiedCaller(portal, karim, claire);
    expect(await acts['ask-removal'](karim, claire)).toMatchObject({ ok: true });
    const [request] = await openRemovals(portal, karim);
    const elsewhere: Agent = { ...karim, sessionId: 'another session' };
    expect(await decideRemoval(portal, elsewhere, { request: request?.id ?? '', decision: 'approve' })).toMatchObject({
      ok: false,
      problems: [{ code: 'own-removal' }],
    });
  });

  test('SEC-80: an agent about whom the request is can’t decide on it, nor see it', async () => {
    await testVerifiedCaller(portal, karim, claire);
    expect(await acts['ask-removal'](karim, claire)).toMatchObject({ ok: true });
    const [request] = await openRemovals(portal, karim);
    await giveRole(portal, testOperator(), { address: world.claire.address, role: 'agent' });
    const herself: Agent = { ...karim, agentId: claire };
    expect(await openRemovals(portal, herself)).toEqual([]);
    for (const decision of ['approve', 'refuse', 'withdraw'])
      expect(await decideRemoval(portal, herself, { request: request?.id ?? '', decision })).toMatchObject({
        ok: false,
        problems: [{ code: 'on-yourself' }],
      });
  });
});
