// How the tests that need no browser run: rules, storage, acts, provider.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** A folder for machine-readable results; .ci/run reads them. */
const results = process.env.TEST_RESULTS;

export default defineConfig({
  resolve: {
    // Outside Next, the package that keeps server code out of browsers has nothing to guard.
    alias: { 'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url)) },
  },
  test: {
    environment: 'node',
    include: ['lib/**/*.test.ts', 'db/**/*.test.ts', 'app/**/*.test.ts'],
    // The storage suites also run on PostgreSQL when TEST_DATABASE_URL names a server on which databases may be made.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    env: { TZ: 'Europe/Paris' },
    reporters: results ? ['default', ['json', { outputFile: `${results}/unit.json` }]] : ['default'],
  },
});
