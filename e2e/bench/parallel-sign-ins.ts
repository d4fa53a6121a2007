// Whether other pages stay quick while 200 people send their password at the same moment (SEC-13).
import { setTimeout as sleep } from 'node:timers/promises';
import { createAgent, createBrowser, formWith } from './browser.ts';
import { type Measure, round } from './measure.ts';
import { startProductionPortal, takeAccounts } from './production-portal.ts';
import { departure } from './relying-party.ts';
import { quantile } from './statistics.ts';

const people = 200;
const warmUps = 20;
const pauseMs = 20;
const aimMs = 1000;

export const parallelMeasure: Measure = {
  name: 'parallel',
  about: 'GET /help while 200 passwords are sent at once (SEC-13)',
  async run({ note }) {
    const portal = await startProductionPortal({ 'not-enrolled': people + warmUps });
    try {
      const take = takeAccounts(portal);
      const agent = createAgent(people + 10);
      const atPassword = async () => {
        const browser = createBrowser(agent);
        const page = await browser.follow(await browser.get(departure(portal).to), portal.origin);
        const { address, password } = take('not-enrolled');
        return () => browser.submit(formWith(page, 'password'), { address, password });
      };
      const help = new URL('/help', portal.origin);
      const reader = createBrowser(createAgent(1));
      for (let n = 0; n < warmUps; n++) {
        await (await atPassword())();
        await reader.get(help);
      }
      const send = [];
      for (let n = 0; n < people; n++) send.push(await atPassword());

      const started = performance.now();
      const sent = Promise.all(send.map((go) => go()));
      let underWay = true;
      const done = sent.then((answers) => {
        underWay = false;
        return answers;
      });
      const waits: number[] = [];
      const statuses = new Set<number>();
      // A person who opens a page now and then; each sample is a request of its own, so a slow one hides no other.
      const reads: Promise<void>[] = [];
      while (underWay) {
        reads.push(
          createBrowser(agent)
            .get(help)
            .then((answer) => {
              waits.push(answer.milliseconds);
              statuses.add(answer.status);
            }),
        );
        await sleep(pauseMs);
      }
      const answers = await done;
      const all = performance.now() - started;
      await Promise.all(reads);
      agent.destroy();
      const byStatus = new Map<number, number>();
      for (const a of answers) byStatus.set(a.status, (byStatus.get(a.status) ?? 0) + 1);
      note(`answers to passwords: ${[...byStatus].map(([status, n]) => `${n} × ${status}`).join(', ')}; /help answered ${[...statuses].join(', ')}`);
      const p95 = quantile(waits, 0.95);
      return [
        { what: 'GET /help meanwhile, median', value: round(quantile(waits, 0.5)), unit: 'ms' },
        { what: 'GET /help meanwhile, 95th percentile', value: round(p95), unit: 'ms', aim: 'under 1000', met: p95 < aimMs },
        { what: 'samples of /help', value: waits.length, unit: '' },
        { what: 'all 200 answered after', value: round(all), unit: 'ms' },
        { what: 'slowest answer to a password', value: round(Math.max(...answers.map((a) => a.milliseconds))), unit: 'ms' },
      ];
    } finally {
      await portal.stop();
    }
  },
};
