// « Ce n’était pas moi »: what it takes away, that it gives nothing, and that saying it twice is saying it once.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAccountEnrolled, setAccountLanguage } from '#db/accounts';
import { setConsent } from '#db/consents';
import { listFactors } from '#db/factors';
import { setPendingFactor } from '#db/pending-factors';
import { listRecoveryCodes } from '#db/recovery-codes';
import type { EventFacts } from '../audit/events.ts';
import { recordEvent } from '../audit/record-event.ts';
import { days, hours, minutes } from '../duration.ts';
import { answerQuestions } from '../enrolment/answer-questions.ts';
import { installApp } from '../enrolment/install-app.ts';
import type { Happened } from '../mail/messages.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import { endWorld, enrolledAccount, type ProviderWorld, providerWorld } from '../oidc/provider.testing.ts';
import {
  events,
  letters,
  snapshot,
  type TestAccount,
  type TestApp,
  type TestPortal,
  testAccount,
  testAnswers,
  testApp,
  testFlow,
  testMember,
  testMemberFlow,
  testPortal,
  testRecoveryCodes,
  testVisitor,
} from '../portal.testing.ts';
import { proveFactor } from '../proof/prove-factor.ts';
import { digest } from '../secrets.ts';
import { startPortalSession } from '../sessions/portal-session.ts';
import { type Acr, acrValues } from '../sign-in/assurance.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { signInFacts } from '../sign-in/facts.ts';
import { finishSignIn } from '../sign-in/finish-sign-in.ts';
import { proveRecoveryCode } from '../sign-in/prove-recovery-code.ts';
import { proveTotp } from '../sign-in/prove-totp.ts';
import { sendEmailCode } from '../sign-in/send-email-code.ts';
import { nextSignInStep } from '../sign-in/steps.ts';
import { disavowByLink } from './disavow-by-link.ts';
import { disavowEvent } from './disavow-event.ts';
import { reportedByLink, reportedByMember } from './facts.ts';

let portal: TestPortal;
let claire: TestAccount;
let app: TestApp;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  app = await testApp(portal, claire.id);
  portal.clock.advance(hours(1));
});
afterEach(() => portal.close());

const rows = <T extends keyof TestPortal['store']['s']>(table: T) =>
  portal.store.db.select().from(portal.store.s[table] as TestPortal['store']['s']['cases']);
const factors = () => portal.store.read((tx) => listFactors(tx, claire.id));
const kinds = async () => (await letters(portal)).map(({ kind }) => kind);
const lastEvent = async () => (await events(portal)).at(-1);
const refused = { ok: false, problems: [{ code: 'expired-page' }] };

/** An event with its notice. @returns the event's id and the token of the letter's link */
async function noticed(event: EventFacts, happened: Happened, account = claire): Promise<{ event: string; token: string }> {
  const recorded = await portal.store.unit(account.id, function* (tx) {
    const recorded = yield* recordEvent(tx, portal.now(), testVisitor, { ...event, accountId: account.id });
    yield* queueNotice(portal, tx, portal.now(), testVisitor, account.id, recorded, happened);
    return recorded;
  });
  const letter = (await letters(portal)).findLast(({ kind }) => kind === happened.kind);
  return { event: recorded.id, token: /\/not-me\/([\w-]{43})\b/.exec(letter?.text ?? '')?.[1] ?? '' };
}
/** Somebody else's app, put in place an hour after Claire's. */
async function intruder() {
  const added = await testApp(portal, claire.id, 'Pixel');
  const data = { factor: added.id, kind: 'totp', name: 'Pixel' };
  return { app: added, ...(await noticed({ type: 'factor-added', data }, { kind: 'factor-added', factor: 'Pixel' })) };
}
/** A session of the account, proven at the portal's present time unless said otherwise. */
async function session(token = 'here', authenticatedAt = portal.now(), acr: string | null = acrValues[1]) {
  const traits = { userAgent: null, network: null };
  await startPortalSession(portal, { token, accountId: claire.id, sid: null, idToken: null, acr, amr: [], authenticatedAt, ...traits });
  return testMember(claire.id, digest(token));
}

