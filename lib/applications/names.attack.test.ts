// Names of applications as requests hold them: anything at all.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestPortal, testPortal } from '../portal.testing.ts';
import { findApplication } from './facts.ts';

let portal: TestPortal;
beforeEach(async () => {
  portal = await testPortal();
});
afterEach(() => portal.close());

test('SEC-105: what no application can be called never reaches the store, which may not even be able to read it', async () => {
  let asked = 0;
  const store: TestPortal['store'] = {
    ...portal.store,
    read: (script) => {
      asked += 1;
      return portal.store.read(script);
    },
  };
  for (const id of ['\0', 'a\0', '', ' ', '\ud800', "' or 1=1 --", 'Portal', '__proto__', 'x'.repeat(64), '../x', ['cloud'], {}, null] as string[])
    expect(await findApplication({ ...portal, store }, id)).toBeNull();
  expect(asked).toBe(0);
  expect(await findApplication({ ...portal, store }, 'cloud')).toBeNull();
  expect(asked).toBe(1);
});
