// The journeys: a real browser against the production build, real applications and a real mail server (e2e/world.ts).
import { existsSync } from 'node:fs';
import { chromium, defineConfig } from '@playwright/test';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!installed && !existsSync(chromium.executablePath())) {
  process.stderr.write(
    'The journeys need Chromium: install your system’s package (apt-get install chromium) or run `npx playwright install chromium`.\n',
  );
  process.exit(1);
}

/** A folder for machine-readable results; .ci/run reads them. */
const results = process.env.TEST_RESULTS;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './e2e/global-setup.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: results ? [['list'], ['json', { outputFile: `${results}/journeys.json` }]] : [['list']],
  use: {
    browserName: 'chromium',
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1280, height: 900 },
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: installed ? { executablePath: installed } : {},
  },
});