describe('a link', () => {
  test('SEC-49: freezes the factor that was added, ends every session, opens a case and tells its owner and the helpdesk', async () => {
    await session('one');
    await session('two');
    const { token, event, app: added } = await intruder();
    const said = await disavowByLink(portal, testVisitor, token);
    expect(said).toMatchObject({ ok: true, value: { advice: 'change-password', staysSignedIn: false } });
    expect(await factors()).toMatchObject([
      { id: app.id, frozenAt: null },
      { id: added.id, frozenAt: portal.now() },
    ]);
    expect(await rows('portalSessions')).toEqual([]);
    const [opened] = await rows('cases');
    expect(opened).toMatchObject({ kind: 'not-me', accountId: claire.id, eventId: event, openedAt: portal.now(), closedAt: null });
    expect(said).toMatchObject({ value: { caseNumber: opened?.id } });
    expect(await lastEvent()).toMatchObject({ type: 'disavowed', accountId: claire.id, data: { event, what: 'factor-added', case: opened?.id } });
    const [, toHelpdesk, toOwner] = await letters(portal);
    expect(toHelpdesk).toMatchObject({ kind: 'case-opened', to: portal.settings.helpdesk.email, accountId: null });
    expect(`${toHelpdesk?.subject}${toHelpdesk?.text}${toHelpdesk?.html}`).not.toMatch(/claire|martin@|pixel/i);
    expect(toHelpdesk?.text).toContain(opened?.id);
    expect(toOwner).toMatchObject({ kind: 'disavowed', to: claire.address });
    expect(toOwner?.text).toContain('Moyen de connexion ajouté');
    expect(toOwner?.text).toContain(opened?.id);
    // There is nothing to disown in it.
    expect(toOwner?.text).not.toContain('/not-me/');
  });

  test('what was put in place by the same hands since goes too: factors, recovery codes, answers', async () => {
    const { token } = await intruder();
    portal.clock.advance(minutes(1));
    const passkey = await testApp(portal, claire.id, 'Another of theirs');
    await testRecoveryCodes(portal, claire.id);
    await testAnswers(portal, claire.id);
    expect(await reportedByLink(portal, token)).toMatchObject({
      going: { factors: ['Pixel', 'Another of theirs'], recoveryCodes: true, answers: true, password: false, consent: null },
    });
    await disavowByLink(portal, testVisitor, token);
    expect((await factors()).filter(({ frozenAt }) => frozenAt === null).map(({ id }) => id)).toEqual([app.id]);
    expect((await factors()).map(({ id }) => id)).toContain(passkey.id);
    expect(await rows('recoveryCodes')).toEqual([]);
    expect(await rows('answers')).toEqual([]);
  });

  test('what was there before stays: the owner’s app, codes and answers', async () => {
    await testRecoveryCodes(portal, claire.id);
    await testAnswers(portal, claire.id);
    portal.clock.advance(minutes(1));
    await disavowByLink(portal, testVisitor, (await intruder()).token);
    expect(await rows('recoveryCodes')).toHaveLength(10);
    expect(await rows('answers')).toHaveLength(4);
    expect(await proveFactor(portal, testMember(claire.id), { code: app.code() })).toMatchObject({ ok: true });
  });

  test('T15, SEC-54: opened twenty times, by a scanner or by its owner, it changes nothing', async () => {
    const { token } = await intruder();
    const before = await snapshot(portal);
    for (let i = 0; i < 20; i++) expect(await reportedByLink(portal, token)).toMatchObject({ caseNumber: null, address: 'c•••n@inserm.fr' });
    expect(await snapshot(portal)).toBe(before);
    expect(await disavowByLink(portal, testVisitor, token)).toMatchObject({ ok: true });
  });

  test('followed twice, or ten times at once, is followed once', async () => {
    const { token, event } = await intruder();
    const said = await Promise.all(Array.from({ length: 10 }, () => disavowByLink(portal, testVisitor, token)));
    expect(new Set(said.map((s) => (s.ok ? s.value.caseNumber : null))).size).toBe(1);
    const after = await snapshot(portal, 'portalSessions');
    expect(await disavowEvent(portal, await session(), { event })).toMatchObject({ ok: true });
    expect(await snapshot(portal, 'portalSessions')).toBe(after);
    expect(await rows('cases')).toHaveLength(1);
    expect((await events(portal)).filter(({ type }) => type === 'disavowed')).toHaveLength(1);
    expect((await kinds()).filter((kind) => kind !== 'factor-added')).toEqual(['case-opened', 'disavowed']);
    expect((await rows('disavowals')).every((row) => 'usedAt' in row && row.usedAt !== null)).toBe(true);
    expect(await reportedByLink(portal, token)).toMatchObject({ caseNumber: (await rows('cases'))[0]?.id });
    // What the helpdesk gives back is not taken away again.
    await portal.store.write(portal.store.db.update(portal.store.s.factors).set({ frozenAt: null }));
    await disavowByLink(portal, testVisitor, token);
    expect((await factors()).every(({ frozenAt }) => frozenAt === null)).toBe(true);
  });

  test('SEC-49: after seven days it does nothing, and says so in the log', async () => {
    const { token } = await intruder();
    portal.clock.advance(days(7));
    const before = await snapshot(portal, 'events');
    expect(await reportedByLink(portal, token)).toBeNull();
    expect(await disavowByLink(portal, testVisitor, token)).toEqual(refused);
    expect(await snapshot(portal, 'events')).toBe(before);
    expect(await lastEvent()).toMatchObject({ type: 'step-refused', accountId: claire.id, data: { act: 'disavow-by-link' } });
  });

  test.each([null, '', 'x', 'A'.repeat(43), 'A'.repeat(44), '\0'.repeat(43), 7, ['A'.repeat(43)], { length: 43 }])(
    'made up does nothing: %j',
    async (token) => {
      await intruder();
      const before = await snapshot(portal);
      expect(await disavowByLink(portal, testVisitor, token)).toEqual(refused);
      expect(await reportedByLink(portal, token as string)).toBeNull();
      expect(await snapshot(portal)).toBe(before);
    },
  );

  test('SEC-53: its token is nowhere in the database but sealed in the letter', async () => {
    const { token } = await intruder();
    expect(await snapshot(portal)).not.toContain(token);
    expect(await rows('disavowals')).toMatchObject([{ id: digest(token), expiresAt: portal.now() + days(7), usedAt: null }]);
  });
});

