// The first step.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setPasswordFrozen } from '#db/accounts';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { DirectoryUnavailable } from '../directory/directory.ts';
import { hours, minutes, seconds } from '../duration.ts';
import { Busy } from '../hashing.ts';
import {
  events,
  lastCode,
  letters,
  snapshot,
  type TestAccount,
  type TestPortal,
  testAccount,
  testApp,
  testFlow,
  testOperator,
  testPassword,
  testPortal,
} from '../portal.testing.ts';
import { checkPassword } from './check-password.ts';
import { signInFacts } from './facts.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { proveEmailCode } from './prove-email-code.ts';
import { proveTotp } from './prove-totp.ts';
import { nextSignInStep } from './steps.ts';

let portal: TestPortal;
let claire: TestAccount;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
});
afterEach(() => portal.close());

const wrongCredentials = { ok: false, problems: [{ code: 'wrong-credentials' }] };
const give = (password: string, address = claire.address, flow = testFlow(portal)) => checkPassword(portal, flow, { address, password });
const rowsOf = async (table: 'attempts' | 'proofs' | 'emailCodes') =>
  portal.store.db.select().from(portal.store.s[table] as typeof portal.store.s.attempts);
const tries = async () => (await rowsOf('attempts')).map(({ subject: _, ...row }) => row);
const lastEvents = async (n: number) => (await events(portal)).slice(-n);

/** Signs in wholly, so that the browser becomes known. */
async function signIn(browser: string) {
  const app = await testApp(portal, claire.id);
  const flow = testFlow(portal, { browser });
  await give(claire.password, claire.address, flow);
  expect(await proveTotp(portal, flow, { code: app.code() })).toMatchObject({ ok: true });
  expect(await finishSignIn(portal, flow, browser)).not.toBeNull();
}

describe('a password that its owner disowned', () => {
  test('SEC-07: is wrong like any other, and the log says why', async () => {
    await portal.store.unit(claire.id, (tx) => setPasswordFrozen(tx, claire.id, portal.now()));
    expect(await give(claire.password)).toEqual(wrongCredentials);
    expect(await lastEvents(1)).toMatchObject([{ type: 'password-wrong', accountId: claire.id, data: { try: 'frozen' } }]);
    expect(await rowsOf('proofs')).toEqual([]);
  });

  test('proves nothing from then on in a sign-in under way', async () => {
    const flow = testFlow(portal);
    await give(claire.password, claire.address, flow);
    await portal.store.unit(claire.id, (tx) => setPasswordFrozen(tx, claire.id, portal.now()));
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('password');
  });
});

