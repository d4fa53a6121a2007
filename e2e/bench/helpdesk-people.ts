// As many accounts and events as an institute has after years, straight into a store: names as common as real ones are, half of the people
// somewhere in the wizard, ten events each.
import { insertAccountBatch } from '#db/account-batches';
import type { Store } from '#db/unit';
import { termsOf } from '#lib/search/rules';

const batch = 500;
const eventsPerStatement = 2000;

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
    id: `${Math.floor(random(n, 8) * 2 ** 32).toString(36)}-bench-${n.toString(36)}`,
    address: `${plain(givenName)}.${plain(familyName)}${n}@${n % 5 ? '' : 'ext.'}inserm.fr`,
    givenName,
    familyName,
  };
}

/** How many agents act; they are the first people. */
export const agentCount = 30;
const start = Date.UTC(2026, 2, 9);
const year = 365 * 24 * 3_600_000;

/** Events of one account in about one hundred thousand are of an agent. */
export async function fillStore(
  store: Store,
  counts: { readonly accounts: number; readonly events: number },
  note: (line: string) => void,
): Promise<void> {
  const { s, db } = store;
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
              Array.from({ length: 10 }, (_, i) => ({ id: `code-${id}-${i}`, accountId: id, hash: `${id}-${i}`, createdAt: start })),
            ),
          ),
      );
    }
    if (from % 100_000 === 0) note(`${from} accounts after ${seconds()} s`);
  }
  for (let from = 0; from < counts.events; from += eventsPerStatement) {
    const rows = Array.from({ length: Math.min(eventsPerStatement, counts.events - from) }, (_, i) => {
      const n = from + i;
      const account = Math.floor(random(n, 9) ** 2 * counts.accounts);
      const byAgent = n % 200 === 0;
      const at = start + Math.floor((n / counts.events) * year);
      const stamp = at.toString(16).padStart(12, '0');
      const low = n.toString(16).padStart(12, '0');
      return {
        id: `${stamp.slice(0, 8)}-${stamp.slice(8)}-7000-8000-${low}`,
        at,
        type: byAgent
          ? n % 3
            ? 'account-seen'
            : 'unlocked'
          : (['password-right', 'totp-right', 'signed-in', 'signed-out', 'password-wrong'][n % 5] ?? ''),
        accountId: personNumber(account).id,
        actor: byAgent ? personNumber(n % agentCount).id : null,
        flow: null,
        network: '192.0.2.0/24',
        browser: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        data: byAgent ? { reason: 'Appel du matin', from: 'search' } : {},
      };
    });
    await store.write(db.insert(s.events).values(rows));
    if (from % 1_000_000 === 0) note(`${from} events after ${seconds()} s`);
  }
}
