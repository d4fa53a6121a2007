// A process that logs and prints what breaks lines and moves cursors.
import { serving } from './current-request.ts';
import { logWhatIsPrinted, openLog } from './log.ts';

export const unruly = 'Claire\r\n{"level":60,"msg":"forged"}\u001b[2J\u001b]0;x\u0007\u0085\u009b31m\u2028\u007fMartin';

if (process.argv[2] === 'log') {
  const log = openLog();
  logWhatIsPrinted(log);
  serving().request.run('the-request-1', () => {
    log.info({ name: unruly, [unruly]: 1 }, unruly);
    log.error({ err: new Error(unruly) }, 'It failed.');
  });
  const { error } = globalThis.console;
  error('%s is not a name', unruly, new Error(unruly));
  process.emitWarning(unruly);
}
