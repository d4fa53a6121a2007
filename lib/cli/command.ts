// What a command of `npm run portal` is: its words, its options, and the world it works in.
import type { Readable } from 'node:stream';
import type { ParseArgsConfig } from 'node:util';
import type { Portal } from '../portal.ts';
import type { Settings } from '../settings.ts';
import type { Operator } from '../visitor.ts';

/** 0 done, 1 refused or something is wrong, 2 not a command. */
export type ExitCode = 0 | 1 | 2;

export interface World {
  /** A line for whoever or whatever reads the answer. */
  print(line: string): void;
  /** A line for the person at the terminal: progress and refusals. */
  tell(line: string): void;
  readonly input: Readable;
  /** Throws UnusableSettings. */
  settings(): Settings;
  /** The same portal each time; closed when the command ends. */
  portal(): Promise<Portal>;
  readonly operator: Operator;
}

export interface Given {
  /** Options by their names. */
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

export interface Command {
  /** One line, for the list of commands. */
  readonly summary: string;
  /** After the command's name, e.g. `FILE.csv [--dry-run]`. */
  readonly usage: string;
  /** More lines of help. */
  readonly details?: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** How many words follow the command's name. */
  readonly words: number;
  run(world: World, given: Given): Promise<ExitCode>;
}

/** What was typed makes no sense; the message says what would. */
export class UsageError extends Error {}

/** Nothing was done, for this reason. */
export class Refused extends Error {}

export const textOf = ({ values }: Given, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};
export const textsOf = ({ values }: Given, name: string): string[] => {
  const value = values[name];
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
};
export const isSet = ({ values }: Given, name: string): boolean => values[name] === true;

export function requiredText(given: Given, name: string): string {
  const value = textOf(given, name);
  if (!value) throw new UsageError(`--${name} is missing.`);
  return value;
}

/** @returns the first line of the input, without its end; throws UsageError when there is none. Reads 4 KiB at most. */
export async function firstLine(input: Readable): Promise<string> {
  let read = '';
  for await (const chunk of input.setEncoding('utf8')) {
    read += chunk;
    if (read.includes('\n') || read.length > 4096) break;
  }
  const line = read.split(/\r?\n/)[0] ?? '';
  if (line === '') throw new UsageError('Nothing was read from the standard input.');
  return line;
}
