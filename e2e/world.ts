// A small real world: one portal (production build, its own database), or two behind nginx, a mail server that takes real SMTP, four applications.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { applicationSettings, originOf, registrations } from './applications/registrations.ts';

export interface Account {
  readonly address: string;
  readonly password: string;
  readonly givenName: string;
  readonly familyName: string;
}

/** What the tests need to know; plain data, handed from the global set-up to the workers. */
export interface World {
  readonly folder: string;
  readonly portal: string;
  readonly issuer: string;
  /** Origins by client id. */
  readonly applications: Readonly<Record<string, string>>;
  /** Origin of the mail server's page and JSON. */
  readonly mail: string;
  readonly smtpPort: number;
  /** How many accounts wait in `accounts.csv` to be taken by `takeAccount`. */
  readonly accounts: number;
  /** For further processes on the same data, e.g. the CLI. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface RunningWorld extends World {
  /** Starts the mail server again, or stops it: `mailServer('stop')`. */
  mailServer(what: 'start' | 'stop'): Promise<void>;
  /** Ends the portal's process, as a signal or a crash would, and starts it again. @returns how long it took to end, in milliseconds */
  restartPortal(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number>;
  /** Where each node listens by itself. */
  readonly nodes: readonly string[];
  endNode(nth: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  startNode(nth: number): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** Data and logs; emptied first. */
  readonly folder: string;
  /** The portal listens there, SMTP on the next, then the mail page; the applications from the fifth on. */
  readonly firstPort: number;
  /** How many accounts to import. */
  readonly accounts: number;
  /** More of the settings file, e.g. `{ questions: false }`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** The configuration of an nginx on `firstPort`, in front of two nodes at these ports. */
  readonly nginx?: (nodes: readonly number[]) => string;
}

/** Debian's. */
export const nginx = '/usr/sbin/nginx';

/** Every test account's: long, and made of none of their names. */
const password = 'quatre tortues dans la brume';
const patienceMs = 60_000;
const pauseMs = 100;
const names = ['Claire', 'Karim', 'Ewa', 'Paul', 'Sofia', 'Marc', 'Inès', 'Loïc'];

/** The nth account that the world was made with. Every fourth is of outside staff. */
function accountNumber(n: number): Account {
  const givenName = names[n % names.length] ?? 'Claire';
  const plain = givenName.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const familyName = `Essai-${n}`;
  return { address: `${plain}.essai-${n}@${n % 4 === 3 ? 'ext.inserm.fr' : 'inserm.fr'}`, password, givenName, familyName };
}

/** Throws, with the last lines of the log, when something does not start. */
export async function startWorld(options: WorldOptions): Promise<RunningWorld> {
  const { folder, firstPort, accounts } = options;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'taken'), { recursive: true });
  if (!existsSync('.next/BUILD_ID')) throw new Error('There is no production build: run `npm run build` first.');

  const portal = `http://localhost:${firstPort}`;
  const smtpPort = firstPort + 1;
  const mail = `http://localhost:${firstPort + 2}`;
  const firstApplication = firstPort + 4;
  writeFileSync(join(folder, 'portal.yaml'), stringify({ applications: applicationSettings(firstApplication), ...options.settings }));
  const environment: Record<string, string> = {
    NODE_ENV: 'production',
    PORTAL_MODE: 'demo',
    PORTAL_ORIGIN: portal,
    PORT: String(firstPort),
    PORTAL_HOST: '127.0.0.1',
    PORTAL_DATA: folder,
    PORTAL_SETTINGS: join(folder, 'portal.yaml'),
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    UV_THREADPOOL_SIZE: '8',
    NEXT_TELEMETRY_DISABLED: '1',
    ...options.environment,
  };
  const world: World = {
    folder,
    portal,
    issuer: `${portal}/oidc`,
    applications: Object.fromEntries(registrations.map((r) => [r.id, originOf(r, firstApplication)])),
    mail,
    smtpPort,
    accounts,
    environment,
  };

