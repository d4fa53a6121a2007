// Migrations: from nothing, again and again, from several nodes at once, and over rows that hang on others.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { engines } from './testing.ts';
import type { Store } from './unit.ts';

interface Journal {
  entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[];
}

/** A copy of the project's migrations, with one more. @returns the folder that holds db/ */
function projectWith(folder: string, engine: Store['engine'], statements: readonly string[]): string {
  const migrations = join(folder, 'db/migrations', engine);
  cpSync(join('db/migrations', engine), migrations, { recursive: true });
  const journalFile = join(migrations, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as Journal;
  const last = journal.entries.at(-1);
  if (!last) throw new Error('No migration yet.');
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_rebuild' });
  writeFileSync(journalFile, JSON.stringify(journal));
  writeFileSync(join(migrations, '9999_rebuild.sql'), statements.join('\n--> statement-breakpoint\n'));
  return folder;
}

/** As drizzle-kit writes it for SQLite, whose ALTER TABLE can't change a column: the table of accounts is copied, dropped and renamed. */
function rebuildOfAccounts(): string[] {
  const first = readFileSync('db/migrations/sqlite/0000_start.sql', 'utf8');
  const create = first.split('--> statement-breakpoint').find((s) => s.includes('CREATE TABLE `accounts`'));
  if (!create) throw new Error('The first migration makes no accounts.');
  return [
    'PRAGMA foreign_keys=OFF;',
    create.replace('`accounts`', '`__new_accounts`').trim(),
    'ALTER TABLE `__new_accounts` ADD `password_frozen_at` integer;',
    'ALTER TABLE `__new_accounts` ADD `directory_id` text;',
    'INSERT INTO `__new_accounts` SELECT * FROM `accounts`;',
    'DROP TABLE `accounts`;',
    'ALTER TABLE `__new_accounts` RENAME TO `accounts`;',
    'PRAGMA foreign_keys=ON;',
    'CREATE UNIQUE INDEX `accounts_address` ON `accounts` (`address`);',
  ];
}

async function addClaire(store: Store) {
  const { accounts, factors } = store.s;
  await store.write(
    store.db.insert(accounts).values({
      id: 'a',
      address: 'claire.martin@inserm.fr',
      givenName: 'Claire',
      familyName: 'Martin',
      kind: 'internal',
      affiliations: ['member'],
      status: 'active',
      language: null,
      createdAt: 1,
      enrolledAt: null,
    }),
  );
  const factor = {
    id: 'f',
    accountId: 'a',
    kind: 'totp' as const,
    name: 'Pixel',
    secret: Buffer.from('x'),
    lastStep: 0,
    createdAt: 1,
    lastUsedAt: null,
  };
  await store.write(store.db.insert(factors).values(factor));
}

test('the index of a person’s events is built beside the old one, which is dropped at the end: reads never wait for the building', () => {
  const statements = readFileSync('db/migrations/postgres/0016_events_by_type.sql', 'utf8').split('--> statement-breakpoint');
  expect(statements.map((statement) => /^[A-Z]+/.exec(statement.trim())?.[0])).toEqual(['CREATE', 'DROP', 'ALTER']);
});

describe.each(engines())('migrations on $name', ({ open, openTwice }) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portal-migrations-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('a table rebuild keeps child rows', async () => {
    const store = await open();
    try {
      await addClaire(store);
      const rebuild = {
        sqlite: rebuildOfAccounts,
        postgres: () => [
          'ALTER TABLE "accounts" ALTER COLUMN "given_name" DROP NOT NULL;',
          'ALTER TABLE "accounts" ALTER COLUMN "given_name" SET NOT NULL;',
        ],
      };
      await migrate(store, projectWith(folder, store.engine, rebuild[store.engine]()));
      expect(await store.db.select().from(store.s.accounts)).toHaveLength(1);
      expect(await store.db.select().from(store.s.factors)).toHaveLength(1);
      // …and children are still guarded afterwards.
      const orphan = store.db.insert(store.s.passwords).values({ accountId: 'nobody', hash: 'x', changedAt: 1 });
      await expect(store.write(orphan)).rejects.toThrow();
    } finally {
      await store.close();
    }
  });

  test('migrating what is up to date changes nothing', async () => {
    const store = await open();
    try {
      await addClaire(store);
      await migrate(store);
      await migrate(store);
      expect(await store.db.select().from(store.s.factors)).toHaveLength(1);
    } finally {
      await store.close();
    }
  });

  test('a migration that fails leaves the tables as they were', async () => {
    const store = await open();
    try {
      await addClaire(store);
      const broken = projectWith(folder, store.engine, ['DROP TABLE factors;', 'SELECT no_such_column FROM accounts;']);
      await expect(migrate(store, broken)).rejects.toThrow();
      expect(await store.db.select().from(store.s.factors)).toHaveLength(1);
    } finally {
      await store.close();
    }
  });

  test('nodes that start together migrate one after another', async () => {
    const [here, there] = await openTwice();
    try {
      const root = projectWith(folder, here.engine, ['CREATE TABLE only_once (id integer);']);
      await Promise.all([migrate(here, root), migrate(there, root)]);
      const count = sql<number>`select count(*) as n from only_once`;
      await expect(here.write(here.db.select({ n: sql<number>`(${count})` }).from(here.s.accounts))).resolves.toEqual([]);
    } finally {
      await here.close();
      await there.close();
    }
  });

  test('a start from the wrong folder says so', async () => {
    const store = await open();
    try {
      mkdirSync(join(folder, 'elsewhere'));
      await expect(migrate(store, join(folder, 'elsewhere'))).rejects.toThrow("start from the project's folder");
    } finally {
      await store.close();
    }
  });
});