describe('in the account', () => {
  test('an event of one’s own is disowned, with what it names', async () => {
    const { event, app: added } = await intruder();
    expect(await disavowEvent(portal, testMember(claire.id), { event })).toMatchObject({ ok: true });
    expect((await factors()).find(({ id }) => id === added.id)).toMatchObject({ frozenAt: portal.now() });
  });

  test('T28: another person’s event is refused and recorded, and so is one that nobody can disown', async () => {
    const paul = await testAccount(portal, { address: 'paul.durand@inserm.fr' });
    const theirs = await noticed({ type: 'password-changed' }, { kind: 'password-changed' }, paul);
    const { event: wrong } = await portal.store.unit(claire.id, function* (tx) {
      return { event: (yield* recordEvent(tx, portal.now(), testVisitor, { type: 'password-wrong', accountId: claire.id })).id };
    });
    for (const [event, foreign] of [
      [theirs.event, true],
      [wrong, false],
      ['nothing', true],
      ['', true],
    ] as const) {
      const before = await snapshot(portal, 'events');
      expect(await reportedByMember(portal, testMember(claire.id), event)).toBeNull();
      expect(await disavowEvent(portal, testMember(claire.id), { event })).toEqual(refused);
      expect(await snapshot(portal, 'events')).toBe(before);
      expect(await lastEvent()).toMatchObject({ type: 'step-refused', accountId: claire.id, data: { act: 'disavow-event', foreign } });
    }
  });

  test('the session that says so goes on when it has just been proven with something that stays', async () => {
    const { event } = await intruder();
    portal.clock.advance(minutes(20));
    const here = await session('here');
    await session('there');
    expect(await reportedByMember(portal, here, event)).toMatchObject({ staysSignedIn: true });
    expect(await disavowEvent(portal, here, { event })).toMatchObject({ value: { staysSignedIn: true } });
    expect((await rows('portalSessions')).map(({ id }) => id)).toEqual([here.sessionId]);
  });

  test.each([
    ['was proven too long ago', async () => session('here', portal.now() - minutes(10))],
    ['proved no factor', async () => session('here', portal.now(), acrValues[0])],
    [
      'may have been proven with what goes',
      async () => {
        await portal.store.write(portal.store.db.update(portal.store.s.factors).set({ lastUsedAt: portal.now() }));
        return session('here');
      },
    ],
  ])('it ends too when it %s', async (_, open) => {
    const { event } = await intruder();
    const here = await open();
    expect(await reportedByMember(portal, here, event)).toMatchObject({ staysSignedIn: false });
    expect(await disavowEvent(portal, here, { event })).toMatchObject({ value: { staysSignedIn: false } });
    expect(await rows('portalSessions')).toEqual([]);
  });
});

