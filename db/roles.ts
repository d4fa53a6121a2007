// Rows of roles that accounts have.
import { asc, eq } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export type RoleRow = Schema['roles']['$inferSelect'];
export type DirectoryRoleRow = Schema['directoryRoles']['$inferSelect'];

export function* findRole(tx: Tx, accountId: string): Script<RoleRow | null> {
  const { roles } = tx.s;
  const rows = yield* q(tx.db.select().from(roles).where(eq(roles.accountId, accountId)).limit(1));
  return rows[0] ?? null;
}

/** What a directory elsewhere said last of an account's owner; null: nothing. */
export function* findDirectoryRole(tx: Tx, accountId: string): Script<DirectoryRoleRow | null> {
  const { directoryRoles } = tx.s;
  const rows = yield* q(tx.db.select().from(directoryRoles).where(eq(directoryRoles.accountId, accountId)).limit(1));
  return rows[0] ?? null;
}

/** Makes or replaces. */
export function* setDirectoryRole(tx: Tx, row: DirectoryRoleRow): Script<void> {
  const { accountId: _accountId, ...facts } = row;
  yield* q(tx.db.insert(tx.s.directoryRoles).values(row).onConflictDoUpdate({ target: tx.s.directoryRoles.accountId, set: facts }));
}

export function* deleteDirectoryRole(tx: Tx, accountId: string): Script<void> {
  yield* q(tx.db.delete(tx.s.directoryRoles).where(eq(tx.s.directoryRoles.accountId, accountId)));
}

/** In order of address. */
export function* listDirectoryRoles(tx: Tx): Script<(DirectoryRoleRow & { address: string })[]> {
  const { directoryRoles, accounts } = tx.s;
  const rows = yield* q(
    tx.db.select().from(directoryRoles).innerJoin(accounts, eq(accounts.id, directoryRoles.accountId)).orderBy(asc(accounts.address)),
  );
  return rows.map((row) => ({ ...row.directory_roles, address: row.accounts.address }));
}

/** In order of address. */
export function* listRoles(tx: Tx): Script<(RoleRow & { address: string })[]> {
  const { roles, accounts } = tx.s;
  const rows = yield* q(tx.db.select().from(roles).innerJoin(accounts, eq(accounts.id, roles.accountId)).orderBy(asc(accounts.address)));
  return rows.map((row) => ({ ...row.roles, address: row.accounts.address }));
}

/** Makes or replaces. */
export function* setRole(tx: Tx, row: RoleRow): Script<void> {
  const { accountId: _accountId, ...facts } = row;
  yield* q(tx.db.insert(tx.s.roles).values(row).onConflictDoUpdate({ target: tx.s.roles.accountId, set: facts }));
}

/** @returns the role that the account had; null when it had none */
export function* deleteRole(tx: Tx, accountId: string): Script<RoleRow | null> {
  const { roles } = tx.s;
  const rows = yield* q(tx.db.delete(roles).where(eq(roles.accountId, accountId)).returning());
  return rows[0] ?? null;
}
