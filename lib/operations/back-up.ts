// Makes an encrypted copy of everything that the database holds, of one moment, while the portal writes (SEC-114, decision 0029).
import { copiedTables, inSnapshot, knownMigrations, readRows } from '#db/copy';
import { insertEvent } from '#db/events';
import type { Tx } from '#db/unit';
import { sealEvents } from '../audit/seal-events.ts';
import { chainHead } from '../audit/verify-chain.ts';
import { newId } from '../ids.ts';
import type { Portal } from '../portal.ts';
import { writeBackupFile } from './backup-file.ts';

export interface BackupMade {
  readonly rows: number;
  /** Bytes. */
  readonly size: number;
}

/**
 * Throws EEXIST when the file is there.
 * @param path of the file to make. @param by who asks, for the audit log
 */
export async function backUp(portal: Pick<Portal, 'store' | 'secrets' | 'now'>, path: string, by: string): Promise<BackupMade> {
  const { store, secrets, now } = portal;
  await sealEvents(portal);
  const madeAt = now();
  let rows = 0;
  // Of a moment before the copy's: the copy's chain has it, and may go on after it.
  const head = await chainHead(portal);
  const migration = knownMigrations(store.engine).at(-1)?.tag ?? '';
  const facts = { madeAt: new Date(madeAt).toISOString(), engine: store.engine, migration, head };
  const count = (more: number) => {
    rows += more;
  };
  const size = await inSnapshot(store, (tx) => writeBackupFile(path, secrets, facts, linesOf(tx, count)));
  const data = { rows, size };
  await store.unit('backup', (tx) =>
    insertEvent(tx, { id: newId(), at: now(), type: 'backed-up', accountId: null, actor: by, flow: null, network: null, browser: null, data }),
  );
  return { rows, size };
}

async function* linesOf(tx: Tx, counted: (rows: number) => void): AsyncGenerator<string> {
  const counts: Record<string, number> = {};
  for (const name of copiedTables(tx.s)) {
    for await (const { table, columns, rows } of readRows(tx, name)) {
      if (!(table in counts)) yield JSON.stringify({ table, columns });
      counts[table] = (counts[table] ?? 0) + rows.length;
      counted(rows.length);
      for (const row of rows) yield JSON.stringify(row);
    }
  }
  yield JSON.stringify({ end: counts });
}
