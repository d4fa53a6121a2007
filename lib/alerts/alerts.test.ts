// What is nobody's own: passwords sprayed over all accounts, codes sent by the hundred. On both engines, as two nodes see it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insertCodeSending } from '#db/codes';
import { setKnownBrowser } from '#db/known-browsers';
import { engines } from '#db/testing';
import { hours, minutes, seconds } from '../duration.ts';
import { newId } from '../ids.ts';
import { watchFailures } from '../operations/watch-failures.ts';
import { startReset } from '../password-reset/start-reset.ts';
import { events, letters, type TestPortal, testAccount, testFlow, testPortal, testReset } from '../portal.testing.ts';
import { newKeyRing } from '../secrets.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { sendEmailCode } from '../sign-in/send-email-code.ts';
import { createSlowMode } from '../slow-mode.ts';
import { isCountedFailure, isTripped, sumFailures } from './rules.ts';

const limits = { failuresPerMinute: 30, failuresPerHour: 300 };
const start = Date.UTC(2027, 2, 9, 13, 2, 14);
const minute = start - (start % minutes(1));

test('SEC-09: failures count wherever they are made, but in a browser that their owner uses', () => {
  for (const type of [
    'password-wrong',
    'totp-wrong',
    'recovery-code-wrong',
    'answers-wrong',
    'email-code-wrong',
    'pass-wrong',
    'passkey-wrong',
    'phone-reported',
  ])
    expect(isCountedFailure({ type, data: {} }), type).toBe(true);
  expect(isCountedFailure({ type: 'password-wrong', data: { knownBrowser: true } })).toBe(false);
  for (const type of ['password-right', 'signed-in', 'phone-denied', 'step-refused']) expect(isCountedFailure({ type, data: {} }), type).toBe(false);
});

test('SEC-09: too many in a minute, whether it is the one under way or the last whole one; too many in an hour, however they are spread', () => {
  const at = (ago: number, failures: number) => ({ minute: minute - minutes(ago), failures });
  const tripped = (...counted: { minute: number; failures: number }[]) => isTripped(sumFailures(counted, start), limits);
  expect(tripped()).toBe(false);
  expect(tripped(at(0, 29), at(1, 29))).toBe(false);
  expect(tripped(at(0, 30))).toBe(true);
  expect(tripped(at(1, 30))).toBe(true);
  expect(tripped(at(2, 30))).toBe(false);
  expect(tripped(...Array.from({ length: 60 }, (_, n) => at(n, 5)))).toBe(true);
  expect(tripped(...Array.from({ length: 60 }, (_, n) => at(n, 4)))).toBe(false);
  expect(tripped(at(61, 1000))).toBe(false);
});

