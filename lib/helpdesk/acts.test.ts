// What an agent does on somebody's account: the outcome, the rows, the event with who did it and why, and the letter to the person.

import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAccountLanguage } from '#db/accounts';
import { setAttempts } from '#db/attempts';
import { listFactors } from '#db/factors';
import { setKnownBrowser } from '#db/known-browsers';
import { countTry } from '../attempts/count-try.ts';
import { passwordSubject } from '../attempts/password-subject.ts';
import { answersSubject, factorSubject, recoveryCodesSubject } from '../attempts/rules.ts';
import { disavowEvent } from '../disavowal/disavow-event.ts';
import { hours, minutes } from '../duration.ts';
import { suspensionSubject } from '../factors/phone/facts.ts';
import { newId } from '../ids.ts';
import { havingSaid, type LostPhoneWorld, lostPhoneWorld } from '../lost-phone/lost-phone.testing.ts';
import { redeemPass } from '../lost-phone/redeem-pass.ts';
import { choosePassword } from '../password-reset/choose-password.ts';
import { fitPassword, withAnswers } from '../password-reset/reset.testing.ts';
import {
  events,
  letters,
  snapshot,
  type TestPortal,
  testAccount,
  testAgent,
  testApp,
  testFlow,
  testMember,
  testOperator,
  testVerifiedCaller,
} from '../portal.testing.ts';
import { takeRole } from '../roles/take-role.ts';
import { randomToken } from '../secrets.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import type { Agent } from '../visitor.ts';
import { locksOf, openRemovals } from './acts/facts.ts';
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
let karim: Agent;
let account: string;
const reason = 'Ticket 4711 : appel de la personne';

beforeEach(async () => {
  world = await lostPhoneWorld();
  portal = world.portal;
  account = world.claire.id;
  karim = await testAgent(portal);
  await testVerifiedCaller(portal, karim, account);
});
afterEach(() => portal.close());

const ok = { ok: true };
const refusedWith = (code: string) => ({ ok: false, problems: [expect.objectContaining({ code })] });
const lastEvent = async (type: string) => (await events(portal)).findLast((event) => event.type === type);
const letter = async (kind: string) => (await letters(portal)).findLast((sent) => sent.kind === kind);
const once = () => randomToken(128);

/** Of this act: once in the log, by this agent, with what they typed; and told to the person at once. */
async function isRecorded(type: string, kind = type) {
  const found = (await events(portal)).filter((event) => event.type === type);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ accountId: account, actor: karim.agentId, data: { reason, method: 'email-code' } });
  const sent = await letter(kind);
  expect(sent).toMatchObject({ to: world.claire.address, accountId: account });
  expect(sent?.text).toContain('/not-me/');
  // Where the agent sits is nobody's business.
  expect(sent?.text).not.toMatch(/Avec : |Depuis : /);
}

