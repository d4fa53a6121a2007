// `npm run portal -- COMMAND`: the portal for whoever runs it.
import { userInfo } from 'node:os';
import { openPortal, type Portal } from '../portal.ts';
import { readSettings, type Settings } from '../settings.ts';
import { mint, type Operator } from '../visitor.ts';
import { runCommand } from './run-command.ts';

// Databases and key rings made here are for their owner alone.
process.umask(0o077);

/** Without what commands a terminal: nobody's data does (SEC-112). */
const shown = (line: string) => line.replace(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

let settings: Settings | undefined;
let opened: Promise<Portal> | undefined;
const settingsOf = () => {
  settings ??= readSettings();
  return settings;
};
// A reader that closes early (`| head`) wants no more, and is no failure.
process.stdout.on('error', () => process.exit(0));

const code = await runCommand(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${shown(line)}\n`),
  tell: (line) => process.stderr.write(`${shown(line)}\n`),
  input: process.stdin,
  settings: settingsOf,
  portal() {
    opened ??= (async () => openPortal(settingsOf()))();
    return opened;
  },
  operator: mint<Operator>({ name: `cli:${userInfo().username}` }),
});
await opened?.then(
  (portal) => portal.close(),
  () => {},
);
process.exitCode = code;
