// The doctor finds what is wrong, says how to mend it, and changes nothing.
import { createSocket } from 'node:dgram';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { knownMigrations, migrateThrough } from '#db/copy';
import { openSqlite } from '#db/store';
import { sealEvents } from '../audit/seal-events.ts';
import { days, hours, minutes, seconds } from '../duration.ts';
import { loadSigningKeys } from '../oidc/keys.ts';
import { events, letters, snapshot, type TestPortal, testAccount, testPortal } from '../portal.testing.ts';
import type { Portal } from '../portal.ts';
import { vapidKeys } from '../push/vapid.ts';
import { createSecrets, newKeyRing } from '../secrets.ts';
import { sealAndKeepHead } from './audit-head.ts';
import { backUp } from './back-up.ts';
import { examine } from './examine.ts';
import { scrape } from './scrape.ts';
import { startClockWatch, watchClocks } from './watch-clock.ts';

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

/** A time server of our own. @param at what time it says it is, epoch milliseconds; null: it says nothing */
async function timeServer(at: () => number | null): Promise<{ readonly name: string; close(): void }> {
  const epochs = 2_208_988_800;
  const server = createSocket('udp4');
  server.on('message', (question, { port, address }) => {
    const said = at();
    if (said === null) return;
    const answer = Buffer.alloc(48);
    answer.writeUInt8((4 << 3) | 4, 0);
    answer.writeUInt8(2, 1);
    question.copy(answer, 24, 40, 48);
    for (const offset of [32, 40]) {
      const since = said / 1000 + epochs;
      answer.writeUInt32BE(Math.floor(since), offset);
      answer.writeUInt32BE(Math.floor((since % 1) * 2 ** 32), offset + 4);
    }
    server.send(answer, port, address);
  });
  await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound));
  return { name: `127.0.0.1:${server.address().port}`, close: () => server.close() };
}

