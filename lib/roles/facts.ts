// Who has a role. Read at each request, so that a role that was taken is gone at the next one (SEC-75). What a directory elsewhere said is remembered.
import { findAccountRow } from '#db/accounts';
import { deleteDirectoryRole, findDirectoryRole, findRole, listDirectoryRoles, listRoles, setDirectoryRole } from '#db/roles';
import type { Script, Tx } from '#db/unit';
import { DirectoryUnavailable } from '../directory/directory.ts';
import { Busy } from '../hashing.ts';
import type { Portal } from '../portal.ts';
import { higherRole, type Role } from './rules.ts';

/**
 * Inside a unit, where no directory can be asked: by what it said last. For what a role takes away from its holder, never for what it allows.
 * @returns null for who has none
 */
export function* readRole(tx: Tx, accountId: string): Script<Role | null> {
  const given = (yield* findRole(tx, accountId))?.role ?? null;
  return higherRole(given, (yield* findDirectoryRole(tx, accountId))?.role ?? null);
}

/** As `readRole`, of whoever acts: a frozen or disabled account has none, nor has what it asked for or gave before. */
export function* readActingRole(tx: Tx, accountId: string): Script<Role | null> {
  const account = yield* findAccountRow(tx, accountId);
  return account?.status === 'active' ? yield* readRole(tx, accountId) : null;
}

/**
 * The role at this moment, of whoever acts and of whoever is acted on: the higher one of what was given here and of what the groups of a
 * directory elsewhere give (decision 0034). Asks that directory, so call it before a unit, and at each request (SEC-75); what it says is
 * remembered for `readRole`. While it does not answer, what was given here counts, and whoever has nothing else is not known to have none:
 * throws DirectoryUnavailable.
 * @returns null for who has none
 */
export async function roleOf(portal: Pick<Portal, 'store' | 'directory' | 'now'>, accountId: string): Promise<Role | null> {
  const { store, directory } = portal;
  const { account, given, before } = await store.read(function* (tx) {
    return {
      account: yield* findAccountRow(tx, accountId),
      given: (yield* findRole(tx, accountId))?.role ?? null,
      before: (yield* findDirectoryRole(tx, accountId))?.role ?? null,
    };
  });
  if (!account || given === 'administrator') return given;
  let said: Role | null;
  try {
    said = directory.roleOf ? await directory.roleOf(account) : null;
  } catch (error) {
    const unavailable = error instanceof DirectoryUnavailable;
    if (!unavailable && !(error instanceof Busy)) throw error;
    if (given !== null) return given;
    throw unavailable ? error : new DirectoryUnavailable(error.message);
  }
  const since = portal.now();
  if (said !== before)
    await store.unit(accountId, (tx) =>
      said === null ? deleteDirectoryRole(tx, accountId) : setDirectoryRole(tx, { accountId, role: said, since }),
    );
  // An account that is no entry's yet is only somebody's by its address, which is enough to take away and not to give.
  return account.directoryId === null ? given : higherRole(given, said);
}

/** Whether that was `roleOf`, which could not ask the directory: nobody is let in, and nobody is told that they have no role. */
export const isRoleUnknown = (error: unknown): boolean => error instanceof DirectoryUnavailable;

/** What is known here of a role, for a link that leads to a door: the door itself asks `roleOf`. */
export const knownRole = ({ store }: Pick<Portal, 'store'>, accountId: string): Promise<Role | null> => store.read((tx) => readRole(tx, accountId));

/**
 * For what is shown of somebody, not for what is done: as `roleOf`, and while the directory does not answer, as it said last. An act on them asks
 * again, and is then refused.
 */
export async function roleToShow(portal: Pick<Portal, 'store' | 'directory' | 'now'>, accountId: string): Promise<Role | null> {
  try {
    return await roleOf(portal, accountId);
  } catch (error) {
    if (!isRoleUnknown(error)) throw error;
    return portal.store.read((tx) => readRole(tx, accountId));
  }
}

export interface RoleHolder {
  readonly accountId: string;
  readonly address: string;
  readonly role: Role;
  /** Epoch milliseconds; of a role by groups, when it was first heard of. */
  readonly givenAt: number;
  /** Who gave it, e.g. `cli:root`; `directory`: the groups there, as they were when last asked about this person. */
  readonly givenBy: string;
}

/** In order of address; somebody may have two. */
export const roleHolders = (portal: Pick<Portal, 'store'>): Promise<RoleHolder[]> =>
  portal.store.read(function* (tx): Script<RoleHolder[]> {
    const byGroups = (yield* listDirectoryRoles(tx)).map(({ since, ...row }) => ({ ...row, givenAt: since, givenBy: 'directory' }));
    const all: RoleHolder[] = [...(yield* listRoles(tx)), ...byGroups];
    return all.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  });