describe('each thing that can be disowned takes away what it opened', () => {
  const at = (facts: Omit<EventFacts, 'accountId'>, kind: Happened = { kind: 'password-changed' }) => noticed(facts, kind);

  test('recovery codes that were kept', async () => {
    await testRecoveryCodes(portal, claire.id);
    const { token } = await at({ type: 'recovery-codes-kept', data: { count: 10 } }, { kind: 'recovery-codes-kept' });
    await disavowByLink(portal, testVisitor, token);
    expect(await rows('recoveryCodes')).toEqual([]);
    expect((await factors())[0]).toMatchObject({ frozenAt: null });
  });

  test('but not a set that has taken their place since', async () => {
    const { token } = await at({ type: 'recovery-codes-kept' }, { kind: 'recovery-codes-kept' });
    portal.clock.advance(days(1));
    await testRecoveryCodes(portal, claire.id);
    await disavowByLink(portal, testVisitor, token);
    expect(await portal.store.read((tx) => listRecoveryCodes(tx, claire.id))).toHaveLength(10);
  });

  test('a recovery code that was used: the other nine die with it', async () => {
    const [code = ''] = await testRecoveryCodes(portal, claire.id);
    portal.clock.advance(minutes(1));
    await proveFactor(portal, testMember(claire.id), { code });
    const used = (await letters(portal)).find(({ kind }) => kind === 'recovery-code-used');
    expect(used?.text).toContain('Il vous en reste 9');
    await disavowByLink(portal, testVisitor, /not-me\/([\w-]+)/.exec(used?.text ?? '')?.[1]);
    expect(await rows('recoveryCodes')).toEqual([]);
  });

  test('answers', async () => {
    await testAnswers(portal, claire.id);
    const { token } = await at({ type: 'answers-changed' }, { kind: 'answers-changed' });
    await disavowByLink(portal, testVisitor, token);
    expect(await rows('answers')).toEqual([]);
  });

  test('answers that are gone are chosen anew by who signs in with a factor, and that is told', async () => {
    await testRecoveryCodes(portal, claire.id);
    await testAnswers(portal, claire.id);
    await portal.store.unit(claire.id, (tx) => setAccountEnrolled(tx, claire.id, portal.now()));
    const { token } = await at({ type: 'answers-changed' }, { kind: 'answers-changed' });
    await disavowByLink(portal, testVisitor, token);
    const answers = { q1: 'first-soft-toy', a1: 'Capitaine Patate', q2: 'driving-instructor', a2: 'Bérengère', q3: 'school-trip', a3: 'Rocamadour' };
    const flow = (acr: Acr) => testMemberFlow(portal, { accountId: claire.id, acr });
    const all = { ...answers, q4: 'first-film', a4: 'Le Roi et l’Oiseau' };
    expect(await answerQuestions(portal, flow(acrValues[0]), all)).toEqual(refused);
    expect(await answerQuestions(portal, flow(acrValues[1]), all)).toMatchObject({ ok: true });
    expect((await kinds()).at(-1)).toBe('answers-changed');
  });

  test('a password that somebody else chose: it is blocked, until another one is chosen', async () => {
    const { token } = await at({ type: 'password-changed' });
    await disavowByLink(portal, testVisitor, token);
    expect(await rows('accounts')).toMatchObject([{ passwordFrozenAt: portal.now() }]);
  });

  test('an agreement with an application', async () => {
    const consent = { accountId: claire.id, applicationId: 'cloud', scopes: ['openid'], givenAt: portal.now(), expiresAt: portal.now() + days(90) };
    await portal.store.unit(claire.id, (tx) => setConsent(tx, consent));
    const data = { application: 'cloud' };
    const { token } = await at({ type: 'consent-given', data }, { kind: 'consent-given', application: 'Cloud', scopes: ['openid'] });
    await disavowByLink(portal, testVisitor, token);
    expect(await rows('consents')).toEqual([]);
  });

  test('the whole enrolment: every factor, the codes and the answers', async () => {
    await testRecoveryCodes(portal, claire.id);
    await testAnswers(portal, claire.id);
    const { token } = await at({ type: 'enrolment-finished' }, { kind: 'enrolment-finished' });
    await disavowByLink(portal, testVisitor, token);
    expect((await factors()).every(({ frozenAt }) => frozenAt !== null)).toBe(true);
    expect([...(await rows('recoveryCodes')), ...(await rows('answers'))]).toEqual([]);
  });

  test('an app that answered a code that its owner never typed', async () => {
    const { token } = await at({ type: 'totp-right', data: { factor: app.id } });
    await disavowByLink(portal, testVisitor, token);
    expect(await factors()).toMatchObject([{ id: app.id, frozenAt: portal.now() }]);
  });

  test('and whatever is half put in place: a factor on its way, codes on screen, sign-ins under way, browsers seen since', async () => {
    const times = { createdAt: portal.now(), expiresAt: portal.now() + minutes(30) };
    await portal.store.unit(claire.id, (tx) =>
      setPendingFactor(tx, { accountId: claire.id, id: 'p', kind: 'totp', name: 'x', secret: Buffer.from('x'), ...times }),
    );
    const { token } = await at({ type: 'signed-in' }, { kind: 'new-browser', application: 'Cloud' });
    const flow = testFlow(portal, { browser: 'theirs' });
    await checkPassword(portal, flow, claire);
    await proveTotp(portal, flow, { code: app.code() });
    const other = testFlow(portal);
    await checkPassword(portal, other, claire);
    await finishSignIn(portal, flow, 'theirs');
    await disavowByLink(portal, testVisitor, token);
    for (const table of ['pendingFactors', 'pendingRecoveryCodes', 'proofs', 'knownBrowsers'] as const) expect(await rows(table), table).toEqual([]);
    expect(nextSignInStep(await signInFacts(portal, other))).toBe('password');
    expect((await factors())[0]).toMatchObject({ frozenAt: null });
  });
});

