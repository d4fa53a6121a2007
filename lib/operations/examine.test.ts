// The doctor finds what is wrong, says how to mend it, and changes nothing.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { minutes } from '../duration.ts';
import { loadSigningKeys } from '../oidc/keys.ts';
import { snapshot, type TestPortal, testPortal } from '../portal.testing.ts';
import type { Portal } from '../portal.ts';
import { vapidKeys } from '../push/vapid.ts';
import { createSecrets, newKeyRing } from '../secrets.ts';
import { examine } from './examine.ts';

let folder: string;
let portal: TestPortal;
/** A port on which nothing answers. */
const silent = 'http://127.0.0.1:9';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portal-doctor-'));
  writeFileSync(join(folder, 'keys.json'), '{}', { mode: 0o600 });
  portal = await testPortal({ settings: { dataFolder: folder, origin: silent, internalOrigin: silent } });
});
afterEach(async () => {
  await portal.close();
  rmSync(folder, { recursive: true });
});

const wrongOf = async (examined: Portal = portal) =>
  (await examine(examined.settings, async () => examined)).filter((f) => f.state === 'wrong').map((f) => `${f.what}: ${f.sentence}`);

test('nothing is wrong with a portal in order, and looking changes no row', async () => {
  await loadSigningKeys(portal);
  const before = await snapshot(portal);
  expect(await wrongOf()).toEqual([]);
  expect(await snapshot(portal)).toBe(before);
});

test('a mail server that is down is found, and letters that have waited', async () => {
  portal.mailServer.down = 'connect ECONNREFUSED';
  const { outbox } = portal.store.s;
  const at = portal.now();
  const letter = {
    id: 'l',
    accountId: null,
    to: 'claire.martin@inserm.fr',
    kind: 'code',
    message: Buffer.from('x'),
    uselessAt: null,
    sentAt: null,
    failure: null,
  };
  await portal.store.write(portal.store.db.insert(outbox).values({ ...letter, createdAt: at, dueAt: at, tries: 3 }));
  portal.clock.advance(minutes(6));
  const found = (await wrongOf()).join('\n');
  expect(found).toMatch(/mail: .*ECONNREFUSED.*correct SMTP_URL/);
  expect(found).toContain('1 letters have waited');
  expect(found).not.toContain('claire');
});

test('SEC-107: a key ring that others can read is found', async () => {
  chmodSync(join(folder, 'keys.json'), 0o644);
  expect(await wrongOf()).toEqual([expect.stringMatching(/keys: .*chmod 600/)]);
});

test('signing keys that the ring no longer opens are found', async () => {
  await loadSigningKeys(portal);
  const other = createSecrets(() => newKeyRing());
  expect(await wrongOf({ ...portal, secrets: other })).toContainEqual(expect.stringMatching(/signing keys: .*put that key back/));
});

test('the keys that phones subscribe with: missing is said, and so is a ring that no longer opens them', async () => {
  const found = async (examined: Portal) => (await examine(examined.settings, async () => examined)).filter(({ what }) => what === 'push keys');
  expect(await found(portal)).toEqual([{ what: 'push keys', state: 'notice', sentence: expect.stringContaining('None yet') }]);
  await vapidKeys(portal);
  expect(await found(portal)).toEqual([expect.objectContaining({ state: 'good' })]);
  const proxied = { ...portal, settings: { ...portal.settings, pushProxy: 'http://portal:secret@proxy.inserm.fr:3128' } };
  expect(await found(proxied)).toEqual([
    { what: 'push keys', state: 'good', sentence: 'Phones are woken up with them, through proxy.inserm.fr:3128.' },
  ]);
  expect(await found({ ...portal, secrets: createSecrets(() => newKeyRing()) })).toEqual([expect.objectContaining({ state: 'wrong' })]);
});

test('SEC-115: a clock that differs from the server’s by minutes is found, with the difference', async () => {
  const server = createServer((_request, response) => {
    response.sendDate = false;
    response.setHeader('Date', new Date(portal.now() - minutes(3)).toUTCString());
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const found = await wrongOf({ ...portal, settings: { ...portal.settings, origin } });
    expect(found).toEqual([expect.stringMatching(/clock: It is 1(79|80) s ahead of .*NTP/)]);
  } finally {
    server.close();
  }
});

test('a database that can’t be opened is one finding among the others', async () => {
  const found = await examine(portal.settings, () => Promise.reject(Object.assign(new Error('x'), { code: 'SQLITE_READONLY' })));
  expect(found.filter((f) => f.state === 'wrong')).toEqual([
    expect.objectContaining({ what: 'database', sentence: expect.stringContaining('write permission') }),
  ]);
});
