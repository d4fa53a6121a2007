// A command as it is typed at a terminal, on a portal that a test has open.
import { Readable } from 'node:stream';
import { testOperator } from '../portal.testing.ts';
import type { Portal } from '../portal.ts';
import { runCommand } from './run-command.ts';

/** @param input what comes in at the standard input. @returns the exit code, and the lines on the standard output and on the standard error */
export async function typed(portal: Portal, words: readonly string[], input = ''): Promise<{ code: number; out: string; told: string }> {
  const out: string[] = [];
  const told: string[] = [];
  const code = await runCommand(words, {
    print: (line) => out.push(line),
    tell: (line) => told.push(line),
    input: Readable.from(input ? [input] : []),
    settings: () => portal.settings,
    portal: async () => portal,
    operator: testOperator(),
  });
  return { code, out: out.join('\n'), told: told.join('\n') };
}