describe('unlock', () => {
  const subjectHere = () => passwordSubject(portal, world.claire.address, null);
  const failed = async (subject: string, times: number, policy = portal.settings.policy.attempts) => {
    for (let i = 0; i < times; i++) {
      const { perDay, waits } = policy;
      // One after the other, each as soon as it is allowed.
      await portal.store.unit(account, (tx) =>
        countTry(tx, subject, portal.now(), { ...policy, perDay: Math.max(perDay, 200), waits: waits.map(() => 0) }),
      );
    }
  };
  const wait = async (subject: string) => {
    await failed(subject, 5);
    await portal.store.unit(account, (tx) =>
      setAttempts(tx, {
        subject,
        failures: 5,
        dayFailures: 5,
        dayStartedAt: portal.now(),
        waitUntil: portal.now() + minutes(10),
        lastAt: portal.now(),
      }),
    );
  };

  test('who has mistyped too often may try again, with the same password, and wrong tries go on counting', async () => {
    for (let i = 0; i < 5; i++) await checkPassword(portal, testFlow(portal), { address: world.claire.address, password: 'Pas le bon du tout' });
    expect(await checkPassword(portal, testFlow(portal), world.claire)).toMatchObject(refusedWith('wrong-credentials'));
    expect(await locksOf(portal, account)).toMatchObject([{ what: 'password', why: 'waits' }]);
    expect(await unlock(portal, karim, { account, reason })).toMatchObject(ok);
    await isRecorded('unlocked');
    expect((await lastEvent('unlocked'))?.data).toMatchObject({ what: 'password' });
    expect(await locksOf(portal, account)).toEqual([]);
    const rows = await portal.store.db.select().from(portal.store.s.attempts);
    expect(rows.find(({ subject }) => subject === subjectHere())?.failures).toBeGreaterThan(3);
    expect(await checkPassword(portal, testFlow(portal), world.claire)).toMatchObject(ok);
  });

  test('the waits of apps, recovery codes, and of the owner’s own browsers end; telephones are asked again', async () => {
    await portal.store.unit(account, (tx) => setKnownBrowser(tx, { accountId: account, browser: 'hers', factorKind: null, seenAt: portal.now() }));
    const subjects = [factorSubject(world.app.id), recoveryCodesSubject(account), passwordSubject(portal, world.claire.address, 'hers')];
    for (const subject of subjects) await wait(subject);
    await portal.store.unit(account, (tx) =>
      setAttempts(tx, {
        subject: suspensionSubject(account),
        failures: 1,
        dayFailures: 1,
        dayStartedAt: portal.now(),
        waitUntil: portal.now(),
        lastAt: portal.now(),
      }),
    );
    expect((await locksOf(portal, account)).map(({ what }) => what).sort()).toEqual(['app', 'password', 'phones', 'recovery-codes']);
    expect(await unlock(portal, karim, { account, reason })).toMatchObject(ok);
    expect(await locksOf(portal, account)).toEqual([]);
  });

  test('nothing to unlock is said, and is no act', async () => {
    const before = await snapshot(portal);
    expect(await unlock(portal, karim, { account, reason })).toMatchObject(refusedWith('nothing-locked'));
    expect(await snapshot(portal)).toBe(before);
  });

  test('SEC-05: what a hundred wrong tries have closed, and answers closed for a week, stay closed', async () => {
    await failed(factorSubject(world.app.id), 100);
    await portal.store.unit(account, (tx) =>
      setAttempts(tx, {
        subject: answersSubject(account),
        failures: 5,
        dayFailures: 5,
        dayStartedAt: portal.now(),
        waitUntil: portal.now() + hours(100),
        lastAt: portal.now(),
      }),
    );
    const before = await locksOf(portal, account);
    expect(before).toMatchObject([
      { what: 'app', why: 'disabled', name: 'Google Authenticator' },
      { what: 'answers', why: 'closed' },
    ]);
    expect(await unlock(portal, karim, { account, reason })).toMatchObject(refusedWith('nothing-locked'));
    // Beside something that may be lifted, they stay as they are.
    await wait(recoveryCodesSubject(account));
    expect(await unlock(portal, karim, { account, reason })).toMatchObject(ok);
    expect(await locksOf(portal, account)).toEqual(before);
  });

  test('SEC-05: unlocking again and again gives no more than a hundred tries in all', async () => {
    const subject = factorSubject(world.app.id);
    let looked = 0;
    for (let i = 0; i < 300; i++) {
      const counted = await portal.store.unit(account, (tx) => countTry(tx, subject, portal.now(), portal.settings.policy.attempts));
      if (counted.kind === 'allowed') looked++;
      else await unlock(portal, karim, { account, reason });
    }
    expect(looked).toBe(portal.settings.policy.attempts.cap);
  });
});

describe('send a reset', () => {
  test('a letter in the account’s own language, with a link that holds nothing', async () => {
    await portal.store.unit(account, (tx) => setAccountLanguage(tx, account, 'en'));
    expect(await sendReset(portal, karim, { account, reason })).toMatchObject(ok);
    const sent = await letter('reset-sent');
    expect(sent?.subject).toBe('Choose a new password');
    for (const part of [sent?.text ?? '', sent?.html ?? '']) {
      const links = [...part.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => link);
      const others = links.filter((link) => !link.includes('/not-me/'));
      expect(new Set(others)).toEqual(new Set([`${portal.settings.origin}/reset-password/start`]));
    }
    expect(await portal.store.db.select().from(portal.store.s.passwordResets)).toEqual([]);
    await isRecorded('reset-sent');
  });

  test('two clicks, or two tabs, send one letter', async () => {
    const answers = await Promise.all([sendReset(portal, karim, { account, reason }), sendReset(portal, karim, { account, reason })]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await letters(portal)).filter(({ kind }) => kind === 'reset-sent')).toHaveLength(1);
  });
});

