// Who is on the line: three ways to prove it, each good for one agent, one account and half an hour, and none of them for anything else.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { callerAnswersSubject } from '../../attempts/rules.ts';
import { days, hours, minutes, seconds } from '../../duration.ts';
import { requestOnScreen } from '../../factors/phone/facts.ts';
import { pairedPhone, type TestPhone } from '../../factors/phone/phone.testing.ts';
import {
  events,
  lastCode,
  letters,
  rightAnswers,
  type TestAccount,
  type TestPortal,
  testAccount,
  testAgent,
  testAnswers,
  testApp,
  testFlow,
  testMember,
  testOperator,
  testPassword,
  testPortal,
} from '../../portal.testing.ts';
import { provePhoneAgain } from '../../proof/prove-phone.ts';
import { changeQuestions } from '../../questions/change-questions.ts';
import { questionKeys } from '../../questions/rules.ts';
import { giveRole } from '../../roles/give-role.ts';
import { askPhone } from '../../sign-in/ask-phone.ts';
import { checkPassword } from '../../sign-in/check-password.ts';
import { provePhone } from '../../sign-in/prove-phone.ts';
import type { Agent, RecentlyProven } from '../../visitor.ts';
import { actOn } from '../act-on.ts';
import { askCaller } from './ask-caller.ts';
import { callerChoices, callerQuestions, callerRequestOnScreen } from './facts.ts';
import { proveCallerAnswers } from './prove-answers.ts';
import { proveCallerCode } from './prove-email-code.ts';
import { proveCallerPhone } from './prove-phone.ts';
import { type CallerMethod, callerMethods } from './rules.ts';

