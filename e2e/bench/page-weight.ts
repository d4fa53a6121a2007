// How many bytes a page takes on the wire at a first visit, in a real Chromium with nothing kept: the page, and all that it loads until
// it is at rest, headers included, compressed as the portal sends them.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { codeOf, keyOf } from '../code-app.ts';
import { type Figure, type Measure, round } from './measure.ts';
import { startProductionPortal, takeAccounts } from './production-portal.ts';
import { departure } from './relying-party.ts';

/** Of pages on which people prove who they are; of all others. */
const aimsKiB = { sign: 150, other: 180 } as const;
/** After its last request a page is at rest. */
const restMs = 700;
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

interface Part {
  readonly url: string;
  bytes: number;
  status: number;
}

/** Opens the page that is shown in a browser of its own, which knows nothing but its cookies. @returns what came, heaviest first */
async function partsOf(shown: Page): Promise<Part[]> {
  const context = await (shown.context().browser() as Browser).newContext({ locale: 'fr-FR', storageState: await shown.context().storageState() });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  const parts = new Map<string, Part>();
  let newest = performance.now();
  wire.on('Network.requestWillBeSent', ({ requestId, request }) => {
    newest = performance.now();
    if (request.url.startsWith('http')) parts.set(requestId, { url: request.url, bytes: 0, status: 0 });
  });
  // All that comes of a stream of events while the page is at rest.
  wire.on('Network.responseReceived', ({ requestId, response }) => {
    const part = parts.get(requestId);
    if (part) Object.assign(part, { status: response.status, bytes: response.encodedDataLength });
  });
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    newest = performance.now();
    const part = parts.get(requestId);
    if (part) part.bytes = encodedDataLength;
  });
  await wire.send('Network.enable');
  await page.goto(shown.url());
  while (performance.now() - newest < restMs) await sleep(50);
  await context.close();
  return [...parts.values()].sort((one, other) => other.bytes - one.bytes);
}

