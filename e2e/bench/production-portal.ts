// A production portal for measures: built when the sources are newer, on its own data and port, its mail taken by a real SMTP server.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { stringify } from 'yaml';
import { registrations } from '../applications/registrations.ts';
import { cpuTimeOf } from './process-cpu.ts';
import type { SeededAccount, SeedPlan } from './seed-plan.ts';

/** The relying party that measures play; nothing listens at its address: what is sent there ends the measure. */
export interface RelyingParty {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

export interface ProductionPortal {
  readonly origin: string;
  readonly application: RelyingParty;
  readonly accounts: readonly SeededAccount[];
  /** The code of the newest letter that had one. */
  lastCode(): string | null;
  /** User and system time of the portal's processes so far, milliseconds. */
  cpu(): number;
  /** Its environment and folder, for the CLI. */
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
  stop(): Promise<void>;
}

const sources = ['app', 'db', 'lib', 'public', 'proxy.ts', 'instrumentation.ts', 'next.config.js', 'tsconfig.json', 'package-lock.json'];
const patienceMs = 60_000;
const pauseMs = 100;

/** The newest change in these files and folders, epoch milliseconds; tests are no part of a build. */
function newest(paths: readonly string[]): number {
  const times = paths.filter(existsSync).map((path) => {
    const facts = statSync(path);
    if (facts.isDirectory()) return newest(readdirSync(path).map((name) => join(path, name)));
    return /\.(test|testing)\.ts$/.test(path) ? 0 : facts.mtimeMs;
  });
  return Math.max(0, ...times);
}

/** Builds when there is no build, or the sources are newer than it. */
function buildWhenStale(): void {
  if (existsSync('.next/BUILD_ID') && newest(sources) < statSync('.next/BUILD_ID').mtimeMs) return;
  process.stderr.write('Building…\n');
  execFileSync(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
}

const portOf = (server: { address(): unknown }) => (server.address() as { port: number }).port;

/** Takes every message, and keeps of them the code that came last. */
async function startMailSink(): Promise<{ port: number; lastCode(): string | null; close(): void }> {
  let code: string | null = null;
  const sink = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (piece: Buffer) => {
        text += piece.toString();
      });
      stream.once('end', () => {
        // On a line of its own, in the plain part, whose no-break space is quoted (RFC 2045).
        code = /^(\d{3})(?: |=C2=A0|=E2=80=AF)?(\d{3})\r?$/m.exec(text)?.slice(1).join('') ?? code;
        done();
      });
    },
  });
  // A portal that is being stopped drops its connections.
  sink.on('error', () => {});
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  return { port: portOf(sink.server), lastCode: () => code, close: () => sink.close() };
}

/** @param port BENCH_PORT, or one that is not used by the demo. @param counts accounts to make before it starts */
export async function startProductionPortal(counts: SeedPlan['counts'], nodeOptions: readonly string[] = []): Promise<ProductionPortal> {
  buildWhenStale();
  const port = Number(process.env.BENCH_PORT ?? 3050);
  const origin = `http://localhost:${port}`;
  // Another one would be measured in its place.
  if (await fetch(origin).catch(() => null)) throw new Error(`Something answers on port ${port}: stop it, or set BENCH_PORT.`);
  const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'));
  const mail = await startMailSink();
  const registration = registrations[0];
  if (!registration) throw new Error('There is no registration to play.');
  const { id, name, host, secret, scopes } = registration;
  const application: RelyingParty = { id, secret, scopes, redirectUri: `http://localhost:${port + 1}/callback` };
  const registered = { id, name, host, secret, scopes: [...scopes], requiresMfa: true, redirectUris: [application.redirectUri] };
  writeFileSync(join(folder, 'portal.yaml'), stringify({ applications: [registered] }));

  // Of the caller's own settings, none may reach the portal.
  const { DATABASE_URL: _database, PORTAL_KEYS: _keys, NODE_OPTIONS: _options, ...inherited } = process.env;
  const environment = {
    ...inherited,
    NODE_ENV: 'production' as const,
    PORTAL_MODE: 'demo',
    PORTAL_ORIGIN: origin,
    PORT: String(port),
    PORTAL_DATA: folder,
    PORTAL_SETTINGS: join(folder, 'portal.yaml'),
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    UV_THREADPOOL_SIZE: '8',
    NEXT_TELEMETRY_DISABLED: '1',
  };

  const plan: SeedPlan = { counts, application: { id, name, host }, scopes };
  const accountsFile = join(folder, 'accounts.json');
  execFileSync(process.execPath, ['--import', 'tsx', 'e2e/bench/seed-accounts.ts', JSON.stringify(plan), accountsFile], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const accounts = JSON.parse(readFileSync(accountsFile, 'utf8')) as SeededAccount[];
  rmSync(accountsFile);

  const log = join(folder, 'portal.log');
  const output = openSync(log, 'w');
  const command = [...nodeOptions, '--no-warnings', 'lib/cli/start-server.mjs'];
  const portal: ChildProcess = spawn(process.execPath, command, { env: environment, stdio: ['ignore', output, output] });
  closeSync(output);
  const ended = new Promise<void>((resolve) => portal.once('exit', () => resolve()));
  const stop = async () => {
    portal.kill('SIGTERM');
    const patience = setTimeout(() => portal.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(patience);
    mail.close();
    rmSync(folder, { recursive: true });
  };

  const discovery = `${origin}/oidc/.well-known/openid-configuration`;
  for (let waited = 0; ; waited += pauseMs) {
    const answered = await fetch(discovery).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) break;
    if (portal.exitCode !== null || waited > patienceMs) {
      const said = readFileSync(log, 'utf8').slice(-2000);
      await stop();
      throw new Error(`The portal did not start:\n${said}`);
    }
    await sleep(pauseMs);
  }
  return { origin, application, accounts, environment, folder, stop, lastCode: mail.lastCode, cpu: () => cpuTimeOf(portal.pid ?? 0) };
}

/** The next account of a state, each handed out once. Throws when there is none left. */
export function takeAccounts(portal: ProductionPortal): (state: SeededAccount['state']) => SeededAccount {
  const left = [...portal.accounts];
  return (state) => {
    const at = left.findIndex((a) => a.state === state);
    const [account] = at < 0 ? [] : left.splice(at, 1);
    if (!account) throw new Error(`The measure has no ${state} account left.`);
    return account;
  };
}
