// `npm start`: refuses what must not serve real people, migrates, then runs the built portal until it is told to stop.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { demoAddresses } from '../operations/facts.ts';
import { mendsOf } from '../operations/mends.ts';
import { openPortal } from '../portal.ts';
import { readSettings, type Settings, unsafeSettings } from '../settings.ts';

// The database and the key ring are for their owner alone.
process.umask(0o077);

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Sentences that stand against starting; empty when nothing does. */
async function reasonsAgainst(settings: Settings): Promise<readonly string[]> {
  const unsafe = unsafeSettings(settings);
  if (unsafe.length) return unsafe;
  if (!existsSync('.next/BUILD_ID')) return ['The portal is not built: run `npm run build`.'];
  await takePort(settings);
  const portal = await openPortal(settings);
  try {
    if (settings.mode === 'demo') return [];
    const addresses = await demoAddresses(portal);
    return addresses.map((address) => `${address} is an account of the demo, whose password everybody knows: start with another database.`);
  } finally {
    await portal.close();
  }
}

/** Resolves when the port can be listened on; rejects with EADDRINUSE or EACCES. */
const takePort = ({ port, host }: Settings) =>
  new Promise<void>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()));
  });

/** @returns the exit code: 0 when it was told to stop */
function serve({ port, host }: Settings): Promise<number> {
  // A process of its own, without the loader that reads TypeScript. It logs warnings itself, a line each.
  const environment = { ...process.env, PORT: String(port), PORTAL_HOST: host };
  const child = spawn(process.execPath, ['--no-warnings', 'lib/cli/start-server.mjs'], { stdio: 'inherit', env: environment });
  let told = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      told = true;
      // A terminal has sent SIGINT to the child as well; twice does no harm.
      child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    });
  }
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(told ? 0 : (code ?? 1)));
  });
}

async function start(): Promise<number> {
  let settings: Settings | null = null;
  try {
    settings = readSettings();
    const reasons = await reasonsAgainst(settings);
    if (reasons.length === 0) return await serve(settings);
    say(['The portal does not start:', ...reasons.map((reason) => `- ${reason}`)].join('\n'));
  } catch (error) {
    const mends = mendsOf(error, settings) ?? [error instanceof Error ? error.message : String(error)];
    say(['The portal does not start:', ...mends.map((mend) => `- ${mend}`)].join('\n'));
  }
  return 1;
}

process.exitCode = await start();
