// Commands that copy everything out, put a copy in place, and move house.
import { backUp } from '../operations/back-up.ts';
import { type BackupProblem, UnusableBackup } from '../operations/backup-file.ts';
import { exportPortal, TargetUnfit } from '../operations/export-portal.ts';
import { withoutPassword } from '../operations/mends.ts';
import { DatabaseNotReplaceable, type RestoreProblem, restoreBackup, UnfitBackup } from '../operations/restore-backup.ts';
import { openSecrets, systemNow } from '../portal.ts';
import { type Command, isSet, Refused, UsageError } from './command.ts';

const json = { json: { type: 'boolean' } } as const;

const make: Command = {
  summary: 'make an encrypted copy of everything in the database, while the portal runs',
  usage: 'FILE [--json]',
  details: `The copy is of one moment, for its owner alone, and never in the place of another file. It is encrypted under the key ring, which is not in it:
keep the ring (PORTAL_KEYS, or keys.json of the data folder) somewhere else, and safe; without it the copy can't be read. The same file is
restored into SQLite or PostgreSQL.`,
  options: json,
  words: 1,
  async run(world, given) {
    const [file = ''] = given.positionals;
    const portal = await world.portal();
    const { rows, size } = await backUp(portal, file, world.operator.name).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw new Refused(`${file} is there already: a backup never replaces another.`);
      throw fileProblem(file, error);
    });
    if (isSet(given, 'json')) world.print(JSON.stringify({ file, rows, size }));
    else world.print(`${file}: ${rows} rows, ${(size / 1024 ** 2).toFixed(1)} MiB. Keep the key ring elsewhere.`);
    return 0;
  },
};

const unusable: Readonly<Record<BackupProblem | RestoreProblem, string>> = {
  foreign: 'is no backup of this portal',
  'other-version': 'is a backup in a format that this version does not know: restore it with the version that made it',
  'other-keys': 'was made under another key ring: put that ring in PORTAL_KEYS, or in keys.json of the data folder',
  altered: 'was altered, or is damaged: take another copy',
  'cut-off': 'is not whole, its end is missing: take another copy',
  newer: 'is of a newer version of the portal: install that one first',
  unsealable: 'has secrets sealed with a key that is not on the ring: put that key back on it',
  'held-by-two':
    'has somebody whom the database in place does not know, under an address or an entry of the directory that is somebody else’s there: change that there, or restore with --without-replaced',
};

const restore: Command = {
  summary: 'put a backup in the place of the database, which is kept aside',
  usage: 'FILE [--without-replaced] [--json]',
  details: `Stop the portal on every node first; a database that a program has open is refused. Either everything is restored or nothing is changed.
Sessions, codes, passes, resets and everything under way end. What has happened to people since the copy was made is taken from the database that is
replaced: passwords, factors removed, recovery codes used, consents withdrawn, roles; and the audit log, where it goes on from the copy's. Where there is no
such database, or with --without-replaced because it is damaged or wrong, nobody can know: then recovery codes, roles and consents of the
copy are void, and each factor proves only beside a code sent to the mailbox until it has done so once. Give roles again by \`roles give\`.`,
  options: { ...json, 'without-replaced': { type: 'boolean' } },
  words: 1,
  async run(world, given) {
    const [file = ''] = given.positionals;
    const settings = world.settings();
    if (settings.database === ':memory:') throw new Refused('DATABASE_URL names no database that is kept.');
    const secrets = openSecrets(settings);
    if (!secrets)
      throw new Refused(`There is no key ring in ${settings.dataFolder}, and none in PORTAL_KEYS: put back the one that the copy was made under.`);
    const by = world.operator.name;
    const blindly = isSet(given, 'without-replaced');
    const restored = await restoreBackup({ settings, secrets, now: systemNow(), by }, file, blindly).catch((error: unknown) => {
      if (error instanceof UnusableBackup || error instanceof UnfitBackup)
        throw new Refused(`${file} ${unusable[error.problem]}. Nothing was changed.`);
      if (error instanceof DatabaseNotReplaceable) {
        const database = withoutPassword(settings.database);
        if (error.problem === 'open') throw new Refused(`${database} is open: stop the portal on every node first. Nothing was changed.`);
        throw new Refused(
          `${database} can't be read as this version's, to see what has happened since the copy. Start this version once, or say --without-replaced: then everybody proves their mailbox once. Nothing was changed.`,
        );
      }
      throw fileProblem(file, error as NodeJS.ErrnoException);
    });
    if (isSet(given, 'json')) world.print(JSON.stringify(restored));
    else {
      const { madeAt, rows, takenOver, distrusted, log, aside } = restored;
      world.print(`Restored from ${madeAt}: ${rows} rows.`);
      if (takenOver)
        world.print(`${takenOver.accounts} accounts go on with what they have now; ${takenOver.missing} newer ones are not in the copy.`);
      if (distrusted) world.print(`${distrusted} accounts: mailbox asked once beside each factor; recovery codes, roles and consents void.`);
      world.print(log === 'in-place' ? 'The audit log is the one that was in place.' : 'The audit log is the copy’s.');
      if (aside) world.print(`What was in place is kept as ${aside}.`);
    }
    return 0;
  },
};

function fileProblem(file: string, error: NodeJS.ErrnoException): unknown {
  if (error.code === 'ENOENT' && error.path === file) return new Refused(`${file} doesn't exist. Nothing was changed.`);
  if (error.code === 'EISDIR') return new Refused(`${file} is a folder. Nothing was changed.`);
  return error;
}

const move: Command = {
  summary: 'copy everything into an empty PostgreSQL database, to go on there',
  usage: 'postgres://… [--rehearsal] [--json]',
  details: `Makes the tables there, copies every row in one transaction, and compares the counts; a database with rows in it is refused. Stop the portal first:
what is written after the copy would be lost. --rehearsal copies while it runs, to see how long it takes. Then set DATABASE_URL to the new address and start the
portal; the key ring stays the same. A password in the address can be seen by other users of this machine: leave it out and set PGPASSWORD.`,
  options: { ...json, rehearsal: { type: 'boolean' } },
  words: 1,
  async run(world, given) {
    const [target = ''] = given.positionals;
    if (!/^postgres(ql)?:\/\//.test(target) || !URL.canParse(target))
      throw new UsageError('The target is an address, postgres://user@host/database.');
    const portal = await world.portal();
    const exported = await exportPortal(portal, target, { by: world.operator.name, rehearsal: isSet(given, 'rehearsal') }).catch((error: unknown) => {
      if (!(error instanceof TargetUnfit)) throw error;
      throw new Refused(
        {
          same: 'The target is the database that the portal uses.',
          'not-empty': `${withoutPassword(target)} has rows in it: make an empty database (createdb) for the portal alone.`,
          running: 'The portal is running: stop it, or what is written meanwhile is lost. --rehearsal copies all the same.',
          different: 'The counts differ: nothing was kept there.',
        }[error.problem],
      );
    });
    if (isSet(given, 'json')) world.print(JSON.stringify(exported));
    else world.print(`${exported.rows} rows of ${exported.tables} tables are in ${withoutPassword(target)}; the counts are the same.`);
    return 0;
  },
};

export const backupCommands: Readonly<Record<string, Command>> = { backup: make, restore, export: move };