export const pageWeightMeasure: Measure = {
  name: 'page-weight',
  about: 'bytes on the wire of a first visit to each page, in Chromium',
  async run({ note }) {
    const portal = await startProductionPortal({ enrolled: 2, phone: 1, 'not-enrolled': 1 });
    const browser = await chromium.launch(installed ? { executablePath: installed } : {});
    const figures: Figure[] = [];
    const visit = async () => {
      const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
      const add = async (what: string, aim: keyof typeof aimsKiB) => {
        const parts = await partsOf(page);
        const kib = parts.reduce((sum, part) => sum + part.bytes, 0) / 1024;
        figures.push({ what, value: round(kib), unit: 'KiB', aim: `under ${aimsKiB[aim]}`, met: kib < aimsKiB[aim] });
        const lines = parts.map((part) => `${String(part.bytes).padStart(8)} ${part.status} ${part.url.replace(portal.origin, '')}`);
        note(`${what} (${page.url().replace(portal.origin, '')})\n${lines.join('\n')}`);
      };
      const press = (name: string | RegExp) =>
        page.getByRole('main').getByRole('button', { name }).or(page.getByRole('main').getByRole('link', { name })).first().click();
      const reach = (path: RegExp) => page.waitForURL(path);
      const signIn = async ({ address, password }: { readonly address: string; readonly password: string }) => {
        await page.getByLabel('Adresse e-mail').fill(address);
        await page.getByLabel('Mot de passe', { exact: true }).fill(password);
        await press('Se connecter');
      };
      return { page, add, press, reach, signIn };
    };
    const take = takeAccounts(portal);
    try {
      await fromApplication();
      await firstDay();
      await telephone();
      await account();
      await helpdesk();
      await withoutAccount();
      return figures;
    } finally {
      await browser.close();
      await portal.stop();
    }

    async function fromApplication() {
      const { page, add, reach, signIn, press } = await visit();
      await page.goto(departure(portal).to.href);
      await add('password', 'sign');
      await signIn(take('enrolled'));
      await reach(/second-factor\/code-app$/);
      await add('code of the app', 'sign');
      await page.goto(page.url().replace(/\/code-app$/, ''));
      await add('other ways', 'sign');
      await press(/code de secours/i);
      await reach(/recovery-code$/);
      await add('recovery code', 'sign');
    }

    async function firstDay() {
      const { page, add, press, reach, signIn } = await visit();
      await page.goto(departure(portal).to.href);
      await signIn(take('not-enrolled'));
      await reach(/email-code$/);
      await add('e-mail code', 'sign');
      await page.getByLabel('Code à 6 chiffres').fill(portal.lastCode() ?? '');
      await press('Continuer');
      await reach(/welcome$/);
      await add('wizard: welcome', 'other');
      await press('Commencer');
      await reach(/install-app$/);
      await add('wizard: install-app', 'other');
      await page.getByRole('radio', { name: /Google Authenticator/ }).check();
      await press('Continuer');
      await reach(/scan-code$/);
      await add('wizard: scan-code', 'other');
      const key = await page.locator('a[href^="otpauth:"]').first().getAttribute('href');
      await page.getByLabel('Saisissez le code affiché par votre application').fill(await codeOf(keyOf(key ?? '').secret));
      await press('Continuer');
      await reach(/answer-questions$/);
      await add('wizard: answer-questions', 'other');
      for (const [i, answer] of ['Capitaine Patate', 'Bérengère', 'Rocamadour', 'Le Roi et l’Oiseau'].entries()) {
        await page.getByRole('combobox', { name: `Question ${i + 1}`, exact: true }).selectOption({ index: i + 1 });
        await page.getByLabel(`Votre réponse à la question ${i + 1}`).fill(answer);
      }
      await press('Continuer');
      await reach(/save-recovery-codes$/);
      await add('wizard: save-recovery-codes', 'other');
      await page.getByRole('checkbox').check();
      await press('Terminer');
      await reach(/done$/);
      await add('wizard: done', 'other');
    }

    async function telephone() {
      const { page, add, reach, signIn } = await visit();
      await page.goto(departure(portal).to.href);
      await signIn(take('phone'));
      await reach(/second-factor\/phone$/);
      await add('number for the telephone', 'sign');
    }

    async function account() {
      const { page, add, press, reach, signIn } = await visit();
      const member = portal.accounts.find(({ state }) => state === 'enrolled');
      if (!member?.key) throw new Error('There is no enrolled account to measure with.');
      await page.goto(`${portal.origin}/account`);
      await signIn(member);
      await reach(/second-factor\/code-app$/);
      await page.getByLabel('Code à 6 chiffres').fill(await codeOf(member.key));
      await press('Continuer');
      await reach(/\/account$/);
      await add('account', 'other');
      for (const path of ['factors', 'factors/add', 'questions', 'password', 'applications', 'sessions', 'activity', 'data']) {
        await page.goto(`${portal.origin}/account/${path}`);
        await add(`account: ${path}`, 'other');
      }
    }

    async function helpdesk() {
      const { page, add, press, reach, signIn } = await visit();
      const [caller, agent] = portal.accounts.filter(({ state }) => state === 'enrolled');
      if (!caller || !agent?.key) throw new Error('There are no agent and caller to measure with.');
      execFileSync(process.execPath, ['--import', 'tsx', 'lib/cli/portal.ts', 'roles', 'give', agent.address, 'lead-agent'], {
        env: portal.environment,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      await page.goto(`${portal.origin}/helpdesk`);
      await signIn(agent);
      await reach(/second-factor\/code-app$/);
      await page.getByLabel('Code à 6 chiffres').fill(await codeOf(agent.key));
      await press('Continuer');
      await reach(/\/helpdesk$/);
      // As many as a page of results holds, or all that there are.
      await page.goto(`${portal.origin}/helpdesk?${new URLSearchParams({ q: 'inserm' })}`);
      await add('helpdesk: search', 'other');
      await page.goto(`${portal.origin}/helpdesk?${new URLSearchParams({ q: caller.address })}`);
      await page.getByRole('main').locator('tbody a').first().click();
      await reach(/from=search/);
      await add('helpdesk: card', 'other');
      await press(/^Vérifier/);
      await reach(/verify-caller$/);
      await add('helpdesk: verification', 'other');
      await press('Envoyer le code');
      await reach(/email-code$/);
      await add('helpdesk: code of the caller', 'other');
      await page.getByLabel('Code à 6 chiffres').fill(portal.lastCode() ?? '');
      await press('Comparer');
      await reach(/done=verified/);
      await press('Donner un accès provisoire');
      await reach(/give-pass$/);
      await add('helpdesk: an act', 'other');
      for (const path of ['cases', 'removals', 'dashboard', 'acts']) {
        await page.goto(`${portal.origin}/helpdesk/${path}`);
        await add(`helpdesk: ${path}`, 'other');
      }
    }

    async function withoutAccount() {
      const { page, add } = await visit();
      for (const path of ['reset-password/start', 'help', 'accessibility', 'privacy', 'session-ended', 'authenticator']) {
        await page.goto(`${portal.origin}/${path}`);
        await add(path, path === 'reset-password/start' ? 'sign' : 'other');
      }
    }
  },
};