describe.each(engines())('alerts on $name', ({ openTwice }) => {
  let a: TestPortal;
  let b: TestPortal;
  beforeEach(async () => {
    const [one, two] = await openTwice();
    const ring = newKeyRing();
    a = await testPortal({ store: one, ring });
    b = await testPortal({ store: two, ring });
  });
  afterEach(async () => {
    await a.close();
    await b.close();
  });
  const alerts = async () => (await letters(a)).filter(({ kind }) => kind === 'alert');

  /** One password on many accounts, half of them at each node. */
  async function spray(accounts: number, over: number) {
    for (let n = 0; n < accounts; n++) {
      const portal = n % 2 ? a : b;
      await checkPassword(portal, testFlow(portal), { address: `personne.${n}@inserm.fr`, password: 'Soleil2027!Soleil' });
      for (const { clock } of [a, b]) clock.advance(over / accounts);
      if (n % 25 === 24) for (const node of [a, b]) await watchFailures(node);
    }
  }

  test('SEC-09, T3: one password sprayed on 500 accounts over half an hour is seen, told once, and slows both nodes', async () => {
    await spray(500, minutes(30));
    expect(a.slowMode.state().slow).toBe(true);
    expect(b.slowMode.state().slow).toBe(true);
    const told = await alerts();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ to: 'assistance@inserm.fr', accountId: null });
    expect(told[0]?.text).toContain('tous comptes confondus');
    // No address, tried or existing.
    expect(`${told[0]?.subject}${told[0]?.text}${told[0]?.html}`).not.toContain('personne.');
    const raised = (await events(a)).filter(({ type }) => type === 'alert-raised');
    expect(raised).toMatchObject([{ accountId: null, data: { kind: 'failures' } }]);
    const rows = await a.store.db.select().from(a.store.s.failureMinutes);
    expect(rows.length).toBeLessThanOrEqual(31);
    expect(rows.reduce((sum, row) => sum + row.failures, 0)).toBe(500);
  });

  test('SEC-09: an ordinary morning trips nothing', async () => {
    await spray(60, minutes(10));
    expect(a.slowMode.state().slow).toBe(false);
    expect(await alerts()).toEqual([]);
  });

  test('SEC-09: an hour later it is told again, and ten minutes after the end nobody waits any more', async () => {
    const attack = async () => {
      for (let n = 0; n < limits.failuresPerMinute; n++) a.slowMode.note({ type: 'password-wrong', data: {} });
      await watchFailures(a);
    };
    await attack();
    a.clock.advance(minutes(5));
    await attack();
    expect(await alerts()).toHaveLength(1);
    a.clock.advance(minutes(10));
    await watchFailures(a);
    expect(a.slowMode.state().slow).toBe(false);
    a.clock.advance(minutes(45));
    await attack();
    expect(await alerts()).toHaveLength(2);
  });

  test('failures that could not be written down are not lost', async () => {
    a.slowMode.note({ type: 'password-wrong', data: {} });
    const down = { ...a, store: { ...a.store, unit: () => Promise.reject(new Error('away')) } };
    await expect(watchFailures(down)).rejects.toThrow('away');
    expect((await watchFailures(a)).minute).toBe(1);
  });

  test('SEC-06, SEC-09: in slow mode the owner in a known browser does not wait; anybody else waits for their turn, known address or not', async () => {
    const { id, address, password } = await testAccount(a);
    const browser = 'a browser of Claire’s';
    await a.store.unit(id, (tx) => setKnownBrowser(tx, { accountId: id, browser, factorKind: null, seenAt: a.now() }));
    a.slowMode.slowUntil(a.now() + minutes(1));
    expect(await checkPassword(a, testFlow(a, { browser }), { address, password })).toMatchObject({ ok: true });
    expect(a.pauses).toEqual([]);
    await checkPassword(a, testFlow(a), { address, password });
    await checkPassword(a, testFlow(a), { address: 'nobody@inserm.fr', password });
    expect(a.pauses).toEqual([seconds(1), seconds(1)]);
  });

  test('SEC-09, SEC-13: who comes when thirty wait is asked to try again, and that counts as no try', async () => {
    const { address, password } = await testAccount(a);
    const turns: (() => void)[] = [];
    const slowMode = createSlowMode({ now: a.now, pause: () => new Promise<void>((go) => turns.push(go)) });
    slowMode.slowUntil(a.now() + minutes(1));
    const waiting = Array.from({ length: 30 }, () => slowMode.pass());
    expect(await checkPassword({ ...a, slowMode }, testFlow(a), { address, password })).toMatchObject({ ok: false, problems: [{ code: 'busy' }] });
    expect(await a.store.db.select().from(a.store.s.attempts)).toEqual([]);
    for (const turn of waiting) {
      await Promise.resolve();
      turns.shift()?.();
      await turn;
    }
    expect(slowMode.state()).toEqual({ slow: true, waiting: 0 });
  });

  test('SEC-20: the institute’s codes stop at the cap, for one purpose, with a sentence that is the same for everybody; then one more leaves', async () => {
    const { address, password } = await testAccount(a);
    const { codesPerHour } = a.settings.alerts;
    const sent = (purpose: string, n: number) =>
      a.store.unit('x', (tx) => insertCodeSending(tx, { id: newId(), subject: `email-code:${purpose}:${n}`, at: a.now() - minutes(50) }));
    for (let n = 0; n < codesPerHour; n++) await sent('reset-password', n);
    const paused = { code: 'codes-paused', field: 'address', retryAt: a.now() + minutes(10) };
    for (const asked of [address, 'nobody.at-all@inserm.fr'])
      expect(await startReset(b, testReset(b), { before: null, signIn: null }, { address: asked })).toEqual({ ok: false, problems: [paused] });
    expect(await alerts()).toHaveLength(1);
    expect((await alerts())[0]?.text).toContain(`${codesPerHour} codes`);
    // Whoever gave a right password gets theirs all the same.
    expect(await checkPassword(a, testFlow(a), { address, password })).toMatchObject({ ok: true });
    expect((await letters(a)).filter(({ kind }) => kind === 'code')).toHaveLength(1);
    for (const { clock } of [a, b]) clock.advance(minutes(10));
    expect(await startReset(b, testReset(b), { before: null, signIn: null }, { address })).toMatchObject({ ok: true });
  });

  test('SEC-20: paused sign-in codes are told on the page that waits for one', async () => {
    const { address, password } = await testAccount(a);
    for (let n = 0; n < a.settings.alerts.codesPerHour; n++)
      await a.store.unit('x', (tx) => insertCodeSending(tx, { id: newId(), subject: `email-code:sign-in:${n}`, at: a.now() }));
    const flow = testFlow(a);
    expect(await checkPassword(a, flow, { address, password })).toMatchObject({ ok: true });
    expect((await letters(a)).filter(({ kind }) => kind === 'code')).toEqual([]);
    expect(await sendEmailCode(a, flow)).toEqual({ ok: false, problems: [{ code: 'codes-paused', retryAt: a.now() + hours(1) }] });
  });
});
