// A forgotten password: what is enough for a new one, what is not, and what goes with the old one.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setPasswordFrozen } from '#db/accounts';
import { setKnownBrowser } from '#db/known-browsers';
import { type Engine, engines } from '#db/testing';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { DirectoryUnavailable, type PasswordRefusal, passwordRefusals } from '../directory/directory.ts';
import { disavowByLink } from '../disavowal/disavow-by-link.ts';
import { days, hours, minutes, seconds } from '../duration.ts';
import { addPasskey, askAddedPasskey } from '../factors/add-passkey.ts';
import { testAuthenticator } from '../factors/passkey/authenticator.testing.ts';
import { deliverDueMail } from '../mail/deliver-mail.ts';
import { isMailServerSilent } from '../mail/facts.ts';
import { endWorld, enrolledAccount, providerWorld } from '../oidc/provider.testing.ts';
import {
  events,
  lastCode,
  letters,
  rightAnswers,
  snapshot,
  type TestAccount,
  type TestPortal,
  testAccount,
  testAnswers,
  testApp,
  testFlow,
  testMember,
  testOperator,
  testPortal,
  testRecoveryCodes,
  testReset,
} from '../portal.testing.ts';
import { giveRole } from '../roles/give-role.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { signInFacts } from '../sign-in/facts.ts';
import { nextSignInStep } from '../sign-in/steps.ts';
import type { RecentlyProven, Reset } from '../visitor.ts';
import { choosePassword } from './choose-password.ts';
import { resetFacts } from './facts.ts';
import { proveAnswers } from './prove-answers.ts';
import { proveEmailCode } from './prove-email-code.ts';
import { askForPasskey, provePasskey } from './prove-passkey.ts';
import { proveRecoveryCode } from './prove-recovery-code.ts';
import { proveTotp } from './prove-totp.ts';
import { beginning, fitPassword, started, withAnswers, withMailbox } from './reset.testing.ts';
import { sendEmailCode } from './send-email-code.ts';
import { startReset } from './start-reset.ts';
import { nextResetStep } from './steps.ts';

let portal: TestPortal;
let claire: TestAccount;

/** A fresh world for each test; on the engine, or on SQLite in memory. */
function eachIn(engine?: Engine) {
  beforeEach(async () => {
    portal = await testPortal(engine ? { store: await engine.open() } : {});
    claire = await testAccount(portal);
  });
  afterEach(() => portal.close());
}

const nobody = 'personne@inserm.fr';
const opens = async (password: string, address = claire.address) => (await portal.directory.verifyPassword(address, password)).outcome === 'right';
const step = async (reset: Reset) => nextResetStep(await resetFacts(portal, reset));
const rowsOf = (table: 'emailCodes' | 'codeSendings' | 'passwordResets' | 'outbox' | 'events' | 'attempts' | 'factors' | 'proofs') =>
  portal.store.db.select().from(portal.store.s[table] as typeof portal.store.s.outbox) as Promise<Record<string, unknown>[]>;
const wrongCode = (right: string, n = 1) => String((Number(right) + n) % 1_000_000).padStart(6, '0');

describe('pairs that are enough, each named', () => {
  eachIn();

  const changes = async (reset: Reset) => {
    expect(await choosePassword(portal, reset, { password: fitPassword })).toEqual({ ok: true, value: undefined });
    expect(await step(reset)).toBe('done');
    expect([await opens(fitPassword), await opens(claire.password)]).toEqual([true, false]);
  };

  test('mailbox and four answers', async () => {
    await testAnswers(portal, claire.id);
    await changes(await withAnswers(portal, claire));
  });

  test('mailbox and a code of the app', async () => {
    const app = await testApp(portal, claire.id);
    const reset = await withMailbox(portal, claire);
    expect(await proveTotp(portal, reset, { code: app.code() })).toMatchObject({ ok: true });
    await changes(reset);
  });

  test('mailbox and a recovery code', async () => {
    const [code = ''] = await testRecoveryCodes(portal, claire.id);
    const reset = await withMailbox(portal, claire);
    expect(await proveRecoveryCode(portal, reset, { code: code.toLowerCase() })).toMatchObject({ ok: true });
    await changes(reset);
  });

  test.each([true, false])('mailbox and a passkey (its owner verified: %s)', async (verifies) => {
    const key = testAuthenticator(portal.settings.origin, { verifies });
    const proven = { ...testMember(claire.id), provenAt: portal.now() } as RecentlyProven;
    const asked = await askAddedPasskey(portal, proven);
    if (!asked.ok) throw new Error('Nothing was asked.');
    expect(await addPasskey(portal, proven, { credential: key.register(asked.value) })).toMatchObject({ ok: true });
    const reset = await withMailbox(portal, claire);
    const question = await askForPasskey(portal, reset);
    if (!question.ok) throw new Error('Nothing was asked.');
    const credential = key.prove(question.value);
    // SEC-30: in the browser that was asked.
    portal.clock.advance(seconds(60));
    const elsewhere = await withMailbox(portal, claire);
    expect(await provePasskey(portal, elsewhere, { credential })).toMatchObject({ problems: [{ code: 'passkey-expired' }] });
    const again = await askForPasskey(portal, reset);
    if (!again.ok) throw new Error('Nothing was asked.');
    expect(await provePasskey(portal, reset, { credential: key.prove(again.value) })).toMatchObject({ ok: true });
    await changes(reset);
  });
});

