// Who has a role. Read at each request, so that a role that was taken is gone at the next one (SEC-75).
import { findRole, listRoles } from '#db/roles';
import type { Script, Tx } from '#db/unit';
import type { Portal } from '../portal.ts';
import type { Role } from './rules.ts';

/** Inside a unit. @returns null for who has none */
export function* readRole(tx: Tx, accountId: string): Script<Role | null> {
  return (yield* findRole(tx, accountId))?.role ?? null;
}

export const roleOf = (portal: Pick<Portal, 'store'>, accountId: string): Promise<Role | null> => portal.store.read((tx) => readRole(tx, accountId));

export interface RoleHolder {
  readonly accountId: string;
  readonly address: string;
  readonly role: Role;
  /** Epoch milliseconds. */
  readonly givenAt: number;
  readonly givenBy: string;
}

/** In order of address. */
export const roleHolders = (portal: Pick<Portal, 'store'>): Promise<RoleHolder[]> => portal.store.read((tx) => listRoles(tx));
