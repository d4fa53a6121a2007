// An account's card, as each role sees it.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setKnownBrowser } from '#db/known-browsers';
import { engines } from '#db/testing';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { days, hours, minutes, seconds } from '../duration.ts';
import { installApp } from '../enrolment/install-app.ts';
import { scanCode } from '../enrolment/scan-code.ts';
import { pairedPhone, testPin } from '../factors/phone/phone.testing.ts';
import { words } from '../language/language.ts';
import {
  events,
  lastCode,
  rightAnswers,
  snapshot,
  type TestAccount,
  type TestPortal,
  testAccount,
  testAgent,
  testAnswers,
  testApp,
  testFlow,
  testMemberFlow,
  testOperator,
  testPassword,
  testPortal,
  testRecoveryCodes,
} from '../portal.testing.ts';
import { roles } from '../roles/rules.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { sendEmailCode } from '../sign-in/send-email-code.ts';
import type { Agent } from '../visitor.ts';
import { cardOf } from './facts.ts';
import { freeze } from './freeze.ts';
import { type CardField, cardFields, maySee } from './rules.ts';
import { seeAccount } from './see-account.ts';
import { askCaller } from './verify-caller/ask-caller.ts';
import { proveCallerCode } from './verify-caller/prove-email-code.ts';

