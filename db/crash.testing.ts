// A process made to be killed: writes units of work as fast as it can, and says on its standard output which it was told are done.
import { writeSync } from 'node:fs';
import { insertAccount } from './accounts.ts';
import { insertEvent } from './events.ts';
import { insertOutboxMessage } from './outbox.ts';
import { openPostgres, openSqlite } from './store.ts';
import { q, type Script, type Tx } from './unit.ts';

/** Units under way at once: several share one commit on SQLite, and several connections are busy on PostgreSQL. */
const atOnce = 8;
export const lettersPerUnit = 3;

/** An account with its password, its letters and the event that tells of it: four tables, all or nothing. */
function* writeUnit(tx: Tx, id: string): Script<void> {
  yield* insertAccount(
    tx,
    {
      id,
      address: `${id}@inserm.fr`,
      givenName: 'Claire',
      familyName: 'Martin',
      kind: 'internal',
      affiliations: ['member'],
      status: 'active',
      language: null,
      createdAt: 1,
      enrolledAt: null,
    },
    ['claire', 'martin'],
  );
  yield* q(tx.db.insert(tx.s.passwords).values({ accountId: id, hash: 'x'.repeat(97), changedAt: 1 }));
  for (let n = 0; n < lettersPerUnit; n++) {
    const message = Buffer.alloc(900, n);
    const letter = { id: `${id}-${n}`, accountId: id, to: `${id}@inserm.fr`, kind: 'code', message, createdAt: 1, dueAt: 1, uselessAt: null };
    yield* insertOutboxMessage(tx, { ...letter, tries: 0, sentAt: null, failure: null });
  }
  yield* insertEvent(tx, {
    id: `${id}-event`,
    at: 1,
    type: 'account-created',
    accountId: id,
    actor: null,
    flow: null,
    network: null,
    browser: null,
    data: {},
  });
}

const [where = '', round = ''] = process.argv.slice(2);
if (where) {
  const store = where.startsWith('postgres') ? openPostgres(where, atOnce) : openSqlite(where);
  const write = async (worker: number) => {
    for (let n = 0; ; n++) {
      const id = `r${round}w${worker}n${n}`;
      await store.unit(id, (tx) => writeUnit(tx, id));
      // Synchronous, into a pipe: what is said can't be lost with the process.
      writeSync(1, `${id}\n`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, worker) => write(worker)));
}