describe('give a pass', () => {
  test('it opens the replacement of the phone, once, after the right password', async () => {
    const given = await givePass(portal, karim, { account, reason, once: once() });
    if (!given.ok) throw new Error('No pass');
    expect(given.value.once).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(given.value.expiresAt).toBe(portal.now() + hours(1));
    await isRecorded('pass-given');
    const flow = await havingSaid(world);
    expect(await redeemPass(portal, flow, { code: given.value.once })).toMatchObject(ok);
    expect(await redeemPass(portal, await havingSaid(world), { code: given.value.once })).toMatchObject(refusedWith('pass-used'));
    expect((await lastEvent('pass-right'))?.data).toMatchObject({ issuedBy: karim.agentId });
  });

  test('SEC-111: it stands in no row, event or letter', async () => {
    const given = await givePass(portal, karim, { account, reason, once: once() });
    if (!given.ok) throw new Error('No pass');
    const everything = `${await snapshot(portal)}${JSON.stringify(await letters(portal))}`;
    expect(everything).not.toContain(given.value.once);
    expect(everything).not.toContain(given.value.once.replaceAll('-', ''));
  });

  test('the same form twice gives one, shown once; another one takes the place of the first', async () => {
    const form = { account, reason, once: once() };
    const first = await givePass(portal, karim, form);
    expect(await givePass(portal, karim, form)).toMatchObject(refusedWith('pass-shown'));
    const second = await givePass(portal, karim, { ...form, once: once() });
    if (!first.ok || !second.ok) throw new Error('No pass');
    expect(await redeemPass(portal, await havingSaid(world), { code: first.value.once })).toMatchObject(refusedWith('pass-expired'));
    expect(await redeemPass(portal, await havingSaid(world), { code: second.value.once })).toMatchObject(ok);
  });

  test('who has no factor needs none', async () => {
    const jean = await testAccount(portal, { address: 'jean.petit@inserm.fr' });
    await testVerifiedCaller(portal, karim, jean.id);
    expect(await givePass(portal, karim, { account: jean.id, reason, once: once() })).toMatchObject(refusedWith('nothing-to-replace'));
  });

  test('« Ce n’était pas moi » about it ends it', async () => {
    const given = await givePass(portal, karim, { account, reason, once: once() });
    if (!given.ok) throw new Error('No pass');
    const event = (await lastEvent('pass-given'))?.id ?? '';
    expect(await disavowEvent(portal, testMember(account), { event })).toMatchObject(ok);
    expect(await redeemPass(portal, await havingSaid(world), { code: given.value.once })).toMatchObject(refusedWith('pass-expired'));
  });
});

describe('SEC-80: a pass and a new password are a day apart, unless a lead decides', () => {
  const pass = (agent: Agent) => givePass(portal, agent, { account, reason, once: once() });
  const reset = (agent: Agent) => sendReset(portal, agent, { account, reason });
  const later = async (agents: Agent[]) => {
    portal.clock.advance(hours(24));
    for (const agent of agents) await testVerifiedCaller(portal, agent, account);
  };

  test('in either order, by the same agent or another one', async () => {
    const lead = await testAgent(portal, 'lead-agent', 'lea.chef@inserm.fr');
    const nora = await testAgent(portal, 'agent', 'nora.diallo@inserm.fr');
    for (const agent of [lead, nora]) await testVerifiedCaller(portal, agent, account);
    expect(await reset(karim)).toMatchObject(ok);
    const sentAt = portal.now();
    for (const agent of [karim, nora])
      expect(await pass(agent)).toMatchObject({ ok: false, problems: [{ code: 'pass-after-reset', retryAt: sentAt + hours(24) }] });
    expect(await pass(lead)).toMatchObject(ok);
    // The lead's pass, in turn, holds the agents' resets back.
    portal.clock.advance(minutes(5));
    expect(await reset(nora)).toMatchObject(refusedWith('reset-after-pass'));
    expect(await reset(lead)).toMatchObject(ok);
    await later([karim, nora]);
    portal.clock.advance(minutes(6));
    await testVerifiedCaller(portal, karim, account);
    expect(await pass(karim)).toMatchObject(ok);
  });

  test('a reset that the person made counts too, and one after the pass makes it worthless', async () => {
    const given = await pass(karim);
    if (!given.ok) throw new Error('No pass');
    expect(await choosePassword(portal, await withAnswers(portal, world.claire), { password: fitPassword })).toMatchObject(ok);
    const claire = { ...world.claire, password: fitPassword };
    expect(await redeemPass(portal, await havingSaid({ ...world, claire }), { code: given.value.once })).toMatchObject(refusedWith('pass-expired'));
    expect(await pass(karim)).toMatchObject(refusedWith('pass-after-reset'));
  });
});

