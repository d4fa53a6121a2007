// Starts the world that all tests share; each test takes an account of its own in it.
import { writeFileSync } from 'node:fs';
import { startWorld } from './world.ts';

/** Where the workers read what the set-up started. */
export const worldFile = 'var/e2e/world.json';

export default async function globalSetup() {
  const world = await startWorld({ folder: 'var/e2e', firstPort: Number(process.env.E2E_PORT ?? 5500), accounts: 320 });
  writeFileSync(worldFile, JSON.stringify(world));
  return () => world.stop();
}
