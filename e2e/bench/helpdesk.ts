// What an agent waits for with a caller on the line: search, card, events, acts and dashboard among a million accounts and ten million events, on
// SQLite and, where TEST_DATABASE_URL says where a server is, on PostgreSQL.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '#db/migrate';
import { openPostgres, openSqlite } from '#db/store';
import { emptyDatabase } from '#db/testing';
import type { Store } from '#db/unit';
import { findAccountAt } from '#lib/accounts/facts';
import { actsOf } from '#lib/agents/facts';
import { activityOf } from '#lib/audit/facts';
import { claimCount, finishCount } from '#lib/figures/count-figures';
import { lastFigures } from '#lib/figures/facts';
import { cardOf } from '#lib/helpdesk/facts';
import { type TestPortal, testAgent, testPortal } from '#lib/portal.testing';
import { findAccounts } from '#lib/search/facts';
import { readQuery } from '#lib/search/rules';
import type { Agent } from '#lib/visitor';
import { agentCount, busiest, fillStore, personNumber } from './helpdesk-people.ts';
import { type Figure, type Measure, type MeasureOptions, round } from './measure.ts';
import { quantile } from './statistics.ts';

/** Milliseconds, of the slowest twentieth. */
const aims = { search: 50, page: 100 } as const;

interface Question {
  readonly what: string;
  readonly aim: number;
  /** @param n a different one each time */
  ask(portal: TestPortal, n: number, agent: Agent): Promise<unknown>;
}

const someone = (n: number, accounts: number) => personNumber((n * 7919) % accounts);

async function search(portal: TestPortal, typed: string, pages = 1) {
  const read = readQuery(typed);
  if (!read.ok) throw new Error(`Nobody can look for ${typed}.`);
  let found = await findAccounts(portal, read.value.query, null);
  for (let page = 1; page < pages && found.more; page++) found = await findAccounts(portal, read.value.query, found.more);
  return found;
}

const questions = (accounts: number): Question[] => {
  const searched = (what: string, typed: (n: number) => string): Question => ({
    what: `search: ${what}`,
    aim: aims.search,
    ask: (portal, n) => search(portal, typed(n)),
  });
  const named = (n: number) => someone(n, accounts);
  return [
    searched('three letters', (n) => named(n).familyName.slice(0, 3)),
    searched('two letters', (n) => named(n).familyName.slice(0, 2)),
    searched('a whole family name', (n) => named(n).familyName),
    searched('first name and family name', (n) => `${named(n).givenName} ${named(n).familyName}`),
    searched('a beginning of each', (n) => `${named(n).familyName.slice(0, 3)} ${named(n).givenName.slice(0, 2)}`),
    searched('two common first names that nobody has both', (n) => ['paul nadia', 'karim ewa', 'zoe mehdi', 'noe ines'][n % 4] ?? ''),
    searched('the start of an address', (n) => named(n).address.slice(0, -4)),
    searched('somebody who is not there', (n) => `zzyzx${n}`),
    { what: 'search: the fifth page of a common name', aim: 5 * aims.search, ask: (portal) => search(portal, 'marie', 5) },
    {
      what: 'events of one account, a page',
      aim: aims.page,
      ask: (portal, n) => activityOf(portal, named(n).id, { limit: 50, kind: null, before: null }),
    },
    {
      what: 'events of the busiest accounts, one kind',
      aim: aims.page,
      ask: (portal, n) => activityOf(portal, personNumber(n % busiest).id, { limit: 50, kind: 'sharing', before: null }),
    },
    { what: 'card of an account', aim: aims.page, ask: (portal, n, agent) => cardOf(portal, agent, named(n).id) },
    { what: 'card of the busiest accounts', aim: aims.page, ask: (portal, n, agent) => cardOf(portal, agent, personNumber(n % busiest).id) },
    { what: 'dashboard, its stored figures', aim: aims.page, ask: (portal) => lastFigures(portal) },
    { what: 'acts of one agent, a page', aim: aims.page, ask: (portal, n) => actsOf(portal, personNumber(n % agentCount).id, null) },
    { what: 'acts of everybody, a page', aim: aims.page, ask: (portal) => actsOf(portal, null, null) },
  ];
};

async function measure(name: string, store: Store, { accounts, events, samples, note }: MeasureOptions): Promise<Figure[]> {
  await migrate(store);
  const portal = await testPortal({ store });
  const filled = (await findAccountAt(portal, personNumber(accounts - 1).address)) !== null;
  if (!filled) await fillStore(store, { accounts, events }, (line) => note(`${name}: ${line}`));
  const agent = await testAgent(portal, 'agent', `agent.a${Date.now()}@inserm.fr`);
  const figures: Figure[] = [await countFigures(name, portal)];
  note(`${name}, ${figures[0]?.what}: ${figures[0]?.value} s`);
  for (const { what, aim, ask } of questions(accounts)) {
    const times: number[] = [];
    for (let n = 0; n < samples; n++) {
      const began = performance.now();
      await ask(portal, n + 1, agent);
      times.push(performance.now() - began);
    }
    const [half, slow] = [quantile(times, 0.5), quantile(times, 0.95)];
    figures.push({ what: `${name}, ${what}`, value: `${round(half, 2)} / ${round(slow, 2)}`, unit: 'ms', aim: `p95 under ${aim}`, met: slow < aim });
    note(`${name}, ${what}: ${round(half, 2)} / ${round(slow, 2)} ms`);
  }
  return figures;
}

/** The job beside requests that the dashboard's figures come from; it rests between two slices, and nobody waits for it. */
async function countFigures(name: string, portal: TestPortal): Promise<Figure> {
  const began = performance.now();
  // A store that was kept has been counted by an earlier run.
  portal.clock.set(Date.now());
  const at = await claimCount(portal, 0);
  if (at === null || (await finishCount(portal, at)) === null) throw new Error('The figures were not counted.');
  const seconds = (performance.now() - began) / 1000;
  return { what: `${name}, counting the dashboard’s figures`, value: round(seconds), unit: 's', aim: 'under 15 minutes', met: seconds < 900 };
}

export const helpdeskMeasure: Measure = {
  name: 'helpdesk',
  about: 'the console with 1,000,000 accounts and 10,000,000 events (--accounts, --events), median / slowest twentieth',
  async run(options) {
    const figures: Figure[] = [];
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'portal-bench-'));
    const sqlite = openSqlite(join(folder, 'portal.db'));
    try {
      figures.push(...(await measure('SQLite', sqlite, options)));
    } finally {
      await sqlite.close();
      if (!options.folder) rmSync(folder, { recursive: true });
    }
    const server = process.env.TEST_DATABASE_URL;
    if (!server && !options.database) return [...figures, { what: 'PostgreSQL: set TEST_DATABASE_URL to a server', value: '–', unit: '' }];
    const { database, remove } = options.database ? { database: options.database, remove: async () => {} } : await emptyDatabase(server ?? '');
    const postgres = openPostgres(database, 5);
    try {
      figures.push(...(await measure('PostgreSQL', postgres, options)));
    } finally {
      await postgres.close();
      await remove();
    }
    return figures;
  },
};
