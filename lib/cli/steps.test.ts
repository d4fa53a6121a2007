// The pages that explain a flow hold the very table that decides it.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stepTables } from './steps.ts';

test.each(Object.entries(stepTables))('docs/flows/%s.md holds the table that `npm run portal -- steps` prints', (flow, table) => {
  const page = readFileSync(`docs/flows/${flow}.md`, 'utf8');
  const held = page.split('\n').filter((line) => line.startsWith('|'));
  expect(held.join('\n')).toBe(table());
});
