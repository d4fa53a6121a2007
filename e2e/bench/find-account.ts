// Whether finding an account by its address stays as quick when there are a hundred times more of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertAccount } from '#db/accounts';
import { migrate } from '#db/migrate';
import { openSqlite } from '#db/store';
import { findAccountAt } from '#lib/accounts/facts';
import { type Measure, round } from './measure.ts';
import { quantile } from './statistics.ts';

const lookUps = 4000;
const addressOf = (n: number) => `prenom${n}.nom${n % 977}@inserm.fr`;

/** @returns microseconds of each look-up, in a store on disk with this many accounts */
async function lookUpTimes(accounts: number): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'));
  const store = openSqlite(join(folder, 'portal.db'));
  try {
    await migrate(store);
    await store.unit('accounts', function* (tx) {
      for (let n = 0; n < accounts; n++) {
        yield* insertAccount(
          tx,
          {
            id: `account-${(n * 7919) % accounts}-${n}`,
            address: addressOf(n),
            givenName: 'Prénom',
            familyName: 'Nom',
            kind: 'internal',
            affiliations: ['member', 'employee'],
            status: 'active',
            language: null,
            createdAt: 1,
            enrolledAt: null,
          },
          [],
        );
      }
    });
    const times: number[] = [];
    for (let n = 0; n < lookUps; n++) {
      const address = addressOf((n * 104_729) % accounts);
      const started = performance.now();
      const found = await findAccountAt({ store }, address);
      times.push((performance.now() - started) * 1000);
      if (found?.address !== address) throw new Error(`${address} was not found.`);
    }
    return times.slice(lookUps / 4); // the first quarter warms the engine up
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

export const findAccountMeasure: Measure = {
  name: 'find-account',
  about: 'finding an account by its address among 1,000 and among 100,000',
  async run() {
    const few = quantile(await lookUpTimes(1000), 0.5);
    const many = quantile(await lookUpTimes(100_000), 0.5);
    return [
      { what: 'among 1,000 accounts, median', value: round(few), unit: 'µs' },
      { what: 'among 100,000 accounts, median', value: round(many), unit: 'µs', aim: 'at most twice as long', met: many <= 2 * few },
    ];
  },
};