describe.each(engines())('on $name', (engine) => {
  let portal: TestPortal;
  let karim: Agent;
  let nadia: Agent;
  let claire: TestAccount;
  let phone: TestPhone;
  beforeEach(async () => {
    portal = await testPortal({ store: await engine.open() });
    karim = await testAgent(portal);
    nadia = await testAgent(portal, 'agent', 'nadia.haddad@inserm.fr');
    claire = await testAccount(portal);
    await testAnswers(portal, claire.id);
    phone = await pairedPhone(portal, claire.id);
  });
  afterEach(() => portal.close());

  const ask = (method: CallerMethod, agent = karim, account = claire.id) => askCaller(portal, agent, { account, method });
  /** What an act needs, and nothing but that: it changes nothing. */
  const mayAct = async (agent = karim, account = claire.id) => {
    const acted = await actOn(portal, agent, 'end-sessions', { account, reason: 'a look' }, function* (_tx, _now, { verification }) {
      yield* [];
      return { ok: true, value: verification?.method ?? 'nobody' };
    });
    return acted.ok ? acted.value : acted.problems[0].code;
  };
  const request = async () => {
    const [asked] = await phone.pending();
    if (!asked) throw new Error('The telephone is asked nothing.');
    return asked;
  };
  const approve = async (agent = karim) => phone.approve(await request(), (await callerRequestOnScreen(portal, agent, claire.id))?.number ?? 0);
  const told = async () => (await letters(portal)).filter(({ kind }) => kind === 'caller-not-verified');
  const recorded = async (type: string) => (await events(portal)).filter((event) => event.type === type);
  /** As the caller of the two questions would say them. */
  async function dictated(agent = karim) {
    const keys = (await callerQuestions(portal, agent, claire.id)) ?? [];
    const said = keys.map((key) => Object.values(rightAnswers)[questionKeys.indexOf(key)] ?? '');
    return { account: claire.id, a1: said[0] ?? '', a2: said[1] ?? '' };
  }
  const proofs: Record<CallerMethod, (agent: Agent) => Promise<{ readonly ok: boolean }>> = {
    async phone(agent) {
      await approve(agent);
      return proveCallerPhone(portal, agent, { account: claire.id });
    },
    'email-code': async (agent) => proveCallerCode(portal, agent, { account: claire.id, code: await lastCode(portal, claire.address) }),
    answers: async (agent) => proveCallerAnswers(portal, agent, await dictated(agent)),
  };
  const verify = async (method: CallerMethod, agent = karim) => {
    await ask(method, agent);
    return proofs[method](agent);
  };

  describe.each(callerMethods)('by %s', (method) => {
    test('a caller is asked and verified, and both are kept with method, agent and time', async () => {
      expect(await mayAct()).toBe('caller-not-verified');
      expect(await ask(method)).toEqual({ ok: true, value: method });
      expect(await mayAct(), 'a question is no proof').toBe('caller-not-verified');
      portal.clock.advance(seconds(20));
      expect(await proofs[method](karim)).toEqual({ ok: true, value: undefined });
      expect(await mayAct()).toBe(method);
      expect(await recorded('caller-asked')).toMatchObject([{ accountId: claire.id, actor: karim.agentId, data: { method } }]);
      expect(await recorded('caller-verified')).toMatchObject([{ accountId: claire.id, actor: karim.agentId, data: { method }, at: portal.now() }]);
      expect(await portal.store.db.select().from(portal.store.s.callerVerifications)).toMatchObject([
        { accountId: claire.id, agentId: karim.agentId, method, provenAt: portal.now(), failedAt: null },
      ]);
      expect((await callerChoices(portal, karim, claire.id)).verified).toEqual({ method, at: portal.now(), until: portal.now() + minutes(30) });
      expect(await told()).toEqual([]);
    });

    test('it lasts for half an hour', async () => {
      await verify(method);
      portal.clock.advance(minutes(30) - 1);
      expect(await mayAct()).toBe(method);
      portal.clock.advance(1);
      expect(await mayAct()).toBe('caller-not-verified');
    });

    test('T11: it is this agent’s alone: a colleague verifies anew, and makes no use of what the caller said to another', async () => {
      await ask(method);
      if (method === 'phone') await approve();
      const account = claire.id;
      const theft = {
        phone: () => proveCallerPhone(portal, nadia, { account }),
        'email-code': async () => proveCallerCode(portal, nadia, { account, code: await lastCode(portal, claire.address) }),
        answers: async () => proveCallerAnswers(portal, nadia, await dictated(karim)),
      };
      expect(await theft[method]()).toMatchObject({ ok: false });
      expect(await mayAct(nadia)).toBe('caller-not-verified');
      expect(
        method === 'phone' ? await proveCallerPhone(portal, karim, { account }) : await proofs[method](karim),
        'and takes nothing away from the one who asked',
      ).toMatchObject({ ok: true });
      expect(await mayAct(nadia)).toBe('caller-not-verified');
    });

    test('T28: it is this account’s alone, whatever id the form names', async () => {
      const paul = await testAccount(portal, { address: 'paul.roux@inserm.fr', givenName: 'Paul', familyName: 'Roux' });
      await testAnswers(portal, paul.id);
      await ask(method);
      if (method === 'phone') await approve();
      const account = paul.id;
      const swapped = {
        phone: () => proveCallerPhone(portal, karim, { account }),
        'email-code': async () => proveCallerCode(portal, karim, { account, code: await lastCode(portal, claire.address) }),
        answers: async () => proveCallerAnswers(portal, karim, { ...(await dictated()), account }),
      };
      expect(await swapped[method]()).toMatchObject({ ok: false });
      expect(await mayAct(karim, paul.id)).toBe('caller-not-verified');
      for (const id of ['', 'nobody', `${claire.id} `])
        expect(await ask(method, karim, id)).toMatchObject({ problems: [{ code: 'unknown-account' }] });
    });

    test('an answer that comes too late gives nothing', async () => {
      await ask(method);
      if (method === 'phone') await approve();
      const code = method === 'email-code' ? await lastCode(portal, claire.address) : '';
      const said = method === 'answers' ? await dictated() : null;
      portal.clock.advance(minutes(10));
      const account = claire.id;
      const late =
        method === 'phone'
          ? await proveCallerPhone(portal, karim, { account })
          : said
            ? await proveCallerAnswers(portal, karim, said)
            : await proveCallerCode(portal, karim, { account, code });
      expect(late).toMatchObject({ ok: false });
      expect(await mayAct()).toBe('caller-not-verified');
    });

    test('an answer is good once', async () => {
      await verify(method);
      const account = claire.id;
      const again =
        method === 'phone'
          ? await proveCallerPhone(portal, karim, { account })
          : method === 'answers'
            ? await proveCallerAnswers(portal, karim, { account, a1: rightAnswers.a1, a2: rightAnswers.a2 })
            : await proveCallerCode(portal, karim, { account, code: await lastCode(portal, claire.address) });
      expect(again).toMatchObject({ ok: false });
    });

    test('SEC-76: nobody verifies themselves, a colleague, or without a role; the refusal is kept', async () => {
      expect(await ask(method, karim, karim.agentId)).toMatchObject({ problems: [{ code: 'on-yourself' }] });
      expect(await ask(method, karim, nadia.agentId)).toMatchObject({ problems: [{ code: 'on-a-colleague' }] });
      expect((await recorded('helpdesk-refused')).map(({ data }) => data)).toEqual([
        { action: 'verify-caller', why: 'on-yourself' },
        { action: 'verify-caller', why: 'on-a-colleague' },
      ]);
      expect(await portal.store.db.select().from(portal.store.s.callerVerifications)).toEqual([]);
    });

    test('SEC-74: no answer, code or number stands in what is written down', async () => {
      await ask(method);
      const secret =
        method === 'phone'
          ? [String((await callerRequestOnScreen(portal, karim, claire.id))?.number)]
          : method === 'answers'
            ? [rightAnswers.a1, rightAnswers.a2]
            : [await lastCode(portal, claire.address)];
      await proofs[method](karim);
      const said = JSON.stringify((await events(portal)).map(({ data }) => data));
      for (const word of method === 'phone' ? [] : secret) expect(said).not.toContain(word);
      expect(JSON.stringify((await events(portal)).map(({ data }) => Object.keys(data)))).not.toContain('number');
    });
  });

  describe('the telephone', () => {
    test('it is asked as by the helpdesk, and shows nothing of the agent’s browser', async () => {
      await ask('phone');
      expect(await request()).toMatchObject({ about: 'call', application: 'Assistance Inserm', network: null, userAgent: null });
      expect(portal.pushed.at(-1)?.message.payload).toMatchObject({ t: 'req', notification: { title: 'Appel à l’assistance' } });
    });

    test('T11: its yes signs nobody in, and a yes to a sign-in verifies no caller', async () => {
      const flow = testFlow(portal);
      await checkPassword(portal, flow, { address: claire.address, password: testPassword });
      await ask('phone');
      await approve();
      expect(await provePhone(portal, flow)).toMatchObject({ ok: false });
      expect(await provePhoneAgain(portal, testMember(claire.id))).toMatchObject({ ok: false });
      expect((await portal.store.db.select().from(portal.store.s.proofs)).map(({ kind }) => kind)).toEqual(['password']);
      expect(await proveCallerPhone(portal, karim, { account: claire.id })).toMatchObject({ ok: true });

      portal.clock.advance(minutes(40));
      await checkPassword(portal, flow, { address: claire.address, password: testPassword });
      await ask('phone');
      expect(await askPhone(portal, flow)).toMatchObject({ ok: true });
      await phone.approve(await request(), (await requestOnScreen(portal, flow))?.number ?? 0);
      expect(await proveCallerPhone(portal, karim, { account: claire.id })).toMatchObject({ problems: [{ code: 'request-gone' }] });
      expect(await mayAct()).toBe('caller-not-verified');
      expect(await provePhone(portal, flow)).toMatchObject({ ok: true });
    });

    test('« Ce n’est pas moi » fails it at once: a case, a letter, and the owner’s own sign-ins go on ringing', async () => {
      await ask('phone');
      expect(await phone.answer(await request(), 'report')).toEqual({ ok: true, value: 'reported' });
      expect(await callerRequestOnScreen(portal, karim, claire.id)).toMatchObject({ status: 'denied', why: 'reported' });
      expect(await proveCallerPhone(portal, karim, { account: claire.id })).toMatchObject({ ok: false });
      expect(await recorded('caller-not-verified')).toMatchObject([{ actor: karim.agentId, data: { method: 'phone', why: 'reported' } }]);
      expect(await portal.store.db.select().from(portal.store.s.cases)).toMatchObject([{ accountId: claire.id, kind: 'not-me' }]);
      expect(await told()).toMatchObject([{ to: claire.address }]);
      const flow = testFlow(portal);
      await checkPassword(portal, flow, { address: claire.address, password: testPassword });
      expect(await askPhone(portal, flow)).toMatchObject({ ok: true });
    });

    test('a yes that is taken back before the agent looks verifies nobody', async () => {
      await ask('phone');
      const asked = await request();
      await approve();
      await phone.answer(asked, 'report');
      expect(await proveCallerPhone(portal, karim, { account: claire.id })).toMatchObject({ ok: false });
    });

    test('refused, or with two wrong numbers, it fails', async () => {
      await ask('phone');
      await phone.answer(await request(), 'deny');
      await ask('phone');
      const { number } = (await callerRequestOnScreen(portal, karim, claire.id)) ?? {};
      const other = number === 99 ? 98 : 99;
      await phone.approve(await request(), other);
      await phone.approve(await request(), other);
      expect((await recorded('caller-not-verified')).map(({ data }) => data.why)).toEqual(['denied', 'wrong-number']);
      expect(await mayAct()).toBe('caller-not-verified');
      expect(await told()).toHaveLength(1);
    });

    test('SEC-29: a stranger who calls again and again rings it three times in ten minutes, and silences nothing of the owner’s', async () => {
      for (let i = 0; i < 3; i++) {
        expect(await ask('phone')).toMatchObject({ ok: true });
        portal.clock.advance(minutes(2));
      }
      expect(await ask('phone')).toMatchObject({ problems: [{ code: 'phone-limit' }] });
      expect(await ask('phone', nadia), 'nor through another agent').toMatchObject({ problems: [{ code: 'phone-limit' }] });
      expect(await recorded('phone-suspended')).toEqual([]);
      const flow = testFlow(portal);
      await checkPassword(portal, flow, { address: claire.address, password: testPassword });
      expect(await askPhone(portal, flow)).toMatchObject({ ok: true });
      portal.clock.advance(minutes(10));
      expect(await ask('phone')).toMatchObject({ ok: true });
    });

    test('only the last question counts', async () => {
      await ask('phone');
      await ask('email-code');
      await approve();
      expect(await proveCallerPhone(portal, karim, { account: claire.id })).toMatchObject({ ok: false });
    });

    test('of many at once, one makes use of its yes', async () => {
      await ask('phone');
      await approve();
      const all = await Promise.all(Array.from({ length: 50 }, () => proveCallerPhone(portal, karim, { account: claire.id })));
      expect(all.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await recorded('caller-verified')).toHaveLength(1);
    });
  });

  describe('the code', () => {
    const wrong = async () => ((await lastCode(portal, claire.address)) === '123456' ? '654321' : '123456');
    const type = async (code: string) => proveCallerCode(portal, karim, { account: claire.id, code });

    test('SEC-22: the letter says that it is read out to the agent, opens nothing, and is for nobody else; no link', async () => {
      await ask('email-code');
      const letter = (await letters(portal)).findLast(({ kind }) => kind === 'code');
      expect(letter?.to).toBe(claire.address);
      expect(letter?.text).toContain('lisez ce code à l’agent');
      expect(letter?.text).toContain('Il n’ouvre rien par lui-même');
      expect(letter?.text).toContain('Nous n’appelons jamais pour demander un code');
      expect(letter?.text).not.toContain('jamais de code ni');
      expect(letter?.text).not.toMatch(/https?:/);
    });

    test('T11: it is kept for this question alone: no sign-in, reset or lost phone has such a place', async () => {
      await ask('email-code');
      const rows = await portal.store.db.select().from(portal.store.s.emailCodes);
      expect(rows).toMatchObject([{ purpose: 'verify-caller', flow: expect.stringMatching(/^caller:/) }]);
    });

    test('SEC-19: of 200 at once, exactly five are looked at, and the sixth try of the right one is none', async () => {
      await ask('email-code');
      const bad = await wrong();
      const all = await Promise.all(Array.from({ length: 200 }, () => type(bad)));
      expect(all.filter(({ ok }) => ok)).toEqual([]);
      expect(await portal.store.db.select().from(portal.store.s.emailCodes)).toMatchObject([{ tries: 5, usedAt: null }]);
      expect(await type(await lastCode(portal, claire.address))).toMatchObject({ ok: false });
      expect(await mayAct()).toBe('caller-not-verified');
      expect(await recorded('caller-not-verified')).toMatchObject([{ data: { method: 'email-code', why: 'wrong-code' } }]);
      expect(await told()).toHaveLength(1);
    });

    test('SEC-19: of 200 right ones at once, one verifies', async () => {
      await ask('email-code');
      const code = await lastCode(portal, claire.address);
      const all = await Promise.all(Array.from({ length: 200 }, () => type(code)));
      expect(all.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await recorded('caller-verified')).toHaveLength(1);
    });

    test('sent again, the one before is recognised; SEC-20: not within the minute, and not for ever', async () => {
      await ask('email-code');
      const first = await lastCode(portal, claire.address);
      expect(await ask('email-code')).toMatchObject({ problems: [{ code: 'send-too-soon' }] });
      portal.clock.advance(minutes(1));
      expect(await ask('email-code')).toMatchObject({ ok: true });
      expect(await type(first)).toMatchObject({ problems: [{ code: 'replaced-code' }] });
      expect(await type(await lastCode(portal, claire.address))).toMatchObject({ ok: true });
      let sent = 2;
      for (let i = 0; i < 20; i++) {
        portal.clock.advance(minutes(1));
        if ((await ask('email-code')).ok) sent++;
      }
      expect(sent).toBeLessThanOrEqual(10);
    });

    test('a misheard digit tells nobody of an attack', async () => {
      await ask('email-code');
      expect(await type(await wrong())).toMatchObject({ problems: [{ code: 'wrong-code', left: 4 }] });
      expect(await told()).toEqual([]);
      expect(await type(await lastCode(portal, claire.address))).toMatchObject({ ok: true });
    });
  });

  describe('the answers', () => {
    const say = (a1: string, a2: string, agent = karim) => proveCallerAnswers(portal, agent, { account: claire.id, a1, a2 });

    test('two of the four are asked, always the same two, by whatever agent', async () => {
      const seen = new Set<string>();
      for (let i = 0; i < 6; i++) {
        const agent = i % 2 ? karim : nadia;
        await ask('answers', agent);
        seen.add(((await callerQuestions(portal, agent, claire.id)) ?? []).join());
        portal.clock.advance(days(1));
      }
      expect(seen.size).toBe(1);
      expect([...seen][0]?.split(',')).toHaveLength(2);
      expect(await callerQuestions(portal, karim, claire.id), 'not before they are asked').toBeNull();
    });

    test('T11: who makes the owner answer the same questions anew hears no other two', async () => {
      await ask('answers');
      const before = await callerQuestions(portal, karim, claire.id);
      portal.clock.advance(minutes(6));
      await testAnswers(portal, claire.id, { a1: 'Un lycée', a2: 'Hubert', a3: 'Brest', a4: 'Une autre' });
      await ask('answers');
      expect(await callerQuestions(portal, karim, claire.id)).toEqual(before);
    });

    test('one wrong of the two is told like two, and not which', async () => {
      await ask('answers');
      const { a1, a2 } = await dictated();
      const problems = [await say('autre', a2), await say(a1, 'autre'), await say('autre', 'autre'), await say(a2, a1)];
      expect(problems.map((p) => (p.ok ? 'right' : p.problems))).toEqual([4, 3, 2, 1].map((left) => [{ code: 'caller-answers-wrong', left }]));
      expect(await say(a1, a2)).toMatchObject({ ok: true });
    });

    test('SEC-19, SEC-57: of 200 wrong sets at once, exactly five are looked at; then they are closed to callers for a week', async () => {
      await ask('answers');
      let compared = 0;
      const verify = (hash: string | null, plain: string) => {
        compared++;
        return portal.hashing.verify(hash, plain);
      };
      const counting = {
        ...portal,
        hashing: { ...portal.hashing, verify },
      };
      const input = { account: claire.id, a1: 'autre', a2: 'chose' };
      const all = await Promise.all(Array.from({ length: 200 }, () => proveCallerAnswers(counting, karim, input)));
      expect(all.filter(({ ok }) => ok)).toEqual([]);
      expect(compared).toBe(2 * 5);
      expect(await ask('answers')).toMatchObject({ problems: [{ code: 'method-unavailable' }] });
      expect((await callerChoices(portal, karim, claire.id)).methods).toContainEqual({ method: 'answers', why: 'answers-closed' });
      portal.clock.advance(days(7) - 1);
      expect(await ask('answers')).toMatchObject({ ok: false });
      portal.clock.advance(1);
      expect(await ask('answers')).toMatchObject({ ok: true });
    });

    test('a stranger on the telephone closes nothing of the owner’s', async () => {
      const { attempts } = portal.store.s;
      await ask('answers');
      for (let i = 0; i < 5; i++) await say('autre', 'chose');
      expect((await portal.store.db.select().from(attempts)).map(({ subject }) => subject)).toEqual([callerAnswersSubject(claire.id)]);
    });

    test('new answers open them again, wrong sets at the old ones say nothing of them', async () => {
      await ask('answers');
      for (let i = 0; i < 5; i++) await say('autre', 'chose');
      const anew = Object.fromEntries(
        [1, 2, 3, 4].flatMap((n) => [
          [`q${n}`, questionKeys[n + 3]],
          [`a${n}`, ['Kouign-amann', 'Gaspard', 'Ploumanac’h', 'Vieux grenier'][n - 1]],
        ]),
      ) as never;
      const proven = { ...testMember(claire.id), provenAt: portal.now() } as RecentlyProven;
      expect(await changeQuestions(portal, proven, anew)).toMatchObject({ ok: true });
      expect(await ask('answers')).toMatchObject({ ok: true });
    });

    test('a form that is not filled in costs no try', async () => {
      await ask('answers');
      expect(await say('', ' ')).toMatchObject({
        problems: [
          { code: 'answer-missing', field: 'a1' },
          { code: 'answer-missing', field: 'a2' },
        ],
      });
      expect(await portal.store.db.select().from(portal.store.s.attempts)).toEqual([]);
    });

    test('whoever has a role is never asked for them, nor where questions are off, missing or closed', async () => {
      const lead = await testAgent(portal, 'lead-agent', 'louise.lead@inserm.fr');
      await testAnswers(portal, karim.agentId);
      expect(await ask('answers', lead, karim.agentId)).toMatchObject({ problems: [{ code: 'method-unavailable' }] });
      const paul = await testAccount(portal, { address: 'paul.roux@inserm.fr', givenName: 'Paul', familyName: 'Roux' });
      expect(await ask('answers', karim, paul.id)).toMatchObject({ problems: [{ code: 'method-unavailable' }] });
      const off = { ...portal, settings: { ...portal.settings, questions: false } };
      expect(await askCaller(off, karim, { account: claire.id, method: 'answers' })).toMatchObject({ problems: [{ code: 'method-unavailable' }] });
    });

    test('a role that comes between question and answer is looked at again', async () => {
      const lead = await testAgent(portal, 'lead-agent', 'louise.lead@inserm.fr');
      await ask('answers', lead);
      const said = await dictated(lead);
      await giveRole(portal, testOperator(), { address: claire.address, role: 'agent' });
      expect(await proveCallerAnswers(portal, lead, said)).toMatchObject({ problems: [{ code: 'verification-gone' }] });
    });
  });

  test('the owner is told of a failure once in 24 hours', async () => {
    await ask('answers');
    const wrong = { account: claire.id, a1: 'autre', a2: 'chose' };
    await proveCallerAnswers(portal, karim, wrong);
    await proveCallerAnswers(portal, karim, wrong);
    portal.clock.advance(hours(23));
    await ask('answers', nadia);
    await proveCallerAnswers(portal, nadia, wrong);
    expect(await told()).toHaveLength(1);
    portal.clock.advance(hours(2));
    await ask('answers', nadia);
    await proveCallerAnswers(portal, nadia, wrong);
    const [letter] = await told();
    expect(await told()).toHaveLength(2);
    expect(letter).toMatchObject({ to: claire.address, subject: 'Quelqu’un a appelé l’assistance en votre nom' });
    expect(letter?.text, 'where agents sit is not for their callers').not.toMatch(/Avec|Depuis/);
    expect(await recorded('caller-not-verified')).toHaveLength(4);
  });

  test('whoever has neither telephone nor answers is asked for a code', async () => {
    const paul = await testAccount(portal, { address: 'paul.roux@inserm.fr', givenName: 'Paul', familyName: 'Roux' });
    await testApp(portal, paul.id);
    expect((await callerChoices(portal, karim, paul.id)).methods).toEqual([
      { method: 'phone', why: 'no-phone' },
      { method: 'email-code', why: null },
      { method: 'answers', why: 'no-answers' },
    ]);
    expect(await ask('phone', karim, paul.id)).toMatchObject({ problems: [{ code: 'method-unavailable' }] });
    expect(await askCaller(portal, karim, { account: paul.id, method: 'their word' })).toMatchObject({ problems: [{ code: 'choose-one' }] });
  });
});
