// Who has a role. Read at each request, so that a role that was taken is gone at the next one (SEC-75). What a directory elsewhere said is remembered.
import { type AccountRow, findAccountRow } from '#db/accounts';
import { insertEvent, listEvents } from '#db/events';
import { deleteDirectoryRole, findDirectoryRole, findRole, listDirectoryRoles, listRoles, setDirectoryRole } from '#db/roles';
import type { Script, Tx } from '#db/unit';
import { DirectoryUnavailable } from '../directory/directory.ts';
import { Busy } from '../hashing.ts';
import { newId } from '../ids.ts';
import type { Portal } from '../portal.ts';
import { higherRole, type Role, type RoleByGroup } from './rules.ts';

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
  let said: RoleByGroup | null;
  try {
    said = directory.roleOf ? await directory.roleOf(account) : null;
  } catch (error) {
    const unavailable = error instanceof DirectoryUnavailable;
    if (!unavailable && !(error instanceof Busy)) throw error;
    if (given !== null) return given;
    throw unavailable ? error : new DirectoryUnavailable(error.message);
  }
  const now = portal.now();
  if ((said?.role ?? null) !== before) await store.unit(accountId, (tx) => rememberSaid(tx, now, account, said));
  // An account that is no entry's yet is only somebody's by its address, which is enough to take away and not to give.
  return account.directoryId === null ? given : higherRole(given, said?.role ?? null);
}

/** Who changed a role, where nobody did it here. */
const byDirectory = 'directory';

/** Once for each change, however many requests hear of it at the same time. The directory's own log says who put whom into the group. */
function* rememberSaid(tx: Tx, now: number, account: AccountRow, said: RoleByGroup | null): Script<void> {
  const { id: accountId, directoryId } = account;
  const before = (yield* findDirectoryRole(tx, accountId))?.role ?? null;
  if ((said?.role ?? null) === before) return;
  const event = { id: newId(), at: now, accountId, actor: byDirectory, flow: null, network: null, browser: null };
  // An address alone gives no role, and takes away what it would take.
  const counts = directoryId !== null;
  if (said === null) {
    const [given] = (yield* listEvents(tx, accountId, 20, undefined, ['role-given'])).filter(({ actor }) => actor === byDirectory);
    yield* deleteDirectoryRole(tx, accountId);
    yield* insertEvent(tx, { ...event, type: 'role-taken', data: { role: before, group: given?.data.group ?? null, counts } });
  } else {
    yield* setDirectoryRole(tx, { accountId, role: said.role, since: now });
    yield* insertEvent(tx, { ...event, type: 'role-given', data: { role: said.role, before, group: said.group, counts } });
  }
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
    const byGroups = (yield* listDirectoryRoles(tx)).map(({ since, ...row }) => ({ ...row, givenAt: since, givenBy: byDirectory }));
    const all: RoleHolder[] = [...(yield* listRoles(tx)), ...byGroups];
    return all.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  });