describe('SEC-49: an account whose every factor is frozen is not one that never had any', () => {
  /** A thief with password and mailbox enrolled first; the owner disowned it. */
  async function stolen() {
    const codes = await testRecoveryCodes(portal, claire.id);
    await testAnswers(portal, claire.id);
    const { token } = await noticed({ type: 'enrolment-finished' }, { kind: 'enrolment-finished' });
    await disavowByLink(portal, testVisitor, token);
    portal.clock.advance(minutes(2));
    const flow = testFlow(portal);
    expect(await checkPassword(portal, flow, claire)).toMatchObject({ ok: true });
    return { codes, flow };
  }

  test('password and mailbox open nothing: no code is sent, and the second factor is still asked for', async () => {
    const { flow } = await stolen();
    const facts = await signInFacts(portal, flow);
    expect(nextSignInStep(facts)).toBe('second-factor');
    expect(facts).toMatchObject({ factors: ['totp'], working: [], factorNames: [], recoveryCodesLeft: 0 });
    expect(await kinds()).not.toContain('code');
    expect(await sendEmailCode(portal, flow, {})).toEqual(refused);
    expect(await finishSignIn(portal, flow, 'mark')).toBeNull();
  });

  test('nor do the frozen app, and the codes that came with it', async () => {
    const { flow, codes } = await stolen();
    expect(await proveTotp(portal, flow, { code: app.code() })).toMatchObject({ ok: false });
    expect(await proveRecoveryCode(portal, flow, { code: codes[0] ?? '' })).toMatchObject({ ok: false });
    expect(await finishSignIn(portal, flow, 'mark')).toBeNull();
  });

  test('nor does the wizard, in a flow that was open before', async () => {
    await stolen();
    const flow = testMemberFlow(portal, { accountId: claire.id });
    expect(await installApp(portal, flow, { app: 'other' })).toEqual(refused);
    expect(await rows('pendingFactors')).toEqual([]);
  });
});

