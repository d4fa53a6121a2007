// Finds the command in what was typed, reads its options, runs it, and turns what goes wrong into a sentence and an exit code.
import { parseArgs } from 'node:util';
import { DirectoryUnavailable } from '../directory/directory.ts';
import { Busy } from '../hashing.ts';
import { mendsOf } from '../operations/mends.ts';
import { UnusableSettings } from '../settings.ts';
import { accountCommands } from './accounts.ts';
import { applicationCommands } from './applications.ts';
import { auditCommands } from './audit.ts';
import { backupCommands } from './backup.ts';
import { type Command, type ExitCode, Refused, UsageError, type World } from './command.ts';
import { directoryCommands } from './directory.ts';
import { doctor } from './doctor.ts';
import { keyCommands } from './keys.ts';
import { purge } from './purge.ts';
import { roleCommands } from './roles.ts';
import { stepCommands } from './steps.ts';

export const commands: Readonly<Record<string, Command>> = {
  ...accountCommands,
  ...applicationCommands,
  ...auditCommands,
  ...backupCommands,
  ...directoryCommands,
  ...keyCommands,
  ...roleCommands,
  ...stepCommands,
  doctor,
  purge,
};

const prefix = 'npm run portal --';

const overview = () => {
  const names = Object.keys(commands);
  const width = Math.max(...names.map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [`Usage: ${prefix} COMMAND [--help]`, '', ...lines].join('\n');
};

const help = (name: string, { summary, usage, details }: Command) =>
  [`Usage: ${prefix} ${name} ${usage}`.trimEnd(), '', `${summary[0]?.toUpperCase()}${summary.slice(1)}.`, ...(details ? ['', details] : [])].join(
    '\n',
  );

/** @param words what follows `npm run portal --` */
export async function runCommand(words: readonly string[], world: World): Promise<ExitCode> {
  const known = [words.slice(0, 2).join(' '), words[0] ?? ''].find((name) => Object.hasOwn(commands, name));
  const command = known === undefined ? undefined : commands[known];
  if (known === undefined || !command) {
    const asked = words.length === 0 || words.includes('--help') || words[0] === 'help';
    if (asked) world.print(overview());
    else world.tell(`There is no command "${words.slice(0, 2).join(' ')}".\n\n${overview()}`);
    return asked && words.length > 0 ? 0 : 2;
  }
  try {
    const { values, positionals } = read(words.slice(known.split(' ').length), command);
    if (values.help === true) {
      world.print(help(known, command));
      return 0;
    }
    if (positionals.length !== command.words)
      throw new UsageError(positionals.length < command.words ? 'Something is missing.' : 'There are too many words.');
    return await command.run(world, { values, positionals });
  } catch (error) {
    if (error instanceof UsageError) {
      world.tell(`${error.message}\nUsage: ${prefix} ${known} ${command.usage}`.trimEnd());
      return 2;
    }
    world.tell(sentenceOf(error, world));
    return 1;
  }
}

function read(words: readonly string[], { options }: Command) {
  try {
    return parseArgs({ args: [...words], options: { ...options, help: { type: 'boolean', short: 'h' } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function sentenceOf(error: unknown, world: World): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof DirectoryUnavailable) return `${error.message} Nothing was changed.`;
  if (error instanceof Busy) return 'The portal is too busy to hash passwords now: try again in a minute. Nothing was changed.';
  const place = error instanceof UnusableSettings ? null : placeOf(world);
  const mends = mendsOf(error, place);
  if (mends) return mends.join('\n');
  return `This did not work: ${error instanceof Error ? error.message : String(error)}`;
}

function placeOf(world: World) {
  try {
    return world.settings();
  } catch {
    return null;
  }
}
