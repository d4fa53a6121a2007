// Prints the tables that decide what comes next; docs/flows holds the same, and a test compares.
import { enrolmentSteps, enrolmentTable } from '../enrolment/steps.ts';
import { lostPhoneSteps, lostPhoneTable } from '../lost-phone/steps.ts';
import { resetSteps, resetTable } from '../password-reset/steps.ts';
import { signInSteps, signInTable } from '../sign-in/steps.ts';
import { type Command, isSet } from './command.ts';

/** Markdown. The first row that is true is the person's place. */
function tableOf<Step extends string>(steps: readonly Step[], when: Readonly<Record<Step, string>>): string {
  const rows: readonly (readonly [string, string])[] = [['Step', 'Shown when'], ...steps.map((step) => [step, when[step]] as const)];
  const widths = [0, 1].map((i) => Math.max(...rows.map((row) => row[i as 0 | 1].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head, ...body] = rows.map(line);
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('\n');
}

export const stepTables = {
  'sign-in': () => tableOf(signInSteps, signInTable),
  enrolment: () => tableOf(enrolmentSteps, enrolmentTable),
  'reset-password': () => tableOf(resetSteps, resetTable),
  'lost-phone': () => tableOf(lostPhoneSteps, lostPhoneTable),
} as const;

const command = (flow: keyof typeof stepTables, steps: readonly string[], when: Readonly<Record<string, string>>): Command => ({
  summary: `print the steps of ${flow}, in order, and when each is shown`,
  usage: '[--json]',
  options: { json: { type: 'boolean' } },
  words: 0,
  async run(world, given) {
    world.print(isSet(given, 'json') ? JSON.stringify({ steps: steps.map((step) => ({ step, when: when[step] })) }) : stepTables[flow]());
    return 0;
  },
});

export const stepCommands: Readonly<Record<string, Command>> = {
  'steps sign-in': command('sign-in', signInSteps, signInTable),
  'steps enrolment': command('enrolment', enrolmentSteps, enrolmentTable),
  'steps lost-phone': command('lost-phone', lostPhoneSteps, lostPhoneTable),
  'steps reset-password': command('reset-password', resetSteps, resetTable),
};