describe('alone, each fails (SEC-45, SEC-51)', () => {
  eachIn();

  test.each([
    ['a mailbox', () => withMailbox(portal, claire)],
    ['nothing', async () => testReset(portal)],
    ['an address', () => started(portal, claire)],
  ])('%s', async (_name, reach) => {
    await testAnswers(portal, claire.id);
    const reset = await reach();
    expect(await choosePassword(portal, reset, { password: fitPassword })).toEqual({ ok: false, problems: [{ code: 'expired-page' }] });
    expect(await opens(claire.password)).toBe(true);
  });

  test.each([
    ['four answers', (reset: Reset) => proveAnswers(portal, reset, rightAnswers)],
    ['a code of the app', async (reset: Reset) => proveTotp(portal, reset, { code: (await testApp(portal, claire.id)).code() })],
    ['a recovery code', async (reset: Reset) => proveRecoveryCode(portal, reset, { code: (await testRecoveryCodes(portal, claire.id))[0] ?? '' })],
  ])('%s, without the mailbox', async (_name, prove) => {
    await testAnswers(portal, claire.id);
    const reset = await started(portal, claire);
    expect(await prove(reset)).toEqual({ ok: false, problems: [{ code: 'expired-page' }] });
    expect(await step(reset)).toBe('email-code');
  });

  test('mailbox and what the person does not have: nothing is offered, nothing accepted', async () => {
    const reset = await withMailbox(portal, claire);
    expect((await resetFacts(portal, reset)).person?.ways).toEqual([]);
    expect(await proveAnswers(portal, reset, rightAnswers)).toMatchObject({ problems: [{ code: 'expired-page' }] });
  });

  test('a frozen app proves nothing, and is not offered', async () => {
    const app = await testApp(portal, claire.id);
    const { factors } = portal.store.s;
    await portal.store.write(portal.store.db.update(factors).set({ frozenAt: portal.now() }).where(eq(factors.id, app.id)));
    const reset = await withMailbox(portal, claire);
    expect((await resetFacts(portal, reset)).person?.ways).toEqual([]);
    expect(await proveTotp(portal, reset, { code: app.code() })).toMatchObject({ problems: [{ code: 'expired-page' }] });
  });
});

