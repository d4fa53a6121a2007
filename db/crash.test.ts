// kill -9 during load, again and again on the same data: what somebody was told is done is there, and whole.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { lettersPerUnit } from './crash.testing.ts';
import { migrate } from './migrate.ts';
import { openPostgres, openSqlite } from './store.ts';
import type { Store } from './unit.ts';

/** Killed at another point of its work each time: after this many units said to be done. */
const unitsBeforeKill = (round: number) => 1 + ((round * 37) % 40);

/** Runs the writer once and kills it under load. @returns ids of the units that it said are done */
async function writeUntilKilled(where: string, round: number): Promise<string[]> {
  const writer = spawn(process.execPath, ['--import', 'tsx', 'db/crash.testing.ts', where, String(round)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complaint = '';
  writer.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  writer.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.split('\n').length > unitsBeforeKill(round)) writer.kill('SIGKILL');
  });
  const signal = await new Promise((resolve) => writer.once('close', (_code, by) => resolve(by)));
  expect(complaint).toBe('');
  expect(signal).toBe('SIGKILL');
  return said.split('\n').slice(0, -1);
}

/** Every unit of the store, and how much of it is there. */
async function unitsIn(store: Store): Promise<Map<string, { passwords: number; letters: number; events: number }>> {
  const { accounts, passwords, outbox, events } = store.s;
  const units = new Map<string, { passwords: number; letters: number; events: number }>();
  const unitOf = (id: string | null) => {
    const unit = units.get(id ?? '') ?? { passwords: 0, letters: 0, events: 0 };
    units.set(id ?? '', unit);
    return unit;
  };
  for (const { id } of await store.db.select({ id: accounts.id }).from(accounts)) unitOf(id);
  for (const { id } of await store.db.select({ id: passwords.accountId }).from(passwords)) unitOf(id).passwords++;
  for (const { id } of await store.db.select({ id: outbox.accountId }).from(outbox)) unitOf(id).letters++;
  for (const { id } of await store.db.select({ id: events.accountId }).from(events)) unitOf(id).events++;
  return units;
}

const whole = { passwords: 1, letters: lettersPerUnit, events: 1 };

/** @param rounds to `to` @returns ids of all units that were said to be done */
async function killRepeatedly(where: string, from: number, to: number): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let round = from; round < to; round++) acknowledged.push(...(await writeUntilKilled(where, round)));
  return acknowledged;
}

async function expectAllThere(store: Store, acknowledged: readonly string[]): Promise<void> {
  const units = await unitsIn(store);
  expect(acknowledged.filter((id) => !units.has(id))).toEqual([]);
  expect([...units].filter(([, unit]) => JSON.stringify(unit) !== JSON.stringify(whole))).toEqual([]);
}

test('SQLite: kill -9 during load, 50 times: nothing acknowledged is lost, no unit is torn, the file is sound (REL-02)', {
  timeout: 240_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-crash-'));
  // Two files, so that two cores start and kill at the same time.
  const files = [join(folder, 'first.db'), join(folder, 'second.db')];
  try {
    for (const file of files) {
      const store = openSqlite(file);
      await migrate(store);
      await store.close();
    }
    const acknowledged = await Promise.all(files.map((file, i) => killRepeatedly(file, i * 25, (i + 1) * 25)));
    for (const [i, file] of files.entries()) {
      const store = openSqlite(file);
      const { $client } = store.db as unknown as { $client: Database.Database };
      expect($client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect($client.pragma('foreign_key_check')).toEqual([]);
      await expectAllThere(store, acknowledged[i] ?? []);
      await store.close();
    }
    expect(acknowledged.flat().length).toBeGreaterThan(50);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const server = process.env.TEST_DATABASE_URL;
if (server) {
  test('PostgreSQL: a node killed during load, 10 times: nothing acknowledged is lost, no unit is torn, no lock stays', {
    timeout: 240_000,
  }, async () => {
    const name = `portal_${randomBytes(8).toString('hex')}`;
    const url = new URL(server);
    url.pathname = `/${name}`;
    const admin = postgres(server, { max: 1, onnotice() {} });
    await admin.unsafe(`create database ${name}`);
    const store = openPostgres(url.href, 2);
    try {
      await migrate(store);
      const acknowledged = await killRepeatedly(url.href, 0, 10);
      // Its key would still be locked if the killed node's transaction lived on.
      for (const id of acknowledged.slice(-8)) await store.unit(id, function* () {});
      await expectAllThere(store, acknowledged);
    } finally {
      await store.close();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    }
  });
}
