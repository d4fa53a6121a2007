// The port's errors are known wherever the portal is used. In the production build, every bundle has its own copy of a module, and they were not:
// a directory that was down was a defect there, and so was a queue that was full.
import { expect, test, vi } from 'vitest';
import { Busy } from '../hashing.ts';
import { AmbiguousAddress, DirectoryUnavailable } from './directory.ts';

test('an error of another copy of the module is the same error', async () => {
  vi.resetModules();
  const other = { ...(await import('./directory.ts')), ...(await import('../hashing.ts')) };
  expect(other.DirectoryUnavailable).not.toBe(DirectoryUnavailable);
  expect(new other.DirectoryUnavailable('down')).toBeInstanceOf(DirectoryUnavailable);
  expect(new other.AmbiguousAddress('two')).toBeInstanceOf(DirectoryUnavailable);
  expect(new other.AmbiguousAddress('two')).toBeInstanceOf(AmbiguousAddress);
  expect(new other.Busy('full')).toBeInstanceOf(Busy);
});

test('one is not the other, and no other error is any of them', () => {
  expect(new DirectoryUnavailable('down')).not.toBeInstanceOf(AmbiguousAddress);
  expect(new DirectoryUnavailable('down')).not.toBeInstanceOf(Busy);
  expect(new Busy('full')).not.toBeInstanceOf(DirectoryUnavailable);
  for (const error of [new Error('x'), new TypeError('x'), 'x', null, undefined, {}])
    for (const kind of [Busy, DirectoryUnavailable, AmbiguousAddress]) expect(error).not.toBeInstanceOf(kind);
});