test('SEC-115: a time server is asked, what the way takes is taken out, and one that does not answer is found', async () => {
  let behind = 0;
  const server = await timeServer(() => portal.now() - behind);
  const asking = () => ({ ...portal, settings: { ...portal.settings, timeServer: [server.name] } });
  try {
    for (const [skew, sentence] of [
      [0, null],
      [seconds(1.9), null],
      [seconds(2.1), /clock: It is 2 s ahead of that of 127/],
      [-minutes(1), /clock: It is 60 s behind that of 127.*NTP/],
    ] as const) {
      behind = skew;
      expect(await wrongOf(asking())).toEqual(sentence ? [expect.stringMatching(sentence)] : []);
      // The portal that runs tells its log.
      const told: object[] = [];
      await watchClocks({ ...asking(), log: { info() {}, warn() {}, error: (facts) => void told.push(facts) } });
      expect(told).toHaveLength(sentence ? 1 : 0);
      // One alone stops nobody.
      expect(portal.clockTrust.state().trusted).toBe(true);
    }
  } finally {
    server.close();
  }
  expect(await wrongOf(asking())).toEqual([expect.stringMatching(/clock: It can't be compared with that of 127.* \(.*\): let UDP port 123 out/)]);
});

test('SEC-115: two time servers that agree on a wrong clock: codes of apps are refused, the helpdesk has one letter an hour, and it ends with the cause', async () => {
  let behind = minutes(3);
  let silent = false;
  const servers = await Promise.all([0, 40].map((more) => timeServer(() => (silent ? null : portal.now() - behind - more))));
  const there = { ...portal, settings: { ...portal.settings, timeServer: servers.map(({ name }) => name) } };
  const alerts = async () => (await letters(portal)).filter(({ kind }) => kind === 'alert');
  try {
    await watchClocks(there);
    await watchClocks(there);
    expect(portal.clockTrust.state()).toMatchObject({ trusted: false });
    expect((await scrape(there, 0)).text).toMatch(/^portal_clock_skew_seconds 180(\.\d+)?$/m);
    expect((await scrape(there, 0)).text).toMatch(/^portal_clock_trusted 0$/m);
    expect(await wrongOf(there)).toEqual([
      expect.stringMatching(/clock: It is 180 s ahead/),
      expect.stringMatching(/clock: It is 180 s ahead/),
      expect.stringMatching(/clock: Several clocks agree on that: codes of apps are refused/),
    ]);
    expect(await alerts()).toMatchObject([{ to: portal.settings.helpdesk.email, accountId: null }]);
    expect((await alerts())[0]?.text).toMatch(/avance de 3\sminutes/);
    expect((await events(portal)).filter(({ type }) => type === 'alert-raised')).toMatchObject([{ data: { kind: 'clock', figure: 180 } }]);
    // Of a year that has not come, the hour is counted all the same.
    behind = days(365);
    portal.clock.advance(days(365));
    await watchClocks(there);
    behind = 0;
    portal.clock.advance(hours(1) - days(365));
    await watchClocks(there);
    expect(portal.clockTrust.state()).toMatchObject({ trusted: true });
    expect(await alerts()).toHaveLength(1);
    behind = -minutes(3);
    await watchClocks(there);
    expect(await alerts()).toHaveLength(2);
    expect((await alerts())[1]?.text).toMatch(/retarde de 3\sminutes/);
    // Nobody to ask: nobody can say that it is wrong.
    silent = true;
    await watchClocks(there);
    expect(portal.clockTrust.state()).toEqual({ trusted: true, agreed: null, greatest: null });
  } finally {
    for (const server of servers) server.close();
  }
});

test('SEC-115: clocks are compared every ten minutes, every minute while ours is not trusted, and within a minute of a jump', async () => {
  vi.useFakeTimers();
  try {
    let looks = 0;
    let trusted = true;
    const clockTrust = { heard: () => void looks++, state: () => ({ trusted, agreed: null, greatest: null }) };
    const stop = startClockWatch({ ...portal, clockTrust });
    const pass = async (time: number) => {
      for (let passed = 0; passed < time; passed += seconds(5)) {
        portal.clock.advance(seconds(5));
        await vi.advanceTimersByTimeAsync(seconds(5));
      }
      const looked = looks;
      looks = 0;
      return looked;
    };
    expect(await pass(seconds(5))).toBe(1);
    expect(await pass(minutes(9))).toBe(0);
    expect(await pass(minutes(51))).toBe(5);
    portal.clock.advance(-minutes(30));
    expect(await pass(minutes(1))).toBe(1);
    trusted = false;
    expect(await pass(minutes(5))).toBe(5);
    trusted = true;
    expect(await pass(minutes(5))).toBe(0);
    stop();
    expect(await pass(minutes(30))).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('SEC-109: guards that were taken away, events that get no place, and an end that was cut off are found', async () => {
  await testAccount(portal);
  await sealAndKeepHead(portal);
  expect(await wrongOf()).toEqual([]);
  const { store } = portal;
  const past = (statement: SQL) => (store.db as unknown as { run(statement: SQL): void }).run(statement);
  await testAccount(portal, { address: 'b.x@inserm.fr' });
  expect(await wrongOf()).toEqual([]);
  portal.clock.advance(minutes(6));
  expect(await wrongOf()).toEqual([expect.stringMatching(/audit log: 1 events have waited .* start the portal/)]);
  await sealEvents(portal);
  past(sql`drop trigger events_no_delete`);
  past(sql`drop trigger audit_chain_no_delete`);
  past(sql`delete from audit_chain`);
  expect(await wrongOf()).toEqual([
    expect.stringMatching(/audit log: Its guards are missing \(events_no_delete, audit_chain_no_delete\)/),
    expect.stringMatching(/audit log: It no longer has place 1.*audit verify/),
  ]);
});

test('SEC-114: no backup is said, one of yesterday is good, one of last month wrong', async () => {
  const backup = async () => (await examine(portal.settings, async () => portal)).filter(({ what }) => what === 'backup');
  expect(await backup()).toMatchObject([{ state: 'notice' }]);
  await backUp(portal, join(folder, 'copy'), 'cli:test');
  portal.clock.advance(hours(23));
  expect(await backup()).toEqual([{ what: 'backup', state: 'good', sentence: 'The last one was made 23 hours ago.' }]);
  portal.clock.advance(days(3));
  expect(await backup()).toMatchObject([{ state: 'notice', sentence: expect.stringContaining('3 days ago') as string }]);
  portal.clock.advance(days(30));
  expect(await backup()).toMatchObject([{ state: 'wrong', sentence: expect.stringContaining('see why') as string }]);
});

test('tables of an earlier and of a later version are told before anything is opened', async () => {
  const database = join(folder, 'other.db');
  const store = openSqlite(database);
  const tx = { db: store.db, s: store.s };
  const tags = knownMigrations('sqlite').map(({ tag }) => tag);
  await migrateThrough(tx, 'sqlite', tags.at(-3));
  const tables = async () => {
    const settings = { ...portal.settings, database };
    return (await examine(settings, () => Promise.reject(new Error('opened')))).filter(({ what }) => what === 'tables' || what === 'database');
  };
  expect(await tables()).toEqual([
    { what: 'tables', state: 'notice', sentence: expect.stringContaining(`Pending: 2, from ${tags.at(-2)}`) as string },
  ]);
  await migrateThrough(tx, 'sqlite');
  expect(await tables()).toMatchObject([{ what: 'database', sentence: "It can't be opened: opened" }]);
  (store.db as unknown as { run(statement: SQL): void }).run(sql`update __drizzle_migrations set created_at = created_at + 1e12`);
  expect(await tables()).toEqual([{ what: 'tables', state: 'wrong', sentence: expect.stringContaining('newer version') as string }]);
  await store.close();
});
