// What becomes of each table's rows when an old copy is put in the place of a database (SEC-114, decision 0029).
import { and, asc, eq, gt, inArray, lt, notInArray, or } from 'drizzle-orm';
import { readRows, writeRows } from './copy.ts';
import type { Schema } from './schema.ts';
import type { Store, Tx } from './unit.ts';

/**
 * `kept`: as in the copy. `dropped`: begun, handed out or waiting then, and past now. `person`: what proves who somebody is, and what they have
 * allowed: as in the database that is replaced, where it can be read. `replaced`: whole as in that database, where it can be read. `log`: the
 * audit log, the longer one of the two.
 */
const fates = {
  // Those of the copy, each with what it is now.
  accounts: 'kept',
  accountTerms: 'kept',
  passwords: 'person',
  factors: 'person',
  passkeys: 'person',
  challenges: 'dropped',
  pendingFactors: 'dropped',
  phones: 'person',
  pairings: 'dropped',
  phoneRequests: 'dropped',
  recoveryCodes: 'person',
  pendingRecoveryCodes: 'dropped',
  answers: 'person',
  emailCodes: 'dropped',
  codeSendings: 'dropped',
  passwordResets: 'dropped',
  attempts: 'replaced',
  proofs: 'dropped',
  knownBrowsers: 'person',
  consents: 'person',
  applications: 'replaced',
  oidcRecords: 'dropped',
  signingKeys: 'dropped',
  vapidKeys: 'kept',
  portalSessions: 'dropped',
  sessionBrowsers: 'dropped',
  logoutTokens: 'dropped',
  outbox: 'dropped',
  events: 'log',
  auditChain: 'log',
  auditMarks: 'log',
  unsealedEvents: 'log',
  disavowals: 'kept',
  cases: 'kept',
  caseNotes: 'kept',
  callerVerifications: 'dropped',
  removalRequests: 'dropped',
  figures: 'kept',
  failureMinutes: 'dropped',
  alerts: 'kept',
  roles: 'person',
  directoryRoles: 'dropped',
  passes: 'dropped',
  lostPhones: 'dropped',
  reEnrolments: 'dropped',
} as const satisfies Record<keyof Schema, 'kept' | 'dropped' | 'person' | 'replaced' | 'log'>;

type Fate = (typeof fates)[keyof Schema];
export const tablesOf = (fate: Fate): readonly (keyof Schema)[] => (Object.keys(fates) as (keyof Schema)[]).filter((name) => fates[name] === fate);

const page = 500;
const asAccounts = (tx: Tx, name: keyof Schema) => tx.s[name] as unknown as Schema['accounts'];

export async function dropPassing(tx: Tx): Promise<void> {
  for (const name of tablesOf('dropped')) await tx.db.delete(asAccounts(tx, name));
}

/**
 * What can't be known to be still allowed: recovery codes that may be used, roles that may be taken back, consents that may be withdrawn. Every
 * factor proves only beside the mailbox until it has done so once. @param at epoch milliseconds
 */
export async function distrust(tx: Tx, at: number): Promise<void> {
  await tx.db.delete(tx.s.recoveryCodes);
  await tx.db.delete(tx.s.roles);
  await tx.db.delete(tx.s.consents);
  await tx.db.update(tx.s.factors).set({ mailboxWantedAt: at });
}

/** A code from before is never accepted again, whatever was accepted since the copy. @param step the TOTP step of now */
export async function forgetCodesUntil(tx: Tx, step: number): Promise<void> {
  const { factors } = tx.s;
  await tx.db
    .update(factors)
    .set({ lastStep: step })
    .where(and(eq(factors.kind, 'totp'), lt(factors.lastStep, step)));
}

export interface TakenOver {
  /** Accounts in both: their owners go on with what they have. */
  readonly accounts: number;
  /** Accounts of the replaced database that the copy does not have. */
  readonly missing: number;
}

/** Somebody who is in the copy alone has the address, or the entry of the directory, of somebody in both. */
export class HeldByTwo extends Error {}

/**
 * Puts in place what the replaced database says of the people that both have; an address of then, or a link to an entry of the directory, may be
 * somebody else's by now. @param from reads it. @param to the copy, distrusted already. Throws HeldByTwo
 */
