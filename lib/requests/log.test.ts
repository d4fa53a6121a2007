// What a real process writes: whatever is in it, one JSON object a line.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { unruly } from './log.testing.ts';

test('SEC-112: a log is one JSON object a line, whatever names, errors and libraries put into it', async () => {
  const run = promisify(execFile);
  const { stdout, stderr } = await run(process.execPath, ['--no-warnings', '--import', 'tsx', 'lib/requests/log.testing.ts', 'log']);
  expect(stderr).toBe('');
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  // Nothing that a terminal or another reader of lines would obey.
  expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(objects[0]).toMatchObject({ level: 30, request: 'the-request-1', name: unruly, msg: unruly });
  expect(objects[1]).toMatchObject({ level: 50, request: 'the-request-1', err: { message: unruly } });
  expect(objects[2]).toMatchObject({ level: 50, msg: 'A library printed something.' });
  expect(objects[2]).not.toHaveProperty('request');
  expect(objects[3]).toMatchObject({ level: 40, warning: 'Warning', printed: unruly });
});
