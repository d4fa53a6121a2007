// What keeps the portal from working is one sentence with the mend, and shows no secret.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '#db/migrate';
import { openSqlite } from '#db/store';
import { UnusableSettings } from '../settings.ts';
import { mendsOf, withoutPassword } from './mends.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-mends-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const place = () => ({ database: join(folder, 'portal.db'), dataFolder: folder, port: 3000 });
const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
};

test('a database that can’t be opened names the file and what to permit', async () => {
  const error = await thrownBy(() => openSqlite(join(folder, 'absent', 'portal.db')));
  // better-sqlite3 speaks of a missing folder without a code.
  expect(mendsOf(error, place())?.[0] ?? String(error)).toMatch(/can't be written|directory does not exist/);
});

test('a file that is no database is named', async () => {
  writeFileSync(join(folder, 'portal.db'), 'x'.repeat(5000));
  const error = await thrownBy(() => openSqlite(join(folder, 'portal.db')));
  expect(mendsOf(error, place())).toEqual([expect.stringContaining('is not a whole SQLite database')]);
});

test('a full disk is named, however deeply the error is wrapped', async () => {
  const store = openSqlite(join(folder, 'portal.db'));
  await migrate(store);
  await store.close();
  const full = new Error('Failed query', { cause: Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }) });
  expect(mendsOf(full, place())).toEqual([`The disk that holds ${place().database} is full: free some space; nothing half-done was kept.`]);
});

test.each([
  ['EADDRINUSE', /Port 3000 is taken/],
  ['EACCES', /can't be written/],
  ['ECONNREFUSED', /doesn't answer/],
  ['28P01', /refuses this user or password/],
  ['3D000', /createdb/],
  ['SQLITE_BUSY', /locked by another program/],
])('%s has its mend', (code, sentence) => {
  const mends = mendsOf(Object.assign(new Error('x'), { code }), place());
  expect(mends).toHaveLength(1);
  expect(mends?.[0]).toMatch(sentence);
});

test('every line of unusable settings is told, and a defect is left to us', () => {
  expect(mendsOf(new UnusableSettings(['a', 'b']), null)).toEqual(['a', 'b']);
  expect(mendsOf(new TypeError('x is undefined'), place())).toBeNull();
});

test('SEC-111: a database’s password is never shown', () => {
  expect(withoutPassword('postgres://portal:hunter2@db.inserm.fr/portal')).toBe('postgres://portal:…@db.inserm.fr/portal');
  expect(withoutPassword('var/portal.db')).toBe('var/portal.db');
});
