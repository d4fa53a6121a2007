// Agents at a browser: a person with a role, signed in to the console with a fresh proof; and the time that passes for them alone.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Person } from './person.ts';
import { runCli, type World } from './world.ts';

export type Role = 'agent' | 'lead-agent' | 'administrator';

export const giveRole = (world: World, address: string, role: Role) => runCli(world, ['roles', 'give', address, role]);
export const takeRole = (world: World, address: string) => runCli(world, ['roles', 'take', address]);

/** Enrols, gets the role, and opens a page of the console: its proof is that of the enrolment, a moment old. */
export async function becomesAgent(person: Person, role: Role = 'agent', path = '/helpdesk'): Promise<Person> {
  await person.page.goto(`${person.world.portal}/account`);
  await person.givesPassword();
  await person.givesEmailCode();
  await person.enrols();
  await person.page.waitForURL(`${person.world.portal}/account`);
  await giveRole(person.world, person.account.address, role);
  await person.page.goto(`${person.world.portal}${path}`);
  return person;
}

/** What stands in the world's database, changed or looked at while the portal runs. */
export function inDatabase<T>(world: World, look: (database: Database.Database) => T): T {
  const database = new Database(join(world.folder, 'portal.db'), { timeout: 5000 });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

export const accountIdOf = (world: World, address: string): string =>
  inDatabase(world, (database) => database.prepare('select id from accounts where address = ?').pluck().get(address) as string);

/** The proof of every session of this person is this much older; nothing else is. @param minutes of the console's clock */
export function letProofGrowOld({ world, account }: Person, minutes: number): void {
  inDatabase(world, (database) =>
    database
      .prepare('update portal_sessions set proven_at = proven_at - ? where account_id = (select id from accounts where address = ?)')
      .run(minutes * 60_000, account.address),
  );
}

/** Nobody has used this person's sessions for this long. */
export function letSessionsIdle({ world, account }: Person, minutes: number): void {
  inDatabase(world, (database) =>
    database
      .prepare('update portal_sessions set seen_at = seen_at - ? where account_id = (select id from accounts where address = ?)')
      .run(minutes * 60_000, account.address),
  );
}
