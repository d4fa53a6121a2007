// Copies every row into an empty PostgreSQL database, all or nothing: how an institute moves from one engine to the other (decision 0029).
import { copiedTables, countRows, inOneTransaction, inSnapshot, readRows, settleUnsealed, writeRows } from '#db/copy';
import { insertEvent } from '#db/events';
import { migrate } from '#db/migrate';
import { refreshStatistics } from '#db/statistics';
import { openPostgres } from '#db/store';
import { seconds } from '../duration.ts';
import { newId } from '../ids.ts';
import type { Portal } from '../portal.ts';
import { withoutPassword } from './mends.ts';

export type TargetProblem = 'same' | 'not-empty' | 'running' | 'different';
export class TargetUnfit extends Error {
  constructor(readonly problem: TargetProblem) {
    super(problem);
  }
}

export interface Exported {
  readonly tables: number;
  readonly rows: number;
}

/** Throws TargetUnfit; then the target has at most empty tables. @param target postgres://… */
export async function exportPortal(
  portal: Pick<Portal, 'store' | 'settings' | 'now'>,
  target: string,
  { by, rehearsal }: { readonly by: string; readonly rehearsal: boolean },
): Promise<Exported> {
  const { store, settings, now } = portal;
  if (sameDatabase(settings.database, target)) throw new TargetUnfit('same');
  if (!rehearsal && (await isRunning(settings.internalOrigin))) throw new TargetUnfit('running');
  const to = openPostgres(target, 2);
  try {
    await migrate(to);
    const exported = await inSnapshot(store, async (from) => {
      const wanted = await countRows(from);
      return inOneTransaction(to, async (tx) => {
        const before = await countRows(tx);
        if (Object.values(before).some((count) => count > 0)) throw new TargetUnfit('not-empty');
        for (const name of copiedTables(from.s)) for await (const rows of readRows(from, name)) await writeRows(tx, 'postgres', rows);
        await settleUnsealed(tx);
        const counts = await countRows(tx);
        if (Object.entries(wanted).some(([table, count]) => counts[table] !== count)) throw new TargetUnfit('different');
        return { tables: Object.keys(counts).length, rows: Object.values(counts).reduce((sum, count) => sum + count, 0) };
      });
    });
    await refreshStatistics(to);
    const event = { id: newId(), at: now(), type: 'exported', accountId: null, actor: by, flow: null, network: null, browser: null };
    await store.unit('export', (tx) => insertEvent(tx, { ...event, data: { ...exported, rehearsal, to: withoutPassword(target).slice(0, 200) } }));
    return exported;
  } finally {
    await to.close();
  }
}

function sameDatabase(a: string, b: string): boolean {
  if (!URL.canParse(a) || !/^postgres(ql)?:/.test(a)) return false;
  const key = (url: URL) => `${url.hostname}:${url.port || 5432}${url.pathname}`;
  return key(new URL(a)) === key(new URL(b));
}

const isRunning = (origin: string): Promise<boolean> =>
  fetch(`${origin}/health`, { signal: AbortSignal.timeout(seconds(2)) }).then(
    () => true,
    () => false,
  );