describe('end sessions, freeze, unfreeze', () => {
  test('an account without a session: said, and no act', async () => {
    const before = await snapshot(portal);
    expect(await endSessions(portal, karim, { account, reason, session: 'all' })).toMatchObject(refusedWith('no-session'));
    expect(await endSessions(portal, karim, { account, reason, session: 'nobody’s' })).toMatchObject(refusedWith('no-session'));
    expect(await endSessions(portal, karim, { account, reason, session: '' })).toMatchObject(refusedWith('choose-one'));
    expect(await snapshot(portal)).toBe(before);
  });

  test('frozen, told, and opened again as it was', async () => {
    const factors = await portal.store.read((tx) => listFactors(tx, account));
    expect(await freeze(portal, karim, { account, reason })).toMatchObject(ok);
    await isRecorded('account-frozen');
    expect(await freeze(portal, karim, { account, reason })).toMatchObject(refusedWith('account-closed'));
    expect(await unfreeze(portal, karim, { account, reason })).toMatchObject(ok);
    await isRecorded('account-unfrozen');
    expect(await unfreeze(portal, karim, { account, reason })).toMatchObject(refusedWith('not-frozen'));
    expect(await portal.store.read((tx) => listFactors(tx, account))).toEqual(factors);
    expect(await checkPassword(portal, testFlow(portal), world.claire)).toMatchObject(ok);
  });

  test('a lead freezes without a caller, an agent does not', async () => {
    const lead = await testAgent(portal, 'lead-agent', 'lea.chef@inserm.fr');
    const nora = await testAgent(portal, 'agent', 'nora.diallo@inserm.fr');
    expect(await freeze(portal, nora, { account, reason })).toMatchObject(refusedWith('caller-not-verified'));
    expect(await freeze(portal, lead, { account, reason })).toMatchObject(ok);
    expect((await lastEvent('account-frozen'))?.data).toMatchObject({ method: null, reason });
  });
});

