// Whether a stranger can tell who has an account, and in which state, from the sign-in page or a forgotten password (SEC-07, SEC-08, T16).
import type { Agent } from 'node:http';
import { type Answer, type Browser, createAgent, createBrowser, type Form, formWith } from './browser.ts';
import { type Figure, type Measure, round } from './measure.ts';
import { startProductionPortal } from './production-portal.ts';
import { departure } from './relying-party.ts';
import type { SeededAccount } from './seed-plan.ts';
import { mannWhitney, median } from './statistics.ts';

/** As many tries as an account takes before it has to wait, less one: a case must not change while it is measured. */
const triesPerAccount = 2;
/** So many that the account waits until long after the measure. */
const triesThatLock = 12;
const warmUps = 30;
const aims = { bytes: 16, medians: 0.05, p: 0.01 };

interface Compared {
  readonly name: string;
  /** Cases of one group must look alike; the first is what the others are compared with. */
  readonly group: string;
}

interface Case extends Compared {
  readonly address: (sample: number) => string;
  readonly password: string;
}

interface Sample {
  readonly status: number;
  readonly bytes: number;
  readonly names: string;
  readonly milliseconds: number;
}

const sampleOf = (answer: Answer): Sample => ({
  status: answer.status,
  bytes: Buffer.byteLength(answer.text),
  names: [...answer.headers]
    .map(([name, values]) => (values.length > 1 ? `${name}×${values.length}` : name))
    .sort()
    .join(' '),
  milliseconds: answer.milliseconds,
});

const shuffled = <T>(items: readonly T[]): T[] => {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const k = Math.floor(Math.random() * (i + 1));
    [copy[i], copy[k]] = [copy[k] as T, copy[i] as T];
  }
  return copy;
};

export const enumerationMeasure: Measure = {
  name: 'enumeration',
  about:
    'interleaved samples of known, unknown, locked, disabled and not-enrolled addresses, at sign-in and for a forgotten password: status, size, headers, time (SEC-07, SEC-08)',
  async run({ samples, note }) {
    const perState = Math.ceil((samples + warmUps) / triesPerAccount);
    // A code is sent to an address once a minute: each sample of a reset has one of its own.
    const each = samples + warmUps;
    const portal = await startProductionPortal({
      enrolled: each + 1,
      'not-enrolled': Math.max(3 * perState, each),
      disabled: each,
    });
    try {
      const agent = createAgent();
      const of = (state: SeededAccount['state']) => portal.accounts.filter((a) => a.state === state).map((a) => a.address);
      const enrolled = of('enrolled');
      const locked = enrolled.pop() ?? '';
      const nth = (addresses: readonly string[]) => (sample: number) => addresses[sample % addresses.length] ?? '';
      // Each case has accounts of its own: tries are counted.
      const notEnrolled = of('not-enrolled');
      const third = (n: number) => nth(notEnrolled.slice(n * perState, (n + 1) * perState));
      // As long as the others' addresses: what was typed is shown again.
      const unknown = (word: string) => (sample: number) => `${word}.${String(sample % perState).padStart(5, '0')}@inserm.fr`;
      const wrong = 'douze girafes lisent';
      const big = 'x'.repeat(1_000_000);
      const cases: readonly Case[] = [
        { name: 'known', group: 'wrong password', address: nth(enrolled), password: wrong },
        { name: 'unknown', group: 'wrong password', address: unknown('inco'), password: wrong },
        { name: 'locked', group: 'wrong password', address: () => locked, password: wrong },
        { name: 'disabled', group: 'wrong password', address: nth(of('disabled')), password: wrong },
        { name: 'not enrolled', group: 'wrong password', address: third(0), password: wrong },
        { name: 'known', group: 'empty password', address: third(1), password: '' },
        { name: 'unknown', group: 'empty password', address: unknown('vide'), password: '' },
        { name: 'known', group: '1 MB password', address: third(2), password: big },
        { name: 'unknown', group: '1 MB password', address: unknown('long'), password: big },
      ];

      const place = async (): Promise<{ browser: Browser; form: Form }> => {
        const browser = createBrowser(agent);
        const page = await browser.follow(await browser.get(departure(portal).to), portal.origin);
        return { browser, form: formWith(page, 'password') };
      };
      const post = async ({ browser, form }: { browser: Browser; form: Form }, address: string, password: string) =>
        sampleOf(await browser.submit(form, { address, password }));

      const start = await place();
      for (let n = 0; n < triesThatLock; n++) await post(start, locked, wrong);

      const taken = new Map<Case, Sample[]>(cases.map((c) => [c, []]));
      for (let n = 0; n < warmUps + samples; n++) {
        const here = await place();
        for (const c of shuffled(cases)) {
          const sample = await post(here, c.address(n), c.password);
          if (n >= warmUps) taken.get(c)?.push(sample);
        }
      }
      const reset = await sampleResets(portal.origin, agent, each, {
        known: of('enrolled'),
        unknown: Array.from({ length: each }, (_, n) => `oubl.${String(n).padStart(5, '0')}@inserm.fr`),
        disabled: of('disabled'),
        'not enrolled': notEnrolled,
      });
      agent.destroy();

      const lines: string[] = [];
      const figures = [...figuresOf(taken, lines), ...figuresOf(reset, lines)];
      note(lines.join('\n'));
      return figures;
    } finally {
      await portal.stop();
    }
  },
};

