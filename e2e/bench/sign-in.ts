// What one complete sign-in costs the portal: requests, processor time with the hash's own share apart, and the time a person waits.
import { execFileSync } from 'node:child_process';
import { createAgent, createBrowser } from './browser.ts';
import { type Figure, type Measure, round } from './measure.ts';
import { startProductionPortal, takeAccounts } from './production-portal.ts';
import { signIn } from './relying-party.ts';
import { quantile } from './statistics.ts';

/** Enough for the engine to have compiled what is hot. */
const warmUps = 150;
const atOnce = 4;

/** Processor time of one password check, by the product's own hashing, in a process that does nothing else. @returns milliseconds */
function hashCost(): number {
  const said = execFileSync(process.execPath, ['--import', 'tsx', 'e2e/bench/hash-cost.ts'], {
    encoding: 'utf8',
    env: { ...process.env, UV_THREADPOOL_SIZE: '8' },
  });
  return Number(said);
}

export const signInMeasure: Measure = {
  name: 'sign-in',
  about: 'requests, processor time and waiting of complete sign-ins, one after another and several at once',
  async run({ samples, note }) {
    const portal = await startProductionPortal({ enrolled: warmUps + 2 * samples + atOnce });
    try {
      const take = takeAccounts(portal);
      const agent = createAgent();
      const play = () => signIn(portal, createBrowser(agent), take('enrolled'));
      for (let n = 0; n < warmUps; n++) await play();

      const begun = portal.cpu();
      const played = [];
      for (let n = 0; n < samples; n++) played.push(await play());
      const cpu = (portal.cpu() - begun) / samples;
      const last = played.at(-1);
      note(last?.trace.join('\n') ?? '');

      const started = performance.now();
      const lane = async () => {
        for (let n = 0; n < samples / atOnce; n++) await play();
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
      const perSecond = (Math.ceil(samples / atOnce) * atOnce * 1000) / (performance.now() - started);
      agent.destroy();

      const hash = hashCost();
      const waits = played.map((p) => p.milliseconds);
      const requests = Math.max(...played.map((p) => p.requests));
      const figures: Figure[] = [
        { what: 'requests to the portal', value: requests, unit: '', aim: 'at most 7', met: requests <= 7 },
        { what: 'processor time', value: round(cpu), unit: 'ms' },
        { what: 'of which the hash (Argon2id 19 MiB, t=2, p=1)', value: round(hash), unit: 'ms' },
        { what: 'beyond the hash', value: round(cpu - hash), unit: 'ms', aim: 'at most 25', met: cpu - hash <= 25 },
        { what: 'sign-ins per second and core, from processor time', value: round(1000 / cpu), unit: '/s' },
        { what: `sign-ins per second, ${atOnce} at once, browsers on the same machine`, value: round(perSecond), unit: '/s' },
        { what: 'waiting in all, median', value: round(quantile(waits, 0.5)), unit: 'ms' },
        { what: 'waiting in all, 95th percentile', value: round(quantile(waits, 0.95)), unit: 'ms' },
      ];
      return figures;
    } finally {
      await portal.stop();
    }
  },
};