  const children = new Map<string, ChildProcess>();
  const start = (name: string, command: readonly string[], more: Readonly<Record<string, string>> = {}, program = process.execPath) => {
    const output = openSync(join(folder, `${name}.log`), 'a');
    const child = spawn(program, command, { env: { ...process.env, ...environment, ...more }, stdio: ['ignore', output, output] });
    closeSync(output);
    children.set(name, child);
  };
  const end = async (name: string, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    const child = children.get(name);
    children.delete(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(late);
  };
  const ready = async (name: string, url: string) => {
    for (let waited = 0; waited < patienceMs; waited += pauseMs) {
      if (children.get(name)?.exitCode !== null) break;
      if (await answers(url)) return;
      await sleep(pauseMs);
    }
    const log = readFileSync(join(folder, `${name}.log`), 'utf8');
    throw new Error(`${name} did not start (${url}):\n${log.split('\n').slice(-30).join('\n')}`);
  };

  const startMail = () => {
    const where = [
      '--smtp',
      smtpPort,
      '--ip',
      '127.0.0.1',
      '--web',
      firstPort + 2,
      '--web-ip',
      '127.0.0.1',
      '--mail-directory',
      join(folder, 'mail'),
    ];
    start('mail', ['node_modules/maildev/dist/bin/maildev.js', ...where.map(String)]);
    return ready('mail', mail);
  };
  const nodePorts = options.nginx ? [firstPort + 3, firstPort + 9] : [firstPort];
  const nameOf = (nth: number) => (nth === 0 ? 'portal' : `portal-${nth + 1}`);
  const originOfNode = (nth: number) => `http://localhost:${nodePorts[nth]}`;
  const startPortal = (nth = 0) => {
    start(nameOf(nth), ['--no-warnings', 'lib/cli/start-server.mjs'], { PORT: String(nodePorts[nth]) });
    return ready(nameOf(nth), `${originOfNode(nth)}/oidc/.well-known/openid-configuration`);
  };
  const startNginx = async (configuration: string) => {
    const file = join(process.cwd(), folder, 'nginx.conf');
    writeFileSync(file, configuration);
    start('nginx', ['-p', dirname(file), '-c', file, '-e', 'stderr'], {}, nginx);
    await ready('nginx', `${world.issuer}/.well-known/openid-configuration`);
  };
  const stop = async () => {
    await Promise.all([...children.keys()].map((name) => end(name)));
  };

  try {
    for (const port of nodePorts) await assertFree(port);
    for (let port = firstPort; port < firstApplication + registrations.length; port++) await assertFree(port);
    if (accounts) await importAccounts(world);
    for (const r of registrations) {
      start(`application-${r.id}`, ['--import', 'tsx', 'e2e/applications/start.ts', r.id, world.issuer, String(firstApplication)]);
    }
    await Promise.all([
      startMail(),
      ...nodePorts.map((_, nth) => startPortal(nth)),
      ...registrations.map((r) => ready(`application-${r.id}`, originOf(r, firstApplication))),
    ]);
    if (options.nginx) await startNginx(options.nginx(nodePorts));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...world,
    nodes: nodePorts.map((_, nth) => originOfNode(nth)),
    endNode: (nth, signal) => end(nameOf(nth), signal),
    startNode: (nth) => startPortal(nth),
    mailServer: (what) => (what === 'start' ? startMail() : end('mail')),
    async restartPortal(signal) {
      const told = performance.now();
      await end('portal', signal);
      const took = performance.now() - told;
      await startPortal();
      return took;
    },
    stop,
  };
}

/** Runs `npm run portal -- …` on a world's data. @returns what it printed */
export async function runCli(world: World, command: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'lib/cli/portal.ts', ...command], {
    env: { ...process.env, ...world.environment },
  });
  return stdout;
}

async function importAccounts(world: World) {
  const file = join(world.folder, 'accounts.csv');
  const rows = Array.from({ length: world.accounts }, (_, n) => accountNumber(n));
  const lines = rows.map((a) => [a.address, a.givenName, a.familyName, a.password].join(','));
  writeFileSync(file, ['address,given_name,family_name,password', ...lines, ''].join('\n'));
  await runCli(world, ['accounts', 'import', file]);
}

/** An account that no other test has had: in no state but new. */
export function takeAccount(world: World): Account {
  for (let n = 0; n < world.accounts; n++) {
    try {
      // The file system decides between workers.
      closeSync(openSync(join(world.folder, 'taken', String(n)), 'wx'));
      return accountNumber(n);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`All ${world.accounts} accounts are taken: raise the number in e2e/global-setup.ts.`);
}

/** Throws when something listens on the port: tests would talk to it instead. */
const assertFree = (port: number) =>
  new Promise<void>((resolve, reject) => {
    const server = createServer();
    server.once('error', () => reject(new Error(`Port ${port} is taken: set E2E_PORT to the first of a hundred free ones.`)));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve()));
  });

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}
