// Who has a role. Read at each request, so that a role that was taken is gone at the next one (SEC-75).
import { findAccountRow } from '#db/accounts';
import { findRole, listRoles } from '#db/roles';
import type { Script, Tx } from '#db/unit';
import { DirectoryUnavailable } from '../directory/directory.ts';
import { Busy } from '../hashing.ts';
import type { Portal } from '../portal.ts';
import { higherRole, type Role } from './rules.ts';

/**
 * Inside a unit, where no directory can be asked: for what a role takes away from its holder, never for what it allows.
 * @returns null for who has none
 */
export function* readRole(tx: Tx, accountId: string): Script<Role | null> {
  return (yield* findRole(tx, accountId))?.role ?? null;
}

/**
 * The role at this moment, of whoever acts and of whoever is acted on: the higher one of what was given here and of what the groups of a
 * directory elsewhere give (decision 0034). Asks that directory, so call it before a unit, and at each request (SEC-75). While it does not
 * answer, what was given here counts, and whoever has nothing else is not known to have none: throws DirectoryUnavailable.
 * @returns null for who has none
 */
export async function roleOf({ store, directory }: Pick<Portal, 'store' | 'directory'>, accountId: string): Promise<Role | null> {
  const { account, given } = await store.read(function* (tx) {
    return { account: yield* findAccountRow(tx, accountId), given: (yield* findRole(tx, accountId))?.role ?? null };
  });
  if (!account || directory.roleOf === null || given === 'administrator') return given;
  try {
    return higherRole(given, await directory.roleOf(account));
  } catch (error) {
    const unavailable = error instanceof DirectoryUnavailable;
    if (!unavailable && !(error instanceof Busy)) throw error;
    if (given !== null) return given;
    throw unavailable ? error : new DirectoryUnavailable(error.message);
  }
}

/** Whether that was `roleOf`, which could not ask the directory: nobody is let in, and nobody is told that they have no role. */
export const isRoleUnknown = (error: unknown): boolean => error instanceof DirectoryUnavailable;

/** What is known here of a role, for a link that leads to a door: the door itself asks `roleOf`. */
export const knownRole = ({ store }: Pick<Portal, 'store'>, accountId: string): Promise<Role | null> => store.read((tx) => readRole(tx, accountId));

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
