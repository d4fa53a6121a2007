// As many accounts and events as an institute has after years, straight into a store: names as common as real ones are, half of the people
// somewhere in the wizard, ten events each.
import { type SQL, sql } from 'drizzle-orm';
import { insertAccountBatch } from '#db/account-batches';
import { inBulk } from '#db/testing';
import type { Store } from '#db/unit';
import { termsOf } from '#lib/search/rules';

const batch = 500;
/** Events per statement. */
const slice = 500_000;
/** Ids are as long as one another. */
const firstId = 10_000_000;

const syllables = ['ma', 'le', 'ber', 'du', 'ro', 'gui', 'fon', 'lan', 'mo', 're', 'sau', 'pe', 'vi', 'ga', 'bon', 'che', 'tri', 'ne', 'lou', 'ka'];
const endings = [
  'rt',
  'in',
  'ier',
  'et',
  'eau',
  'ard',
  'on',
  'ais',
  'elle',
  'ot',
  'ez',
  'and',
  'oux',
  'ault',
  'y',
  'ic',
  'as',
  'ol',
  'u',
  'in-Saïdi',
];
const firsts = ['Marie', 'Jean', 'Nadia', 'Paul', 'Inès', 'Loïc', 'Anne-Sophie', 'Karim', 'Ewa', 'Zoé', 'Hélène', 'Noé', 'François', 'Mehdi'];
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A number below 1 that looks random and is the same at every run. */
const random = (n: number, salt: number) => {
  let x = (n * 2_654_435_761 + salt * 40_503) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 2_246_822_507) >>> 0;
  x = Math.imul(x ^ (x >>> 13), 3_266_489_909) >>> 0;
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
};
/** The first of a list is the commonest, by far. */
const skewed = (list: readonly string[], at: number) => list[Math.floor(at ** 2 * list.length)] ?? '';

export interface BenchPerson {
  readonly id: string;
  readonly address: string;
  readonly givenName: string;
  readonly familyName: string;
}

export function personNumber(n: number): BenchPerson {
  const givenName =
    random(n, 1) < 0.6 ? skewed(firsts, random(n, 2)) : upperFirst(`${skewed(syllables, random(n, 3))}${skewed(syllables, random(n, 4))}a`);
  const familyName = upperFirst(skewed(syllables, random(n, 5)) + skewed(syllables, random(n, 6)) + skewed(endings, random(n, 7)));
  const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return {
    id: `bench-${firstId + n}`,
    address: `${plain(givenName)}.${plain(familyName)}${n}@${n % 5 ? '' : 'ext.'}inserm.fr`,
    givenName,
    familyName,
  };
}

/** How many agents act; they are the first people. */
export const agentCount = 30;
/** People to whom far more happens than to others: some thousands of events in a year. */
export const busiest = 100;
const start = Date.UTC(2026, 2, 9);
const year = 365 * 24 * 3_600_000;