test('each letter is in the person’s own language, else in that of the browser', async () => {
  const happened = { kind: 'password-changed' } as const;
  await noticed({ type: 'password-changed' }, happened);
  await portal.store.unit(claire.id, (tx) => setAccountLanguage(tx, claire.id, 'en'));
  await noticed({ type: 'password-changed' }, happened);
  expect((await letters(portal)).map(({ subject }) => subject)).toEqual(['Votre mot de passe a changé', 'Your password has changed']);
});

test('links lead to the configured origin, and nothing of a request can change that (T13)', async () => {
  await intruder();
  const [letter] = await letters(portal);
  for (const [link] of `${letter?.text}${letter?.html}`.matchAll(/https?:\/\/[^\s"<]+/g)) expect(new URL(link).origin).toBe(portal.settings.origin);
});

describe('with a real provider', () => {
  let world: ProviderWorld;
  afterEach(() => endWorld(world));

  test('SEC-49: tokens die, sessions of applications are ended, and the application is told', async () => {
    world = await providerWorld();
    const account = await enrolledAccount(world);
    const browser = world.browser();
    await world.signIn(browser, account, 'cloud');
    const { store } = world.portal;
    const { oidcRecords } = store.s;
    const models = async () => (await store.db.select().from(oidcRecords)).filter((r) => r.accountId === account.id).map(({ model }) => model);
    expect(await models()).toEqual(expect.arrayContaining(['Session', 'Grant', 'AccessToken']));
    const signedIn = (await events(world.portal)).find(({ type, accountId }) => type === 'signed-in' && accountId === account.id);
    const recorded =
      signedIn?.id ??
      (await store.unit(account.id, (tx) => recordEvent(tx, world.portal.now(), testVisitor, { type: 'signed-in', accountId: account.id }))).id;
    expect(await disavowEvent(world.portal, testMember(account.id), { event: recorded })).toMatchObject({ ok: true });
    expect((await models()).filter((model) => ['Session', 'Grant', 'AccessToken', 'RefreshToken'].includes(model))).toEqual([]);
    expect(world.told.map(({ url }) => url)).toEqual(['https://cloud.example/backchannel']);
  });
});
