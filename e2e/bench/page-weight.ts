// How many bytes the sign-in and code pages take on the wire, with every script and style they name, compressed as the portal sends them.

import { type Browser, createAgent, createBrowser, formWith } from './browser.ts';
import { type Figure, type Measure, round } from './measure.ts';
import { startProductionPortal, takeAccounts } from './production-portal.ts';
import { departure } from './relying-party.ts';

const aimKiB = 150;

/** Scripts, styles, preloads and icons that a page names, but for what only browsers without modules load. */
function partsOf(html: string, page: URL): URL[] {
  const tags = [...html.matchAll(/<(?:script|link)\b[^>]*>/g)].map(([tag]) => tag);
  const sourceOf = (tag: string) => /\s(?:src|href)="([^"]+)"/.exec(tag)?.[1]?.replaceAll('&amp;', '&');
  const left = new Set(tags.filter((tag) => /\snomodule\b/i.test(tag)).map(sourceOf));
  const named = [
    ...tags.filter((tag) => tag.startsWith('<script') || /\srel="(?:stylesheet|preload|modulepreload|icon)"/.test(tag)).map(sourceOf),
    // Chunks that React's own script loads are named in the page's data only.
    ...[...html.matchAll(/static\/chunks\/[^"\\\s]+?\.(?:js|css)/g)].map(([chunk]) => `/_next/${chunk}`),
  ];
  const urls = named.flatMap((name) => (name && !left.has(name) ? [new URL(name, page).href] : []));
  return [...new Set(urls)].map((url) => new URL(url)).filter((url) => url.protocol !== 'data:');
}

/** The page itself and everything it names. @returns a figure, and one line per part, heaviest first */
async function weigh(browser: Browser, what: string, page: URL): Promise<{ figure: Figure; lines: string[] }> {
  const answer = await browser.get(page);
  const answers = [answer];
  for (const part of partsOf(answer.text, page)) answers.push(await browser.get(part));
  const bytes = answers.reduce((sum, a) => sum + a.wireBytes, 0);
  const kib = bytes / 1024;
  const lines = answers.toSorted((a, b) => b.wireBytes - a.wireBytes).map((a) => `${String(a.wireBytes).padStart(8)} ${a.status} ${a.url.pathname}`);
  return { figure: { what, value: round(kib), unit: 'KiB', aim: `under ${aimKiB}`, met: kib < aimKiB }, lines };
}

export const pageWeightMeasure: Measure = {
  name: 'page-weight',
  about: 'bytes on the wire of the sign-in and code pages, with their scripts and styles',
  async run({ note }) {
    const portal = await startProductionPortal({ enrolled: 1, phone: 1, 'not-enrolled': 1 });
    try {
      const take = takeAccounts(portal);
      const agent = createAgent();
      const figures: Figure[] = [];
      const add = async (what: string, browser: Browser, page: URL) => {
        const { figure, lines } = await weigh(browser, what, page);
        figures.push(figure);
        note(`${what}\n${lines.join('\n')}`);
      };
      for (const state of ['enrolled', 'phone', 'not-enrolled'] as const) {
        const browser = createBrowser(agent);
        const passwordPage = await browser.follow(await browser.get(departure(portal).to), portal.origin);
        if (state === 'enrolled') await add('sign-in page', browser, passwordPage.url);
        const { address, password } = take(state);
        const codePage = await browser.follow(await browser.submit(formWith(passwordPage, 'password'), { address, password }), portal.origin);
        const names = { enrolled: 'code page (code app)', phone: 'page of the number (phone)', 'not-enrolled': 'code page (e-mail)' } as const;
        await add(names[state], browser, codePage.url);
      }
      agent.destroy();
      return figures;
    } finally {
      await portal.stop();
    }
  },
};
