// Bodies that are longer than they may be, or don't say how long they are.
import { expect, test } from 'vitest';
import { textUpTo } from './request-body.ts';

const sent = (body: BodyInit | null, headers = {}) =>
  new Request('https://auth.inserm.fr/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit & { duplex: 'half' });

test('SEC-13: what fits is read whole, also when it comes in pieces', async () => {
  expect(await textUpTo(sent('é'.repeat(4)), 8)).toBe('éééé');
  expect(await textUpTo(sent(null), 8)).toBe('');
  const pieces = new ReadableStream({
    start(controller) {
      for (const byte of Buffer.from('é')) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  expect(await textUpTo(sent(pieces), 8)).toBe('é');
});

test('SEC-13: what does not fit is refused by its length, or as soon as it is seen to be longer', async () => {
  expect(await textUpTo(sent('x', { 'content-length': '9' }), 8)).toBeNull();
  let asked = 0;
  const endless = new ReadableStream({
    pull(controller) {
      asked += 1;
      controller.enqueue(new Uint8Array(4));
    },
  });
  expect(await textUpTo(sent(endless), 8)).toBeNull();
  expect(asked).toBeLessThan(10);
});
