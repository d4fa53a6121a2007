// Everything a newcomer needs, on one machine, with nothing to configure: builds when the sources are newer, seeds eight accounts, starts the
// portal, four applications and a mail server, and says where to go. Started by demo.mjs.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { applicationSettings, originOf, registrations } from '../../e2e/applications/registrations.ts';
import { minutes, seconds } from '../duration.ts';
import { openPortal } from '../portal.ts';
import { readSettings } from '../settings.ts';
import ports from './demo-ports.json' with { type: 'json' };
import { type DemoAccount, demoAnswers, seedDemo } from './seed-demo.ts';

const folder = 'var/demo';
const summaryFile = 'var/demo.json';
const origin = `http://localhost:${ports.portal}`;
const mail = `http://localhost:${ports.mail}`;
// Of the caller's own settings, none may reach the demo.
const { DATABASE_URL: _database, PORTAL_KEYS: _keys, ...inherited } = process.env;
const environment = {
  ...inherited,
  NODE_ENV: 'production' as const,
  PORTAL_MODE: 'demo',
  PORTAL_ORIGIN: origin,
  PORT: String(ports.portal),
  PORTAL_HOST: '127.0.0.1',
  PORTAL_DATA: folder,
  PORTAL_SETTINGS: `${folder}/portal.yaml`,
  SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
  // Hashing has its own threads' worth; the pool is sized at first use, so only the start can say it.
  UV_THREADPOOL_SIZE: '8',
  NEXT_TELEMETRY_DISABLED: '1',
};

const say = (line: string) => process.stdout.write(`${line}\n`);
const children: { readonly name: string; readonly process: ChildProcess; readonly log: string }[] = [];
let stopping = false;

async function stop(code: number): Promise<never> {
  if (!stopping) {
    stopping = true;
    rmSync(summaryFile, { force: true });
    const alive = children.filter((c) => c.process.exitCode === null && c.process.signalCode === null);
    const gone = alive.map((c) => new Promise((resolve) => c.process.once('exit', resolve)));
    for (const c of alive) c.process.kill('SIGTERM');
    await Promise.race([Promise.all(gone), sleep(seconds(8))]);
    for (const c of alive) c.process.kill('SIGKILL');
  }
  process.exit(code);
}

const tailOf = (log: string) => readFileSync(log, 'utf8').split('\n').slice(-25).join('\n');

/** Starts one process of the demo; its end is the demo's end. */
function start(name: string, command: readonly string[]) {
  const log = join(folder, `${name}.log`);
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, command, { env: environment, stdio: ['ignore', output, output] });
  closeSync(output);
  children.push({ name, process: child, log });
  child.on('exit', (code, signal) => {
    if (stopping) return;
    say(`\n${name} s’est arrêté (${signal ?? code}). Ses dernières lignes :\n${tailOf(log)}`);
    void stop(1);
  });
}

/** The newest change in these files and folders, epoch milliseconds. */
function newest(paths: readonly string[]): number {
  const times = paths.filter(existsSync).map((path) => {
    const facts = statSync(path);
    if (!facts.isDirectory()) return /\.(test|testing)\.ts$/.test(path) ? 0 : facts.mtimeMs;
    return newest(readdirSync(path).map((name) => join(path, name)));
  });
  return Math.max(0, ...times);
}

async function build() {
  const sources = [
    'app',
    'db',
    'lib',
    'public',
    'proxy.ts',
    'instrumentation.ts',
    'next.config.js',
    'tsconfig.json',
    'package.json',
    'package-lock.json',
  ];
  if (existsSync('.next/BUILD_ID') && newest(sources) < statSync('.next/BUILD_ID').mtimeMs) return;
  say('Construction du portail (une minute environ)…');
  const log = join(folder, 'build.log');
  const output = openSync(log, 'w');
  const next = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { env: environment, stdio: ['ignore', output, output] });
  closeSync(output);
  children.push({ name: 'construction', process: next, log });
  const code = await new Promise((resolve) => next.once('exit', resolve));
  if (stopping || code === 0) return;
  say(`La construction n’a pas abouti :\n${tailOf(log)}`);
  await stop(1);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(seconds(5)) })).ok;
  } catch {
    return false;
  }
}
const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(!!socket.end()));
    socket.once('error', () => resolve(false));
  });

async function until(what: string, ready: () => Promise<boolean>) {
  const patience = minutes(2);
  const pause = seconds(0.25);
  for (let waited = 0; waited < patience; waited += pause) {
    if (stopping || (await ready())) return;
    await sleep(pause);
  }
  say(`${what} ne répond pas. Le détail est dans ${folder}/*.log.`);
  await stop(1);
}

