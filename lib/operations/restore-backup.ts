// Puts a backup in the place of the database, whole or not at all, so that nothing spent, ended or taken away since comes back (SEC-114, decision 0029).
import { findChainRow, findMark } from '#db/audit-chain';
import { countRows, knownMigrations, migrateThrough, readRows, settleUnsealed, writeRows } from '#db/copy';
import { insertEvent } from '#db/events';
import { DatabaseNotReplaceable, type Replacing, replaceDatabase } from '#db/replacing';
import { distrust, dropPassing, forgetCodesUntil, HeldByTwo, type TakenOver, type tablesOf, takeOver } from '#db/restored';
import { sealedColumns } from '#db/sealed';
import type { Script, Tx } from '#db/unit';
import type { Place } from '../audit/rules.ts';
import { newId } from '../ids.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import { forgetHead } from './audit-head.ts';
import { openBackupFile, UnusableBackup } from './backup-file.ts';

export type RestoreProblem = 'newer' | 'unsealable' | 'held-by-two';
/** The copy is whole, and of no use here; nothing was changed. */
export class UnfitBackup extends Error {
  constructor(readonly problem: RestoreProblem) {
    super(problem);
  }
}
export { DatabaseNotReplaceable, UnusableBackup };

export interface Restored {
  /** ISO 8601. */
  readonly madeAt: string;
  readonly rows: number;
  /** Of people; null when there was no database in place that could be read. */
  readonly takenOver: TakenOver | null;
  /** Accounts whose owners prove their mailbox beside each factor once. */
  readonly distrusted: number;
  /** Whose audit log it is. */
  readonly log: 'copy' | 'in-place';
  /** What the database that was in place is called now. */
  readonly aside: string | null;
}

const page = 500;

/**
 * Nobody may have the database open. Throws UnusableBackup, UnfitBackup, DatabaseNotReplaceable, or what the file system says; then nothing has changed.
 * @param now epoch milliseconds. @param blindly whether the database in place is not to be asked what has happened since
 */
export async function restoreBackup(
  { settings, secrets, now, by }: { readonly settings: Settings; readonly secrets: Secrets; readonly now: number; readonly by: string },
  path: string,
  blindly: boolean,
): Promise<Restored> {
  const backup = await openBackupFile(path, secrets);
  const { madeAt, migration, head } = backup.facts;
  // The same tags on both engines.
  if (!knownMigrations('sqlite').some(({ tag }) => tag === migration)) throw new UnfitBackup('newer');
  const suffix = new Date(now).toISOString().replace(/\D/g, '');
  const options = { suffix, blindly };
  const { value, aside } = await replaceDatabase(settings.database, options, async (replacing) => {
    const { engine, made, inPlace } = replacing;
    await migrateThrough(made, engine, migration);
    const log = inPlace && (await goesOnFrom(inPlace, head)) ? 'in-place' : 'copy';
    const rows = await fill(replacing, backup.lines(), log === 'in-place');
    await migrateThrough(made, engine);
    if (inPlace && log === 'in-place')
      for (const name of logTables) for await (const more of readRows(inPlace, name)) await writeRows(made, engine, more);
    await settleUnsealed(made);
    await dropPassing(made);
    await distrust(made, now);
    const takenOver = inPlace ? await takeOver(inPlace, made, engine).catch(asUnfit) : null;
    await forgetCodesUntil(made, Math.floor(now / settings.policy.totp.period));
    await checkSealed(made, secrets);
    const accounts = (await countRows(made)).accounts ?? 0;
    const distrusted = accounts - (takenOver?.accounts ?? 0);
    const data = { madeAt, rows, distrusted, log, takenOver: takenOver?.accounts ?? null };
    await play(insertEvent(made, { ...nobody, id: newId(), at: now, type: 'restored', actor: by, data }));
    return { madeAt, rows, takenOver, distrusted, log } as const;
  });
  if (value.log === 'copy') forgetHead(settings);
  return { ...value, aside };
}

const asUnfit = (error: unknown): never => {
  throw error instanceof HeldByTwo ? new UnfitBackup('held-by-two') : error;
};

const nobody = { accountId: null, flow: null, network: null, browser: null };
const logTables = ['events', 'auditChain', 'auditMarks'] as const satisfies readonly ReturnType<typeof tablesOf>[number][];

/** Whether the log in place is the copy's own, gone on. */
async function goesOnFrom(tx: Tx, { seq, hash }: Place): Promise<boolean> {
  const row = await play(findChainRow(tx, seq));
  const mark = row ? null : await play(findMark(tx));
  return seq === 0 || row?.hash === hash || (mark?.seq ?? 0) > seq;
}

/** A script outside a unit of work, by whoever has the database to themselves. */
async function play<T>(steps: Script<T>): Promise<T> {
  let step = steps.next();
  while (!step.done) step = steps.next(await step.value);
  return step.value;
}

/** @returns how many rows were written */
async function fill({ made, engine }: Replacing, lines: AsyncIterable<string>, withoutLog: boolean): Promise<number> {
  const skipped = new Set<string>(withoutLog ? ['events', 'audit_chain', 'audit_marks'] : []);
  const counts: Record<string, number> = {};
  let current: { table: string; columns: string[] } | null = null;
  let rows: never[] = [];
  let end: Record<string, number> | null = null;
  let written = 0;
  const flush = async () => {
    if (current && rows.length && !skipped.has(current.table)) {
      await writeRows(made, engine, { ...current, rows });
      written += rows.length;
    }
    rows = [];
  };
  for await (const line of lines) {
    const read = JSON.parse(line) as never[] | { table: string; columns: string[] } | { end: Record<string, number> };
    if (Array.isArray(read)) {
      if (!current) throw new UnusableBackup('altered');
      counts[current.table] = (counts[current.table] ?? 0) + 1;
      rows.push(read as never);
      if (rows.length === page) await flush();
    } else {
      await flush();
      if ('end' in read) end = read.end;
      else current = read;
    }
  }
  if (!end || Object.entries(end).some(([table, count]) => (counts[table] ?? 0) !== count)) throw new UnusableBackup('cut-off');
  return written;
}

/** What is sealed must open: a copy of another key ring's time would lock everybody out later. */
async function checkSealed(tx: Tx, secrets: Secrets): Promise<void> {
  for (const [table, { list }] of Object.entries(sealedColumns)) {
    for (let after = '', full = true; full; ) {
      const rows = await play(list(tx, after, page));
      for (const { boundTo, bytes } of rows) {
        try {
          secrets.open(`${table}:${boundTo}`, bytes);
        } catch {
          throw new UnfitBackup('unsealable');
        }
      }
      full = rows.length === page;
      after = rows.at(-1)?.key ?? after;
    }
  }
}
