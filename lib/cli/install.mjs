// Installs the libraries where they are missing or out of date: before the demo and before the tests, so that one command is enough on a
// fresh clone. Plain JavaScript, because nothing may be installed yet.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));

const stop = (sentence) => {
  process.stderr.write(`\n${sentence}\n\n`);
  process.exit(1);
};

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 9)) stop(`Node 20.9 ou plus récent est nécessaire ; celui-ci est ${process.version}.`);

/** package.json pins exact versions: whatever differs in node_modules is missing or out of date. */
const { dependencies, devDependencies } = read('package.json');
const installed = Object.entries({ ...dependencies, ...devDependencies }).every(([name, version]) => {
  try {
    return read(`node_modules/${name}/package.json`).version === version;
  } catch {
    return false;
  }
});
if (!installed) {
  process.stdout.write('Installation des bibliothèques (une minute ou deux, la première fois)…\n');
  // npm says where it is itself; on Windows `npm` alone is a script that can't be started without a shell.
  const [command, ...first] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const { status } = spawnSync(command, [...first, 'ci', '--include=dev'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) stop('L’installation n’a pas abouti : la raison est donnée par npm, ci-dessus.');
}