describe('settings and people for whom answers do not count', () => {
  eachIn();
  beforeEach(() => testAnswers(portal, claire.id));

  const ways = async (on: TestPortal = portal) => {
    portal.clock.advance(hours(25));
    const reset = await withMailbox(on, claire);
    const offered = (await resetFacts(on, reset)).person?.ways;
    const accepted = (await proveAnswers(on, reset, rightAnswers)).ok;
    expect(accepted).toBe(offered?.includes('answers'));
    return offered;
  };
  const withSettings = (settings: Partial<TestPortal['settings']>): TestPortal => ({ ...portal, settings: { ...portal.settings, ...settings } });

  test('SEC-55: by default they count, with or without a factor; a setting demands a factor from whoever has one; another takes them away', async () => {
    expect(await ways()).toEqual(['answers']);
    expect(await ways(withSettings({ passwordReset: { answers: 'without-factor' } }))).toEqual(['answers']);
    expect(await ways(withSettings({ passwordReset: { answers: 'never' } }))).toEqual([]);
    expect(await ways(withSettings({ questions: false }))).toEqual([]);
    await testApp(portal, claire.id);
    expect(await ways()).toEqual(['code-app', 'answers']);
    expect(await ways(withSettings({ passwordReset: { answers: 'without-factor' } }))).toEqual(['code-app']);
  });

  test.each(['agent', 'lead-agent', 'administrator'])('SEC-51: never for an %s', async (role) => {
    await giveRole(portal, testOperator(), { address: claire.address, role });
    expect(await ways()).toEqual([]);
  });

  test('SEC-51: never for whom a directory elsewhere has just given a role, nor while it can’t be asked', async () => {
    const says = (roleOf: NonNullable<TestPortal['directory']['roleOf']>): TestPortal => ({
      ...portal,
      directory: { ...portal.directory, roleOf },
    });
    const reset = await withMailbox(portal, claire);
    const down = says(() => Promise.reject(new DirectoryUnavailable('down')));
    expect(await proveAnswers(down, reset, rightAnswers)).toEqual({ ok: false, problems: [{ code: 'directory-down' }] });
    expect(
      await proveAnswers(
        says(async () => ({ role: 'agent', group: 'cn=assistance' })),
        reset,
        rightAnswers,
      ),
    ).toMatchObject({ problems: [{ code: 'expired-page' }] });
    expect((await resetFacts(portal, reset)).person?.ways).toEqual([]);
    expect(
      await proveAnswers(
        says(async () => null),
        reset,
        rightAnswers,
      ),
    ).toMatchObject({ ok: true });
  });

  test('never while the password is disowned, not even when they were proven just before', async () => {
    const reset = await withAnswers(portal, claire);
    await portal.store.unit(claire.id, (tx) => setPasswordFrozen(tx, claire.id, portal.now()));
    expect(await choosePassword(portal, reset, { password: fitPassword })).toMatchObject({ problems: [{ code: 'expired-page' }] });
    expect(await ways()).toEqual([]);
  });

  test('SEC-57: after five wrong sets the way is closed in every reset, and it is told until when', async () => {
    const reset = await withMailbox(portal, claire);
    for (let i = 0; i < 4; i++) await proveAnswers(portal, reset, { ...rightAnswers, a1: 'autre' });
    const until = portal.now() + days(7);
    expect(await proveAnswers(portal, reset, { ...rightAnswers, a1: 'autre' })).toEqual({
      ok: false,
      problems: [{ code: 'answers-closed', retryAt: until }],
    });
    portal.clock.advance(days(1));
    const next = await withMailbox(portal, claire);
    expect((await resetFacts(portal, next)).person).toMatchObject({ ways: [], answersClosed: until });
    expect(await proveAnswers(portal, next, rightAnswers)).toMatchObject({ problems: [{ code: 'expired-page' }] });
  });
});

describe('the new password', () => {
  eachIn();
  beforeEach(() => testAnswers(portal, claire.id));

  test.each([
    ['', 'empty'],
    ['trop court', 'password-too-short'],
    ['x'.repeat(300), 'password-too-long'],
    ['claire.martin@inserm.fr', 'password-personal'],
    ['Madame Martin au laboratoire', 'password-personal'],
    ['Les sept girafes lisent', 'same-password'],
    ['azertyuiopqsdfghjklm', 'password-common'],
    ['Un héron\0compte ses sardines', 'unreadable'],
  ])('%j is refused: %s', async (password, code) => {
    const reset = await withAnswers(portal, claire);
    expect(await choosePassword(portal, reset, { password })).toMatchObject({ problems: [{ code, field: 'password' }] });
    expect(await opens(claire.password)).toBe(true);
    expect(await choosePassword(portal, reset, { password: fitPassword })).toMatchObject({ ok: true });
  });

  test.each(['le héron compte nos sardines', 'Le Heron compte nos Sardines !', 'LE-HÉRON-COMPTE-NOS-SARDINES'])(
    'an answer is none, however it is written: %s',
    async (password) => {
      await testAnswers(portal, claire.id, { ...rightAnswers, a1: 'Le héron compte nos sardines' });
      const reset = await withMailbox(portal, claire);
      expect(await proveAnswers(portal, reset, { ...rightAnswers, a1: 'le heron compte nos sardines' })).toMatchObject({ ok: true });
      expect(await choosePassword(portal, reset, { password })).toMatchObject({ problems: [{ code: 'password-is-answer', field: 'password' }] });
    },
  );

  test('SEC-05: what it is compared with can’t be guessed here: tries are counted', async () => {
    const reset = await withAnswers(portal, claire);
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 5; i++) {
      const chosen = await choosePassword(portal, reset, { password: claire.password });
      codes.push(chosen.ok ? 'done' : chosen.problems[0].code);
    }
    expect(codes).toEqual(['same-password', 'same-password', 'same-password', 'same-password', 'wait']);
    portal.clock.advance(seconds(30));
    expect(await choosePassword(portal, reset, { password: fitPassword })).toMatchObject({ ok: true });
  });

  test.each(passwordRefusals)('a directory that refuses it is quoted: %s', async (reason: PasswordRefusal) => {
    const strict: TestPortal = { ...portal, directory: { ...portal.directory, setPassword: async () => ({ outcome: 'refused', reason }) } };
    const reset = await withAnswers(portal, claire);
    const before = await snapshot(portal, 'events', 'attempts');
    expect(await choosePassword(strict, reset, { password: fitPassword })).toEqual({
      ok: false,
      problems: [{ code: `directory-${reason}`, field: 'password' }],
    });
    expect(await snapshot(portal, 'events', 'attempts')).toBe(before);
    expect(await choosePassword(portal, reset, { password: fitPassword })).toMatchObject({ ok: true });
  });

  test('a directory that does not answer changes nothing, and the person goes on later', async () => {
    const down: TestPortal = { ...portal, directory: { ...portal.directory, setPassword: () => Promise.reject(new DirectoryUnavailable('down')) } };
    const reset = await withAnswers(portal, claire);
    expect(await choosePassword(down, reset, { password: fitPassword })).toEqual({ ok: false, problems: [{ code: 'directory-down' }] });
    expect(await step(reset)).toBe('choose-password');
    expect(await choosePassword(portal, reset, { password: fitPassword })).toMatchObject({ ok: true });
  });

  test('a unit that fails leaves the old password and the reset as they were', async () => {
    const failing: TestPortal = {
      ...portal,
      directory: {
        ...portal.directory,
        setPassword: async () => ({
          outcome: 'ready',
          *commit() {
            yield* [];
            throw new Error('no more paper');
          },
        }),
      },
    };
    const reset = await withAnswers(portal, claire);
    await expect(choosePassword(failing, reset, { password: fitPassword })).rejects.toThrow('no more paper');
    expect([await step(reset), await opens(claire.password)]).toEqual(['choose-password', true]);
  });
});

