// Browsers signed in to the portal: found while they may be, ended everywhere at once.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { hours, minutes, seconds } from '../duration.ts';
import { events, type TestAccount, type TestPortal, testAccount, testOperator, testPortal, testSession, testVisitor } from '../portal.testing.ts';
import { randomToken } from '../secrets.ts';
import { acrValues } from '../sign-in/assurance.ts';
import { findPortalSession, portalSessionState } from './facts.ts';
import { dropPortalSession, endPortalSession, honourLogout, seePortalSession } from './portal-session.ts';

describe.each(engines())('$name', (engine) => {
  let portal: TestPortal;
  let claire: TestAccount;
  beforeEach(async () => {
    portal = await testPortal({ store: await engine.open() });
    claire = await testAccount(portal);
  });
  afterEach(() => portal.close());

  const start = async (sid: string | null = 'a sid', acr: string = 'mfa') => {
    const token = randomToken(256);
    await testSession(portal, claire.id, token, { sid, idToken: 'the id token', acr });
    return token;
  };
  const found = async (token: string) => (await findPortalSession(portal, token)) !== null;

  test('SEC-60: a session is found by its cookie’s value, of which only the hash is kept; an unknown value is nobody', async () => {
    const token = await start();
    expect(await findPortalSession(portal, token)).toMatchObject({ accountId: claire.id, acr: 'mfa', authenticatedAt: portal.now() });
    const { db, s } = portal.store;
    const [row] = await db.select().from(s.portalSessions);
    expect(row?.id).not.toBe(token);
    expect(row?.idToken?.toString('latin1')).not.toContain('the id token');
    for (const other of ['', 'x', row?.id ?? '', `${token} `]) expect(await found(other)).toBe(false);
  });

  test('SEC-62: it idles after 30 minutes, and being seen keeps it', async () => {
    const token = await start();
    portal.clock.advance(minutes(29));
    const session = await findPortalSession(portal, token);
    if (session) await seePortalSession(portal, session);
    portal.clock.advance(minutes(29));
    expect(await found(token)).toBe(true);
    portal.clock.advance(minutes(1));
    expect(await found(token)).toBe(false);
  });

  test('SEC-78: left alone for ten minutes it is not proven for the console any more, whichever page comes back first', async () => {
    const token = await start(null, acrValues[1]);
    const use = async () => {
      const session = await findPortalSession(portal, token);
      if (session) await seePortalSession(portal, session);
      return findPortalSession(portal, token);
    };
    portal.clock.advance(minutes(9));
    expect(await use()).toMatchObject({ provenBy: 'factor' });
    portal.clock.advance(minutes(10));
    expect(await use()).toMatchObject({ provenBy: null, provenAt: portal.now() - minutes(19) });
    expect(await use()).toMatchObject({ provenBy: null });
  });

  test('SEC-62: it ends 12 hours after the sign-in, however often it is seen', async () => {
    const token = await start();
    for (let n = 0; n < 47; n++) {
      portal.clock.advance(minutes(15));
      const session = await findPortalSession(portal, token);
      expect(session, `${n}`).not.toBeNull();
      if (session) await seePortalSession(portal, session);
    }
    portal.clock.advance(minutes(15));
    expect(await found(token)).toBe(false);
  });

  test('SEC-62: when it ends is known, and asking does not keep it; afterwards, why it ended', async () => {
    const token = await start();
    const state = () => portalSessionState(portal, token);
    expect(await state()).toMatchObject({ live: { accountId: claire.id }, left: minutes(30), why: 'idle' });
    portal.clock.advance(minutes(29));
    for (let n = 0; n < 3; n++) expect(await state()).toMatchObject({ left: minutes(1), why: 'idle' });
    const session = await findPortalSession(portal, token);
    if (session) await seePortalSession(portal, session);
    expect(await state()).toMatchObject({ left: minutes(30) });
    portal.clock.advance(minutes(30) - 1);
    expect(await state()).toMatchObject({ left: 1 });
    portal.clock.advance(1);
    expect(await state()).toEqual({ live: null, why: 'idle' });
    expect(await portalSessionState(portal, 'nobody’s')).toEqual({ live: null, why: 'other' });
  });

  test('SEC-62: in its last half hour using it changes nothing: twelve hours are the end', async () => {
    const token = await start();
    const use = async () => {
      const session = await findPortalSession(portal, token);
      if (session) await seePortalSession(portal, session);
    };
    for (let n = 0; n < 47; n++) {
      portal.clock.advance(minutes(15));
      await use();
    }
    expect(await portalSessionState(portal, token)).toMatchObject({ left: minutes(15), why: 'overall' });
    await use();
    portal.clock.advance(minutes(15));
    expect(await portalSessionState(portal, token)).toEqual({ live: null, why: 'overall' });
  });

  test('SEC-62: one of an account that is disabled has ended, for another reason than time', async () => {
    const token = await start();
    await setAccountStatus(portal, testOperator(), 'claire.martin@inserm.fr', 'disabled');
    expect(await portalSessionState(portal, token)).toEqual({ live: null, why: 'other' });
  });

  test('SEC-62: it is no younger than the sign-in that it came from', async () => {
    const token = randomToken(256);
    const authenticatedAt = portal.now() - hours(12) + minutes(5);
    await testSession(portal, claire.id, token, { authenticatedAt });
    portal.clock.advance(minutes(5));
    expect(await found(token)).toBe(false);
  });

  test('seeing it twice in a minute writes once', async () => {
    const token = await start();
    const at = portal.now();
    portal.clock.advance(seconds(30));
    const session = await findPortalSession(portal, token);
    if (session) await seePortalSession(portal, session);
    expect((await findPortalSession(portal, token))?.seenAt).toBe(at);
  });

  test('SEC-61: replaced, the old one is worth nothing', async () => {
    const old = await start();
    await dropPortalSession(portal, old);
    await start();
    expect(await found(old)).toBe(false);
  });

  test('SEC-63: signing out ends it once, on record, and gives back the hint for the provider', async () => {
    const token = await start();
    expect(await endPortalSession(portal, testVisitor, token)).toBe('the id token');
    expect(await found(token)).toBe(false);
    expect(await endPortalSession(portal, testVisitor, token)).toBeNull();
    const signedOut = (await events(portal)).filter((e) => e.type === 'signed-out');
    expect(signedOut).toMatchObject([{ accountId: claire.id, network: testVisitor.network }]);
  });

  test('SEC-72: the eleventh session ends the oldest', async () => {
    const tokens: string[] = [];
    for (let n = 0; n < 11; n++) {
      tokens.push(await start());
      portal.clock.advance(seconds(1));
    }
    expect(await Promise.all(tokens.map(found))).toEqual([false, ...Array(10).fill(true)]);
  });

  test('a disabled account’s sessions are worth nothing at the next request', async () => {
    const token = await start();
    await setAccountStatus(portal, testOperator(), claire.address, 'disabled');
    expect(await found(token)).toBe(false);
  });

  test('SEC-91: a logout token ends the session that it names, and no other', async () => {
    const one = await start('sid one');
    const two = await start('sid two');
    expect(await honourLogout(portal, { jti: 'j', expiresAt: portal.now(), sid: 'sid one', accountId: claire.id })).toBe(true);
    expect([await found(one), await found(two)]).toEqual([false, true]);
  });

  test('SEC-91: one that names no session ends all of the person’s', async () => {
    const tokens = [await start('one'), await start('two')];
    await honourLogout(portal, { jti: 'j', expiresAt: portal.now(), sid: null, accountId: claire.id });
    expect(await Promise.all(tokens.map(found))).toEqual([false, false]);
  });

  test('SEC-91: a logout token works once, also when it comes twenty times at once', async () => {
    const notice = { jti: 'j', expiresAt: portal.now() + minutes(5), sid: 'sid', accountId: claire.id };
    const taken = await Promise.all(Array.from({ length: 20 }, () => honourLogout(portal, notice)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const token = await start('sid');
    expect(await honourLogout(portal, notice)).toBe(false);
    expect(await found(token)).toBe(true);
  });
});
