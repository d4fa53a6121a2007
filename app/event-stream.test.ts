// Who waits is told at once, once, and never keeps a process from ending.
import { expect, test, vi } from 'vitest';
import { seconds } from '../lib/duration.ts';
import { testPortal } from '../lib/portal.testing.ts';
import { closeStreams, eventStream, streamOrAnswer } from './event-stream.ts';

async function opened(read: () => Promise<string | null>) {
  const portal = await testPortal();
  const gone = new AbortController();
  const request = new Request('http://localhost/state', { signal: gone.signal, headers: { accept: 'text/event-stream' } });
  const response = eventStream(request, { portal, accountId: 'claire', read });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('There is no stream.');
  /** Reads until this was said; whether it was, before the end. */
  const says = async (words: string) => {
    for (let text = ''; ; ) {
      const { done, value } = await reader.read();
      if (done) return false;
      text += value;
      if (text.includes(words)) return true;
    }
  };
  return { portal, gone, response, says };
}

test('the state is told at first, and again as soon as a unit of the account has changed it', async () => {
  let state = 'pending';
  const { portal, gone, says, response } = await opened(async () => state);
  expect(response.headers.get('connection')).toBe('close');
  expect(await says('event: changed\ndata: pending\n\n')).toBe(true);
  state = 'approved';
  portal.changes.tell('claire');
  expect(await says('event: changed\ndata: approved\n\n')).toBe(true);
  gone.abort();
  expect(await says('anything')).toBe(false);
  await portal.close();
});

test('what another process did is found within a second; silence is broken every fifteen', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  try {
    let state = 'pending';
    const { portal, gone, says } = await opened(async () => state);
    expect(await says('data: pending')).toBe(true);
    state = 'approved';
    vi.advanceTimersByTime(seconds(1));
    expect(await says('data: approved')).toBe(true);
    vi.advanceTimersByTime(seconds(15));
    expect(await says(': \n\n')).toBe(true);
    gone.abort();
    await portal.close();
  } finally {
    vi.useRealTimers();
  }
});

test('a browser that has gone is looked for no more', async () => {
  let looks = 0;
  const { portal, gone, says } = await opened(async () => String(++looks));
  expect(await says('data: 1')).toBe(true);
  gone.abort();
  const before = looks;
  portal.changes.tell('claire');
  expect(looks).toBe(before);
  await portal.close();
});

test('nothing more to wait for: the stream says so, and ends', async () => {
  const { portal, says } = await opened(async () => null);
  expect(await says('event: over')).toBe(true);
  expect(await says('anything')).toBe(false);
  await portal.close();
});

test('a defect while reading ends the stream: the browser comes back by itself', async () => {
  const { portal, says } = await opened(async () => {
    throw new Error('no');
  });
  expect(await says('changed')).toBe(false);
  await portal.close();
});

test('who takes no stream is answered once, as JSON', async () => {
  const portal = await testPortal();
  const answer = await streamOrAnswer(new Request('http://localhost/state'), { portal, accountId: 'claire', read: async () => 'pending' });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({ state: 'pending' });
  await portal.close();
});

test('told to stop, every stream ends, and later ones do at once', async () => {
  const open = await opened(async () => 'pending');
  expect(await open.says('pending')).toBe(true);
  closeStreams();
  expect(await open.says('anything')).toBe(false);
  const late = await opened(async () => 'pending');
  expect(await late.says('pending')).toBe(false);
  await open.portal.close();
  await late.portal.close();
});
