// Starts the world that all tests share; each test takes an account of its own in it.
import { writeFileSync } from 'node:fs';
import { startWorld } from './world.ts';

/** Where the workers read what the set-up started. */
export const worldFile = 'var/e2e/world.json';

/** Of a hundred ports that are free: the first ten are of the world that all share, the others of worlds of a file's own. */
export const firstPort = Number(process.env.E2E_PORT ?? 5500);

export default async function globalSetup() {
  const world = await startWorld({ folder: 'var/e2e', firstPort, accounts: 320 });
  writeFileSync(worldFile, JSON.stringify(world));
  return () => world.stop();
}
