// Moving house: from SQLite to PostgreSQL with everything, and back by a backup.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { batchSize, insertAccountBatch } from '#db/account-batches';
import { countRows } from '#db/copy';
import { migrate } from '#db/migrate';
import { openPostgres } from '#db/store';
import { emptyDatabase, plannedRows } from '#db/testing';
import { sealEvents } from '../audit/seal-events.ts';
import { verifyChain } from '../audit/verify-chain.ts';
import { newId } from '../ids.ts';
import { loadSigningKeys } from '../oidc/keys.ts';
import { events, type TestPortal, testAccount, testApp, testFlow, testPortal, testRecoveryCodes } from '../portal.testing.ts';
import { newKeyRing } from '../secrets.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { finishSignIn } from '../sign-in/finish-sign-in.ts';
import { proveTotp } from '../sign-in/prove-totp.ts';
import { exportPortal } from './export-portal.ts';

const server = process.env.TEST_DATABASE_URL;
const asked = { by: 'cli:test', rehearsal: false };
const ring = newKeyRing();

describe.runIf(server)('the export', () => {
  let portal: TestPortal;
  let target: Awaited<ReturnType<typeof emptyDatabase>>;
  beforeEach(async () => {
    portal = await testPortal({ ring, settings: { internalOrigin: 'http://127.0.0.1:9' } });
    target = await emptyDatabase(server ?? '');
  });
  afterEach(async () => {
    await portal.close();
    await target.remove();
  });
  const there = async () => {
    const store = openPostgres(target.database, 2);
    await migrate(store);
    return testPortal({ ring, store });
  };

  test('ten thousand accounts with what they hold are there, count for count, and their owners sign in', { timeout: 120_000 }, async () => {
    const claire = await testAccount(portal);
    const app = await testApp(portal, claire.id);
    await testRecoveryCodes(portal, claire.id);
    await loadSigningKeys(portal);
    for (let made = 0; made < 10_000; made += batchSize) {
      const ids = Array.from({ length: batchSize }, () => newId());
      const at = portal.now();
      await portal.store.unit('import', (tx) =>
        insertAccountBatch(tx, {
          accounts: ids.map((id, i) => ({
            id,
            address: `p${made + i}.é@inserm.fr`,
            givenName: 'Zoé',
            familyName: '‘;--"',
            kind: 'internal',
            affiliations: ['member', 'employee'],
            status: 'active',
            language: i % 2 ? 'fr' : null,
            createdAt: at,
            enrolledAt: null,
          })),
          terms: [],
          passwords: ids.map((accountId) => ({ accountId, hash: '$argon2id$x', changedAt: at })),
          events: ids.map((accountId) => ({
            id: newId(),
            at,
            type: 'account-created',
            accountId,
            actor: 'cli:test',
            flow: null,
            network: null,
            browser: null,
            data: { b: true, a: [1, { z: null }] },
          })),
        }),
      );
    }
    await sealEvents(portal);
    const counts = await countRows(portal.store);
    const exported = await exportPortal(portal, target.database, asked);
    expect(exported.rows).toBe(Object.values(counts).reduce((sum, count) => sum + count, 0));

    const moved = await there();
    try {
      expect(await countRows(moved.store)).toEqual(counts);
      expect(await plannedRows(moved.store, 'events')).toBe(counts.events);
      expect(await verifyChain(moved)).toMatchObject({ verified: counts.events, unsealed: 0, broken: null });
      expect((await loadSigningKeys(moved)).keys).toHaveLength(2);
      const flow = testFlow(moved);
      expect((await checkPassword(moved, flow, claire)).ok).toBe(true);
      expect((await proveTotp(moved, flow, { code: app.code() })).ok).toBe(true);
      expect(await finishSignIn(moved, flow, 'browser')).toMatchObject({ accountId: claire.id });
      expect((await events(portal)).at(-1)).toMatchObject({ type: 'exported', actor: 'cli:test', data: { rows: exported.rows } });
    } finally {
      await moved.close();
    }
  });

  test('a database with a row in it is refused, and keeps what it had', async () => {
    await testAccount(portal);
    const busy = await there();
    await testAccount(busy, { address: 'other.x@inserm.fr' });
    await expect(exportPortal(portal, target.database, asked)).rejects.toMatchObject({ problem: 'not-empty' });
    expect(await busy.store.db.select().from(busy.store.s.accounts)).toMatchObject([{ address: 'other.x@inserm.fr' }]);
    await busy.close();
  });

  test('a second export finds the first, and what fails in the middle leaves nothing', async () => {
    await testAccount(portal);
    // PostgreSQL takes no NUL, which SQLite does.
    await portal.store.write(portal.store.db.update(portal.store.s.accounts).set({ givenName: 'N\0L' }));
    await expect(exportPortal(portal, target.database, asked)).rejects.toThrow();
    const moved = await there();
    expect(Object.values(await countRows(moved.store)).every((count) => count === 0)).toBe(true);
    await moved.close();
    await portal.store.write(portal.store.db.update(portal.store.s.accounts).set({ givenName: 'N' }));
    await exportPortal(portal, target.database, asked);
    await expect(exportPortal(portal, target.database, asked)).rejects.toMatchObject({ problem: 'not-empty' });
  });

  test('a portal that runs is refused, unless it is a rehearsal; and so is its own database', async () => {
    const running = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
    await new Promise((listening) => running.once('listening', listening));
    const internalOrigin = `http://127.0.0.1:${(running.address() as AddressInfo).port}`;
    const settings = { ...portal.settings, internalOrigin };
    try {
      await expect(exportPortal({ ...portal, settings }, target.database, asked)).rejects.toMatchObject({ problem: 'running' });
      await exportPortal({ ...portal, settings }, target.database, { ...asked, rehearsal: true });
    } finally {
      running.close();
    }
    const own = { ...portal.settings, database: target.database };
    await expect(exportPortal({ ...portal, settings: own }, target.database.replace(':5432/', '/'), asked)).rejects.toMatchObject({
      problem: 'same',
    });
  });
});
