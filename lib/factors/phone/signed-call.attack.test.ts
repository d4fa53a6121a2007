// Every call of a telephone is signed with its key, each once: replayed, reordered, forged, copied and stale ones.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Engine, engines } from '#db/testing';
import { minutes, seconds } from '../../duration.ts';
import { events, letters, snapshot, type TestAccount, type TestPortal, testAccount, testApp, testPortal } from '../../portal.testing.ts';
import { pairedPhone, type TestPhone, testKey, testPhone } from './phone.testing.ts';

let portal: TestPortal;
let claire: TestAccount;
let phone: TestPhone;

/** A fresh world for each test; on the engine, or on SQLite in memory. */
function eachIn(engine?: Engine) {
  beforeEach(async () => {
    portal = await testPortal(engine ? { store: await engine.open() } : {});
    claire = await testAccount(portal);
    await testApp(portal, claire.id);
    phone = await pairedPhone(portal, claire.id);
  });
  afterEach(() => portal.close());
}

const verdict = async (request: Parameters<TestPhone['verify']>[0]) => {
  const verified = await phone.verify(request);
  return verified.ok ? (verified.value.retry ? 'retry' : 'new') : verified.problems[0].code;
};
const row = async () => {
  const { phones } = portal.store.s;
  return (await portal.store.db.select().from(phones).where(eq(phones.factorId, phone.factorId)))[0];
};
/** The same key and the same memory in another telephone. */
const copyOf = (original: TestPhone) => testPhone(portal, original.factorId, original, null, original.counter);

describe('one telephone', () => {
  eachIn();

  test('is believed, and known to have been heard of', async () => {
    portal.clock.advance(minutes(5));
    expect(await verdict(phone.request())).toBe('new');
    expect(await row()).toMatchObject({ counter: 1, seenAt: portal.now(), lockedAt: null });
  });

  test('replayed: a call captured on the way is answered as before, does nothing again and locks nobody', async () => {
    const captured = phone.request();
    expect(await verdict(captured)).toBe('new');
    const before = await snapshot(portal);
    for (let n = 0; n < 20; n++) expect(await verdict(captured)).toBe('retry');
    expect(await snapshot(portal)).toBe(before);
    for (let n = 0; n < 10; n++) await phone.call();
    expect(await verdict(captured), 'ten calls later too').toBe('retry');
    portal.clock.advance(seconds(121));
    expect(await verdict(captured)).toBe('phone-clock');
    expect(await verdict(phone.request())).toBe('new');
  });

  test('reordered: two honest tabs overtake each other, and are not locked', async () => {
    const requests = [1, 2, 3, 4, 5].map(() => phone.request());
    for (const request of requests.toReversed()) expect(await verdict(request)).toBe('new');
    expect(await row()).toMatchObject({ counter: 5, lockedAt: null });
  });

  test('two honest tabs at the same moment are not locked', async () => {
    for (let round = 0; round < 10; round++) {
      const requests = [1, 2, 3, 4].map(() => phone.request());
      expect(await Promise.all(requests.map(verdict))).toEqual(['new', 'new', 'new', 'new']);
    }
    expect((await row())?.lockedAt).toBeNull();
  });

  test('calls that were lost on the way are missed by nobody', async () => {
    for (let n = 0; n < 100; n++) phone.request();
    expect(await verdict(phone.request())).toBe('new');
  });

  test('forged: another key, another body, path, method, counter, time or telephone', async () => {
    const other = testPhone(portal, phone.factorId, testKey(), null, 50);
    const good = phone.request();
    const [id = '', counter = '', sentAt = '', signature = ''] = good.header?.split('.') ?? [];
    const before = await snapshot(portal);
    for (const forged of [
      other.request(),
      { ...good, body: '{ }' },
      { ...good, path: '/authenticator/answer' },
      { ...good, method: 'GET' },
      { ...good, header: `${id}.${Number(counter) + 1}.${sentAt}.${signature}` },
      { ...good, header: `${id}.${counter}.${Number(sentAt) + 1}.${signature}` },
      { ...good, header: `${id}.${counter}.${sentAt}.${'A'.repeat(86)}` },
      { ...good, header: null },
      { ...good, header: '' },
      { ...good, header: `${good.header}, ${good.header}` },
    ])
      expect(await verdict(forged)).toBe('call-refused');
    expect(await verdict({ ...good, header: `${id.replace(/^./, (c) => (c === '0' ? '1' : '0'))}.${counter}.${sentAt}.${signature}` })).toBe(
      'phone-gone',
    );
    expect(await snapshot(portal), 'whoever cannot sign changes nothing, and locks nobody').toBe(before);
    expect(await verdict(good)).toBe('new');
  });

  test('another person’s telephone does not speak for this one', async () => {
    const paul = await testAccount(portal, { address: 'paul.durand@inserm.fr' });
    const his = await pairedPhone(portal, paul.id, 'pin', 'Téléphone de Paul');
    const stolenName = testPhone(portal, phone.factorId, his, null, 10);
    expect(await verdict(stolenName.request())).toBe('call-refused');
    expect((await his.call()).accountId).toBe(paul.id);
  });

  test('a wrong clock is told in seconds, and locks nobody', async () => {
    for (const [off, code] of [
      [seconds(-120), 'new'],
      [seconds(120), 'new'],
      [seconds(-121), 'phone-clock'],
      [minutes(30), 'phone-clock'],
    ] as const)
      expect(await verdict(phone.request({ sentAt: portal.now() + off }))).toBe(code);
    const told = await phone.verify(phone.request({ sentAt: portal.now() + minutes(30) }));
    expect(told).toMatchObject({ ok: false, problems: [{ drift: 1800 }] });
    expect((await row())?.lockedAt).toBeNull();
  });

  test('a counter that leaps out of reach is refused, and does not shut the telephone out', async () => {
    expect(await verdict(phone.request({ counter: 2_000_000_000 }))).toBe('call-refused');
    expect(await verdict(phone.request())).toBe('new');
  });

  test('an account that is disabled has no telephone that is believed', async () => {
    await portal.store.write(portal.store.db.update(portal.store.s.accounts).set({ status: 'disabled' }));
    expect(await verdict(phone.request())).toBe('phone-locked');
  });

  test('a factor that its owner has frozen is not believed; one removed is unknown', async () => {
    await portal.store.write(portal.store.db.update(portal.store.s.factors).set({ frozenAt: portal.now() }));
    expect(await verdict(phone.request())).toBe('phone-locked');
    await portal.store.write(portal.store.db.delete(portal.store.s.factors));
    expect(await verdict(phone.request())).toBe('phone-gone');
  });

  test('SEC-111: what was signed is kept as a keyed hash: nobody reads a PIN out of it', async () => {
    const request = phone.request({ body: '{"pin":"482915"}' });
    await phone.verify(request);
    const [[counter, hash] = []] = (await row())?.calls ?? [];
    expect(counter).toBe(1);
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(await row())).not.toContain('482915');
  });
});