describe('a right password', () => {
  test('is kept as a proof of this flow, and sends a code to the mailbox while no factor exists', async () => {
    const flow = testFlow(portal);
    expect(await give(claire.password, ' Claire.MARTIN@inserm.fr', flow)).toEqual({ ok: true, value: undefined });
    const facts = await signInFacts(portal, flow);
    expect(facts).toMatchObject({ accountId: claire.id, address: claire.address, factors: [] });
    expect(facts.emailCode).toMatchObject({ address: claire.address, usable: true, sentAt: portal.now(), resendAt: portal.now() + seconds(60) });
    expect(nextSignInStep(facts)).toBe('email-code');
    expect(await letters(portal)).toMatchObject([{ to: claire.address, kind: 'code', uselessAt: portal.now() + minutes(10) }]);
    expect(await lastEvents(2)).toMatchObject([{ type: 'password-right', accountId: claire.id, flow: flow.uid }, { type: 'email-code-sent' }]);
    expect(await tries()).toEqual([]);
  });

  test('sends nothing when a factor exists', async () => {
    await testApp(portal, claire.id);
    const flow = testFlow(portal);
    await give(claire.password, claire.address, flow);
    const facts = await signInFacts(portal, flow);
    expect(facts).toMatchObject({
      factors: ['totp'],
      factorNames: [{ kind: 'totp', name: 'Google Authenticator' }],
      emailCode: null,
      lastUsed: null,
    });
    expect(nextSignInStep(facts)).toBe('second-factor');
    expect(await letters(portal)).toEqual([]);
  });

  test('T18, SEC-61: starts the flow anew: nothing proven before is left, whoever had proven it', async () => {
    const jean = await testAccount(portal, { address: 'jean.petit@inserm.fr', givenName: 'Jean', familyName: 'Petit' });
    const flow = testFlow(portal);
    await give(claire.password, claire.address, flow);
    await proveEmailCode(portal, flow, { code: await lastCode(portal, claire.address) });
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('done');
    await give(jean.password, jean.address, flow);
    const facts = await signInFacts(portal, flow);
    expect(facts).toMatchObject({ accountId: jean.id, emailCode: { address: jean.address } });
    expect(nextSignInStep(facts)).toBe('email-code');
  });

  test('SEC-69: in one flow opens nothing in another', async () => {
    await give(claire.password);
    expect(await signInFacts(portal, testFlow(portal))).toMatchObject({ accountId: null, address: null, factors: [] });
  });

  test('given again in the same flow sends no second code while the first can be used', async () => {
    const flow = testFlow(portal);
    await give(claire.password, claire.address, flow);
    portal.clock.advance(minutes(2));
    await give(claire.password, claire.address, flow);
    expect(await letters(portal)).toHaveLength(1);
    expect(await proveEmailCode(portal, flow, { code: await lastCode(portal, claire.address) })).toMatchObject({ ok: true });
  });

  test('within a minute, in another flow, waits for the sending limit and says until when', async () => {
    await give(claire.password);
    portal.clock.advance(seconds(20));
    const second = testFlow(portal);
    await give(claire.password, claire.address, second);
    expect(await signInFacts(portal, second)).toMatchObject({ emailCode: null, codeFrom: portal.now() + seconds(40) });
    expect(await letters(portal)).toHaveLength(1);
  });

  test('is worth nothing after a quarter of an hour', async () => {
    const flow = testFlow(portal);
    await give(claire.password, claire.address, flow);
    portal.clock.advance(minutes(15));
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('password');
  });

  test('is worth nothing once the account is disabled', async () => {
    const flow = testFlow(portal);
    await give(claire.password, claire.address, flow);
    await setAccountStatus(portal, testOperator(), claire.address, 'disabled');
    expect(nextSignInStep(await signInFacts(portal, flow))).toBe('password');
  });
});