describe('remove a factor', () => {
  const second = async () => testApp(portal, account, 'Aegis');
  const ask = (factor = world.app.id) => askRemoval(portal, karim, { account, reason, factor });
  const request = async () => (await portal.store.db.select().from(portal.store.s.removalRequests))[0]?.id ?? '';
  const factorIds = async () => (await portal.store.read((tx) => listFactors(tx, account))).map(({ id }) => id).sort();

  test('one asks, another approves: it is gone, told twice, and the sessions with it', async () => {
    const aegis = await second();
    const nora = await testAgent(portal, 'agent', 'nora.diallo@inserm.fr');
    expect(await ask()).toMatchObject(ok);
    await isRecorded('removal-asked');
    expect(await factorIds()).toHaveLength(2);
    expect(await openRemovals(portal, nora)).toMatchObject([
      { own: false, askedBy: 'Karim Benali', reason, method: 'email-code', factor: { name: 'Google Authenticator', mayGo: true } },
    ]);
    expect(await openRemovals(portal, karim)).toMatchObject([{ own: true }]);
    expect(await decideRemoval(portal, nora, { request: await request(), decision: 'approve' })).toMatchObject({ ok: true, value: 'approved' });
    expect(await factorIds()).toEqual([aegis.id]);
    expect(await lastEvent('factor-removed')).toMatchObject({ actor: nora.agentId, data: { name: 'Google Authenticator' } });
    expect(await lastEvent('removal-decided')).toMatchObject({
      actor: nora.agentId,
      data: { decision: 'approved', askedBy: karim.agentId, reason, method: 'email-code' },
    });
    expect((await letter('removed-by-helpdesk'))?.text).toContain('Google Authenticator');
    expect(await openRemovals(portal, nora)).toEqual([]);
  });

  test('refused or taken back, it stays, and is told', async () => {
    await second();
    const nora = await testAgent(portal, 'agent', 'nora.diallo@inserm.fr');
    const before = await factorIds();
    expect(await ask()).toMatchObject(ok);
    expect(await ask()).toMatchObject(refusedWith('removal-asked'));
    expect(await decideRemoval(portal, nora, { request: await request(), decision: 'refuse' })).toMatchObject({ ok: true, value: 'refused' });
    expect(await ask()).toMatchObject(ok);
    const [, again] = await portal.store.db.select().from(portal.store.s.removalRequests);
    const open = again?.decidedAt === null ? again.id : await request();
    expect(await decideRemoval(portal, karim, { request: open, decision: 'withdraw' })).toMatchObject({ ok: true, value: 'withdrawn' });
    expect(await factorIds()).toEqual(before);
    expect((await letters(portal)).filter(({ kind }) => kind === 'removal-not-done')).toHaveLength(2);
  });

  test('SEC-42: the last one that works is not asked for, nor removed when it has become the last', async () => {
    expect(await ask()).toMatchObject(refusedWith('only-factor'));
    const aegis = await second();
    expect(await ask()).toMatchObject(ok);
    const nora = await testAgent(portal, 'agent', 'nora.diallo@inserm.fr');
    await portal.store.write(portal.store.db.update(portal.store.s.factors).set({ frozenAt: portal.now() }).where(eqId(aegis.id)));
    expect(await decideRemoval(portal, nora, { request: await request(), decision: 'approve' })).toMatchObject(refusedWith('only-factor'));
    expect(await factorIds()).toHaveLength(2);
  });

  const eqId = (id: string) => eq(portal.store.s.factors.id, id);

  test('SEC-80: neither who asked, nor who is asked about, nor a former colleague’s request; nor after an hour', async () => {
    await second();
    expect(await ask()).toMatchObject(ok);
    const id = await request();
    expect(await decideRemoval(portal, karim, { request: id, decision: 'approve' })).toMatchObject(refusedWith('own-removal'));
    expect(await decideRemoval(portal, karim, { request: id, decision: 'refuse' })).toMatchObject(refusedWith('own-removal'));
    const nora = await testAgent(portal, 'agent', 'nora.diallo@inserm.fr');
    expect(await decideRemoval(portal, nora, { request: id, decision: 'withdraw' })).toMatchObject(refusedWith('others-removal'));
    expect(await decideRemoval(portal, nora, { request: id, decision: 'eat' })).toMatchObject(refusedWith('choose-one'));
    expect(await decideRemoval(portal, nora, { request: newId(), decision: 'approve' })).toMatchObject(refusedWith('removal-gone'));
    await takeRole(portal, testOperator(), { address: 'karim.benali@inserm.fr' });
    expect(await decideRemoval(portal, nora, { request: id, decision: 'approve' })).toMatchObject(refusedWith('asker-gone'));
    portal.clock.advance(hours(1));
    expect(await decideRemoval(portal, nora, { request: id, decision: 'refuse' })).toMatchObject(refusedWith('removal-expired'));
    expect(await factorIds()).toHaveLength(2);
  });

  test('approved twice, and approved while it is taken back: exactly one wins', async () => {
    const nora = await testAgent(portal, 'agent', 'nora.diallo@inserm.fr');
    const omar = await testAgent(portal, 'agent', 'omar.saidi@inserm.fr');
    for (let i = 0; i < 5; i++) {
      const extra = await testApp(portal, account, `Aegis ${i}`);
      await testVerifiedCaller(portal, karim, account);
      expect(await ask(extra.id)).toMatchObject(ok);
      const rows = await portal.store.db.select().from(portal.store.s.removalRequests);
      const id = rows.find(({ decidedAt }) => decidedAt === null)?.id ?? '';
      const answers = await Promise.all([
        decideRemoval(portal, nora, { request: id, decision: 'approve' }),
        decideRemoval(portal, karim, { request: id, decision: 'withdraw' }),
        decideRemoval(portal, omar, { request: id, decision: 'approve' }),
        decideRemoval(portal, omar, { request: id, decision: 'refuse' }),
      ]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      const decided = (await events(portal)).filter(({ type, data }) => type === 'removal-decided' && data.request === id);
      expect(decided).toHaveLength(1);
      const gone = !(await factorIds()).includes(extra.id);
      expect(gone).toBe(decided[0]?.data.decision === 'approved');
    }
  });

  test('« Ce n’était pas moi » about the request closes it', async () => {
    await second();
    expect(await ask()).toMatchObject(ok);
    const event = (await lastEvent('removal-asked'))?.id ?? '';
    expect(await disavowEvent(portal, testMember(account), { event })).toMatchObject(ok);
    const nora = await testAgent(portal, 'agent', 'nora.diallo@inserm.fr');
    expect(await decideRemoval(portal, nora, { request: await request(), decision: 'approve' })).toMatchObject(refusedWith('removal-gone'));
  });
});