export async function fillStore(
  store: Store,
  counts: { readonly accounts: number; readonly events: number },
  note: (line: string) => void,
): Promise<void> {
  const { s, db } = store;
  inBulk(store);
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  for (let from = 0; from < counts.accounts; from += batch) {
    const people = Array.from({ length: Math.min(batch, counts.accounts - from) }, (_, i) => ({ n: from + i, ...personNumber(from + i) }));
    await store.unit('bench', function* (tx) {
      yield* insertAccountBatch(tx, {
        accounts: people.map(({ n, ...person }) => ({
          ...person,
          kind: n % 5 ? ('internal' as const) : ('external' as const),
          affiliations: ['member'],
          status: n % 97 === 0 ? ('disabled' as const) : n % 89 === 0 ? ('frozen' as const) : ('active' as const),
          language: null,
          createdAt: start,
          enrolledAt: n % 2 ? start + 1000 : null,
        })),
        terms: people.flatMap((person) => termsOf(person).map((term) => ({ term, accountId: person.id }))),
        passwords: [],
        events: [],
      });
    });
    const enrolled = people.filter(({ n }) => n % 2 === 1);
    await store.write(
      db.insert(s.factors).values(
        enrolled.map(({ id, n }) => ({
          id: `factor-${id}`,
          accountId: id,
          kind: n % 3 ? ('totp' as const) : ('phone' as const),
          name: 'Google Authenticator',
          secret: Buffer.alloc(60),
          lastStep: 0,
          createdAt: start,
          lastUsedAt: null,
        })),
      ),
    );
    const finished = enrolled.filter(({ n }) => n % 4 === 1);
    if (finished.length > 0) {
      await store.write(
        db
          .insert(s.answers)
          .values(
            finished.flatMap(({ id }) => [0, 1, 2, 3].map((slot) => ({ accountId: id, slot, question: 'school-trip', hash: '', changedAt: start }))),
          ),
      );
      await store.write(
        db
          .insert(s.recoveryCodes)
          .values(
            finished.flatMap(({ id }) =>
              Array.from({ length: 2 }, (_, i) => ({ id: `code-${id}-${i}`, accountId: id, hash: `${id}-${i}`, createdAt: start })),
            ),
          ),
      );
    }
    if (from % 100_000 === 0) note(`${from} accounts after ${seconds()} s`);
  }
  // Made by the engine itself: ten million lines would take an hour through a driver.
  for (let from = 0; from < counts.events; from += slice) {
    const to = Math.min(from + slice, counts.events);
    await store.write(db.insert(s.events).select(eventsOf(counts, from, to, 'theirs')));
    await store.write(db.insert(s.events).select(eventsOf(counts, from, to, 'agents')));
    note(`${to} events after ${seconds()} s`);
  }
}

/**
 * Rows `from` to `to`, in both engines' SQL. One in two hundred is an agent's; one in twenty is of the busiest accounts. Ids are of thirteen
 * figures after two noughts, which sort by time and before those of today.
 */
function eventsOf(
  { accounts, events }: { readonly accounts: number; readonly events: number },
  from: number,
  to: number,
  whose: 'theirs' | 'agents',
): SQL {
  const numbers = sql`with recursive n(i) as (select cast(${from} as bigint) union all select i + 1 from n where i + 1 < cast(${to} as bigint))`;
  const id = sql`'00' || cast(1000000000000 + i as text)`;
  const at = sql`cast(${start} as bigint) + i * (cast(${year} as bigint) / cast(${events} as bigint))`;
  // Every number is cast: a driver may send it as one with decimals, and its text would have them too.
  const whole = (n: number) => sql`cast(${n} as bigint)`;
  const idOf = (n: SQL) => sql`'bench-' || cast(${whole(firstId)} + ${n} as text)`;
  const account = idOf(sql`case when i % 20 = 0 then (i / 20) % ${whole(busiest)} else (i * 7919) % ${whole(accounts)} end`);
  const browser = sql`'192.0.2.0/24', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'`;
  const agent = idOf(sql`(i / 200) % ${whole(agentCount)}`);
  // A tenth are what figures are counted from. Another type at each of an account's turns.
  const turn = sql`(i + i / ${whole(accounts)})`;
  const type = sql`case ${turn} % 20 when 7 then 'email-code-right' when 13 then 'app-chosen' else case ${turn} % 5 when 1 then 'password-right' when 2 then 'totp-right' when 3 then 'signed-in' when 4 then 'signed-out' else 'password-wrong' end end`;
  return whose === 'agents'
    ? sql`${numbers} select ${id}, ${at}, case when i % 3 = 0 then 'unlocked' else 'account-seen' end, ${account}, ${agent}, null, ${browser}, '{"reason":"Appel du matin"}' from n where i % 200 = 0`
    : sql`${numbers} select ${id}, ${at}, ${type}, ${account}, null, null, ${browser}, '{}' from n where i % 200 <> 0`;
}
