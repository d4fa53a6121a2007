// What is past its time goes, and nothing else, on both engines.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { q, type Store } from '#db/unit';
import { sealEvents } from '../audit/seal-events.ts';
import { days, hours, minutes } from '../duration.ts';
import { createSecrets, newKeyRing } from '../secrets.ts';
import { readSettings } from '../settings.ts';
import { purgeExpired } from './purge-expired.ts';

const settings = readSettings({ PORTAL_MODE: 'demo' });
const start = Date.UTC(2026, 0, 5);
const ring = newKeyRing();
const secrets = createSecrets(() => ring);

describe.each(engines())('the purge on $name', ({ open }) => {
  let store: Store;
  let now: number;
  const silent = () => {};
  const portal = () => ({ store, settings, secrets, now: () => now, log: { info: silent, warn: silent, error: silent } });

  beforeEach(async () => {
    now = start;
    store = await open();
    const { s, db } = store;
    const accountId = 'a';
    const account = {
      id: accountId,
      address: 'claire.martin@inserm.fr',
      givenName: 'Claire',
      familyName: 'Martin',
      kind: 'internal' as const,
      affiliations: [],
      status: 'active' as const,
      language: null,
      createdAt: start,
      enrolledAt: null,
    };
    const bytes = Buffer.from('sealed');
    const code = { flow: 'f', purpose: 'sign-in' as const, accountId, hash: 'h', replacedHash: null, tries: 0, usedAt: null };
    const event = { type: 'signed-in', accountId, actor: null, flow: null, network: null, browser: null, data: {} };
    const letter = { accountId, to: 'claire.martin@inserm.fr', kind: 'code', createdAt: start, uselessAt: null, tries: 1, failure: null };
    const record = { model: 'Session', payload: bytes, grantId: null, uid: null, accountId, applicationId: null, consumedAt: null };
    const session = { accountId, sid: null, idToken: null, acr: null, authenticatedAt: start, createdAt: start };
    const helpCase = { accountId, kind: 'help' as const, eventId: null, note: {}, openedAt: start, takenBy: null, takenAt: null, closedAt: null };
    const reEnrolment = { accountId, openedBy: 'answers' as const, stolen: false, openedAt: start, notBefore: start };
    await store.unit('a', function* () {
      yield* q(db.insert(s.accounts).values(account));
      yield* q(db.insert(s.emailCodes).values({ ...code, sentAt: start, expiresAt: start + minutes(10) }));
      yield* q(db.insert(s.codeSendings).values({ id: 'c', subject: 's', at: start }));
      yield* q(db.insert(s.failureMinutes).values({ minute: start, failures: 3 }));
      yield* q(
        db
          .insert(s.passwordResets)
          .values({ id: 'r', accountId, address: bytes, browser: null, signIn: null, createdAt: start, expiresAt: start + minutes(30) }),
      );
      yield* q(db.insert(s.proofs).values({ flow: 'f', kind: 'password', accountId, factorId: null, at: start }));
      yield* q(db.insert(s.challenges).values({ id: 'ch', purpose: 'sign-in', place: 'f', accountId: null, expiresAt: start + minutes(5) }));
      yield* q(
        db.insert(s.pendingFactors).values({
          accountId,
          id: 'p',
          kind: 'totp',
          name: 'x',
          secret: bytes,
          createdAt: start,
          expiresAt: start + minutes(30),
        }),
      );
      const pairing = { accountId, place: 'f', codeHash: 'h', shown: null, factorId: 'p', claimedAt: null, claim: null, nonce: 'n', challenge: 'c' };
      const begun = { phone: null, finishedAt: null, confirmedAt: null, createdAt: start, expiresAt: start + minutes(10) };
      yield* q(db.insert(s.pairings).values({ id: 'pa', ...pairing, ...begun }));
      const request = { nonce: 'n', accountId, flow: 'f', number: 47, tries: 0, status: 'expired' as const, application: 'biblio' };
      const unanswered = { why: null, network: null, userAgent: null, factorId: null, unlock: null, decidedAt: null };
      yield* q(db.insert(s.phoneRequests).values({ id: 'r', ...request, ...unanswered, createdAt: start, expiresAt: start + minutes(1) }));
      yield* q(db.insert(s.attempts).values({ subject: 's', failures: 1, dayFailures: 1, dayStartedAt: start, waitUntil: 0, lastAt: start }));
      yield* q(db.insert(s.knownBrowsers).values({ accountId, browser: 'b', factorKind: null, seenAt: start }));
      yield* q(db.insert(s.consents).values({ accountId, applicationId: 'x', scopes: [], givenAt: start, expiresAt: start + days(90) }));
      yield* q(db.insert(s.oidcRecords).values({ ...record, id: 'short', expiresAt: start + hours(1) }));
      yield* q(db.insert(s.oidcRecords).values({ ...record, id: 'endless', expiresAt: null }));
      yield* q(db.insert(s.portalSessions).values({ ...session, id: 'idle', seenAt: start, expiresAt: start + hours(12) }));
      yield* q(db.insert(s.portalSessions).values({ ...session, id: 'used', seenAt: start + hours(11), expiresAt: start + hours(12) }));
      yield* q(db.insert(s.sessionBrowsers).values({ id: 'b', accountId, userAgent: 'x', network: null, createdAt: start, seenAt: start }));
      yield* q(db.insert(s.logoutTokens).values({ jti: 'j', expiresAt: start + minutes(5) }));
      yield* q(db.insert(s.outbox).values({ ...letter, id: 'sent', message: null, dueAt: null, sentAt: start }));
      yield* q(db.insert(s.outbox).values({ ...letter, id: 'waiting', message: bytes, dueAt: start + days(1), sentAt: null }));
      yield* q(db.insert(s.disavowals).values({ id: 'd', accountId, eventId: '1', createdAt: start, expiresAt: start + days(7), usedAt: null }));
      yield* q(db.insert(s.cases).values({ ...helpCase, id: 'open' }));
      yield* q(db.insert(s.passes).values({ id: 'p', accountId, hash: 'h', issuedBy: 'b', createdAt: start, expiresAt: start + hours(1) }));
      yield* q(db.insert(s.lostPhones).values({ flow: 'f', accountId, stolen: false, saidAt: start }));
      yield* q(db.insert(s.reEnrolments).values({ ...reEnrolment, id: 're', expiresAt: start + hours(1) }));
      yield* q(db.insert(s.cases).values({ ...helpCase, id: 'closed', eventId: '1', closedAt: start }));
      yield* q(db.insert(s.signingKeys).values({ kid: 'old', jwk: bytes, state: 'retired', createdAt: start, retiredAt: start }));
      yield* q(db.insert(s.signingKeys).values({ kid: 'active', jwk: bytes, state: 'active', createdAt: start, retiredAt: null }));
      yield* q(db.insert(s.events).values({ ...event, id: '1', at: start }));
      yield* q(db.insert(s.events).values({ ...event, id: '2', at: start + days(100) }));
    });
  });
  afterEach(() => store.close());

  const counted = async () => {
    const { s, db } = store;
    const of = async (table: (typeof s)[keyof typeof s]) => (await db.select().from(table as typeof s.logoutTokens)).length;
    return Object.fromEntries(await Promise.all(Object.entries(s).map(async ([name, table]) => [name, await of(table)])));
  };

  test('SEC-113: nothing is deleted before its time', async () => {
    await sealEvents(portal());
    const before = await counted();
    const purged = await purgeExpired(portal());
    expect(Object.values(purged).every((n) => n === 0)).toBe(true);
    expect(await counted()).toEqual(before);
  });

  test('SEC-113: an hour later what lives for minutes is gone, and a day later what was kept to say so', async () => {
    now = start + hours(1) + 1;
    expect(await purgeExpired(portal())).toMatchObject({
      challenges: 1,
      passwordResets: 1,
      pendingFactors: 1,
      logoutTokens: 1,
      portalSessions: 1,
      sessionBrowsers: 1,
      oidcRecords: 1,
      emailCodes: 0,
      proofs: 0,
    });
    now = start + days(1) + hours(1);
    expect(await purgeExpired(portal())).toMatchObject({
      emailCodes: 1,
      codeSendings: 1,
      failureMinutes: 1,
      proofs: 1,
      portalSessions: 1,
      signingKeys: 1,
      outbox: 0,
    });
  });

  test('SEC-113: after a year everything with an end is gone; people, waiting letters and what never expires stay', async () => {
    now = start + days(366);
    await purgeExpired(portal());
    expect(await counted()).toMatchObject({
      accounts: 1,
      emailCodes: 0,
      attempts: 0,
      knownBrowsers: 0,
      consents: 0,
      oidcRecords: 1,
      portalSessions: 0,
      outbox: 1,
      signingKeys: 1,
      disavowals: 0,
      passes: 0,
      lostPhones: 0,
      reEnrolments: 0,
      // What is still to be looked at.
      cases: 1,
      // The young event, and the one that tells of the purge.
      events: 2,
    });
  });

  test('SEC-113: the audit log tells what was purged, by numbers alone', async () => {
    now = start + days(2);
    await purgeExpired(portal());
    const { s, db } = store;
    const told = (await db.select().from(s.events)).filter((e) => e.type === 'purged');
    expect(told).toMatchObject([{ at: now, actor: 'purge', accountId: null, data: { emailCodes: 1, proofs: 1 } }]);
    await purgeExpired(portal());
    expect((await db.select().from(s.events)).filter((e) => e.type === 'purged')).toHaveLength(1);
  });

  test('SEC-113: more rows than one batch are all deleted', async () => {
    const { s, db } = store;
    const rows = Array.from({ length: 450 }, (_, i) => ({ jti: `many-${i}`, expiresAt: start }));
    await store.write(db.insert(s.logoutTokens).values(rows));
    now = start + minutes(1);
    expect((await purgeExpired(portal())).logoutTokens).toBe(450);
  });
});
