// Reads a CSV file of accounts: which line says what, and which lines can't be read. Judges no content.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse';
import { Refused } from './command.ts';

const required = ['address', 'given_name', 'family_name'] as const;
const optional = ['affiliations', 'password'] as const;
const columns: readonly string[] = [...required, ...optional];
export type Column = (typeof required)[number] | (typeof optional)[number];

export interface AccountLine {
  /** As an editor counts; the first one of a record that spans several. */
  readonly line: number;
  /** Null: this line's number of columns or quotes is wrong, for the reason in `wrong`. */
  readonly cells: Readonly<Partial<Record<Column, string>>> | null;
  readonly wrong?: string;
}

/** In one file: all of them go in as one, or none. */
const mostLines = 1_000_000;

/** Throws Refused when the file as a whole can't be used. UTF-8, with or without its mark; `,` or `;`, as the first line shows. */
export async function* readAccountsFile(path: string): AsyncGenerator<AccountLine> {
  const header = await firstBytes(path);
  const delimiter = (header.match(/;/g)?.length ?? 0) > (header.match(/,/g)?.length ?? 0) ? ';' : ',';
  const parser = createReadStream(path).pipe(
    parse({ bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, info: true, max_record_size: 100_000 }),
  );
  let names: readonly Column[] | undefined;
  try {
    let twiceCounted = 0;
    let count = 0;
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      // csv-parse counts the line on which a record ends, and counts a CR LF inside quotes twice.
      const text = record.join('');
      twiceCounted += text.split('\r\n').length - 1;
      const line = info.lines - twiceCounted - (text.split('\n').length - 1);
      if (!names) names = columnsOf(record, delimiter);
      else if (++count > mostLines)
        throw new Refused(`${path}:${line}: a file has ${mostLines.toLocaleString('en')} accounts at most: make several of it.`);
      else yield lineOf(names, record, line);
    }
  } catch (error) {
    if (error instanceof CsvError) throw new Refused(`${path}:${(error as { lines?: number }).lines ?? '?'}: ${plain(error)}`);
    throw error;
  }
  if (!names) throw new Refused(`${path} is empty: its first line names the columns, ${columns.join(delimiter)}.`);
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new Refused(error.code === 'ENOENT' ? `${path} doesn't exist.` : `${path} can't be read (${error.code}).`);
  });
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4096), 0, 4096, 0).catch((error: NodeJS.ErrnoException) => {
      throw new Refused(`${path} can't be read (${error.code}).`);
    });
    const bytes = buffer.subarray(0, bytesRead);
    if (bytes[0] === 0xff || bytes[0] === 0xfe || bytes.includes(0)) throw new Refused(`${path} is not UTF-8 text: save it as "CSV UTF-8".`);
    return bytes.toString('utf8').split(/\r?\n|\r/, 1)[0] ?? '';
  } finally {
    await file.close();
  }
}

function columnsOf(record: readonly string[], delimiter: string): readonly Column[] {
  const names = record.map((name) => name.trim().toLowerCase());
  const wrong = [
    ...names.filter((name) => !columns.includes(name)).map((name) => `"${name}" is no column`),
    ...names.filter((name, i) => columns.includes(name) && names.indexOf(name) !== i).map((name) => `${name} is there twice`),
    ...required.filter((name) => !names.includes(name)).map((name) => `${name} is missing`),
  ];
  if (wrong.length) {
    const wanted = `${required.join(delimiter)} and, where wanted, ${optional.join(delimiter)}`;
    throw new Refused(`Line 1: ${wrong.join(', ')}. The first line names the columns: ${wanted}.`);
  }
  return names as Column[];
}

function lineOf(names: readonly Column[], record: readonly string[], line: number): AccountLine {
  if (record.length !== names.length) return { line, cells: null, wrong: `${record.length} columns where the first line has ${names.length}` };
  if (record.some((cell) => cell.includes('\ufffd'))) return { line, cells: null, wrong: 'is not UTF-8: save the file as "CSV UTF-8"' };
  return { line, cells: Object.fromEntries(names.map((name, i) => [name, record[i] ?? ''])) };
}

function plain(error: CsvError): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote that begins here or above is never closed.';
  if (error.code === 'CSV_MAX_RECORD_SIZE') return 'this line is longer than 100,000 characters; is a quote missing?';
  return 'a quote stands where none may: double the quotes inside a quoted cell.';
}
