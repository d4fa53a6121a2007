// kill -9 at every point of the swap: the old factor or the new one is valid afterwards, never none, never both (REL-07, SEC-38, SEC-47).
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openSqlite } from '#db/store';

/** Runs the swap on a new file and kills it there. @param at how many points are passed first */
async function killedAt(folder: string, at: number) {
  const file = join(folder, `${at}.db`);
  const swapping = spawn(process.execPath, ['--import', 'tsx', 'lib/enrolment/swap-crash.testing.ts', file, String(at)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complaint = '';
  swapping.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  swapping.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const signal = await new Promise((resolve) => swapping.once('close', (_code, by) => resolve(by)));
  const [old = '', outcome] = said.split('\n');
  const store = openSqlite(file);
  const { $client } = store.db as unknown as { $client: Database.Database };
  expect($client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  const { factors, reEnrolments, pendingFactors, outbox } = store.s;
  const held = {
    old,
    killed: signal === 'SIGKILL',
    outcome: outcome || complaint,
    factors: await store.db.select({ id: factors.id, frozenAt: factors.frozenAt }).from(factors),
    pending: (await store.db.select().from(pendingFactors)).length,
    finished: (await store.db.select().from(reEnrolments)).filter(({ finishedAt }) => finishedAt !== null).length,
    told: (await store.db.select().from(outbox)).filter(({ kind }) => kind === 're-enrolled').length,
  };
  await store.close();
  return held;
}

test('SQLite: killed at each of its points, the swap is whole or has not happened', { timeout: 240_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-swap-'));
  try {
    const unharmed = await killedAt(folder, 1000);
    expect(unharmed).toMatchObject({ killed: false, finished: 1, pending: 0, told: 1 });
    const points = Number(unharmed.outcome.split(' ')[1]);
    expect(points).toBeGreaterThan(20);
    let swapped = 0;
    const next = Array.from({ length: points }, (_, at) => at);
    // Two at a time: so many cores there are.
    const kill = async () => {
      for (let at = next.shift(); at !== undefined; at = next.shift()) {
        const { old, killed, factors, pending, finished, told } = await killedAt(folder, at);
        expect(killed, `point ${at}`).toBe(true);
        expect(factors, `point ${at}`).toHaveLength(1);
        expect(factors[0]?.frozenAt).toBeNull();
        const isNew = factors[0]?.id !== old;
        // The leave, the pending secret and the letter went with it, or none of them did.
        expect({ pending, finished, told }, `point ${at}`).toEqual(
          isNew ? { pending: 0, finished: 1, told: 1 } : { pending: 1, finished: 0, told: 0 },
        );
        if (isNew) swapped++;
      }
    };
    await Promise.all([kill(), kill()]);
    // Only the last point is after the commit.
    expect(swapped).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