describe('clone: a copy of its key and of its memory', () => {
  eachIn();

  test('the original is used first: the copy’s first call is caught, the telephone locked, its owner told', async () => {
    await phone.call();
    const copy = copyOf(phone);
    await phone.call();
    // The same call as the original made, to the letter, but for its signature.
    portal.clock.advance(seconds(1));
    expect(await verdict(copy.request())).toBe('phone-locked');
    expect(await row()).toMatchObject({ lockedAt: portal.now(), lockedWhy: 'clone' });
    expect((await events(portal)).at(-1)).toMatchObject({
      type: 'phone-locked',
      accountId: claire.id,
      data: { factor: phone.factorId, why: 'clone' },
    });
    expect((await letters(portal)).at(-1)).toMatchObject({ kind: 'phone-copied', to: claire.address });
    expect(await verdict(phone.request()), 'nobody can tell which is which').toBe('phone-locked');
    const { factors } = portal.store.s;
    expect((await portal.store.db.select().from(factors).where(eq(factors.id, phone.factorId)))[0]?.frozenAt).toBe(portal.now());
  });

  test('the copy is used first: the original’s next call catches it', async () => {
    await phone.call();
    const copy = copyOf(phone);
    expect(await verdict(copy.request())).toBe('new');
    portal.clock.advance(minutes(1));
    expect(await verdict(phone.request())).toBe('phone-locked');
  });

  test('the copy hides in counters that the original has left behind: caught all the same', async () => {
    await phone.call();
    const copy = copyOf(phone);
    for (let n = 0; n < 30; n++) await phone.call();
    portal.clock.advance(seconds(1));
    expect(await verdict(copy.request())).toBe('phone-locked');
  });

  test('locked once, it is told once', async () => {
    await phone.call();
    const copy = copyOf(phone);
    await phone.call();
    portal.clock.advance(seconds(1));
    for (let n = 0; n < 5; n++) await verdict(copy.request());
    expect((await events(portal)).filter(({ type }) => type === 'phone-locked')).toHaveLength(1);
    expect((await letters(portal)).filter(({ kind }) => kind === 'phone-copied')).toHaveLength(1);
  });

  test('another telephone of the same person goes on', async () => {
    const second = await pairedPhone(portal, claire.id, 'pin', 'Tablette');
    await phone.call();
    const copy = copyOf(phone);
    await phone.call();
    portal.clock.advance(seconds(1));
    expect(await verdict(copy.request())).toBe('phone-locked');
    expect((await second.call()).factorId).toBe(second.factorId);
  });
});

describe.each(engines())('many at once on $name', (engine) => {
  eachIn(engine);

  test('of 200 calls with one counter, one counts; two honest tabs are not locked by their number', async () => {
    const request = phone.request();
    const verdicts = await Promise.all(Array.from({ length: 200 }, () => verdict(request)));
    expect(verdicts.filter((one) => one === 'new')).toHaveLength(1);
    expect(new Set(verdicts)).toEqual(new Set(['new', 'retry']));
    expect((await row())?.lockedAt).toBeNull();
  });
});
