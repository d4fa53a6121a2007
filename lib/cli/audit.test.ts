// The audit log's commands, as whoever runs the portal types them.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Verification } from '../audit/verify-chain.ts';
import { days } from '../duration.ts';
import { headFile } from '../operations/audit-head.ts';
import { events, type TestPortal, testAccount, testPortal } from '../portal.testing.ts';
import { typed } from './command.testing.ts';

let portal: TestPortal;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portal-audit-'));
  portal = await testPortal({ settings: { dataFolder: folder } });
  for (const name of ['a', 'b', 'c']) await testAccount(portal, { address: `${name}.x@inserm.fr` });
});
afterEach(async () => {
  await portal.close();
  rmSync(folder, { recursive: true });
});

const run = (...words: string[]) => typed(portal, words);
/** Past the portal, as whoever holds the database can. */
const past = (...statements: SQL[]) => {
  for (const statement of statements) (portal.store.db as unknown as { run(statement: SQL): void }).run(statement);
};

test('a whole log is said to be whole, with its head, which is kept in the data folder for the portal’s user alone', async () => {
  const { code, out, told } = await run('audit', 'verify');
  expect(code).toBe(0);
  expect(told).toBe('The audit log is whole.');
  const [, head = ''] = /Head: (3:[\w-]{43})$/.exec(out) ?? [];
  expect(out).toContain('3 events are right.');
  expect(JSON.parse(readFileSync(headFile(portal.settings), 'utf8'))).toEqual({ seq: 3, hash: head.slice(2) });
  expect(statSync(headFile(portal.settings)).mode & 0o777).toBe(0o600);
  expect((await run('audit', 'verify', '--head', head)).code).toBe(0);
  expect((await run('audit', 'verify', '--head', `4:${head.slice(2)}`)).told).toContain('BROKEN at place 4');
  expect((await run('audit', 'verify', '--head', 'nonsense')).code).toBe(2);
});

test('SEC-109: an altered event is named, and the exit code says so', async () => {
  await run('audit', 'verify');
  const [, second] = await events(portal);
  past(sql`drop trigger events_no_update`, sql`update events set type = 'signed-in' where id = (select event_id from audit_chain where seq = 2)`);
  const { code, told } = await run('audit', 'verify');
  expect({ code, told }).toEqual({ code: 1, told: `BROKEN at place 2, event ${second?.id}: it, or its place in the chain, was altered.` });
  const found = JSON.parse((await run('audit', 'verify', '--json')).out) as Verification;
  expect(found).toMatchObject({ verified: 1, broken: { kind: 'altered', seq: 2, eventId: second?.id } });
});

test('SEC-109: an end that was cut off is found by the head in the data folder, and events written since do not cover it up', async () => {
  await run('audit', 'verify');
  past(
    sql`drop trigger events_no_delete`,
    sql`drop trigger audit_chain_no_delete`,
    sql`delete from events where id = (select event_id from audit_chain where seq = 3)`,
    sql`delete from audit_chain where seq = 3`,
  );
  expect((await run('audit', 'verify')).told).toMatch(/^BROKEN at place 3: .*cut off/);
  await testAccount(portal, { address: 'd.x@inserm.fr' });
  const { code, told } = await run('audit', 'verify');
  expect(code).toBe(1);
  expect(told).toMatch(/^BROKEN at place 3, event .*written again/);
  expect(told).toContain(headFile(portal.settings));
});

test('SEC-113: a purge says what it deleted, and the log who asked', async () => {
  expect(await run('purge')).toMatchObject({ code: 0, out: '', told: 'Nothing was past its time.' });
  portal.clock.advance(days(366));
  const { code, out } = await run('purge', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ purged: { events: 3, emailCodes: 0 } });
  expect(await events(portal)).toMatchObject([{ type: 'purged', actor: 'cli:test', data: { events: 3, eventsFrom: 1, eventsThrough: 3 } }]);
  expect((await run('audit', 'verify')).out).toContain('1 events are right, from place 4 on');
});
