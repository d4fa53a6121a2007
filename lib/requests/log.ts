// The log: one JSON object a line on standard output, whatever is in it, with the id of the request that it is about (SEC-112).
import { format, stripVTControlCharacters } from 'node:util';
import pino from 'pino';
import { currentRequest } from './current-request.ts';

/** What JSON leaves as it is, and a terminal or a reader of lines does not: C1 controls (0x9b opens a sequence as ESC does), line separators. */
const unruly = /[\p{Cc}\u2028\u2029]/gu;
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

export function openLog(): pino.Logger {
  return pino({
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin() {
      const request = currentRequest();
      return request === undefined ? {} : { request };
    },
    // Inside a line they stand in strings alone, where an escape means the same.
    hooks: { streamWrite: (line) => `${line.trimEnd().replace(unruly, escaped)}\n` },
  });
}

type Levels = Readonly<Record<'info' | 'warn' | 'error', (facts: object, sentence: string) => void>>;

/** What libraries print to the console, Next of failures, and Node of warnings (start it with --no-warnings), becomes lines of the log as well. */
export function logWhatIsPrinted(log: Levels): void {
  const printed =
    (level: keyof Levels) =>
    (...said: unknown[]) =>
      log[level](
        {
          printed: stripVTControlCharacters(format(...said)).slice(0, 4000),
        },
        'A library printed something.',
      );
  Object.assign(globalThis.console, {
    log: printed('info'),
    info: printed('info'),
    debug: printed('info'),
    warn: printed('warn'),
    error: printed('error'),
  });
  process.on('warning', ({ name, message }) => log.warn({ warning: name, printed: message }, 'Node warns.'));
}