const stateNames: Readonly<Record<DemoAccount['state'], string>> = {
  new: 'nouveau : rien n’est encore en place',
  'half-enrolled': 'inscription commencée : il reste des étapes',
  enrolled: 'protégé : mot de passe, puis code',
  disabled: 'désactivé : la connexion est refusée',
};

const roleNames: Readonly<Record<NonNullable<DemoAccount['role']>, string>> = {
  agent: 'agent d’assistance',
  'lead-agent': 'responsable de l’assistance',
  administrator: 'administrateur',
};

function tell(accounts: readonly DemoAccount[]) {
  const width = Math.max(...accounts.map((a) => a.address.length));
  const passwordWidth = Math.max(...accounts.map((a) => a.password.length));
  say('');
  say('La démo est prête.');
  say('');
  for (const r of registrations)
    say(
      `  ${r.name.padEnd(14)} ${originOf(r, ports.applications)}${r.requiresMfa ? '' : '   (un mot de passe et un code reçu par e-mail suffisent)'}`,
    );
  say(`  ${'Mon compte'.padEnd(14)} ${origin}`);
  say(`  ${'Messages'.padEnd(14)} ${mail}   (les codes envoyés par e-mail se lisent ici)`);
  say('');
  say('Connectez-vous depuis une application avec l’un de ces comptes :');
  say('');
  for (const a of accounts)
    say(`  ${a.address.padEnd(width)}  ${a.password.padEnd(passwordWidth)}  ${a.role ? `${roleNames[a.role]} ; ` : ''}${stateNames[a.state]}`);
  for (const a of accounts) {
    if (!a.key) continue;
    say('');
    say(`Pour ${a.address}, ajoutez cette clé à votre application d’authentification :`);
    say(`  ${a.key.match(/.{1,4}/g)?.join(' ')}`);
    if (!a.recoveryCodes) continue;
    say(`ou utilisez un code de secours : ${a.recoveryCodes.slice(0, 3).join('   ')}`);
    // Whoever has a role is not known by answers.
    if (a.role) continue;
    const { a1, a2, a3, a4 } = demoAnswers;
    say(`Ses réponses secrètes, pour un mot de passe oublié : ${[a1, a2, a3, a4].join(' · ')}`);
  }
  say('');
  say(`L’assistance travaille dans ${origin}/helpdesk, avec le mot de passe et un code d’application : un code de secours n’y suffit pas.`);
  say('');
  say(`Pour jouer le téléphone sur cette machine : choisissez « Une notification sur mon téléphone », puis ouvrez`);
  say(`${origin}/authenticator dans un autre navigateur ou une autre fenêtre, et saisissez le code affiché.`);
  say(
    'Les notifications passent par le service du fabricant du navigateur. S’il est hors de portée, gardez cette page ouverte : les demandes s’y affichent.',
  );
  say('');
  say('Ctrl-C arrête tout. Les données restent pour la prochaine fois ; `npm run demo -- --fresh` repart de zéro.');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
const starter = process.ppid;
setInterval(() => {
  if (process.ppid !== starter) void stop(0);
}, seconds(0.5)).unref();

rmSync(summaryFile, { force: true });
if (process.argv.includes('--fresh')) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(
  `${folder}/portal.yaml`,
  `# Written by the demo at each start.\n${stringify({ applications: applicationSettings(ports.applications) })}`,
);

await build();
const portal = await openPortal(readSettings(environment));
const accounts = await seedDemo(portal, join(folder, 'accounts.json'));
await portal.close();

const maildev = ['--smtp', ports.smtp, '--ip', '127.0.0.1', '--web', ports.mail, '--web-ip', '127.0.0.1', '--mail-directory', `${folder}/mail`].map(
  String,
);
start('messagerie', ['node_modules/maildev/dist/bin/maildev.js', ...maildev]);
start('portail', ['--no-warnings', 'lib/cli/start-server.mjs']);
for (const r of registrations) {
  start(`application-${r.id}`, ['--import', 'tsx', 'e2e/applications/start.ts', r.id, `${origin}/oidc`, String(ports.applications)]);
}

await until('Le portail', () => answers(`${origin}/oidc/.well-known/openid-configuration`));
await until('Le serveur de messagerie', async () => (await listens(ports.smtp)) && (await answers(mail)));
for (const r of registrations) await until(`L’application ${r.name}`, () => answers(originOf(r, ports.applications)));

if (!stopping) {
  const summary = {
    portal: origin,
    applications: Object.fromEntries(registrations.map((r) => [r.name, originOf(r, ports.applications)])),
    mail,
    accounts,
  };
  writeFileSync(`${summaryFile}.new`, JSON.stringify(summary, null, 2));
  renameSync(`${summaryFile}.new`, summaryFile);
  tell(accounts);
}
