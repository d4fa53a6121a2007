// `npm run bench`: plays the product and prints figures. `npm run bench -- NAME…` plays some measures only.
import { parseArgs } from 'node:util';
import { enumerationMeasure } from './enumeration.ts';
import { findAccountMeasure } from './find-account.ts';
import { helpdeskMeasure } from './helpdesk.ts';
import { importMeasure } from './import-accounts.ts';
import type { Figure, Measure } from './measure.ts';
import { pageWeightMeasure } from './page-weight.ts';
import { parallelMeasure } from './parallel-sign-ins.ts';
import { phoneMeasure } from './phone.ts';
import { signInMeasure } from './sign-in.ts';

const measures: readonly Measure[] = [
  signInMeasure,
  pageWeightMeasure,
  importMeasure,
  findAccountMeasure,
  parallelMeasure,
  enumerationMeasure,
  phoneMeasure,
  helpdeskMeasure,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    verbose: { type: 'boolean', short: 'v', default: false },
    samples: { type: 'string', default: '200' },
    accounts: { type: 'string', default: '1000000' },
    events: { type: 'string', default: '10000000' },
    folder: { type: 'string' },
    database: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const names = measures.map((m) => `  ${m.name.padEnd(14)}${m.about}`).join('\n');
const unknown = positionals.filter((name) => !measures.some((m) => m.name === name));
const [samples = 0, accounts = 0, events = 0] = [values.samples, values.accounts, values.events].map(Number);
const odd = [samples, accounts, events].some((n) => !Number.isInteger(n) || n < 1);
if (values.help || unknown.length || odd) {
  const complaint = unknown.length ? `No such measure: ${unknown.join(', ')}.\n` : '';
  process.stderr.write(
    `${complaint}npm run bench -- [--json] [--verbose] [--samples 200] [--accounts 1000000] [--events 10000000] [--folder KEPT] [--database KEPT] [NAME…]\n${names}\n`,
  );
  process.exit(values.help ? 0 : 2);
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map((f) => {
    const verdict = f.met === undefined ? '' : f.met ? 'yes' : 'NO';
    return [f.what, `${f.value}${f.unit && f.unit !== '%' ? ` ${f.unit}` : f.unit}`, f.aim ?? '', verdict];
  });
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const [what = 0, value = 0, aim = 0] = widths;
  return rows.map(([w = '', v = '', a = '', met = '']) => `  ${w.padEnd(what)}  ${v.padStart(value)}  ${a.padEnd(aim)}  ${met}`.trimEnd()).join('\n');
}

const results: Record<string, readonly Figure[]> = {};
let missed = 0;
for (const measure of measures) {
  if (positionals.length && !positionals.includes(measure.name)) continue;
  if (!values.json) process.stdout.write(`\n${measure.name}: ${measure.about}\n`);
  const note = (line: string) => {
    if (values.verbose) process.stderr.write(`${line}\n`);
  };
  const figures = await measure.run({ samples, accounts, events, folder: values.folder ?? null, database: values.database ?? null, note });
  results[measure.name] = figures;
  missed += figures.filter((f) => f.met === false).length;
  if (!values.json) process.stdout.write(`${table(figures)}\n`);
}
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
else process.stdout.write(missed ? `\n${missed} figures miss their aim.\n` : '\nEvery figure meets its aim.\n');
process.exitCode = missed ? 1 : 0;
