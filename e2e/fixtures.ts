// What every journey gets: the shared world, a person with an account of their own, and no tolerance for errors in the browser.
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { firstPort, worldFile } from './global-setup.ts';
import { type Hands, keyboard, mouse, Person } from './person.ts';
import { type Account, type RunningWorld, startWorld, takeAccount, type World, type WorldOptions } from './world.ts';

interface Fixtures {
  /** A new account: nothing in place yet. */
  account: Account;
  /** Somebody with that account, at this browser. Uses a mouse; `handsOf` in test.use makes it a keyboard. */
  person: Person;
  handsOf: 'mouse' | 'keyboard';
  /**
   * Errors of the browser (console, scripts, content security policy) fail the test, but for these. A test that goes to a page answering
   * 404 on purpose adds `/status of 404/`.
   */
  tolerated: RegExp[];
  /** What the tests need and this machine has not: why they are skipped. */
  missing: string | null;
  skippedWhereMissing: undefined;
  quietBrowser: undefined;
}

interface WorkerFixtures {
  worldFile: string;
  firstPort: number;
  world: World;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  worldFile: [worldFile, { scope: 'worker', option: true }],
  firstPort: [firstPort, { scope: 'worker', option: true }],
  world: [
    async ({ worldFile }, use) => {
      await use(JSON.parse(readFileSync(worldFile, 'utf8')) as World);
    },
    { scope: 'worker' },
  ],
  missing: [null, { option: true }],
  skippedWhereMissing: [
    async ({ missing }, use, testInfo) => {
      testInfo.skip(missing !== null, missing ?? '');
      await use(undefined);
    },
    { auto: true },
  ],
  account: async ({ world }, use) => {
    await use(takeAccount(world));
  },
  handsOf: ['mouse', { option: true }],
  person: async ({ page, world, account, handsOf, locale }, use) => {
    const hands: Hands = handsOf === 'keyboard' ? keyboard(page) : mouse(page);
    await use(new Person(page, world, account, locale?.startsWith('en') ? 'en' : 'fr', hands));
  },
  tolerated: [[], { option: true }],
  quietBrowser: [
    async ({ context, tolerated }, use) => {
      const heard: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error' || /content.security.policy/i.test(message.text())) heard.push(`${message.page()?.url()}: ${message.text()}`);
      });
      context.on('weberror', (error) => heard.push(`${error.page()?.url()}: ${error.error().message}`));
      await use(undefined);
      expect(heard.filter((line) => !tolerated.some((pattern) => pattern.test(line)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Starts a world, and what else the tests of a file need around it; lets them use it; stops all that. */
export type Stage<Own extends RunningWorld> = (
  place: Pick<WorldOptions, 'folder' | 'firstPort'>,
  use: (world: Own) => Promise<void>,
) => Promise<void>;

const worldAlone: Stage<RunningWorld> = async (place, use) => {
  const world = await startWorld({ ...place, accounts: 8 });
  await use(world);
  await world.stop();
};

/**
 * A test with a world of its own, which it may break or say « nothing changes » of; each worker has one.
 * @param name of its folder. @param offset of its first port; ten are its own, for each of two workers
 */
export const testInOwnWorld = (name: string, offset: number) => testOnStage(name, offset, worldAlone);

/** As `testInOwnWorld`, for another world. @param workers 1: the tests run one after the other, and need ten ports alone */
export const testOnStage = <Own extends RunningWorld>(name: string, offset: number, stage: Stage<Own>, workers: 1 | 2 = 2) =>
  test.extend<Record<never, never>, { world: Own }>({
    world: [
      async ({ firstPort }, use, { parallelIndex }) => {
        const nth = workers === 1 ? 0 : parallelIndex;
        await stage({ folder: `var/e2e-${name}-${nth}`, firstPort: firstPort + offset + 10 * nth }, use);
      },
      { scope: 'worker', timeout: 120_000 },
    ],
  });

/** Tags and experimental rules as in the accessibility checklist; zero violations (A11Y-01). */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice', 'RGAAv4'];
const experimental = ['label-content-name-mismatch', 'css-orientation-lock', 'td-has-header'];

export async function expectAccessible(page: Page) {
  const rules = Object.fromEntries(experimental.map((rule) => [rule, { enabled: true }]));
  const { violations } = await new AxeBuilder({ page }).options({ runOnly: { type: 'tag', values: tags }, rules }).analyze();
  const found = violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.map((n) => n.html).join('\n    ')}`);
  expect(found, `${page.url()} « ${await page.title()} »`).toEqual([]);
}

/** Nothing is cut off or needs scrolling sideways (A11Y-25). */
export async function expectNoSidewaysScroll(page: Page) {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(content, `${page.url()} is ${content} px wide`).toBeLessThanOrEqual(window);
}