describe('what goes with the old password, and what stays', () => {
  eachIn();
  beforeEach(() => testAnswers(portal, claire.id));
  const done = async () => {
    const reset = await withAnswers(portal, claire);
    expect(await choosePassword(portal, reset, { password: fitPassword })).toMatchObject({ ok: true });
    return reset;
  };

  test('every factor, recovery code and answer stays as it is', async () => {
    await testApp(portal, claire.id);
    await testRecoveryCodes(portal, claire.id);
    const kept = async () =>
      JSON.stringify(
        await Promise.all(
          (['factors', 'recoveryCodes', 'answers', 'passkeys'] as const).map((t) => portal.store.db.select().from(portal.store.s[t])),
        ),
      );
    const before = await kept();
    await done();
    expect(await kept()).toBe(before);
  });

  test('it signs nobody in: the next sign-in asks for the new password and a factor', async () => {
    await testApp(portal, claire.id);
    await done();
    expect(await portal.store.db.select().from(portal.store.s.portalSessions)).toEqual([]);
    const flow = testFlow(portal);
    expect(await checkPassword(portal, flow, { address: claire.address, password: fitPassword })).toMatchObject({ ok: true });
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('second-factor');
  });

  test('a sign-in under way with the old password asks for it anew', async () => {
    await testApp(portal, claire.id);
    const flow = testFlow(portal);
    await checkPassword(portal, flow, claire);
    await done();
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('password');
  });

  test('waits after wrong tries at the old password are over', async () => {
    for (let i = 0; i < 10; i++) await checkPassword(portal, testFlow(portal), { ...claire, password: 'wrong' });
    await done();
    expect(await checkPassword(portal, testFlow(portal), { address: claire.address, password: fitPassword })).toMatchObject({ ok: true });
  });

  test('a password that its owner disowned counts again once it is replaced', async () => {
    const app = await testApp(portal, claire.id);
    await portal.store.unit(claire.id, (tx) => setPasswordFrozen(tx, claire.id, portal.now()));
    expect(await checkPassword(portal, testFlow(portal), claire)).toMatchObject({ problems: [{ code: 'wrong-credentials' }] });
    const reset = await withMailbox(portal, claire);
    expect(await proveTotp(portal, reset, { code: app.code() })).toMatchObject({ ok: true });
    expect(await choosePassword(portal, reset, { password: fitPassword })).toMatchObject({ ok: true });
    expect(await checkPassword(portal, testFlow(portal), { address: claire.address, password: fitPassword })).toMatchObject({ ok: true });
  });

  test('an event and a notice, in the person’s language, with a way to disown it (SEC-44)', async () => {
    await done();
    expect((await events(portal)).at(-1)).toMatchObject({ type: 'password-reset', accountId: claire.id, data: { by: 'answers' } });
    const letter = (await letters(portal)).at(-1);
    expect(letter).toMatchObject({ kind: 'password-reset', to: claire.address });
    expect(letter?.text).toContain(`${portal.settings.origin}/not-me/`);
  });

  test('SEC-49: « Ce n’était pas moi » of the notice: the new password is wrong, answers are closed, other resets under way are over', async () => {
    const app = await testApp(portal, claire.id);
    portal.clock.advance(minutes(1));
    await done();
    const [, token = ''] = /\/not-me\/([\w-]+)/.exec((await letters(portal)).at(-1)?.text ?? '') ?? [];
    portal.clock.advance(days(1));
    const underWay = await withAnswers(portal, claire);
    expect(await disavowByLink(portal, testFlow(portal).visitor, token)).toMatchObject({ ok: true });
    expect(await checkPassword(portal, testFlow(portal), { address: claire.address, password: fitPassword })).toMatchObject({
      problems: [{ code: 'wrong-credentials' }],
    });
    expect(await step(underWay)).toBe('start');
    portal.clock.advance(days(1));
    const again = await withMailbox(portal, claire);
    expect((await resetFacts(portal, again)).person?.ways).toEqual(['code-app']);
    expect(await proveTotp(portal, again, { code: app.code() })).toMatchObject({ ok: true });
    expect(await choosePassword(portal, again, { password: 'Sept hérons lisent des romans policiers' })).toMatchObject({ ok: true });
    portal.clock.advance(days(40));
    const later = await withMailbox(portal, claire);
    // By questions only once they are chosen anew.
    expect((await resetFacts(portal, later)).person).toMatchObject({ ways: ['code-app'], answersClosed: 'disabled' });
  });

  test('the same reset in two tabs: one new password, one notice', async () => {
    const reset = await withAnswers(portal, claire);
    const other = 'Sept hérons lisent des romans policiers';
    const both = await Promise.all([fitPassword, other].map((password) => choosePassword(portal, reset, { password })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect([await opens(fitPassword), await opens(other)].filter(Boolean)).toHaveLength(1);
    expect((await letters(portal)).filter(({ kind }) => kind === 'password-reset')).toHaveLength(1);
  });

  test('two browsers, each with its own proofs: the first to finish ends the other', async () => {
    const first = await withAnswers(portal, claire);
    portal.clock.advance(seconds(60));
    const second = await withAnswers(portal, claire);
    expect(await choosePassword(portal, first, { password: fitPassword })).toMatchObject({ ok: true });
    expect(await choosePassword(portal, second, { password: 'Sept hérons lisent des romans policiers' })).toMatchObject({ ok: false });
    expect([await step(second), await opens(fitPassword)]).toEqual(['start', true]);
  });
});

test('SEC-12: every session ends, tokens are revoked, applications are told', async () => {
  const world = await providerWorld();
  try {
    portal = world.portal;
    claire = await enrolledAccount(world);
    const browser = world.browser();
    const { tokens } = await world.signIn(browser, claire, 'cloud');
    await testAnswers(portal, claire.id);
    const reset = await withAnswers(portal, claire);
    expect(await choosePassword(portal, reset, { password: fitPassword })).toMatchObject({ ok: true });
    expect((await browser.open((await world.ask('cloud', { prompt: 'none' })).url)).url.searchParams.get('error')).toBe('login_required');
    expect(tokens.access_token).toBeTruthy();
    const left = (await portal.store.db.select().from(portal.store.s.oidcRecords)).filter(
      ({ model, accountId }) => accountId === claire.id && ['Session', 'AccessToken', 'RefreshToken', 'Grant'].includes(model) && model !== 'Session',
    );
    expect(left).toEqual([]);
  } finally {
    await endWorld(world);
  }
});

describe('the code', () => {
  eachIn();

  test('SEC-15: of another reset, another browser or another account is wrong', async () => {
    const jean = await testAccount(portal, { address: 'jean.petit@inserm.fr', givenName: 'Jean', familyName: 'Petit' });
    const here = await started(portal, claire);
    const code = await lastCode(portal, claire.address);
    const there = await started(portal, jean);
    if ((await lastCode(portal, jean.address)) !== code) expect(await proveEmailCode(portal, there, { code })).toMatchObject({ ok: false });
    portal.clock.advance(seconds(60));
    const again = await started(portal, claire);
    if ((await lastCode(portal, claire.address)) !== code) expect(await proveEmailCode(portal, again, { code })).toMatchObject({ ok: false });
    expect(await proveEmailCode(portal, testReset(portal), { code })).toMatchObject({ problems: [{ code: 'expired-page' }] });
    expect(await proveEmailCode(portal, here, { code })).toMatchObject({ ok: true });
  });

  test('SEC-15: one for signing in resets nothing, and the other way round', async () => {
    const flow = testFlow(portal);
    await checkPassword(portal, flow, claire);
    const forSignIn = await lastCode(portal, claire.address);
    const reset = await started(portal, claire, testReset(portal, { uid: flow.uid }));
    const forReset = await lastCode(portal, claire.address);
    if (forSignIn !== forReset) expect(await proveEmailCode(portal, reset, { code: forSignIn })).toMatchObject({ ok: false });
    expect(await proveEmailCode(portal, reset, { code: forReset })).toMatchObject({ ok: true });
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('email-code');
  });

  test('SEC-17, SEC-18: once, ten minutes, and only the last one sent', async () => {
    const reset = await started(portal, claire);
    const first = await lastCode(portal, claire.address);
    portal.clock.advance(seconds(60));
    expect(await sendEmailCode(portal, reset)).toMatchObject({ ok: true });
    const second = await lastCode(portal, claire.address);
    if (first !== second)
      expect(await proveEmailCode(portal, reset, { code: first })).toMatchObject({ problems: [{ code: 'replaced-code', left: 4 }] });
    portal.clock.advance(minutes(10));
    expect(await proveEmailCode(portal, reset, { code: second })).toMatchObject({ problems: [{ code: 'expired-code' }] });
    expect(await sendEmailCode(portal, reset)).toMatchObject({ ok: true });
    const third = await lastCode(portal, claire.address);
    expect(await proveEmailCode(portal, reset, { code: third })).toMatchObject({ ok: true });
    expect(await proveEmailCode(portal, reset, { code: third })).toMatchObject({ problems: [{ code: 'expired-page' }] });
  });

  test('SEC-22: its letter says what it is for, has no link, and is in the person’s language, whoever asks', async () => {
    await portal.store.write(portal.store.db.update(portal.store.s.accounts).set({ language: 'en' }));
    await started(portal, claire);
    const letter = (await letters(portal)).at(-1);
    expect(letter?.subject).toMatch(/choose a new password$/);
    expect(letter?.text).not.toMatch(/https?:/);
  });

  test('SEC-06: what strangers use up is not the owner’s, in a browser that the account knows', async () => {
    await portal.store.unit(claire.id, (tx) =>
      setKnownBrowser(tx, { accountId: claire.id, browser: 'hers', factorKind: null, seenAt: portal.now() }),
    );
    let refusals = 0;
    for (let i = 0; i < 10; i++) {
      const began = await startReset(portal, testReset(portal), beginning, claire);
      if (!began.ok) refusals += 1;
    }
    expect(refusals).toBe(9);
    expect(await startReset(portal, testReset(portal, { browser: 'another' }), beginning, claire)).toMatchObject({
      problems: [{ code: 'send-too-soon' }],
    });
    const hers = await started(portal, claire, testReset(portal, { browser: 'hers' }));
    expect(await proveEmailCode(portal, hers, { code: await lastCode(portal, claire.address) })).toMatchObject({ ok: true });
  });

  test('SEC-05, SEC-20, T2: 30 days of asking and guessing as often as allowed: figures; a known browser is not shut out', async () => {
    await portal.store.unit(claire.id, (tx) =>
      setKnownBrowser(tx, { accountId: claire.id, browser: 'hers', factorKind: null, seenAt: portal.now() }),
    );
    await testAnswers(portal, claire.id);
    const start = portal.now();
    let sent = 0;
    let looked = 0;
    while (portal.now() < start + days(30)) {
      const reset = testReset(portal);
      if ((await startReset(portal, reset, beginning, claire)).ok) {
        sent += 1;
        const right = await lastCode(portal, claire.address);
        for (let n = 1; n <= 6; n++) {
          const tried = await proveEmailCode(portal, reset, { code: wrongCode(right, n) });
          if (!tried.ok && (tried.problems[0].left !== undefined || (tried.problems[0].code === 'no-tries-left' && n === 5))) looked += 1;
        }
        await deliverDueMail(portal);
      }
      portal.clock.advance(minutes(3));
    }
    process.stdout.write(`E-mail codes of a reset, 30 days: ${sent} sent, ${looked} guesses compared (cap 100).\n`);
    expect(looked).toBeLessThanOrEqual(100);
    expect(await startReset(portal, testReset(portal), beginning, claire)).toMatchObject({
      problems: [{ code: 'reset-disabled', field: 'address' }],
    });
    const hers = await withAnswers(portal, claire, testReset(portal, { browser: 'hers' }));
    expect(await choosePassword(portal, hers, { password: fitPassword })).toMatchObject({ ok: true });
    // Whoever has proven to be the owner opens the way for other browsers again.
    portal.clock.advance(days(1));
    expect(await startReset(portal, testReset(portal), beginning, claire)).toMatchObject({ ok: true });
  });

  test('REL-04: while the mail server is down the code waits, and the page may say so to everybody', async () => {
    portal.mailServer.down = 'connect ECONNREFUSED 127.0.0.1:25';
    const reset = await started(portal, claire);
    expect(await isMailServerSilent(portal)).toBe(false);
    await deliverDueMail(portal);
    expect(await isMailServerSilent(portal)).toBe(true);
    const code = await lastCode(portal, claire.address);
    portal.mailServer.down = null;
    portal.clock.advance(minutes(1));
    await deliverDueMail(portal);
    expect(portal.sent).toHaveLength(1);
    expect(await isMailServerSilent(portal)).toBe(false);
    expect(await proveEmailCode(portal, reset, { code })).toMatchObject({ ok: true });
  });

  test('a server that refuses one mailbox for now is not down for everybody', async () => {
    portal.mailServer.down = '450 4.2.0 Greylisted, see you later';
    await started(portal, claire);
    await deliverDueMail(portal);
    expect(await isMailServerSilent(portal)).toBe(false);
  });
});

describe('SEC-07, SEC-08: an address that nobody has', () => {
  eachIn();

  const shape = (rows: Record<string, unknown>[]) => rows.map((row) => Object.keys(row).sort());
  const counts = async () =>
    Object.fromEntries(
      await Promise.all(
        (['emailCodes', 'codeSendings', 'passwordResets', 'outbox', 'events', 'attempts'] as const).map(
          async (t) => [t, (await rowsOf(t)).length] as const,
        ),
      ),
    );

  test('leaves as many rows of each kind, step by step, and the same answers', async () => {
    const walk = async (address: string) => {
      const before = await counts();
      const answers: unknown[] = [];
      const reset = testReset(portal);
      answers.push(await startReset(portal, reset, beginning, { address }));
      answers.push(await startReset(portal, testReset(portal), beginning, { address }));
      answers.push(await sendEmailCode(portal, reset));
      for (let i = 0; i < 6; i++) answers.push(await proveEmailCode(portal, reset, { code: '000000' }));
      answers.push(await proveEmailCode(portal, reset, { code: 'nonsense' }));
      const { address: _address, accountId: _id, ...facts } = await resetFacts(portal, reset);
      const after = await counts();
      return {
        answers,
        facts: { ...facts, emailCode: { ...facts.emailCode, address: '' } },
        wrote: Object.entries(after).map(([table, n]) => [table, n - (before[table] ?? 0)]),
      };
    };
    const known = await walk(claire.address);
    const unknown = await walk(nobody);
    expect(unknown).toEqual(known);
    const jean = await testAccount(portal, { address: 'jean.petit@inserm.fr', givenName: 'Jean', familyName: 'Petit' });
    await setAccountStatus(portal, testOperator(), jean.address, 'disabled');
    expect(await walk(jean.address)).toEqual(known);
    expect(shape(await rowsOf('passwordResets')).every((keys, _i, all) => keys.join() === all[0]?.join())).toBe(true);
  });

  test('nothing leaves, and no event names an account', async () => {
    await started(portal, { address: nobody });
    expect(await letters(portal)).toEqual([]);
    expect(await rowsOf('outbox')).toMatchObject([{ accountId: null, to: '', message: null, dueAt: null, sentAt: null }]);
    expect((await events(portal)).filter(({ accountId }) => accountId !== null && accountId !== claire.id)).toEqual([]);
    await deliverDueMail(portal);
    expect(portal.sent).toEqual([]);
  });

  test('no code is right, not even the one that would have been sent', async () => {
    const reset = await started(portal, { address: nobody });
    const [row] = await rowsOf('emailCodes');
    for (let n = 0; n < 5; n++) await proveEmailCode(portal, reset, { code: String(n).padStart(6, '0') });
    expect(row?.hash).toMatch(/^[\w-]{43}$/);
    expect(await step(reset)).toBe('email-code');
  });

  test('the address is not readable in the database', async () => {
    await started(portal, { address: nobody });
    expect(await snapshot(portal)).not.toContain('personne');
  });

  test('an account that is made later has nothing of it', async () => {
    const reset = await started(portal, { address: nobody });
    await testAccount(portal, { address: nobody, givenName: 'Per', familyName: 'Sonne' });
    expect(await proveEmailCode(portal, reset, { code: '123456' })).toMatchObject({ ok: false });
    expect(await step(reset)).toBe('email-code');
  });
});

describe('T12: addresses as they are typed', () => {
  eachIn();

  test.each([' Claire.Martin@INSERM.fr ', '\u200bclaire.martin@inserm.fr\u00a0', 'CLAIRE.MARTIN@inserm.fr'])('%j is hers', async (address) => {
    await started(portal, { address });
    expect((await letters(portal)).at(-1)).toMatchObject({ to: claire.address });
  });

  test.each([
    'claire.martin@inserm.fr,evil@example.org',
    'claire.martin@inserm.fr evil@example.org',
    'claire.martin@inserm.fr\nBcc: evil@example.org',
    '["claire.martin@inserm.fr","evil@example.org"]',
    'claire.martin@inserm.fr;evil@example.org',
    'c\u043baire.martin@inserm.fr',
    'claire.mart\u0131n@inserm.fr',
    'claire.martin@in\u017ferm.fr',
    'claire.martin@\u2139nserm.fr',
    'claire.martin\u202e@inserm.fr',
    'ｃｌａｉｒｅ.martin@inserm.fr',
    'claire.martin@inserm.fr\0',
    'claire martin@inserm.fr',
    `${'a'.repeat(250)}@inserm.fr`,
    'x'.repeat(100_000),
    '@',
  ])('%j is no address: said so, and nothing is written', async (address) => {
    const before = await snapshot(portal);
    expect(await startReset(portal, testReset(portal), beginning, { address })).toEqual({
      ok: false,
      problems: [{ code: 'address-format', field: 'address' }],
    });
    expect(await snapshot(portal)).toBe(before);
  });

  test.each(['claire.martin+evil@inserm.fr', 'clairemartin@inserm.fr', 'claire.martin@ext.inserm.fr', 'claire.martin@inserm.fr.example.org'])(
    '%j is not hers: nothing leaves',
    async (address) => {
      await started(portal, { address });
      expect(await letters(portal)).toEqual([]);
    },
  );

  test('SEC-52: mail goes to the stored address', async () => {
    await started(portal, { address: 'CLAIRE.martin@INSERM.FR' });
    expect((await letters(portal)).map(({ to }) => to)).toEqual(['claire.martin@inserm.fr']);
  });
});

describe('SEC-69: one browser', () => {
  eachIn();

  test('begins anew under another id, and the old one is nobody’s', async () => {
    const old = await withMailbox(portal, claire);
    portal.clock.advance(seconds(60));
    const next = testReset(portal);
    expect(await startReset(portal, next, { before: old.uid, signIn: null }, claire)).toMatchObject({ ok: true });
    expect([await step(old), await step(next)]).toEqual(['start', 'email-code']);
    expect(await rowsOf('passwordResets')).toHaveLength(1);
  });

  test('a beginning that the limits refuse leaves the one before as it is', async () => {
    const old = await started(portal, claire);
    expect(await startReset(portal, testReset(portal), { before: old.uid, signIn: null }, claire)).toMatchObject({
      problems: [{ code: 'send-too-soon' }],
    });
    expect(await step(old)).toBe('email-code');
    expect(await proveEmailCode(portal, old, { code: await lastCode(portal, claire.address) })).toMatchObject({ ok: true });
  });

  test('half an hour in all', async () => {
    await testAnswers(portal, claire.id);
    const reset = await withAnswers(portal, claire);
    portal.clock.advance(minutes(30) - 1);
    expect(await step(reset)).toBe('choose-password');
    portal.clock.advance(1);
    expect(await step(reset)).toBe('start');
  });
});

describe.each(engines())('many at once, on $name', (engine) => {
  eachIn(engine);

  test('SEC-19, T1: of 200 wrong codes at once five are looked at, and the right one is then refused', async () => {
    const reset = await started(portal, claire);
    const right = await lastCode(portal, claire.address);
    await Promise.all(Array.from({ length: 200 }, (_, i) => proveEmailCode(portal, reset, { code: wrongCode(right, i + 1) })));
    expect(await rowsOf('emailCodes')).toMatchObject([{ tries: 5, usedAt: null }]);
    expect(await proveEmailCode(portal, reset, { code: right })).toMatchObject({ problems: [{ code: 'no-tries-left' }] });
  });

  test('SEC-20: twenty beginnings at once send one code, for a known and an unknown address alike', async () => {
    for (const address of [claire.address, nobody]) {
      const began = await Promise.all(Array.from({ length: 20 }, () => startReset(portal, testReset(portal), beginning, { address })));
      expect(began.filter(({ ok }) => ok)).toHaveLength(1);
    }
    expect(await letters(portal)).toHaveLength(1);
    expect(await rowsOf('passwordResets')).toHaveLength(2);
  });

  test('twenty new passwords at once: one is in place, one notice', async () => {
    await testAnswers(portal, claire.id);
    const reset = await withAnswers(portal, claire);
    const passwords = Array.from({ length: 4 }, (_, i) => `Un héron compte ses sardines violettes ${i}`);
    const chosen = await Promise.all(passwords.map((password) => choosePassword(portal, reset, { password })));
    expect(chosen.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await letters(portal)).filter(({ kind }) => kind === 'password-reset')).toHaveLength(1);
  });
});
