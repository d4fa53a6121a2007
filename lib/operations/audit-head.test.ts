// The end of the audit log is kept outside the database, and what it has lost is told.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sealEvents } from '../audit/seal-events.ts';
import { chainHead } from '../audit/verify-chain.ts';
import { type TestPortal, testAccount, testPortal } from '../portal.testing.ts';
import { headFile, keptHead, sealAndKeepHead, startSealing } from './audit-head.ts';

let portal: TestPortal;
let folder: string;
let told: { readonly level: string; readonly facts: object; readonly sentence: string }[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portal-head-'));
  told = [];
  const telling = (level: string) => (facts: object, sentence: string) => void told.push({ level, facts, sentence });
  const log = { info: telling('info'), warn: telling('warn'), error: telling('error') };
  portal = { ...(await testPortal({ settings: { dataFolder: folder } })), log };
});
afterEach(async () => {
  await portal.close();
  rmSync(folder, { recursive: true });
});
const accounts = async (...names: string[]) => {
  for (const name of names) await testAccount(portal, { address: `${name}.x@inserm.fr` });
};
const past = (statement: SQL) => (portal.store.db as unknown as { run(statement: SQL): void }).run(statement);

test('the head is kept when something was sealed, whoever has sealed it, and not written again when nothing was', async () => {
  expect(await sealAndKeepHead(portal)).toBe(0);
  expect(keptHead(portal.settings)).toBeNull();
  await accounts('a', 'b');
  expect(await sealAndKeepHead(portal)).toBe(2);
  expect(keptHead(portal.settings)).toEqual(await chainHead(portal));
  await accounts('c');
  await sealEvents(portal);
  expect(await sealAndKeepHead(portal)).toBe(0);
  expect(keptHead(portal.settings)?.seq).toBe(3);
  writeFileSync(headFile(portal.settings), 'nonsense');
  await sealAndKeepHead(portal);
  expect(keptHead(portal.settings)?.seq).toBe(3);
});

test('SEC-109: an end that was cut off is told to the log, and the head that shows it is kept as evidence', async () => {
  await accounts('a', 'b', 'c');
  await sealAndKeepHead(portal);
  const kept = readFileSync(headFile(portal.settings), 'utf8');
  past(sql`drop trigger events_no_delete`);
  past(sql`drop trigger audit_chain_no_delete`);
  past(sql`delete from events where id = (select event_id from audit_chain where seq = 3)`);
  past(sql`delete from audit_chain where seq = 3`);
  await accounts('d');
  await sealAndKeepHead(portal);
  expect(told).toEqual([{ level: 'error', facts: { seq: 3 }, sentence: expect.stringContaining('audit verify') as string }]);
  expect(readFileSync(headFile(portal.settings), 'utf8')).toBe(kept);
});

test('SEC-112: what runs beside requests seals a last time when it stops, and tells the log where the log ends', async () => {
  const stop = startSealing(portal);
  await accounts('a');
  await stop();
  expect(keptHead(portal.settings)?.seq).toBe(1);
  expect(told).toEqual([{ level: 'info', facts: keptHead(portal.settings), sentence: 'The head of the audit log.' }]);
});