export async function takeOver(from: Tx, to: Tx, engine: Store['engine']): Promise<TakenOver> {
  for (const name of tablesOf('replaced')) {
    await to.db.delete(asAccounts(to, name));
    for await (const rows of readRows(from, name)) await writeRows(to, engine, rows);
  }
  let accounts = 0;
  let missing = 0;
  // Everything of old goes before anything of now comes: what changed hands in between must not meet.
  for (const put of [false, true]) {
    for (let after = '', full = true; full; ) {
      const { accounts: table } = from.s;
      const found = await from.db.select().from(table).where(gt(table.id, after)).orderBy(asc(table.id)).limit(page);
      full = found.length === page;
      after = found.at(-1)?.id ?? after;
      if (found.length === 0) break;
      const ids = found.map(({ id }) => id);
      const there = await to.db.select().from(to.s.accounts).where(inArray(to.s.accounts.id, ids));
      const both = there.map((account) => account.id);
      const changed = found.flatMap((now) => {
        const then = there.find((account) => account.id === now.id);
        return then && JSON.stringify(then) !== JSON.stringify(now) ? [{ now, then }] : [];
      });
      if (put) {
        await putAccounts(
          from,
          to,
          changed.map(({ now }) => now),
        );
        await putPeople(from, to, both);
      } else {
        accounts += both.length;
        missing += ids.length - both.length;
        // Passkeys and phones go with their factors.
        for (const name of tablesOf('person')) {
          const table = asPersons(to, name);
          if (table.accountId && both.length) await to.db.delete(table).where(inArray(table.accountId, both));
        }
        for (const { now, then } of changed) {
          if (now.address === then.address && now.directoryId === then.directoryId) continue;
          // Nobody's, until all have what they have now.
          await to.db
            .update(to.s.accounts)
            .set({ address: `restoring:${now.id}`, directoryId: null })
            .where(eq(to.s.accounts.id, now.id));
        }
      }
    }
  }
  return { accounts, missing };
}

/** With the words by which they are found. */
async function putAccounts(from: Tx, to: Tx, rows: readonly Schema['accounts']['$inferSelect'][]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const { accounts } = to.s;
  const addresses = rows.map(({ address }) => address);
  const entries = rows.flatMap(({ directoryId }) => directoryId ?? []);
  const held = or(inArray(accounts.address, addresses), entries.length > 0 ? inArray(accounts.directoryId, entries) : undefined);
  const [other] = await to.db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(held, notInArray(accounts.id, ids)))
    .limit(1);
  if (other) throw new HeldByTwo();
  for (const { id, ...now } of rows) await to.db.update(to.s.accounts).set(now).where(eq(to.s.accounts.id, id));
  await to.db.delete(to.s.accountTerms).where(inArray(to.s.accountTerms.accountId, ids));
  const terms = await from.db.select().from(from.s.accountTerms).where(inArray(from.s.accountTerms.accountId, ids));
  for (let i = 0; i < terms.length; i += page) await to.db.insert(to.s.accountTerms).values(terms.slice(i, i + page));
}

const asPersons = (tx: Tx, name: keyof Schema) => tx.s[name] as unknown as Schema['passwords'];
const asPartsOfFactors = (tx: Tx, name: keyof Schema) => tx.s[name] as unknown as Schema['phones'];

async function putPeople(from: Tx, to: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const factorIds: string[] = [];
  for (const name of tablesOf('person')) {
    const table = asPersons(from, name);
    // Factors come before what hangs on them.
    const where = table.accountId ? inArray(table.accountId, [...ids]) : inArray(asPartsOfFactors(from, name).factorId, [...factorIds]);
    if (!table.accountId && factorIds.length === 0) continue;
    const rows: Record<string, unknown>[] = await from.db.select().from(table).where(where);
    if (name === 'factors') factorIds.push(...rows.map(({ id }) => String(id)));
    for (let i = 0; i < rows.length; i += page) await to.db.insert(asPersons(to, name)).values(rows.slice(i, i + page) as never);
  }
}
