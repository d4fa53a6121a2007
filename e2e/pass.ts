// What a lost phone begins with, put into the store by hand: a pass (helpdesk-acts.spec.ts has one given from the console), a waiting period.
import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { newPass, passLifetime } from '../lib/passes/rules.ts';
import { giveRole } from './helpdesk-person.ts';
import { takeAccount, type World } from './world.ts';

const open = (world: World) => new Database(join(world.folder, 'portal.db'));
const idOf = (store: Database.Database, address: string) =>
  (store.prepare('select id from accounts where address = ?').get(address) as { id: string }).id;

/** A pass for this account, as an agent would read it out; the agent is somebody else, with that role. */
export async function givePass(world: World, address: string): Promise<string> {
  const agent = takeAccount(world);
  await giveRole(world, agent.address, 'agent');
  const { pepper } = JSON.parse(readFileSync(join(world.folder, 'keys.json'), 'utf8')) as { pepper: string };
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(pepper, 'base64url'), '', 'pass', 32));
  const store = open(world);
  const id = idOf(store, address);
  const pass = newPass();
  const hash = createHmac('sha256', key).update(`${id}:${pass}`).digest('base64url');
  const now = Date.now();
  store
    .prepare('insert into passes (id, account_id, hash, issued_by, created_at, expires_at) values (?, ?, ?, ?, ?, ?)')
    .run(randomUUID(), id, hash, idOf(store, agent.address), now, now + passLifetime);
  store.close();
  return pass;
}

/** As if the four answers had been right a moment ago, where the institute wants a wait. @returns from when, epoch milliseconds */
export function letWait(world: World, address: string, hours: number): number {
  const store = open(world);
  const now = Date.now();
  const from = now + hours * 3_600_000;
  store
    .prepare('insert into re_enrolments (id, account_id, opened_by, stolen, opened_at, not_before, expires_at) values (?, ?, ?, 0, ?, ?, ?)')
    .run(randomUUID(), idOf(store, address), 'answers', now, from, from + 7 * 86_400_000);
  store.close();
  return from;
}

/** No recovery codes any more. */
export function loseRecoveryCodes(world: World, address: string): void {
  const store = open(world);
  store.prepare('delete from recovery_codes where account_id = ?').run(idOf(store, address));
  store.close();
}