describe.each(engines())('on $name', (engine) => {
  let portal: TestPortal;
  let karim: Agent;
  let claire: TestAccount;
  beforeEach(async () => {
    portal = await testPortal({ store: await engine.open() });
    karim = await testAgent(portal);
    claire = await testAccount(portal);
  });
  afterEach(() => portal.close());

  const card = async (agent = karim, id = claire.id) => {
    const found = await cardOf(portal, agent, id);
    if (!found) throw new Error('There is no such account.');
    return found;
  };
  const wellProtected = async () => {
    await testApp(portal, claire.id);
    await pairedPhone(portal, claire.id);
    await testAnswers(portal, claire.id);
    return testRecoveryCodes(portal, claire.id);
  };

  test.each(roles)('SEC-73: %s sees exactly the fields of the matrix', async (role) => {
    const agent = await testAgent(portal, role, 'paul.durand@inserm.fr');
    await wellProtected();
    const seen = await card(agent);
    for (const field of Object.keys(cardFields) as CardField[])
      expect(seen[field] !== null || field === 'verification', field).toBe(maySee(role, field) || field === 'verification');
    const leads = maySee(role, 'networks');
    expect(seen.events?.some(({ network }) => network !== null)).toBe(leads);
  });

  test.each(roles)('SEC-74: no secret, hash, code or whole address stands in what %s gets', async (role) => {
    const agent = await testAgent(portal, role, 'paul.durand@inserm.fr');
    const codes = await wellProtected();
    await checkPassword(portal, testFlow(portal), { address: claire.address, password: 'a canary, not the password' });
    await askCaller(portal, agent, { account: claire.id, method: 'email-code' });
    const code = await lastCode(portal, claire.address);
    const said = JSON.stringify(await card(agent));
    const { store } = portal;
    const factors = await store.db.select().from(store.s.factors);
    const secrets = [
      claire.address,
      testPassword,
      testPin,
      code,
      'a canary, not the password',
      ...codes,
      ...Object.values(rightAnswers),
      ...factors.flatMap(({ secret }) => [secret.toString('base64'), secret.toString('hex')]),
      ...(await store.db.select().from(store.s.answers)).map(({ hash }) => hash),
      ...(await store.db.select().from(store.s.passwords)).map(({ hash }) => hash),
      ...(await store.db.select().from(store.s.recoveryCodes)).map(({ hash }) => hash),
      ...(await store.db.select().from(store.s.phones)).flatMap(({ publicKey, credentialId }) => [publicKey.x, credentialId ?? publicKey.y]),
    ];
    for (const secret of secrets) expect(said).not.toContain(secret);
    expect(said).not.toMatch(/\$argon2|fcm\.googleapis/);
  });

  test('it changes nothing', async () => {
    await wellProtected();
    const before = await snapshot(portal);
    await card();
    expect(await snapshot(portal)).toBe(before);
  });

  test('it asks the store as often for whoever has fifty browsers as for whoever has none', async () => {
    await wellProtected();
    const { store } = portal;
    const asked = async () => {
      let statements = 0;
      const read: typeof store.read = (script) =>
        store.read(function* (tx) {
          const running = script(tx);
          let step = running.next();
          while (!step.done) {
            statements += 1;
            step = running.next(yield step.value);
          }
          return step.value;
        });
      await cardOf({ ...portal, store: { ...store, read } }, karim, claire.id);
      return statements;
    };
    const before = await asked();
    for (let n = 0; n < 50; n++)
      await store.unit(claire.id, (tx) =>
        setKnownBrowser(tx, { accountId: claire.id, browser: `browser ${n}`, factorKind: 'totp', seenAt: portal.now() }),
      );
    expect(await asked()).toBe(before);
    expect(before).toBeLessThan(60);
  });

  test('who it is: masked, with kind, directory and status', async () => {
    expect(await card()).toMatchObject({
      name: 'Claire Martin',
      maskedAddress: 'c•••n@inserm.fr',
      kind: 'internal',
      status: { now: 'active', closed: null, role: null },
      directory: { kind: 'embedded' },
      sessions: { lastSignIn: null },
      cases: [],
    });
    expect(await cardOf(portal, karim, 'nobody')).toBeNull();
  });

  test('somebody well protected is told to be well', async () => {
    await wellProtected();
    portal.clock.advance(minutes(1));
    const { diagnoses, factors, enrolment } = await card();
    expect(diagnoses.map(({ key }) => key)).toEqual(['fine']);
    expect(factors).toMatchObject({ recoveryCodes: { left: 10, of: 10 }, questions: true, pending: null });
    expect(factors?.held.map(({ kind }) => kind).sort()).toEqual(['phone', 'totp']);
    expect(factors?.held.find(({ kind }) => kind === 'phone')?.phone).toMatchObject({ unlock: 'biometrics', lockedAt: null });
    expect(enrolment).toMatchObject({ step: 'done' });
  });

  test('stuck at scanning: since when, how many wrong codes, and that a clock may be the reason', async () => {
    const flow = testMemberFlow(portal, { accountId: claire.id });
    expect(await installApp(portal, flow, { app: 'Google Authenticator' })).toMatchObject({ ok: true });
    const chosen = portal.now();
    for (let i = 0; i < 3; i++) {
      portal.clock.advance(minutes(2));
      expect(await scanCode(portal, flow, { code: '123456' })).toMatchObject({ ok: false });
    }
    const { enrolment, diagnoses, factors } = await card();
    expect(enrolment).toMatchObject({
      step: 'scan-code',
      since: chosen,
      wrongCodes: { count: 3, first: chosen + minutes(2), last: chosen + minutes(6) },
      doneAt: { 'install-app': chosen },
    });
    expect(factors?.pending).toMatchObject({ kind: 'totp', chosenAt: chosen, expired: false });
    expect(diagnoses[0].key).toBe('wrong-first-codes');
  });

  test('locked out after wrong passwords: until when, and what helps', async () => {
    for (let i = 0; i < 5; i++) {
      await checkPassword(portal, testFlow(portal), { address: claire.address, password: 'not the password at all' });
      portal.clock.advance(seconds(31));
    }
    const { locks, diagnoses } = await card();
    expect(locks?.all).toMatchObject([{ what: 'password', why: 'waits', until: expect.any(Number) }]);
    expect(diagnoses[0]).toEqual({ key: 'password-waits', act: 'unlock' });
  });

  test('no mail leaves: said before anything that comes of it', async () => {
    const flow = testFlow(portal);
    await checkPassword(portal, flow, { address: claire.address, password: testPassword });
    await sendEmailCode(portal, flow);
    expect((await card()).diagnoses[0].key).toBe('code-untyped');
    await portal.store.write(
      portal.store.db.update(portal.store.s.outbox).set({ failure: 'connect ECONNREFUSED' }).where(eq(portal.store.s.outbox.kind, 'code')),
    );
    expect((await card()).diagnoses[0].key).toBe('mail-waiting');
    await portal.store.write(
      portal.store.db.update(portal.store.s.outbox).set({ dueAt: null, failure: '550 no such user' }).where(eq(portal.store.s.outbox.kind, 'code')),
    );
    expect((await card()).diagnoses[0].key).toBe('mail-refused');
  });

  test('frozen by the helpdesk, with its reason; disabled by an operator', async () => {
    const lead = await testAgent(portal, 'lead-agent', 'louise.lead@inserm.fr');
    expect(await freeze(portal, lead, { account: claire.id, reason: 'Alarme du RSSI' })).toMatchObject({ ok: true });
    expect((await card()).status).toMatchObject({ now: 'frozen', closed: { at: portal.now(), by: 'helpdesk', reason: 'Alarme du RSSI' } });
    expect((await card()).diagnoses[0]).toEqual({ key: 'frozen', act: 'unfreeze' });
    portal.clock.advance(seconds(1));
    await setAccountStatus(portal, testOperator(), claire.address, 'disabled');
    expect((await card()).status).toMatchObject({ now: 'disabled', closed: { by: 'operator', reason: null } });
    await setAccountStatus(portal, testOperator(), claire.address, 'active');
    expect((await card()).status).toMatchObject({ now: 'active', closed: null });
  });

  test('acts: shut until the caller is verified, by this agent, and open then', async () => {
    expect((await card()).acts).toMatchObject({ 'verify-caller': null, unlock: 'caller-not-verified', 'give-pass': 'caller-not-verified' });
    await askCaller(portal, karim, { account: claire.id, method: 'email-code' });
    await proveCallerCode(portal, karim, { account: claire.id, code: await lastCode(portal, claire.address) });
    expect(await card()).toMatchObject({ acts: { unlock: null, 'give-pass': null }, verification: { method: 'email-code', at: portal.now() } });
    const nadia = await testAgent(portal, 'agent', 'nadia.haddad@inserm.fr');
    expect(await card(nadia)).toMatchObject({ acts: { unlock: 'caller-not-verified' }, verification: null });
  });

  test('T28: one’s own card and a colleague’s are read, and nothing is done with them', async () => {
    const nadia = await testAgent(portal, 'agent', 'nadia.haddad@inserm.fr');
    expect((await card(karim, karim.agentId)).acts).toMatchObject({ 'verify-caller': 'on-yourself', unlock: 'on-yourself', freeze: 'on-yourself' });
    expect(await card(karim, nadia.agentId)).toMatchObject({ acts: { 'verify-caller': 'on-a-colleague' }, status: { role: 'agent' } });
  });

  test('a password that was refused while a wait ran is not called wrong once the wait is over', async () => {
    const types = (password: string) => checkPassword(portal, testFlow(portal), { address: claire.address, password });
    for (let i = 0; i < 4; i++) await types('not the password at all');
    expect((await card()).diagnoses[0]).toEqual({ key: 'password-waits', act: 'unlock' });
    expect(await types(testPassword)).toMatchObject({ ok: false });
    portal.clock.advance(minutes(2));
    expect((await card()).diagnoses[0]).toEqual({ key: 'password-unseen', act: null });
    await types('not the password at all');
    portal.clock.advance(minutes(2));
    expect((await card()).diagnoses[0]).toEqual({ key: 'wrong-password', act: 'send-reset' });
  });

  test('the right password, typed while the account was closed, is not called wrong once the account is open again', async () => {
    const lead = await testAgent(portal, 'lead-agent', 'louise.lead@inserm.fr');
    const types = (password: string) => checkPassword(portal, testFlow(portal), { address: claire.address, password });
    const typesAndReopens = async (close: () => Promise<unknown>) => {
      await close();
      portal.clock.advance(seconds(1));
      expect(await types(testPassword)).toMatchObject({ ok: false });
      portal.clock.advance(seconds(1));
      await setAccountStatus(portal, testOperator(), claire.address, 'active');
      expect((await card()).diagnoses.map(({ key }) => key)).not.toContain('wrong-password');
      portal.clock.advance(seconds(1));
    };
    await typesAndReopens(() => freeze(portal, lead, { account: claire.id, reason: 'Alarme du RSSI' }));
    await typesAndReopens(() => setAccountStatus(portal, testOperator(), claire.address, 'disabled'));
    await types('not the password at all');
    expect((await card()).diagnoses.map(({ key }) => key)).toContain('wrong-password');
  });

  test('the right password, refused because too many were wrong, is not called wrong once no count stands against it', async () => {
    const types = (password: string) => checkPassword(portal, testFlow(portal), { address: claire.address, password });
    for (let i = 0; i < portal.settings.policy.attempts.cap; i++) {
      await types('not the password at all');
      portal.clock.advance(days(1) + hours(1));
    }
    expect(await types(testPassword)).toMatchObject({ ok: false });
    expect((await card()).diagnoses[0]?.key).toBe('password-disabled');
    await portal.store.write(portal.store.db.delete(portal.store.s.attempts));
    expect((await card()).diagnoses[0]).toEqual({ key: 'password-unseen', act: null });
  });

  test('tries in a row are one line, with how many and since when', async () => {
    const began = portal.now();
    for (let i = 0; i < 4; i++) {
      await checkPassword(portal, testFlow(portal), { address: claire.address, password: 'not the password at all' });
      portal.clock.advance(minutes(1));
    }
    const [newest, next] = (await card()).events ?? [];
    expect(newest).toMatchObject({ type: 'password-wrong', times: 4, firstAt: began, at: began + minutes(3) });
    expect(next?.type).not.toBe('password-wrong');
  });

  test('a row of tries that is longer than what is read says at least how many, and no beginning', async () => {
    const began = portal.now();
    for (let i = 0; i < 60; i++) {
      await checkPassword(portal, testFlow(portal), { address: claire.address, password: 'not the password at all' });
      portal.clock.advance(minutes(1));
    }
    expect((await card()).events).toMatchObject([{ type: 'password-wrong', times: 40, firstAt: null, at: began + minutes(59) }]);
    const { times } = words('fr').helpdeskCard;
    expect([times(40, null, portal.now()), words('en').helpdeskCard.times(40, null, portal.now())]).toEqual([
      'Au moins 40 fois',
      'At least 40 times',
    ]);
  });

  test('looks of agents do not push out what happened', async () => {
    await checkPassword(portal, testFlow(portal), { address: claire.address, password: 'not the password at all' });
    for (let i = 0; i < 12; i++) {
      portal.clock.advance(minutes(6));
      await seeAccount(portal, karim, claire.id, 'search');
    }
    expect((await events(portal)).filter(({ type }) => type === 'account-seen')).toHaveLength(12);
    expect((await card()).events?.map(({ type }) => type)).toContain('password-wrong');
    expect((await card()).events?.map(({ type }) => type)).not.toContain('account-seen');
  });
});