/**
 * A forgotten password, up to a wrong code: the answer to the address, the page for the code, and the answer to the code.
 * @param addresses by state; all of one length, since what was typed is shown
 */
async function sampleResets(
  origin: string,
  agent: Agent,
  each: number,
  addresses: Readonly<Record<string, readonly string[]>>,
): Promise<ReadonlyMap<Compared, readonly Sample[]>> {
  const states = Object.keys(addresses);
  const caseOf = new Map(
    states.map((name) => [name, ['reset: address', 'reset: page of the code', 'reset: wrong code'].map((group) => ({ name, group }))] as const),
  );
  const taken = new Map<Compared, Sample[]>([...caseOf.values()].flat().map((c) => [c, []]));
  for (let n = 0; n < each; n++) {
    for (const state of shuffled(states)) {
      const address = addresses[state]?.[n];
      if (address === undefined) throw new Error(`Too few addresses: ${state}.`);
      const browser = createBrowser(agent);
      const first = await browser.get(new URL('/reset-password/start', origin));
      const begun = await browser.submit(formWith(first, 'address'), { address });
      const page = await browser.follow(begun, origin);
      const tried = await browser.submit(formWith(page, 'code'), { code: '000000' });
      if (n < warmUps) continue;
      for (const [i, answer] of [begun, page, tried].entries()) {
        const c = caseOf.get(state)?.[i];
        if (c) taken.get(c)?.push(sampleOf(answer));
      }
    }
  }
  return taken;
}

function figuresOf(taken: ReadonlyMap<Compared, readonly Sample[]>, lines: string[]): Figure[] {
  const figures: Figure[] = [];
  const cases = [...taken.keys()];
  for (const group of new Set(cases.map((c) => c.group))) {
    const [first, ...others] = cases.filter((c) => c.group === group);
    const reference = (first && taken.get(first)) ?? [];
    for (const c of first ? [first, ...others] : []) lines.push(lineOf(c, taken.get(c) ?? []));
    for (const c of others) {
      const compared = taken.get(c) ?? [];
      const all = [...reference, ...compared];
      const sizes = all.map((s) => s.bytes);
      const spread = Math.max(...sizes) - Math.min(...sizes);
      const same = new Set(all.map((s) => `${s.status} ${s.names}`)).size === 1;
      const times = [reference, compared].map((side) => side.map((s) => s.milliseconds));
      const [a = [], b = []] = times;
      const apart = Math.abs(median(b) - median(a)) / median(a);
      const p = mannWhitney(a, b);
      const what = `${group}: ${c.name} and ${first?.name}`;
      figures.push(
        { what: `${what}: status and header names`, value: same ? 'the same' : 'differ', unit: '', aim: 'the same', met: same },
        { what: `${what}: sizes apart`, value: spread, unit: 'bytes', aim: `at most ${aims.bytes}`, met: spread <= aims.bytes },
        { what: `${what}: medians apart`, value: round(apart * 100, 2), unit: '%', aim: 'at most 5', met: apart <= aims.medians },
        { what: `${what}: Mann-Whitney p`, value: round(p, 3), unit: '', aim: 'over 0.01', met: p > aims.p },
      );
    }
  }
  return figures;
}

function lineOf(c: Compared, samples: readonly Sample[]): string {
  const list = <T>(values: readonly T[]) => [...new Set(values)].join(', ');
  const sizes = samples.map((s) => s.bytes);
  const range = `${Math.min(...sizes)}–${Math.max(...sizes)} bytes`;
  const time = `${round(median(samples.map((s) => s.milliseconds)), 2)} ms`;
  return `${c.group}, ${c.name}: status ${list(samples.map((s) => s.status))}; ${range}; median ${time}; headers: ${list(samples.map((s) => s.names))}`;
}