describe('SEC-07: what is refused is refused in the same words, with the same rows and the same event', () => {
  const cases = ['unknown address', 'wrong password', 'disabled account', 'password never set', 'enrolled'] as const;
  test('whatever the reason', async () => {
    const shapes: string[] = [];
    for (const [i, name] of cases.entries()) {
      const address = `personne${i}@inserm.fr`;
      if (name !== 'unknown address') {
        const { id } = await testAccount(portal, { address });
        if (name === 'disabled account') await setAccountStatus(portal, testOperator(), address, 'disabled');
        if (name === 'enrolled') await testApp(portal, id);
        if (name === 'password never set')
          await portal.store.write(portal.store.db.delete(portal.store.s.passwords).where(eq(portal.store.s.passwords.accountId, id)));
      }
      const before = JSON.parse(await snapshot(portal)) as Record<string, string[]>;
      const password = name === 'disabled account' || name === 'password never set' ? testPassword : 'une autre phrase longue';
      expect(await give(password, address)).toEqual(wrongCredentials);
      const after = JSON.parse(await snapshot(portal)) as Record<string, string[]>;
      const added = Object.entries(after).map(([table, rows]) => [table, rows.filter((row) => !before[table]?.includes(row))] as const);
      const same = (row: string) =>
        JSON.stringify({ ...JSON.parse(row), id: null, accountId: null, flow: null, subject: null }, (_key, value) => value as unknown);
      shapes.push(JSON.stringify(added.map(([table, rows]) => [table, rows.map(same)])));
    }
    expect(new Set(shapes).size).toBe(1);
    expect(shapes[0]).toContain('password-wrong');
    expect(await letters(portal)).toEqual([]);
  });

  test('SEC-05: even the right password, while one must wait, and once the password is disabled there', async () => {
    for (let i = 0; i < 4; i++) expect(await give('une autre phrase longue')).toEqual(wrongCredentials);
    expect(await give(claire.password)).toEqual(wrongCredentials);
    expect((await lastEvents(1))[0]?.data).toMatchObject({ try: 'wait' });
    portal.clock.advance(seconds(30));
    expect(await give(claire.password)).toMatchObject({ ok: true });
    await portal.store.write(portal.store.db.delete(portal.store.s.attempts));
    for (let i = 0; i < 100; i++) {
      await give('une autre phrase longue');
      portal.clock.advance(hours(25));
    }
    expect(await give(claire.password)).toEqual(wrongCredentials);
    expect((await lastEvents(1))[0]?.data).toMatchObject({ try: 'disabled' });
  });

  test('SEC-08: every answer asks the directory once, also for who must wait', async () => {
    const asked: string[] = [];
    const watched = {
      ...portal,
      directory: {
        ...portal.directory,
        verifyPassword(address: string, password: string) {
          asked.push(address);
          return portal.directory.verifyPassword(address, password);
        },
      },
    };
    for (let i = 0; i < 6; i++) await checkPassword(watched, testFlow(portal), { address: claire.address, password: 'une autre phrase longue' });
    await checkPassword(watched, testFlow(portal), { address: 'personne@inserm.fr', password: 'x' });
    await checkPassword(watched, testFlow(portal), { address: 'pas une adresse', password: 'x' });
    expect(asked).toEqual([claire.address, claire.address, claire.address, claire.address, '', '', 'personne@inserm.fr', '']);
  });

  test('SEC-10: a wrong password sends no notice', async () => {
    for (let i = 0; i < 4; i++) await give('une autre phrase longue');
    expect(await letters(portal)).toEqual([]);
  });
});

test('T1: of 200 wrong passwords at once, four are compared', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, () => give('une autre phrase longue')));
  expect(answers.every((answer) => !answer.ok)).toBe(true);
  expect(await tries()).toMatchObject([{ failures: 4, dayFailures: 4 }]);
  const looked = (await events(portal)).filter((event) => event.data.try === 'compared');
  expect(looked).toHaveLength(4);
});

