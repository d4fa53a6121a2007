// What keeps the portal from starting or a command from working, in one sentence for an administrator, with the mend.
import { sqlState } from '#db/store';
import { type Settings, UnusableSettings } from '../settings.ts';

type Place = Pick<Settings, 'database' | 'dataFolder' | 'port'>;

/** A PostgreSQL address without its password. */
export function withoutPassword(database: string): string {
  if (!URL.canParse(database) || !database.includes('://')) return database;
  const url = new URL(database);
  if (url.password) url.password = '…';
  return decodeURI(url.href);
}

/** @param place null when the settings themselves can't be read. @returns sentences; null for a defect, which nobody but us can mend */
export function mendsOf(error: unknown, place: Place | null): readonly string[] | null {
  if (error instanceof UnusableSettings) return error.lines;
  const code = sqlState(error);
  const database = place ? withoutPassword(place.database) : 'the database';
  const folder = place?.dataFolder ?? 'its folder';
  switch (code) {
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
    case 'SQLITE_READONLY_DBMOVED':
      return [`${database} can't be written: give the portal's user write permission on this file and on its folder.`];
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return [`${pathOf(error) ?? folder} can't be written: give the portal's user write permission, or set PORTAL_DATA to a folder of its own.`];
    case 'ENOTDIR':
    case 'EEXIST':
      return [`${pathOf(error) ?? folder} is not a folder: set PORTAL_DATA to one.`];
    case 'SQLITE_FULL':
    case 'ENOSPC':
    case '53100':
      return [`The disk that holds ${database} is full: free some space; nothing half-done was kept.`];
    case 'SQLITE_BUSY':
      return [`${database} is locked by another program: end it (a backup tool, an open sqlite3 shell), then try again.`];
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return [`${database} is not a whole SQLite database: restore it from the last backup, or name another file in DATABASE_URL.`];
    case 'EADDRINUSE':
      return [`Port ${place?.port} is taken by another program: end it, or set PORT to a free one.`];
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
    case 'CONNECT_TIMEOUT':
      return [`${database} doesn't answer: start the PostgreSQL server, or correct DATABASE_URL.`];
    case '28P01':
    case '28000':
      return [`${database} refuses this user or password: correct DATABASE_URL.`];
    case '3D000':
      return [`${database} doesn't exist on its server: create it with \`createdb\`, or correct DATABASE_URL.`];
    case '42501':
      return [`${database} refuses this user a right: make the portal's user the owner of the database.`];
    default:
      return null;
  }
}

function pathOf(error: unknown): string | undefined {
  const path = (error as { path?: unknown }).path;
  return typeof path === 'string' ? path : undefined;
}
