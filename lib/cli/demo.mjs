// Starts the demo on a fresh clone: plain JavaScript, because nothing may be installed yet. Checks the ports, has what is missing installed,
// then hands over to demo.ts.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));

const stop = (sentence) => {
  process.stderr.write(`\n${sentence}\n\n`);
  process.exit(1);
};

const unknown = process.argv.slice(2).find((option) => option !== '--fresh');
if (unknown) stop(`Option inconnue : ${unknown}. La seule est --fresh, qui repart de zéro.`);

const ports = read('lib/cli/demo-ports.json');
const wanted = [
  [ports.portal, 'le portail'],
  [ports.smtp, 'le serveur de messagerie'],
  [ports.mail, 'la page des messages'],
  ...['InsermBiblio', 'Share', 'Cloud', 'Sifac+'].map((name, i) => [ports.applications + i, `l’application ${name}`]),
];

/** Whether something listens on the port already, on either loopback address. */
const taken = async (port) => {
  for (const host of ['127.0.0.1', '::1']) {
    const code = await new Promise((resolve) => {
      const server = createServer();
      server.once('error', (error) => resolve(error.code));
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve('free')));
    });
    if (code === 'EADDRINUSE' || code === 'EACCES') return true;
  }
  return false;
};
for (const [port, whose] of wanted) {
  if (await taken(port)) stop(`Le port ${port}, que la démo réserve à ${whose}, est déjà pris : arrêtez le programme qui l’occupe, puis relancez.`);
}

// Not before the ports are known to be free.
await import('./install.mjs');

const demo = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/demo.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
// Ctrl-C reaches demo.ts by itself; it needs the time to stop what it started.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => demo.kill('SIGTERM'));
demo.on('exit', (code) => process.exit(code ?? 1));

// npm starts scripts through a shell, which doesn't pass a termination on: when it is gone, so is the demo.
const shell = process.ppid;
setInterval(() => {
  if (process.ppid !== shell) demo.kill('SIGTERM');
}, 500).unref();