describe('SEC-06: nobody else can lock the owner out', () => {
  test('failures elsewhere do not make a browser wait in which the owner has signed in', async () => {
    await signIn('the owner’s browser');
    for (let day = 0; day < 20; day++) {
      for (let i = 0; i < 30; i++) {
        await give('une autre phrase longue');
        portal.clock.advance(hours(1));
      }
    }
    const flow = testFlow(portal, { browser: 'the owner’s browser' });
    expect(await give(claire.password, claire.address, flow)).toMatchObject({ ok: true });
    expect(await give(claire.password, claire.address, testFlow(portal, { browser: 'the attacker’s browser' }))).toEqual(wrongCredentials);
  });

  test('an owner who signs in now and then keeps other browsers from being disabled for ever, without giving anybody more tries a day', async () => {
    await signIn('the owner’s browser');
    const app = await testApp(portal, claire.id);
    let compared = 0;
    for (let day = 0; day < 12; day++) {
      const before = (await events(portal)).filter((event) => event.data.try === 'compared').length;
      for (let i = 0; i < 48; i++) {
        await give('une autre phrase longue');
        portal.clock.advance(minutes(30));
      }
      const looked = (await events(portal)).filter((event) => event.data.try === 'compared').length - before;
      expect(looked).toBeLessThanOrEqual(25);
      compared += looked;
      const flow = testFlow(portal, { browser: 'the owner’s browser' });
      await give(claire.password, claire.address, flow);
      await proveTotp(portal, flow, { code: app.code() });
      expect(await finishSignIn(portal, flow, 'the owner’s browser')).not.toBeNull();
    }
    expect(compared).toBeGreaterThan(100);
    portal.clock.advance(hours(24));
    expect(await give(claire.password, claire.address, testFlow(portal, { browser: 'a new computer' }))).toMatchObject({ ok: true });
  });

  test('failures in the owner’s browser count there', async () => {
    await signIn('the owner’s browser');
    const there = () => testFlow(portal, { browser: 'the owner’s browser' });
    for (let i = 0; i < 4; i++) await give('une autre phrase longue', claire.address, there());
    expect(await give(claire.password, claire.address, there())).toEqual(wrongCredentials);
    expect(await give(claire.password)).toMatchObject({ ok: true });
  });

  test('a browser known to one account is unknown to another', async () => {
    const jean = await testAccount(portal, { address: 'jean.petit@inserm.fr', givenName: 'Jean', familyName: 'Petit' });
    await signIn('the owner’s browser');
    for (let i = 0; i < 4; i++) await give('une autre phrase longue', jean.address);
    expect(await give(jean.password, jean.address, testFlow(portal, { browser: 'the owner’s browser' }))).toEqual(wrongCredentials);
  });
});

describe('when the password can’t be looked at', () => {
  test.each([
    ['the directory does not answer', new DirectoryUnavailable('down'), 'directory-down'],
    ['too many hashes wait', new Busy('full'), 'busy'],
  ])('%s: it is said, and the try is given back', async (_name, error, code) => {
    const failing = { ...portal, directory: { ...portal.directory, verifyPassword: () => Promise.reject(error) } };
    for (let i = 0; i < 6; i++)
      expect(await checkPassword(failing, testFlow(portal), { address: claire.address, password: claire.password })).toEqual({
        ok: false,
        problems: [{ code }],
      });
    expect(await tries()).toMatchObject([{ failures: 0, dayFailures: 0 }]);
    expect(await give(claire.password)).toMatchObject({ ok: true });
  });
  test('a defect is no answer', async () => {
    const failing = { ...portal, directory: { ...portal.directory, verifyPassword: () => Promise.reject(new TypeError('x')) } };
    await expect(checkPassword(failing, testFlow(portal), { address: claire.address, password: 'x' })).rejects.toThrow(TypeError);
  });
});

describe('whatever is sent gets an answer', () => {
  test('nothing typed is said, field by field, whoever it is about', async () => {
    const before = await snapshot(portal);
    expect(await give('', '')).toEqual({
      ok: false,
      problems: [
        { code: 'empty', field: 'address' },
        { code: 'empty', field: 'password' },
      ],
    });
    expect(await give('')).toEqual({ ok: false, problems: [{ code: 'empty', field: 'password' }] });
    expect(await give('x', 'a'.repeat(1_000_000))).toEqual({ ok: false, problems: [{ code: 'too-long', field: 'address' }] });
    expect(await snapshot(portal)).toBe(before);
  });
  test.each([
    '\0',
    'claire\0.martin@inserm.fr',
    '🙂@🙂.fr',
    '\u202eclaire',
    'مثال@مثال',
    '\ud800',
    "' or 1=1 --",
    'claire.martin@inserm.fr\r\nBcc: x@y.fr',
  ])('the address %j is unknown', async (address) => expect(await give(claire.password, address)).toEqual(wrongCredentials));
  test.each([
    ['a NUL', '\0'],
    ['an emoji', '🙂'],
    ['a mark that turns text around', '\u202e'],
    ['half a character', '\ud800'],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('the password %s is wrong', async (_name, password) => expect(await give(password)).toEqual(wrongCredentials));
});
